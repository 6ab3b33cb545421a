package web

import "testing"

func TestAnnounced(t *testing.T) {
	for key, want := range map[string]string{
		"new": "first told", "severity-critical": "now critical", "status-denied": "now denied", "origins-3": "3 independent origins",
		"surge-2026-08-22": "told again after a silence", "turn-fate": "another turn", "end-of-critical": "told to end",
		"status-official-of-critical": "now official, as critical", "status-official-2": "now official", "status-withdrawn-1787400000": "a word was taken back",
	} {
		if got := announced(key); got != want {
			t.Errorf("%s is announced as %q, want %q", key, got, want)
		}
	}
}
