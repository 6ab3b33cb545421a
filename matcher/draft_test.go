package matcher

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/internal/draft"
)

// rulesOf returns the rules that a draft is.
func rulesOf(tb testing.TB, d draft.Draft) *Rules {
	tb.Helper()
	return &Rules{program: engine.Compile(d.Spec(tb))}
}
