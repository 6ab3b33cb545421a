package matcher

import (
	"testing"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/inflect"
)

// TestEndingsFalseHits reads English news as if it were in each language whose
// endings are known. What is named then and not otherwise is an English word
// that looks like a name with an ending, or a name of the language in which it
// is not: Island is Iceland in many. There may be few of them.
func TestEndingsFalseHits(t *testing.T) {
	if testing.Short() {
		t.Skip("asks one after the other; takes minutes where races are watched for")
	}
	const most = 50 // in a thousand items
	items := archived(t, 2_000)
	if !longtest.Wanted() { // every fourth
		some := items[:0]
		for i := 0; i < len(items); i += 4 {
			some = append(some, items[i])
		}
		items = some
	}
	r := shippedRules(t)
	mentions := func(language string) map[string]int {
		all := map[string]int{}
		for _, it := range items {
			it.Language = language
			report, _ := r.Match(it)
			for _, m := range report.Mentions {
				all[it.Text(m.Span.Field)[m.Span.Start:m.Span.End]]++
			}
		}
		return all
	}
	own := mentions("en")
	worst := 0
	for _, language := range inflect.DeclinedLanguages() {
		all := mentions(language)
		extra := 0
		var examples []string
		for written, n := range all {
			if n -= own[written]; n > 0 {
				extra += n
				examples = append(examples, written)
			}
		}
		worst = max(worst, extra)
		if extra*1000 > most*len(items) {
			t.Errorf("%s: %d names in %d items are made by endings, want at most %d in a thousand: %q", language, extra, len(items), most, examples)
		}
	}
	t.Logf("at most %d in %d items", worst, len(items))
}

// TestEndingsLeaveOthers holds that English and Russian news are read as
// before: their endings are not of the table.
func TestEndingsLeaveOthers(t *testing.T) {
	for _, language := range []string{"en", "ru", "uk", "be"} {
		if inflect.Declines(language) {
			t.Errorf("the endings of %s are tried on names, whose forms are all made", language)
		}
	}
	it := news.Item{Title: "Malin and Perun play Iranit, Nigerin", Language: "en"}
	report, _ := rulesOf(t, draft.Draft{Rules: []draft.Rule{{ID: "r", Match: "@countries"}}}).Match(it)
	if len(report.Mentions) > 0 {
		t.Errorf("English: got %s, want none", draft.Mentioned(report))
	}
}
