package notifytest

import (
	"os"
	"regexp"
	"strconv"
	"testing"
)

// SharedTitles returns the titles of the hostile feeds beside the repository,
// none if they are not there: its server's source has them as Go strings.
func SharedTitles(t testing.TB) []string {
	t.Helper()
	source, err := os.ReadFile("../../../shared/hostile/server.go")
	if err != nil {
		t.Log("the hostile feeds are not there; only our own titles are tried")
		return nil
	}
	var titles []string
	for _, line := range regexp.MustCompile(`(?m)^\t+(?:t\("/text/|item\{title: ).*$`).FindAll(source, -1) {
		for _, literal := range regexp.MustCompile(`"(?:[^"\\]|\\.)*"`).FindAll(line, -1) {
			if title, err := strconv.Unquote(string(literal)); err == nil {
				titles = append(titles, title)
			}
		}
	}
	if len(titles) < 40 {
		t.Fatalf("got %d titles out of the hostile feeds, want more", len(titles))
	}
	return titles
}
