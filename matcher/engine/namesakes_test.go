package engine

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

// A country that people are called like is none where a surname follows it or a
// first name stands before it.
func TestNamesakes(t *testing.T) {
	rules := programOf(t, draft.Draft{Rules: []draft.Rule{{ID: "r", Match: "@countries OR president OR arrested"}}})
	for _, tt := range []struct{ text, want string }{
		{"Police chief Chad Mulvaney was arrested on Friday", ""},
		{"Chad Mulvaney, who led the police, was arrested", ""},
		{"Senator Jordan Whitcombe resigned", ""},
		{"The sheriff, Michael Jordan, was arrested", ""},
		{"Officer Georgia Prewitt fled, and Kenya Dobbs with her", ""},
		{"Soldiers were arrested in Chad on Friday", "Chad"},
		{"Chad President Deby dismissed the chief of the army", "Chad"},
		{"Chad's Mulvaney Institute was closed", "Chad"},
		{"Chad: Mulvaney sees the coup coming", "Chad"},
		{"Jordan arrests two officers", "Jordan"},
		{"Georgia PM dismissed the head of the army", "Georgia"},
		{"Chad Closes Border After Gunfire in Capital", "Chad"},
		{"Chad Mulvaney was arrested after his return from Chad", "Chad"},
	} {
		report, _ := rules.Match(news.Item{Language: "en", Title: "News", Summary: tt.text})
		got := ""
		if len(report.Mentions) > 0 {
			got = report.Mentions[len(report.Mentions)-1].Name
		}
		if got != tt.want {
			t.Errorf("%q: %q is named, want %q", tt.text, got, tt.want)
		}
	}
}
