// Package longtest keeps tests that take long for who wants them: go test ./... is
// asked many times a day, and the gate (.ci/run) asks for all.
package longtest

import (
	"os"
	"testing"
)

// Setting is the variable that asks for long tests.
const Setting = "COUPWATCH_TEST_LONG"

// Wanted reports whether long tests are wanted: COUPWATCH_TEST_LONG is 1, and -short
// is not given.
func Wanted() bool { return os.Getenv(Setting) == "1" && !testing.Short() }

// Only skips a test unless long ones are wanted. What says why it takes long.
func Only(t testing.TB, what string) {
	t.Helper()
	if !Wanted() {
		t.Skipf("%s: %s=1 asks for it", what, Setting)
	}
}

// Alone skips a test that takes long, and of which all happens in one goroutine, if
// -short is given: so it is where races are watched for, of which it can have none.
func Alone(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: it takes long, and one goroutine has no races")
	}
}
