package matcher_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/coupwatch/coupwatch/matcher"
)

var update = flag.Bool("update", false, "write what is got into testdata as what is wanted")

// Each file of testdata/bad is a rules.yaml with mistakes of one kind, with
// the files that it includes, and under "problems" what people are told.
func TestParseProblems(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("%d cases, want many more", len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			fsys, want := unpack(archive)
			rules, err := matcher.ParseFS(fsys, "rules.yaml")
			if err == nil {
				t.Fatal("ParseFS succeeded, want problems")
			}
			if rules != nil {
				t.Error("ParseFS returned rules with the problems, want nil")
			}
			got := err.Error() + "\n"
			if *update {
				pack(t, file, archive, got)
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("problems differ (-want +got):\n%s", diff)
			}
			for _, word := range []string{"unmarshal", " yaml:", "go-yaml", "interface", "struct", "<nil>"} {
				if strings.Contains(got, word) {
					t.Errorf("problems speak of %q:\n%s", word, got)
				}
			}
		})
	}
}

// unpack returns the files of an archive, and the problems that they have.
// What cannot be seen is written as \xff, \t and the like.
func unpack(a *txtar.Archive) (fsys fstest.MapFS, problems string) {
	fsys = fstest.MapFS{}
	for _, f := range a.Files {
		if f.Name == "problems" {
			problems = string(f.Data)
			continue
		}
		text := strings.NewReplacer(`<tab>`, "\t", `<xff>`, "\xff", `<x01>`, "\x01", `<bom>`, "\ufeff", `<nbsp>`, "\u00a0", "<cr>", "\r").Replace(string(f.Data))
		fsys[f.Name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys, problems
}

// pack writes an archive with other problems.
func pack(t *testing.T, file string, a *txtar.Archive, problems string) {
	t.Helper()
	files := a.Files[:0]
	for _, f := range a.Files {
		if f.Name != "problems" {
			files = append(files, f)
		}
	}
	a.Files = append(files, txtar.File{Name: "problems", Data: []byte(problems)})
	if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}
