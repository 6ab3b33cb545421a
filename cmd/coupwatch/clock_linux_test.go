package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// clockSetting names the file that says by how many seconds the clock of a program is
// ahead that [buildWithClock] built; it may change at any time.
const clockSetting = "COUPWATCH_TEST_CLOCK="

// What such a program has in addition: in package time how far the clock is ahead, and in
// its own what looks that up. Package time may be asked by the runtime, where nothing can
// be opened.
const (
	aheadInTime = "package time\n\nvar Ahead int64\n"
	aheadInMain = `package main

import (
	"os"
	"strconv"
	"strings"
	"time"
)

func init() {
	look := func() {
		text, _ := os.ReadFile(os.Getenv("COUPWATCH_TEST_CLOCK"))
		seconds, _ := strconv.Atoi(strings.TrimSpace(string(text)))
		time.Ahead = int64(seconds)
	}
	look()
	go func() {
		for range time.Tick(5 * time.Millisecond) {
			look()
		}
	}()
}
`
)

// setClock makes the clock of a program be ahead from now on. What counts how much time
// has passed goes on as it does on a machine.
func setClock(t *testing.T, file string, by time.Duration) {
	t.Helper()
	write(t, file+"~", fmt.Sprintln(int(by.Seconds())))
	if err := os.Rename(file+"~", file); err != nil {
		t.Error(err)
	}
}

// buildWithClock builds the program with a clock that is wrong by what a file says. What
// sets a clock for a program from outside, libfaketime, does not reach one that asks the
// kernel by itself, as Go's do, and the program has no switch for it: time.Now is another
// one in this build.
func buildWithClock(t *testing.T) string {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(strings.TrimSpace(string(root)), "src/time")
	file := filepath.Join(folder, "time.go")
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const ask = "sec, nsec, mono := runtimeNow()\n"
	if strings.Count(string(source), ask) != 1 {
		t.Fatalf("%s does not ask for the time as it did: %q", file, ask)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	replace, overlay, program := map[string]string{}, filepath.Join(dir, "overlay.json"), filepath.Join(dir, "coupwatch")
	for name, text := range map[string]string{
		file:                                   strings.Replace(string(source), ask, ask+"\tsec += Ahead\n", 1),
		filepath.Join(folder, "ahead.go"):      aheadInTime,
		filepath.Join(here, "ahead_of_all.go"): aheadInMain,
	} {
		replace[name] = filepath.Join(dir, filepath.Base(name))
		write(t, replace[name], text)
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	write(t, overlay, string(text))
	if out, err := exec.Command("go", "build", "-overlay", overlay, "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}
