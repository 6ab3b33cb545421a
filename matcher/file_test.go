package matcher_test

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/rulefile"
)

// A desk is a folder with a rules.yaml that is followed.
type desk struct {
	t    *testing.T
	dir  string
	file *matcher.File
}

func newDesk(t *testing.T, text string) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir()}
	d.write("rules.yaml", text)
	return d
}

// open opens the rules.yaml.
func (d *desk) open() *desk {
	d.t.Helper()
	var err error
	if d.file, err = matcher.Open(d.path("rules.yaml"), slog.New(slog.DiscardHandler)); err != nil {
		d.t.Fatal(err)
	}
	return d
}

func (d *desk) path(name string) string { return filepath.Join(d.dir, name) }

func (d *desk) write(name, text string) {
	d.t.Helper()
	if err := os.WriteFile(d.path(name), []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) remove(name string) {
	d.t.Helper()
	if err := os.Remove(d.path(name)); err != nil {
		d.t.Fatal(err)
	}
}

// reload reloads and checks that all is well, and that the rules look for word.
func (d *desk) reload(word string) {
	d.t.Helper()
	if err := d.file.Reload(d.t.Context()); err != nil {
		d.t.Errorf("Reload = %v, want nil", err)
	}
	d.lookFor(word)
	if got := d.file.Status().Problem; got != "" {
		d.t.Errorf("Status().Problem = %q, want none", got)
	}
}

// reloadBad reloads and checks that the problem is told once, and that the
// rules still look for word.
func (d *desk) reloadBad(word, problem string) {
	d.t.Helper()
	err := d.file.Reload(d.t.Context())
	if err == nil || !strings.HasPrefix(err.Error(), "rules not loaded, the old ones stay in use: ") || !strings.Contains(err.Error(), problem) {
		d.t.Errorf("Reload = %v, want that rules are not loaded because of %q", err, problem)
	}
	if err := d.file.Reload(d.t.Context()); err != nil {
		d.t.Errorf("second Reload of the same = %v, want nil: it was told already", err)
	}
	d.lookFor(word)
	if got := d.file.Status().Problem; !strings.Contains(got, problem) {
		d.t.Errorf("Status().Problem = %q, want %q", got, problem)
	}
}

func (d *desk) lookFor(word string) {
	d.t.Helper()
	for _, w := range []string{"coup", "junta", "putsch"} {
		if got := len(matched(d.file.Current(), w)) > 0; got != (w == word) {
			d.t.Errorf("the rules match %q: %t, want %t", w, got, w == word)
		}
	}
}

const (
	coupRules  = "rules: [{id: a, match: coup}]"
	juntaRules = "rules: [{id: a, match: junta}]"
	badRules   = "rules: [{id: a, match: putsch, severity: hgih}]"
)

func TestOpenIsStrict(t *testing.T) {
	d := newDesk(t, badRules)
	log := slog.New(slog.DiscardHandler)
	var problems rulefile.Problems
	if _, err := matcher.Open(d.path("rules.yaml"), log); !errors.As(err, &problems) || len(problems) != 1 {
		t.Errorf("Open of bad rules = %v, want a problem", err)
	}
	if _, err := matcher.Open(d.path("none.yaml"), log); !errors.Is(err, fs.ErrNotExist) || !strings.HasSuffix(err.Error(), "none.yaml: there is no such file") {
		t.Errorf("Open of no file = %v, want that there is none", err)
	}
}

// A bad edit must not stop the watch.
func TestReload(t *testing.T) {
	d := newDesk(t, coupRules).open()
	first := d.file.Status()
	if first.LoadedAt.IsZero() || first.Hash == "" {
		t.Errorf("Status = %+v, want when and what was loaded", first)
	}
	d.reload("coup")
	if got := d.file.Status(); got != first {
		t.Errorf("Status after a Reload of the same = %+v, want %+v", got, first)
	}
	d.write("rules.yaml", badRules)
	d.reloadBad("coup", `did you mean "high"?`)
	if got := d.file.Status().Hash; got != first.Hash {
		t.Errorf("Hash after a bad edit = %s, want that of the rules in use, %s", got, first.Hash)
	}
	d.write("rules.yaml", "rules: [")
	d.reloadBad("coup", "rules.yaml:1:")
	d.write("rules.yaml", juntaRules)
	d.reload("junta")
	if got := d.file.Status().Hash; got == first.Hash {
		t.Errorf("Hash after an edit = %s, as before", got)
	}
	d.write("rules.yaml", badRules)
	d.reloadBad("junta", "hgih")
	d.write("rules.yaml", juntaRules) // the edit is taken back
	d.reload("junta")
}

func TestReloadRenamed(t *testing.T) {
	d := newDesk(t, coupRules).open()
	d.write("new", juntaRules)
	if err := os.Rename(d.path("new"), d.path("rules.yaml")); err != nil {
		t.Fatal(err)
	}
	d.reload("junta")
}

// Kubernetes swaps a symbolic link to a folder.
func TestReloadSwappedLink(t *testing.T) {
	d := newDesk(t, coupRules)
	d.remove("rules.yaml")
	for name, text := range map[string]string{"one": coupRules, "two": juntaRules} {
		if err := os.Mkdir(d.path(name), 0o755); err != nil {
			t.Fatal(err)
		}
		d.write(name+"/rules.yaml", text)
	}
	link := func(from, to string) {
		if err := os.Symlink(from, d.path("next")); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(d.path("next"), d.path(to)); err != nil {
			t.Fatal(err)
		}
	}
	link("one", "data")
	link("data/rules.yaml", "rules.yaml")
	d.open().lookFor("coup")
	link("two", "data")
	d.reload("junta")
}

// A file that is being replaced is missing for a moment.
func TestReloadMissing(t *testing.T) {
	d := newDesk(t, coupRules).open()
	d.remove("rules.yaml")
	d.reload("coup")
	d.reloadBad("coup", "rules.yaml: there is no such file")
	d.write("rules.yaml", coupRules)
	d.reload("coup")
	d.remove("rules.yaml")
	d.reload("coup")
	d.write("rules.yaml", badRules)
	d.reloadBad("coup", "hgih")
	d.remove("rules.yaml")
	if err := d.file.Reload(t.Context()); err != nil {
		t.Errorf("Reload of a file that is missing once = %v, want nil", err)
	}
	d.reloadBad("coup", "there is no such file")
}

// Included files, and those that a pattern newly names, are followed too.
func TestReloadIncludes(t *testing.T) {
	d := newDesk(t, "include: rules/*.yaml")
	if err := os.Mkdir(d.path("rules"), 0o755); err != nil {
		t.Fatal(err)
	}
	d.write("rules/a.yaml", coupRules)
	d.open().lookFor("coup")
	d.write("rules/a.yaml", juntaRules)
	d.reload("junta")
	d.write("rules/b.yaml", "rules: [{id: b, match: $x}]")
	d.reloadBad("junta", "b.yaml:1:24")
	d.write("rules/b.yaml", "lists: {x: y}")
	d.reload("junta")
	d.remove("rules/b.yaml")
	d.reload("junta")
	d.remove("rules/a.yaml")
	d.reloadBad("junta", "names no file")
}

func TestFileConcurrently(t *testing.T) {
	d := newDesk(t, coupRules).open()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				_ = d.file.Reload(t.Context()) // may fall between two writes
				_ = d.file.Status()
				if got := len(matched(d.file.Current(), "coup junta")); got != 1 {
					t.Errorf("%d rules match, want 1", got)
				}
			}
		})
	}
	for i := range 20 {
		d.write("new", []string{coupRules, juntaRules}[i%2])
		if err := os.Rename(d.path("new"), d.path("rules.yaml")); err != nil {
			t.Fatal(err)
		}
	}
	wg.Wait()
}
