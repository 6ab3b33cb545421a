package matcher_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher"
)

// small writes a rules.yaml that includes a file with lists, and returns its path.
func small(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "words.yaml"), "lists:\n  # what is done\n  coup: [coup, putsch] # world\n  other: [x]\n")
	path := filepath.Join(dir, "rules.yaml")
	write(t, path, "include: words.yaml\nrules:\n  - id: coup\n    match: $coup\n    examples: {match: [A putsch in Mali]}\nroutes: [{to: console}]\n")
	return path
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestSources(t *testing.T) {
	path := small(t)
	s, err := matcher.ReadSources(path)
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, e := range s.Entries() {
		refs = append(refs, e.Ref()+" "+strings.TrimPrefix(e.Place(), filepath.Dir(path)+"/"))
	}
	if got, want := strings.Join(refs, ", "), "coup rules.yaml:3, $coup words.yaml:2, $other words.yaml:4"; got != want {
		t.Errorf("entries %s, want %s", got, want)
	}
	if rules, err := matcher.Read(path); err != nil || rules.Version() != s.Version() {
		t.Errorf("version %s, want %s (%v)", s.Version(), rules.Version(), err)
	}
	list, found := s.Entry("$coup")
	if !found {
		t.Fatal("no $coup")
	}
	const fine = "  coup: [coup, putsch, mutiny]\n"
	for _, tt := range []struct{ lines, check, with string }{
		{fine, "", ""},
		{"  coup: [coup]\n", "", `example "A putsch in Mali" should match`},
		{"  coup: [coup, $coop]\n", `unknown list "$coop"`, `unknown list "$coop"`},
		{"", `unknown list "$coup"`, `unknown list "$coup"`},
		{"  coup: [coup\n", "words.yaml:", "words.yaml:"},
		{"  coup: [coup, putsch]\nentities: [{id: a, name: Amber Ash}]\nlists:\n", "twice", "twice"},
		{"  coup: [coup, putsch]\nentities:\n  - {id: a, name: Amber Ash}\n#", "", ""},
	} {
		err := s.Check(list, tt.lines)
		e, err2 := s.With(list, tt.lines)
		for _, got := range []struct {
			err  error
			want string
		}{{err, tt.check}, {err2, tt.with}} {
			switch {
			case strings.Contains(tt.lines, "entities"):
				if got.err == nil {
					t.Errorf("%q changes another section", tt.lines)
				}
			case (got.err == nil) != (got.want == ""), got.err != nil && !strings.Contains(got.err.Error(), got.want):
				t.Errorf("%q: says %v, want %q", tt.lines, got.err, got.want)
			}
		}
		if tt.lines == fine && (e.File != list.File || !strings.Contains(e.Text, "mutiny") || e.Rules == nil) {
			t.Errorf("made %+v", e)
		}
	}
	if text, _ := os.ReadFile(list.File); !strings.Contains(string(text), "putsch] # world") {
		t.Errorf("the file was changed: %s", text)
	}
}

// Mistakes are told by the lines of the entry, and those elsewhere as they are.
func TestSourcesMine(t *testing.T) {
	path := small(t)
	s, err := matcher.ReadSources(path)
	if err != nil {
		t.Fatal(err)
	}
	rule, _ := s.Entry("coup")
	var problems matcher.Problems
	lines := "  - id: coup\n    severity: hgih\n    match: $coup\n"
	if err := s.Check(rule, lines); !errors.As(err, &problems) {
		t.Fatal(err)
	}
	mine, others := rule.Mine(problems, lines)
	if len(others) != 0 || len(mine) != 1 || mine[0].Line != 2 || mine[0].Col != 15 {
		t.Errorf("mine %v, others %v", mine, others)
	}
	list, _ := s.Entry("$coup")
	if err := s.Check(list, "  kup: [coup]\n"); !errors.As(err, &problems) {
		t.Fatal(err)
	}
	if mine, others := list.Mine(problems, "  kup: [coup]\n"); len(mine) != 0 || len(others) != 1 {
		t.Errorf("mine %v, others %v", mine, others)
	}
}

// A file that somebody writes to is another, and one with mistakes can be mended.
func TestSourcesChanged(t *testing.T) {
	path := small(t)
	s, _ := matcher.ReadSources(path)
	rule, _ := s.Entry("coup")
	stamp := s.Stamp(rule)
	write(t, path, "include: words.yaml\nrules:\n  - id: coup\n    match: $coop\n")
	if changed, err := s.Changed(); err != nil || !changed {
		t.Errorf("changed: %v, %v", changed, err)
	}
	s, err := matcher.ReadSources(path)
	if err != nil {
		t.Fatal(err)
	}
	rule, found := s.Entry("coup")
	if !found || s.Stamp(rule) == stamp {
		t.Errorf("found %v, stamp %s", found, s.Stamp(rule))
	}
	if err := s.Check(rule, "  - id: coup\n    match: $coup\n"); err != nil {
		t.Errorf("mended: %v", err)
	}
}
