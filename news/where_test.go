package news_test

import (
	"slices"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

// A story is about the countries that its titles and openings name most, not
// about each that some report names.
func TestWhere(t *testing.T) {
	var s news.Story
	if got := s.Where(); len(got) != 0 {
		t.Errorf("a story without countries is about %q", got)
	}
	s.Countries = []string{"fr", "ne", "ng", "us", "ml"}
	if got := s.Where(); !slices.Equal(got, s.Countries) {
		t.Errorf("a story of which it is not known is about %q, want all", got)
	}
	for _, report := range []news.Words{
		{{Text: "fr", Weight: 0.5}, {Text: "ne", Weight: 1}},
		{{Text: "ne", Weight: 1}, {Text: "ng", Weight: 1}},
		{{Text: "ne", Weight: 1}},
		{{Text: "ml", Weight: 0.5}},
		{{Text: "ng", Weight: 0.5}, {Text: "us", Weight: 0.5}},
	} {
		s.About = s.About.Plus(report)
	}
	if got := s.Where(); !slices.Equal(got, []string{"ne", "ng"}) {
		t.Errorf("it is about %q, want ne and ng", got)
	}
	if !slices.IsSortedFunc(s.About, func(a, b news.Word) int { return slices.Compare([]byte(a.Text), []byte(b.Text)) }) {
		t.Errorf("not in the order of the words: %v", s.About)
	}
}

// What a story is filed under comes first, and once.
func TestFiled(t *testing.T) {
	for _, tt := range []struct {
		rule  string
		rules []string
		want  []string
	}{
		{"mutiny", []string{"feud", "mutiny", "coup"}, []string{"mutiny", "feud", "coup"}},
		{"", []string{"feud", "coup"}, []string{"feud", "coup"}},
		{"mutiny", nil, []string{"mutiny"}},
		{"", nil, nil},
	} {
		if got := (news.Story{Rule: tt.rule, Rules: tt.rules}).Filed(); !slices.Equal(got, tt.want) {
			t.Errorf("%q of %q is filed under %q, want %q", tt.rule, tt.rules, got, tt.want)
		}
	}
}
