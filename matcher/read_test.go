package matcher_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// Rules that are only looked up are the same rules, but that nobody tried their
// examples: they match when they are asked to.
func TestReadIsLazy(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rules.yaml")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(`{feeds: [{url: "https://a.example/", name: A}], rules: [{id: coup, title: Coups, severity: high, match: coup, examples: {match: ["nothing of the kind"]}}]}`)
	if _, err := matcher.Open(file, nil); !errors.As(err, new(matcher.Problems)) {
		t.Errorf("Open = %v, want the example that does not match", err)
	}
	rules, err := matcher.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := rules.Title("coup"); got != "Coups" {
		t.Errorf("title %q, want Coups", got)
	}
	if _, matched := rules.Match(news.Item{Title: "A coup in Mali"}); !matched {
		t.Error("the rules do not match")
	}
	write(`{rules: [{id: coup, severity: hgih, match: coup}]}`)
	if _, err := matcher.Read(file); !errors.As(err, new(matcher.Problems)) {
		t.Errorf("Read = %v, want the mistake", err)
	}
	if _, err := matcher.Read(file + ".gone"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Read = %v, want that there is no such file", err)
	}
}
