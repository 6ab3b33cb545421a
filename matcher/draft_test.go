package matcher

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/internal/draft"
)

// rulesOf returns the rules that a draft is.
func rulesOf(tb testing.TB, d draft.Draft) *Rules {
	tb.Helper()
	program := engine.Compile(d.Spec(tb))
	return &Rules{spec: program.Spec, program: func() *engine.Program { return program }}
}
