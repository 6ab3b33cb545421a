package matcher

import (
	"testing"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

// FuzzMatch gives rules whatever text there may be: matching, explaining
// and looking for near misses must not fail, and every span must lie in the text, on the borders of its
// letters.
func FuzzMatch(f *testing.F) {
	r := rulesOf(f, draft.Newsroom())
	for _, it := range draft.Mixed()[:20] {
		f.Add(it.Title, it.Summary, it.Body, it.Language)
	}
	f.Add("Coup\xff in\xc3 Mali", "&#x10FFFF; &lt;b&gt;", "١٩٩١ 1991 переворот\u0301", "ru-RU")
	f.Fuzz(func(t *testing.T, title, summary, body, language string) {
		it := news.Item{Title: title, Summary: summary, Body: body, Language: language}
		rep, ok := r.Match(it)
		if ok != (len(rep.Matches) > 0) {
			t.Fatalf("Match reports %v with %d matches", ok, len(rep.Matches))
		}
		for _, m := range rep.Matches {
			for _, s := range m.Spans {
				checkSpan(t, it, s)
			}
		}
		for _, m := range rep.Mentions {
			checkSpan(t, it, m.Span)
		}
		r.Explain(it, nil)
		if m, near := r.Almost(it, nil); near && (rep.Severity() > news.Low || m.Missing == "") {
			t.Fatalf("a match of %v is a near miss: %+v", rep.Severity(), m)
		}
	})
}

func checkSpan(t *testing.T, it news.Item, s news.Span) {
	t.Helper()
	text := it.Text(s.Field)
	if s.Start < 0 || s.Start >= s.End || s.End > len(text) {
		t.Fatalf("span %+v lies outside the %s %q", s, s.Field, text)
	}
	if utf8.ValidString(text) && (!utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End])) {
		t.Errorf("span %+v cuts a letter of the %s %q", s, s.Field, text)
	}
}
