package rulefile_test

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/matcher/folder"
	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/rulefile"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

var update = flag.Bool("update", false, "write what is got as what is wanted")

// read reads the rules.yaml in fsys and what it includes, and tries the examples.
func read(fsys fs.FS) (*rulefile.File, error) {
	text, err := folder.ReadFile(fsys, "rules.yaml")
	if err != nil {
		return nil, err
	}
	f, err := rulefile.Read(folder.New(fsys), "rules.yaml", text)
	if err != nil {
		return nil, err
	}
	program := engine.Compile(f.Spec)
	return f, f.Try(func(e spec.Example) (msg, hint string) { return explain.Try(program, e) })
}

// mustRead reads files, of which the first is rules.yaml and the others are named
// by their first line.
func mustRead(t *testing.T, text string, more ...string) *spec.Spec {
	t.Helper()
	fsys := fstest.MapFS{"rules.yaml": {Data: []byte(text)}}
	for _, file := range more {
		name, text, _ := strings.Cut(file, "\n")
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	f, err := read(fsys)
	if err != nil {
		t.Fatalf("%v\nof:\n%s", err, text)
	}
	return f.Spec
}

// problemsOf returns the problems of a rules.yaml, which must have some.
func problemsOf(t *testing.T, fsys fs.FS) rulefile.Problems {
	t.Helper()
	_, err := read(fsys)
	problems, ok := errors.AsType[rulefile.Problems](err)
	if !ok {
		t.Fatalf("the error is %v, want problems", err)
	}
	return problems
}

// badFiles are kinds of mistakes: files of cases, each a folder with a rules.yaml
// and what it includes, and "problems": the code of each problem, and what people
// are told.
const badFiles = "testdata/bad/*.txtar"

func TestProblems(t *testing.T) {
	for _, file := range glob(t, badFiles) {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range casesOf(archive) {
			t.Run(c.name, func(t *testing.T) {
				got := toldOf(problemsOf(t, c.files))
				comment, want, _ := strings.Cut(string(c.told.Data), "\n")
				if *update {
					c.told.Data = []byte(comment + "\n" + got)
					return
				}
				if diff := gocmp.Diff(want, got); diff != "" {
					t.Errorf("problems differ (-want +got):\n%s", diff)
				}
				for _, word := range []string{"unmarshal", " yaml:", "go-yaml", "interface", "struct", "<nil>"} {
					if strings.Contains(got, word) {
						t.Errorf("problems speak of %q:\n%s", word, got)
					}
				}
			})
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// toldOf returns problems as testdata has them.
func toldOf(problems rulefile.Problems) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%s %s\n", p.Code, p.Error())
	}
	return b.String()
}

// A badCase is a rules.yaml with problems.
type badCase struct {
	name  string
	files fstest.MapFS
	told  *txtar.File
}

// casesOf returns the cases in an archive. What cannot be seen is written as
// <tab>, <xff> and the like.
func casesOf(a *txtar.Archive) []badCase {
	unseen := strings.NewReplacer(`<tab>`, "\t", `<xff>`, "\xff", `<x01>`, "\x01", `<bom>`, "\ufeff", `<nbsp>`, "\u00a0", "<cr>", "\r")
	var cases []badCase
	for i := range a.Files {
		folder, name, _ := strings.Cut(a.Files[i].Name, "/")
		if len(cases) == 0 || cases[len(cases)-1].name != folder {
			cases = append(cases, badCase{name: folder, files: fstest.MapFS{}})
		}
		c := &cases[len(cases)-1]
		if name == "problems" {
			c.told = &a.Files[i]
			continue
		}
		c.files[path.Clean(name)] = &fstest.MapFile{Data: []byte(unseen.Replace(string(a.Files[i].Data)))}
	}
	return cases
}

// glob returns the files of a pattern, of which there must be some.
func glob(tb testing.TB, pattern string) []string {
	tb.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) < 10 {
		tb.Fatalf("%d files are %s, want many more: %v", len(files), pattern, err)
	}
	return files
}

// Every code is of some problem that can be made, and has a row of its own.
func TestEveryCodeIsMade(t *testing.T) {
	made := map[code.Code]bool{}
	for _, file := range glob(t, badFiles) {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range casesOf(archive) {
			for _, p := range problemsOf(t, c.files) {
				made[p.Code] = true
			}
		}
	}
	for name, fsys := range tooMuch() {
		problems := problemsOf(t, fsys)
		if len(problems) != 1 && problems[len(problems)-1].Code != name {
			t.Errorf("%s: the problems end with %v", name, problems[len(problems)-1])
		}
		for _, p := range problems {
			made[p.Code] = true
		}
	}
	known := map[code.Code]bool{}
	for _, e := range code.Table {
		if known[e.Code] {
			t.Errorf("%s stands twice in the table", e.Code)
		}
		known[e.Code] = true
		if !made[e.Code] {
			t.Errorf("no case has a problem %s", e.Code)
		}
	}
	for c := range made {
		if !known[c] {
			t.Errorf("problem %q is not in the table", c)
		}
	}
}

// tooMuch returns what is too large to be written out, by the code of its problem.
func tooMuch() map[code.Code]fstest.MapFS {
	rules := func(text string) fstest.MapFS { return fstest.MapFS{"rules.yaml": {Data: []byte(text)}} }
	manyFiles := rules("include: '*.yaml'")
	for i := range 1_100 {
		manyFiles[fmt.Sprintf("%d.yaml", i)] = &fstest.MapFile{Data: []byte("rules: []")}
	}
	large := rules("include: large.yaml")
	large["large.yaml"] = &fstest.MapFile{Data: []byte(strings.Repeat("# rules\n", 700_000))}
	return map[code.Code]fstest.MapFS{
		code.IncludeTooMany: manyFiles,
		code.IncludeUnread:  large,
		code.TooDeep:        rules("rules: [{id: coup, match: '" + strings.Repeat("(", 500) + "coup" + strings.Repeat(")", 500) + "'}]"),
		code.LongWord:       rules("rules: [{id: coup, match: " + strings.Repeat("coup", 100) + "}]"),
		code.MoreProblems:   rules("rules:" + strings.Repeat("\n  - {}", 300)),
	}
}

// docs/problems.md tells what each code means.
func TestProblemsAreExplained(t *testing.T) {
	const file = "../../docs/problems.md"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, _, ok := strings.Cut(string(text), "| code |")
	if !ok {
		t.Fatalf("%s has no table", file)
	}
	table := slices.SortedFunc(slices.Values(code.Table), func(a, b code.Entry) int { return cmp.Compare(a.Code, b.Code) })
	var b strings.Builder
	b.WriteString(head + "| code | what is wrong | more |\n|---|---|---|\n")
	for _, e := range table {
		fmt.Fprintf(&b, "| `%s` | %s | [%s](rules.md#%s) |\n", e.Code, e.Meaning, strings.ReplaceAll(e.Section, "-", " "), e.Section)
	}
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := gocmp.Diff(string(text), b.String()); diff != "" {
		t.Errorf("%s is not what the codes say; run this test with -update (-file +codes):\n%s", file, diff)
	}
	rules, err := os.ReadFile("../../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range table {
		if heading := "\n## " + strings.ReplaceAll(e.Section, "-", " ") + "\n"; !strings.Contains(strings.ToLower(string(rules)), heading) {
			t.Errorf("%s: docs/rules.md has no section %q", e.Code, e.Section)
		}
	}
}

// However many mistakes there are, a bounded number is told.
func TestManyProblems(t *testing.T) {
	var b strings.Builder
	b.WriteString("rules:\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "  - {id: coup%d, match: '$nowhere%d OR @nobody%d', what%d: 1}\n", i, i, i, i)
	}
	start := time.Now()
	problems := problemsOf(t, fstest.MapFS{"rules.yaml": {Data: []byte(b.String())}})
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("reading took %v", took)
	}
	if len(problems) != 201 {
		t.Errorf("%d problems, want 201", len(problems))
	}
}
