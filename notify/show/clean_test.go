package show_test

import (
	"encoding/json"
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

func TestRank(t *testing.T) {
	a := daily()
	a.Digest.Stories = append(a.Digest.Stories, news.Story{Headline: "A purge is announced", Severity: news.Medium, Status: news.Official, Reports: 99})
	text := string(style().Text(a, false))
	last := -1
	for _, headline := range []string{"Soldiers surround", "Командир бригады", "سپاه پاسداران", "A purge", "Ten years on"} {
		i := strings.Index(text, headline)
		if i <= last {
			t.Errorf("%q stands at %d, want it after %d", headline, i, last)
		}
		last = i
	}
}

func TestDigestIsCutAndSaysSo(t *testing.T) {
	a := daily()
	for range 500 {
		st := mali()
		st.Link = "https://sahel.example/" + strings.Repeat("x", 900)
		a.Digest.Stories = append(a.Digest.Stories, st)
	}
	page, err := style().HTML(a)
	if err != nil {
		t.Fatal(err)
	}
	if len(page) > 100_000 || len(page) < 60_000 {
		t.Errorf("got a page of %d bytes, want just under 100,000", len(page))
	}
	slack, err := json.Marshal(style().Slack(a).Blocks)
	if err != nil {
		t.Fatal(err)
	}
	if len(slack) > 12_000 {
		t.Errorf("Slack gets %d bytes, which it may refuse", len(slack))
	}
	for medium, text := range map[string]string{"page": string(page), "text": string(style().Text(a, false)), "Slack": string(slack)} {
		if !strings.Contains(text, "… (+4") || !strings.Contains(text, "504 stories") {
			t.Errorf("%s does not say how many stories are left out", medium)
		}
	}
}
