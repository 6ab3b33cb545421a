package terminal

import (
	"os/exec"
	"testing"
)

// What is copied into a shell comes out as it was.
func TestShell(t *testing.T) {
	for text, want := range map[string]string{
		"https://wire.example/rss.xml":  "https://wire.example/rss.xml",
		"https://wire.example/?a=1&b=2": "'https://wire.example/?a=1&b=2'",
		"it's $HOME; `id`":              `'it'\''s $HOME; ` + "`id`'",
		"":                              "''",
		"https://пример.example/лента.xml": "'https://пример.example/лента.xml'",
	} {
		if got := Shell(text); got != want {
			t.Errorf("Shell(%q) is %s, want %s", text, got, want)
		}
		if out, err := exec.CommandContext(t.Context(), "sh", "-c", "printf %s "+Shell(text)).Output(); err != nil || string(out) != text {
			t.Errorf("a shell takes %s for %q, %v", Shell(text), out, err)
		}
	}
	if got := Shell("a\x1b[31m"); got != "'a[31m'" {
		t.Errorf("a control character goes to the terminal: %q", got)
	}
}
