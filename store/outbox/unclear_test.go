package outbox_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

// An attempt that came to no known end leaves the alert in doubt until it is
// known to be sent; a later one that plainly failed does not settle that.
func TestUnclear(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		queue(o.T, o.db, tell("s1", news.New, "a", 0))
		if a := o.due(0, "a")[0]; a.OutcomeUnknown {
			o.Error("a first attempt is in doubt")
		}
		o.must(o.db.Unclear(o.Context(), "a", o.at(5), "connection cut"))
		o.due(4)
		if a := o.due(5, "a")[0]; !a.OutcomeUnknown || a.Problem != "connection cut" {
			o.Errorf("got doubt %v and problem %q, want what was unclear", a.OutcomeUnknown, a.Problem)
		}
		o.retry(10, "a")
		if a := o.due(10, "a")[0]; !a.OutcomeUnknown {
			o.Error("the doubt is gone though nobody knows")
		}
		o.sent(11, "a", "C1:1.1")
		o.must(o.db.Unclear(o.Context(), "a", o.at(12), "late"))
		o.due(13)
	})
}
