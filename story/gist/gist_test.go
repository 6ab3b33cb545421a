package gist

import (
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

// What a report is about is said by its title before its text, by words that
// rules found, and by the names and countries of its opening.
func TestOf(t *testing.T) {
	w := Weights{Title: 5, Country: 0.5, Rule: 2, CountryInText: 0.25}
	summary := "The colonel Varkun left Niger. " + strings.Repeat("Rain fell again. ", 30) + "In Chad nobody knew."
	r := news.Report{Item: news.Item{ID: "1", Title: "Mutiny of guards in Mali", Summary: summary, Language: "en"}}
	span := func(f news.Field, word string) news.Span {
		i := strings.Index(r.Text(f), word)
		return news.Span{Field: f, Start: i, End: i + len(word), Term: "$" + word}
	}
	r.Matches = []news.Match{{Rule: "mutiny", Severity: news.High, Spans: []news.Span{span(news.Title, "Mutiny")}}}
	for _, c := range []struct {
		field      news.Field
		name, code string
	}{{news.Title, "Mali", "ml"}, {news.Summary, "Niger", "ne"}, {news.Summary, "Chad", "td"}} {
		r.Mentions = append(r.Mentions, news.Mention{Entity: "country:" + c.code, Country: c.code, Span: span(c.field, c.name)})
	}
	f := Of(r, w)
	weights := map[string]float64{}
	for _, x := range f.Gist.Words {
		weights[x.Text] = x.Weight
	}
	for word, want := range map[string]float64{"mutiny": 10, "guard": 5, "mali": 2.5, "colonel": 1, "niger": 0.5, "of": 0, "chad": 0, "knew": 0} {
		if weights[word] != want {
			t.Errorf("%q weighs %v, want %v", word, weights[word], want)
		}
	}
	if want := (news.Words{{Text: "ml", Weight: 1}, {Text: "ne", Weight: 0.25}}); !slices.Equal(f.Gist.Places, want) {
		t.Errorf("it is about %v, want %v", f.Gist.Places, want)
	}
	if !slices.Equal(f.Countries, []string{"ml", "ne", "td"}) {
		t.Errorf("it names %q, want all three countries", f.Countries)
	}
	if !f.Watched["mutiny"] || len(f.Watched) != 1 {
		t.Errorf("the rules look for %v, want for the mutiny", f.Watched)
	}
	if len(f.Gist.Names) != 1 || f.Gist.Names[0] != nameKey("varkun") {
		t.Errorf("it names %q, want one man", f.Gist.Names)
	}
	if f.Gist.BelowAlert || f.Gist.Rule != "mutiny" || f.Gist.Language != "en" {
		t.Errorf("a gist of rule %q in %q, below an alert: %v", f.Gist.Rule, f.Gist.Language, f.Gist.BelowAlert)
	}
}

func TestVoices(t *testing.T) {
	for _, tt := range []struct {
		a    news.Attribution
		want string
	}{
		{news.Attribution{Speaker: "Oda Brix"}, nameKey("brix")},
		{news.Attribution{Speaker: "Ода Брикс"}, nameKey("brix")},
		{news.Attribution{Speaker: "the minister", Entity: "brix"}, "@brix"},
		{news.Attribution{Speaker: "Brix"}, ""}, // of how many of that name
		{news.Attribution{Speaker: "an unnamed officer"}, ""},
		{news.Attribution{Speaker: "Oda Brix", Hearsay: true}, ""},
		{news.Attribution{}, ""},
	} {
		var f Features
		f.AddVoices([]news.Attribution{tt.a, tt.a})
		if got := strings.Join(f.Gist.Voices, " "); got != tt.want {
			t.Errorf("%+v is the voice %q, want %q", tt.a, got, tt.want)
		}
	}
}

func TestCommonWords(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
	}{
		{"coup in mali", "coup in mali", 1},
		{"coup in mali", "mali in coup", 1},
		{"coup in mali", "rain in fiji", 0.2},
		{"coup", "rain", 0},
		{"", "", 0},
	} {
		if got := CommonWords(tt.a, tt.b); got != tt.want {
			t.Errorf("%q and %q have %v in common, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

// What goes by points is no kind of event, unless nothing else is known.
func TestKinds(t *testing.T) {
	signs, purge := news.Match{Rule: "signs", ByPoints: true}, news.Match{Rule: "purge"}
	for _, tt := range []struct {
		matches []news.Match
		want    []string
	}{
		{nil, nil},
		{[]news.Match{signs}, []string{"signs"}},
		{[]news.Match{signs, purge}, []string{"purge"}},
		{[]news.Match{purge, signs}, []string{"purge"}},
	} {
		f := Of(news.Report{Matches: tt.matches}, Weights{})
		if !slices.Equal(f.Rules, tt.want) || len(tt.want) > 0 && f.Gist.Rule != tt.want[0] {
			t.Errorf("%v: rules %q, main %q; want %q", tt.matches, f.Rules, f.Gist.Rule, tt.want)
		}
	}
}
