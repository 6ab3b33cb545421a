package outbox_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/store/outbox"
)

// A trouble is told once, again when it changes, and when it is over, each
// notice following the first; what was not tried yet says what is so now.
func TestTroubles(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		to := []string{"slack"}
		report := func(minutes int, text string, want bool) {
			o.Helper()
			told, err := o.db.Report(o.Context(), "rules", text, to, o.at(minutes))
			if o.must(err); told != want {
				o.Errorf("after %d minutes %q is told: %v, want %v", minutes, text, told, want)
			}
		}
		mended := func(minutes, unless int, want bool) {
			o.Helper()
			ended, err := o.db.Mended(o.Context(), "rules", "The rules are well again.", o.at(unless), to, o.at(minutes))
			if o.must(err); ended != want {
				o.Errorf("after %d minutes mended: %v, want %v", minutes, ended, want)
			}
		}
		mended(0, 0, false)
		report(0, "one mistake", true)
		report(1, "two mistakes", true)
		report(2, "two mistakes", false)
		got := o.due(2, "notice/rules/1787400000000/slack")
		if got[0].Notice != "two mistakes" || got[0].Mended {
			o.Errorf("the first notice says %q", got[0].Notice)
		}
		o.sent(2, got[0].ID, "C1:1.1")
		report(3, "three mistakes", true)
		mended(4, 1, false) // another replica saw it since
		if open, err := o.db.OpenTroubles(o.Context()); err != nil || len(open) != 1 || open[0].Text != "three mistakes" || !open[0].Since.Equal(noon) {
			o.Errorf("open %+v, %v", open, err)
		}
		got = o.due(4, "notice/rules/1787400000000/2/slack")
		o.sent(4, got[0].ID, got[0].Thread)
		if got[0].Thread != "C1:1.1" || got[0].Notice != "three mistakes" {
			o.Errorf("the second notice is %+v, want it to follow the first", got[0])
		}
		mended(5, 5, true)
		mended(6, 6, false)
		got = o.due(6, "notice/rules/1787400000000/3/slack")
		if !got[0].Mended || got[0].Thread != "C1:1.1" {
			o.Errorf("the last notice is %+v, want it to say that all is well", got[0])
		}
		report(7, "one mistake", true)
		if got := o.due(7, "notice/rules/1787400420000/slack"); got[0].Thread != "" {
			o.Errorf("a new trouble follows %q", got[0].Thread)
		}
		if _, err := o.db.Report(o.Context(), "rules", "x", nil, o.at(8)); err != nil {
			o.Error(err)
		}
		var none []outbox.Trouble
		if open, err := o.db.OpenTroubles(o.Context()); err != nil || len(open) != 1 || len(none) > 0 {
			o.Errorf("open %+v, %v", open, err)
		}
	})
}
