package engine

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
)

// programOf compiles a draft.
func programOf(tb testing.TB, d draft.Draft) *Program {
	tb.Helper()
	return Compile(d.Spec(tb))
}
