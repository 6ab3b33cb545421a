package show_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/show"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"  a \t b\r\nc\u2028d\u00a0e  ":        "a b c d e",
		"co\u200bup \u202eevil\u202c\ufeff":    "coup evil",
		"soft\u00adhyphen":                     "softhyphen",
		"می\u200cکند":                          "می\u200cکند", // the non-joiner is part of the spelling
		"<\u200c!channel>":                     "<!channel>",
		"👩\u200d🚀 up":                          "👩\u200d🚀 up",
		"Z" + strings.Repeat("\u0301", 9):      "Z" + strings.Repeat("\u0301", 4),
		"\x1b[31mred\x07":                      "[31mred",
		"bad\xffbyte":                          "bad\ufffdbyte",
		"переворо\u0301т \U000e0041tags\u3164": "переворо\u0301т tags",
		"": "",
	} {
		if got := show.Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"coup in Mali", 12, "coup in Mali"},
		{"coup in Bamako", 13, "coup in Bama…"},
		{"переворот", 5, "пере…"},
		{"abce\u0301fgh", 5, "abc…"}, // not between a letter and its accent
		{"👩\u200d🚀👩\u200d🚀", 5, "👩\u200d🚀…"},
		{"", 5, ""},
	} {
		if got := show.Cut(c.in, c.n); got != c.want || utf8.RuneCountInString(got) > c.n {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

// Marks are counted in bytes of a text that is cleaned afterwards.
func TestMarksSurviveCleaning(t *testing.T) {
	text := "the\u200b  Совет\u202e объявил переворот"
	mark := func(word string) news.Mark {
		i := strings.Index(text, word)
		return news.Mark{Start: i, End: i + len(word)}
	}
	a := alert(news.New)
	a.Quote = news.Quote{Text: text, Marks: []news.Mark{mark("Совет\u202e"), mark("переворот")}}
	if got, want := string(show.Style{}.Text(a, false)), "“the *Совет* объявил *переворот*”"; !strings.Contains(got, want) {
		t.Errorf("got %q, want it to hold %q", got, want)
	}
}

// What is quoted of a step is often the title that carries it.
func TestQuoteIsNotTheHeadlineAgain(t *testing.T) {
	for _, c := range []struct {
		quote news.Quote
		shown bool
	}{
		{news.Quote{Text: "Ministry confirms mutiny in Tolmin."}, false},
		{news.Quote{Text: "Ministry confirms mutiny in Tolmin", Marks: []news.Mark{{Start: 18, End: 24}}}, false},
		{news.Quote{Text: "Ministry confirms mutiny in Tolmin", By: "Col. Voskan"}, true},
		{news.Quote{Text: "The ministry confirmed a mutiny."}, true},
	} {
		a := news.Alert{
			Item:  news.Item{Title: "Ministry confirms mutiny in Tolmin"},
			Story: news.Story{Headline: "Ministry confirms mutiny in Tolmin"},
			Quote: c.quote,
		}
		if got := strings.Contains(string(show.Style{}.Text(a, false)), "“"+strings.TrimSuffix(c.quote.Text, ".")); got != c.shown {
			t.Errorf("quote %q by %q shown: %t, want %t", c.quote.Text, c.quote.By, got, c.shown)
		}
	}
}
