package show

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/fit"
)

// A span names its days unless both are the reader's.
func TestSpan(t *testing.T) {
	now := time.Date(2026, 11, 29, 7, 0, 0, 0, time.UTC)
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 30, 0, 0, time.UTC) }
	for _, tt := range []struct {
		from, to time.Time
		want     string
	}{
		{at(29, 1), at(29, 5), "01:30 – 05:30"},
		{at(26, 22), at(29, 5), "26 Nov 22:30 – 29 Nov 05:30"},
		{at(26, 8), at(26, 22), "26 Nov 08:30 – 22:30"},
		{at(27, 8), at(28, 0), "27 Nov 08:30 – 28 Nov 00:30"},
		{at(28, 11), at(29, 10), "28 Nov 11:30 – 29 Nov 10:30"},
		{at(29, 5), at(30, 1), "29 Nov 05:30 – 30 Nov 01:30"},
		{at(28, 3), at(28, 3), "28 Nov 03:30"},
		{at(29, 3), at(29, 3), "03:30"},
		{time.Time{}, at(28, 3), "28 Nov 03:30"},
		{time.Date(2023, 6, 24, 1, 0, 0, 0, time.UTC), at(29, 3), "24 Jun 2023 01:00 – 29 Nov 03:30"},
	} {
		if got := (Style{}).span(tt.from, tt.to, now); got != tt.want {
			t.Errorf("from %v to %v: %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
	kyiv := Style{Zone: time.FixedZone("EET", 2*3600)}
	if got, want := kyiv.span(at(28, 20), at(28, 23), now), "28 Nov 22:30 – 29 Nov 01:30"; got != want {
		t.Errorf("two days of the reader's zone: %q, want %q", got, want)
	}
}

// Those who tell a story stand in order of time, and the one whose report is
// told is always among them, with that report.
func TestTellers(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 29, hour, 0, 0, 0, time.UTC) }
	all := []news.Source{
		{Publisher: "C", Link: "https://c.example/1", At: at(3)},
		{Publisher: "A", Link: "https://a.example/1", At: at(1)},
		{Publisher: "D", Link: "https://d.example/1", At: at(4)},
		{Publisher: "B", Link: "https://b.example/1", At: at(2)},
	}
	item := func(publisher string, hour int) news.Item {
		return news.Item{Publisher: publisher, Link: "https://" + publisher + ".example/2", Published: at(hour)}
	}
	for _, tt := range []struct {
		told news.Item
		n    int
		want []string
		more int
	}{
		{news.Item{}, 8, []string{"A 01:00", "B 02:00", "C 03:00", "D 04:00"}, 0},
		{news.Item{}, 2, []string{"A 01:00", "B 02:00"}, 2},
		{item("D", 4), 2, []string{"A 01:00", "D 04:00"}, 2},
		{item("A", 6), 8, []string{"B 02:00", "C 03:00", "D 04:00", "A 06:00"}, 0},
		{item("A", 6), 2, []string{"B 02:00", "A 06:00"}, 2},
		{item("E", 7), 8, []string{"A 01:00", "B 02:00", "C 03:00", "D 04:00"}, 0},
	} {
		shown, more := (Style{}).tellers(all, tt.told, tt.n, at(8))
		var got []string
		for _, src := range shown {
			if got = append(got, src.Publisher+" "+src.When); src.Publisher == tt.told.Publisher && src.Link != tt.told.Link {
				t.Errorf("%s is shown with %s, want the report that is told", src.Publisher, src.Link)
			}
		}
		if !slices.Equal(got, tt.want) || more != tt.more {
			t.Errorf("%s at %v: %q and %d more, want %q and %d", tt.told.Publisher, tt.told.Published, got, more, tt.want, tt.more)
		}
	}
	if all[0].Publisher != "C" || all[1].Link != "https://a.example/1" {
		t.Error("the story was changed")
	}
}

// The chart begins with the first day that had a story, and one day is none.
func TestChartBegins(t *testing.T) {
	day := func(date string, stories int) news.Day { return news.Day{Date: date, Stories: stories} }
	for _, tt := range []struct {
		days []news.Day
		want []string
	}{
		{nil, nil},
		{[]news.Day{day("2026-11-27", 0), day("2026-11-28", 0), day("2026-11-29", 7)}, nil},
		{[]news.Day{day("2026-11-26", 0), day("2026-11-27", 2), day("2026-11-28", 0), day("2026-11-29", 7)}, []string{"27", "28", "29"}},
		{[]news.Day{day("2026-11-28", 1), day("2026-11-29", 0)}, []string{"28", "29"}},
	} {
		var got []string
		for _, d := range days(tt.days) {
			got = append(got, d.Label)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("of %v the chart shows %q, want %q", tt.days, got, tt.want)
		}
	}
}

// A text takes as many columns as there are, and no line is wider but for links.
func TestColumns(t *testing.T) {
	at := time.Date(2026, 11, 29, 3, 0, 0, 0, time.UTC)
	st := news.Story{
		ID: "s", Headline: "Soldiers of the second battalion hold the bridges over the river and the road to the airport", Severity: news.High,
		Status: news.Reported, Countries: []string{"xa", "xb", "xc"}, FirstSeen: at.AddDate(0, 0, -2), LastSeen: at, Reports: 3, Rules: []string{"a-rule-with-a-long-name-of-its-own"},
		Ladder: []news.Step{{Status: news.Reported, Sentence: "The bridges are in the hands of soldiers who take orders from nobody in the capital, residents say."}},
	}
	for _, name := range []string{"Morning Post", "The Evening Paper", "Transland Wire", "Harbour Times"} {
		st.Sources = append(st.Sources, news.Source{Publisher: name, At: at})
	}
	country := func(string) string { return "The Long Republic" }
	days := []news.Day{{Date: "2026-11-28", Stories: 3}, {Date: "2026-11-29", Stories: 9}}
	widest := map[int]int{}
	for _, columns := range []int{0, 50, 60, 120} {
		style, limit := Style{Columns: columns, Country: country}, columns
		if limit == 0 {
			limit = usualColumns
		}
		text := string(style.Text(news.Alert{Kind: news.New, Story: st, Item: news.Item{Title: st.Headline, Published: at}, Quote: news.Quote{Text: st.Ladder[0].Sentence}}, false))
		text += string(style.Text(news.Alert{Kind: news.Daily, Digest: &news.Digest{To: at, Stories: []news.Story{st}, Days: days}}, false))
		for line := range strings.Lines(text) {
			if n := fit.Width(strings.TrimSuffix(line, "\n")); n > limit {
				t.Errorf("a line takes %d of %d columns: %q", n, limit, line)
			} else {
				widest[limit] = max(widest[limit], n)
			}
		}
	}
	if len(widest) != 4 || widest[120] < 100 || widest[usualColumns] < 65 {
		t.Errorf("the widest lines are %v, by columns", widest)
	}
}
