package explain

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/internal/draft"
)

// compiledOf compiles a draft.
func compiledOf(tb testing.TB, d draft.Draft) *engine.Program {
	tb.Helper()
	return engine.Compile(d.Spec(tb))
}
