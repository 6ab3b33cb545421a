package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// A world in which soldiers at a palace are news, and at a match are none.
const (
	rules = `feeds: [{url: "https://wire.example/feed", name: Wire}]
include: [points.yaml]
lists:
  soldiers: [soldier, guardsman]
  palace: [palace]
  match: [match]
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
	points = `points:
  signs: {$soldiers: 1}
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
		rules: write("rules.yaml", rules), table: "signs", rule: "signs", write: write("points.yaml", points), language: "en",
		headlines: []string{write("headlines.tsv", strings.Repeat(headlines, 30)), write("others.tsv", headlines)},
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
	// Of thirty items of which nobody labelled ten five are ordinary news.
	if !strings.Contains(string(made), "of 5 ordinary items") {
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
		"no such table": {func(o *options) { o.table = "sings" }, `unknown table of points "$signs"`},
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
		if left, err := os.ReadFile(o.write); err != nil || string(left) != points {
			t.Errorf("%s: the table is no longer as it was: %v\n%s", name, err, left)
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

// Rows are lists, and words in small letters that several headlines of several
// files have; a word is one row in all its forms. Rows that are worth nothing
// are left out.
func TestRows(t *testing.T) {
	o := world(t)
	if err := o.propose(); err != nil {
		t.Fatal(err)
	}
	r, err := matcher.Read(o.rules)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"$match", "$palace", "$soldiers", "PAST_YEAR", "QUESTION", "match", "palace", "rain", "seen", "soldiers", "the", "wins"}
	if got := r.Rows("signs"); !slices.Equal(got, want) {
		t.Errorf("rows %q, want %q", got, want)
	}
	if err := fitPoints(o); err != nil {
		t.Fatal(err)
	}
	if r, err = matcher.Read(o.rules); err != nil {
		t.Fatal(err)
	}
	for _, row := range r.Rows("signs") {
		if row == "QUESTION" || row == "PAST_YEAR" {
			t.Errorf("%s is a row, though no headline has it", row)
		}
	}
}

// What is no row, and why.
func TestVocabulary(t *testing.T) {
	titles := []string{
		"In Akron rebels are near a palace, says Hwa-rin", "The rebel in a palace of Akron, says Hwa-rin", "Some rebels seen by Akron, 1,000 of them, and Hwa-rin",
		"Here is a palace and Akron", "Palace Of Akron Is Full Of Ducks",
	}
	v := vocabulary{language: "en", words: map[string]*candidate{}}
	for i, title := range titles {
		v.add(strconv.Itoa(i%2), news.Item{Title: title, Summary: "It is so. Nothing counts in a second sentence."})
	}
	if got, want := v.rows(), []string{"palace", "rebels"}; !slices.Equal(got, want) {
		t.Errorf("rows %q, want %q", got, want)
	}
}
