package attribution_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/attribution"
	"github.com/coupwatch/coupwatch/story/outlets"
)

func TestFindInItems(t *testing.T) {
	const bbcFeed = "https://feeds.bbci.co.uk/news/world/rss.xml"
	tests := []struct {
		name string
		item news.Item
		want string
	}{
		{"told to the publisher", news.Item{Publisher: "BBC", Summary: "Pavel Zorin told the BBC that the barracks were sealed."}, "!Pavel Zorin > BBC"},
		{"told to the publisher, in Russian", news.Item{Publisher: "Медуза", Summary: "Павел Зорин рассказал «Медузе», что казармы закрыты."}, "!Павел Зорин > Meduza"},
		{"told to a correspondent", news.Item{Publisher: "Kyiv Post", Summary: "The plot was real, Pavel Zorin told our correspondent."}, "!Pavel Zorin > Kyiv Post"},
		{"confirmed on its own", news.Item{Publisher: "Kyiv Post", Summary: "The video was independently verified."}, "!> Kyiv Post"},
		{"not confirmed on its own", news.Item{Publisher: "Kyiv Post", Summary: "The video could not be independently verified."}, ""},
		{"seen by the publisher", news.Item{Publisher: "Reuters", Summary: "Letters seen by Reuters show a plot."}, "!> Reuters"},
		{"seen by another", news.Item{Publisher: "Kyiv Post", Summary: "Letters seen by Reuters show a plot."}, "> Reuters"},
		{"the author is an agency", news.Item{Publisher: "Kyiv Post", Author: "Reuters", Title: "Soldiers seal barracks"}, "> Reuters"},
		{"the author is a person", news.Item{Publisher: "Kyiv Post", Author: "Ann Orlova", Title: "Soldiers seal barracks"}, ""},
		{"an agency's own item", news.Item{Publisher: "Reuters", Author: "Reuters", Title: "Soldiers seal barracks"}, ""},
		{"the feed has it from another", news.Item{Publisher: "AFP", Feed: bbcFeed, Title: "Soldiers seal barracks"}, "> AFP"},
		{"a sister's feed", news.Item{Publisher: "BBC Russian", Feed: bbcFeed, Title: "Soldiers seal barracks"}, ""},
		{"a portal's feed", news.Item{Publisher: "AFP", Feed: "https://news.google.com/rss", Title: "Soldiers seal barracks"}, ""},
		{"first published elsewhere", news.Item{Publisher: "Yahoo", Title: "Soldiers seal barracks", Body: "The barracks are sealed.\n\nRead the original article on Politico"}, "> Politico"},
		{"first published there", news.Item{Publisher: "Politico", Title: "Soldiers seal barracks", Body: "The barracks are sealed.\n\nRead the original article on Politico"}, ""},
		{"a line for the page", news.Item{Title: "Soldiers seal barracks", Body: "The barracks are sealed.\n\nRead also: Orlov told The Times of a plot\n\nThe streets are empty."}, ""},
		{"a title that names who says so", news.Item{Title: "Orlov: the plot is real", Summary: "Ivan Orlov said others would follow."}, "Ivan Orlov; Ivan Orlov"},
		{"a title about somebody", news.Item{Title: "Ivan Orlov: how a soldier fled", Summary: "He walked for days."}, ""},
		{"a title in capitals", news.Item{Title: "The Fighting Explained: What Ivan Orlov Denied Has Happened"}, ""},
		{"a title that names an outlet", news.Item{Title: "Bloomberg: the minister will go"}, "> Bloomberg"},
		{"a reporter", news.Item{Publisher: "CNN", Summary: "CNN's Ann Orlova reports."}, "!> CNN"},
		{
			"told of before being named",
			news.Item{
				Title: "Plot is real, expert says", Summary: "Others will follow, said analyst Ivan Orlov in an interview with Politico. Orlov added that the army is split.",
			},
			"Ivan Orlov > Politico; Ivan Orlov > Politico; Ivan Orlov > Politico",
		},
		{
			"two who may be meant", news.Item{
				Title: "Plot is real, expert says", Summary: "Others will follow, said minister Ivan Orlov. The army is whole, said general Pavel Zorin.",
			}, "?unnamed expert; Ivan Orlov; Pavel Zorin",
		},
		{
			"goes on to the same outlet",
			news.Item{Summary: "Ivan Orlov told Politico of a plot. “Others will follow,” he added. The Kremlin denied it."},
			"Ivan Orlov > Politico; Ivan Orlov > Politico; Kremlin",
		},
	}
	table := outlets.New(nil)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := brief(attribution.Find(news.Report{Item: tt.item}, table)); got != tt.want {
				t.Errorf("Find = %q, want %q", got, tt.want)
			}
		})
	}
}

// Who rules.yaml knows has the name and the id that it gives them, also where
// the text tells of them in another way.
func TestFindEntities(t *testing.T) {
	const summary = "По словам Ивана Орлова, заговор реален. «Другие последуют», — добавил он."
	at := strings.Index(summary, "Ивана")
	r := news.Report{
		Item:     news.Item{Title: "Заговор", Summary: summary},
		Mentions: []news.Mention{{Entity: "orlov", Name: "Иван Орлов", Span: news.Span{Field: news.Summary, Start: at, End: at + len("Ивана Орлова")}}},
	}
	want := []news.Attribution{
		{Speaker: "Иван Орлов", Entity: "orlov", Span: news.Span{Field: news.Summary, End: strings.Index(summary, " «"), Term: "по словам"}},
		{Speaker: "Иван Орлов", Entity: "orlov", Span: news.Span{Field: news.Summary, Start: strings.Index(summary, "Другие"), End: len(summary), Term: "добавил"}},
	}
	if diff := cmp.Diff(want, attribution.Find(r, outlets.New(nil))); diff != "" {
		t.Errorf("Find, -want +got:\n%s", diff)
	}
}

// A country before the name of an institution is of it, one with two words is
// one name, and one before "newspaper" is no newspaper.
func TestFindOfCountries(t *testing.T) {
	for _, tt := range []struct{ text, country, want string }{
		{"The United States said the plot was real.", "United States", "United States"},
		{"South Sudan says the plot was real.", "South Sudan", "South Sudan"},
		{"The Sudanese Armed Forces said the plot was real.", "Sudanese", "Sudanese Armed Forces"},
		{"Ivan Orlov spoke of it in an interview with Spanish newspaper El Pais on Monday.", "Spanish", "> El País"},
		{"The plot was real, said Ivan Orlov, speaking to the Norwegian newspaper Fjord Herald.", "Norwegian", "Ivan Orlov > Fjord Herald"},
	} {
		at := strings.Index(tt.text, tt.country)
		r := news.Report{Item: news.Item{Title: "Plot", Summary: tt.text}}
		r.Mentions = []news.Mention{{Entity: "country:xx", Name: tt.country, Country: "xx", Span: news.Span{Field: news.Summary, Start: at, End: at + len(tt.country)}}}
		if got := brief(attribution.Find(r, outlets.New(nil))); got != tt.want {
			t.Errorf("Find(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// An outlet that only rules.yaml knows is found by all its names.
func TestFindExtra(t *testing.T) {
	table := outlets.New([]news.Outlet{{Name: "Village Gazette", Aliases: []string{"Деревенская газета"}}})
	for _, summary := range []string{
		"Ivan Orlov told the Village Gazette that the plot was real.",
		"Ivan Orlov рассказал «Деревенской газете», что заговор реален.",
	} {
		r := news.Report{Item: news.Item{Title: "Plot", Summary: summary}}
		if got, want := brief(attribution.Find(r, table)), "Ivan Orlov > Village Gazette"; got != want {
			t.Errorf("Find(%q) = %q, want %q", summary, got, want)
		}
	}
}
