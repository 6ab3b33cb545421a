package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher"
)

// A world in which soldiers at a palace are news, and at a match are none.
const (
	rules = `feeds: [{url: "https://wire.example/feed", name: Wire}]
lists:
  soldiers: [soldier, guardsman]
  palace: [palace]
  match: [match]
points:
  signs:
    $soldiers: 1
    $palace: 1
    $match: 1
    rain: 1
rules:
  - {id: signs, match: POINTS($signs) >= 50}
`
	headlines = `# label	kind	language	published	title	summary
A	coup	en	2026-01-02	Soldiers at the palace
A	coup	en	2026-01-03	Guardsmen at the palace in the rain	Nobody is seen.
N	sport	en	2026-01-02	Soldiers at the match
N	sport	en	2026-01-02	Palace wins the match
N	weather	en	2026-01-02	Rain
N	weather	en	2026-01-02	Rain on soldiers
`
	labels = "id\tlabel\ttype\tstratum\n1\tA\tcoup\tcore\n2\tN\t-\twide\n"
	items  = `{"id":"1","published":"2026-01-05T00:00:00Z","feed":"Wire","title":"A soldier in the palace"}
{"id":"2","published":"2026-01-05T00:00:00Z","feed":"Wire","title":"A soldier plays a match"}
{"id":"3","published":"2026-01-05T00:00:00Z","feed":"Wire","title":"A palace in the rain"}
`
)

// world writes the files of the world, and returns how to fit on them.
func world(t *testing.T) options {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return options{
		rules: write("rules.yaml", rules), table: "signs", rule: "signs", write: filepath.Join(dir, "points.yaml"),
		headlines: []string{write("headlines.tsv", strings.Repeat(headlines, 30))},
		archives:  []past{{write("items.jsonl", strings.Repeat(items, 10)), write("labels.tsv", labels), 5}},
	}
}

// The table that is written is read again, and tells what it was fitted on.
func TestFitPoints(t *testing.T) {
	o := world(t)
	if err := fitPoints(o); err != nil {
		t.Fatal(err)
	}
	made, err := os.ReadFile(o.write)
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(rules, "points:")
	_, after, _ := strings.Cut(rules, "rain: 1\n")
	if err := os.WriteFile(o.rules, []byte(before+string(made)+after), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := matcher.Read(o.rules)
	if err != nil {
		t.Fatalf("%v\nof\n%s", err, made)
	}
	for _, h := range strings.Split(strings.TrimSpace(headlines), "\n")[1:] {
		f := strings.Split(h, "\t")
		it := itemOf(f)
		if _, told := r.Match(it); told != (f[0] == "A") {
			t.Errorf("%q: told %t, %+v", it.Title, told, r.Tally("signs", it))
		}
	}
	// Of ten items that nobody labelled one is ordinary news, and is not told.
	if !strings.Contains(string(made), "of 1 ordinary items") {
		t.Errorf("the table counts no ordinary item:\n%s", made)
	}
	first := string(made)
	if err := fitPoints(o); err != nil {
		t.Fatal(err)
	}
	if made, err = os.ReadFile(o.write); err != nil || len(made) != len(first) {
		t.Errorf("a second fit differs: %v\n%s", err, made)
	}
}

// What cannot be fitted is told with its place.
func TestFitPointsErrors(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(o *options)
		want   string
	}{
		"no such table": {func(o *options) { o.table = "sings" }, `no table of points is called "sings"`},
		"nothing asked": {func(o *options) { o.headlines, o.archives = nil, nil }, "needs -table, -write and -headlines or -archive"},
		"short line": {func(o *options) {
			if err := os.WriteFile(o.headlines[0], []byte("A\tcoup\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "headlines.tsv:1: 2 columns, want 6"},
		"no day": {func(o *options) {
			if err := os.WriteFile(o.headlines[0], []byte("# x\nA\tcoup\ten\tMay\tTitle\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "headlines.tsv:2: parsing time"},
	} {
		o := world(t)
		tt.change(&o)
		if err := fitPoints(o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	var o options
	for _, s := range []string{"a,b", "a,b,c"} {
		if err := o.archive(s); err == nil {
			t.Errorf("archive %q is taken", s)
		}
	}
	if err := o.archive("a,b,2.5"); err != nil || len(o.archives) != 1 || o.archives[0].wide != 2.5 {
		t.Errorf("archive: %v, %v", o.archives, err)
	}
}
