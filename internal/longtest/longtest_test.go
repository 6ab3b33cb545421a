package longtest_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/internal/longtest"
)

func TestOnly(t *testing.T) {
	for value, want := range map[string]bool{"": false, "0": false, "1": !testing.Short()} {
		t.Setenv(longtest.Setting, value)
		ran := false
		t.Run("long", func(t *testing.T) {
			longtest.Only(t, "takes an hour")
			ran = true
		})
		if ran != want || longtest.Wanted() != want {
			t.Errorf("%s=%q: it ran %t, want %t", longtest.Setting, value, ran, want)
		}
	}
}
