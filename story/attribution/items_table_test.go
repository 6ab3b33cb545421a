package attribution_test

import (
	"os"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/attribution"
	"github.com/coupwatch/coupwatch/story/outlets"
)

// An example is an item of testdata/items.txt, and from whom it has what it says.
type example struct {
	name string
	item news.Item
	from []string
}

// examples reads testdata/items.txt.
func examples(t *testing.T) (all []example) {
	t.Helper()
	src, err := os.ReadFile("testdata/items.txt")
	if err != nil {
		t.Fatal(err)
	}
	for block := range strings.SplitSeq(string(src), "\n== ") {
		name, fields, _ := strings.Cut(block, "\n")
		e := example{name: name}
		for line := range strings.Lines(fields) {
			field, value, ok := strings.Cut(strings.TrimSpace(line), ":")
			value = strings.TrimSpace(value)
			if !ok {
				continue
			}
			switch field {
			case "publisher":
				e.item.Publisher = value
			case "author":
				e.item.Author = value
			case "title":
				e.item.Title = value
			case "summary":
				e.item.Summary = value
			case "body":
				e.item.Body += value + "\n"
			case "from":
				e.from = append(e.from, strings.TrimPrefix(value, "-"))
			default:
				t.Fatalf("%s: no field %q", name, field)
			}
		}
		if len(e.from) > 0 {
			all = append(all, e)
		}
	}
	if len(all) < 40 {
		t.Fatalf("%d items", len(all))
	}
	return all
}

// Each item of testdata/items.txt has it from whom it says.
func TestItems(t *testing.T) {
	table := outlets.New(nil)
	for _, e := range examples(t) {
		if got, want := brief(attribution.Find(news.Report{Item: e.item}, table)), strings.Join(e.from, "; "); got != want {
			t.Errorf("%s: from\n\t%q, want\n\t%q", e.name, got, want)
		}
	}
}

// Every attribution shows the sentence that makes it, and names somebody.
func TestItemsShowTheirSentences(t *testing.T) {
	table := outlets.New(nil)
	for _, e := range examples(t) {
		r := news.Report{Item: e.item}
		for _, a := range attribution.Find(r, table) {
			given := r.Text(a.Span.Field)
			sentence := given[a.Span.Start:a.Span.End]
			if sentence != strings.TrimSpace(sentence) || sentence == "" && given != "" {
				t.Errorf("%s: %+v is shown by %q", e.name, a, sentence)
			}
			if a.Speaker == "" && a.Via == "" || a.Span.Term == "" {
				t.Errorf("%s: %+v names nobody", e.name, a)
			}
		}
	}
}

// To find is a function of the report: the same again, and nothing is changed.
func TestFindAgain(t *testing.T) {
	table := outlets.New(nil)
	for _, e := range examples(t) {
		r := news.Report{Item: e.item}
		first, second := brief(attribution.Find(r, table)), brief(attribution.Find(r, table))
		if first != second {
			t.Errorf("%s: %q, and then %q", e.name, first, second)
		}
	}
}
