package attribution_test

import (
	"testing"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/attribution"
	"github.com/coupwatch/coupwatch/story/outlets"
)

// Whatever a text is, what is found lies in it and is of somebody.
func FuzzFind(f *testing.F) {
	for _, tt := range sentences {
		f.Add("Title", tt.text, "", "BBC", 3, 9)
	}
	f.Add("Orlov: soldiers fled", "", "He said so, he added, who said he told the Times of", "", 0, 5)
	f.Add("", "", "“", "Reuters", -1, 1000)
	f.Add("(Reuters) — said by", "per", "told the", "X", 0, 0)
	table := outlets.New([]news.Outlet{{Name: "Village Gazette"}})
	f.Fuzz(func(t *testing.T, title, summary, body, publisher string, start, end int) {
		r := news.Report{
			Item:     news.Item{Title: title, Summary: summary, Body: body, Publisher: publisher, Author: "AP", Feed: "https://village.example.org/feed"},
			Mentions: []news.Mention{{Entity: "orlov", Name: "Ivan Orlov", Span: news.Span{Field: news.Summary, Start: start, End: end}}},
		}
		for _, a := range attribution.Find(r, table) {
			given := r.Text(a.Span.Field)
			if a.Span.Start < 0 || a.Span.Start > a.Span.End || a.Span.End > len(given) {
				t.Fatalf("the span %+v is not within the %d bytes of the %s", a.Span, len(given), a.Span.Field)
			}
			if a.Speaker == "" && a.Via == "" || a.Span.Term == "" {
				t.Errorf("%+v says nothing", a)
			}
			if utf8.ValidString(title+summary+body+publisher) && !utf8.ValidString(given[a.Span.Start:a.Span.End]+a.Speaker+a.Via) {
				t.Errorf("%+v cuts a letter", a)
			}
		}
	})
}
