package story

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/ladder"
	"github.com/coupwatch/coupwatch/story/sametext"
	"github.com/coupwatch/coupwatch/text"
)

// A telling is a report as this package sees it: what it is about and how
// firmly it is told.
type telling struct {
	id        string // of what it brings: that of the report, and of its edition if it was edited
	report    news.Report
	gist      news.Gist
	entities  []string
	countries []string
	rules     []string
	watched   map[string]bool // words that the rules found
	status    news.Status     // how firmly its own news is told
	firm      ladder.Reading  // how firmly the event is told, and by whom
	print     sametext.Print
}

// opening is how many words of a summary or body say what a report is about;
// further on it tells of other things.
const opening = 60

// read takes in a report whole.
func read(r news.Report) telling {
	t := skim(r)
	t.finish()
	return t
}

// finish takes in what is of use only if the report is of a story.
func (t *telling) finish() {
	t.firm = ladder.Read(t.report)
	t.status = t.firm.Status
	t.gist.Print, t.print = print(t.report.Item)
}

// skim takes in what a report is about.
func skim(r news.Report) telling {
	t := telling{id: r.ID, report: r}
	t.gist = news.Gist{Item: r.ID, At: r.When(), Publisher: r.Publisher, Weak: r.Severity() < news.Medium, Title: titleWords(r)}
	if r.Link != "" {
		t.gist.Link = news.CanonicalLink(r.Link)
	}
	if len(r.Matches) > 0 {
		t.gist.Rule = r.Matches[0].Rule
	}
	for _, m := range r.Matches {
		t.rules = append(t.rules, m.Rule)
	}
	c := contents{report: r, words: map[string]float64{}, watched: map[string]bool{}, names: map[string]bool{}, places: map[string]float64{}}
	for _, f := range opens(r) {
		c.field(f)
	}
	c.mentions(&t)
	t.watched = c.watched
	t.gist.Words = sorted(c.words)
	t.gist.Places = sorted(c.places)
	t.gist.Names = slices.Sorted(maps.Keys(c.names))
	t.gist.Language = c.language
	return t
}

// opens returns the fields with which people begin to read a report.
func opens(r news.Report) [2]news.Field {
	if r.Summary == "" {
		return [2]news.Field{news.Title, news.Body}
	}
	return [2]news.Field{news.Title, news.Summary}
}

// heed takes in who says so.
func (t *telling) heed(says []news.Attribution) {
	for _, a := range says {
		if voice := voiceOf(a); voice != "" && !slices.Contains(t.gist.Voices, voice) {
			t.gist.Voices = append(t.gist.Voices, voice)
		}
	}
	slices.Sort(t.gist.Voices)
}

// voiceOf returns the key of the person by that name who says so; "" if there
// is none.
func voiceOf(a news.Attribution) string {
	if a.Hearsay || a.Speaker == "" {
		return ""
	}
	if a.Entity != "" {
		return "@" + a.Entity
	}
	words := strings.Fields(a.Speaker)
	last := words[len(words)-1]
	if first, _ := utf8.DecodeRuneInString(last); len(words) < 2 || !unicode.IsUpper(first) {
		return ""
	}
	return nameKey(strings.ToLower(last))
}

// contents gathers what a report says.
type contents struct {
	report   news.Report
	words    map[string]float64
	watched  map[string]bool // those that the rules found
	names    map[string]bool
	places   map[string]float64
	language string // of the field with the most words
	longest  int
	opening  [news.NumFields]int // where the opening of each field ends
}

// mentions takes in the entities and countries. Those of the opening say what
// the report is about.
func (c *contents) mentions(t *telling) {
	for _, m := range c.report.Mentions {
		isCountry := strings.HasPrefix(m.Entity, "country:") || m.Country == m.Entity
		if !isCountry {
			t.entities = with(t.entities, m.Entity)
		}
		if m.Country != "" {
			t.countries = with(t.countries, m.Country)
		}
		if m.Span.Start >= c.opening[m.Span.Field] {
			continue
		}
		if !isCountry {
			c.names["@"+m.Entity] = true
		}
		if m.Country == "" {
			continue
		}
		share := 0.5
		if m.Span.Field == news.Title {
			share = 1
		}
		c.places[m.Country] = max(c.places[m.Country], share)
	}
}

// field takes in one text.
func (c *contents) field(f news.Field) {
	var doc text.Text
	doc.Set(c.report.Text(f), c.report.Language)
	n := min(doc.Len(), opening)
	if n > c.longest {
		c.language, c.longest = doc.Lang(), n
	}
	if n > 0 {
		_, c.opening[f] = doc.Span(n - 1)
	}
	shouting := titleCase(&doc, n)
	for i := range n {
		word := string(doc.Word(i))
		if doc.Flags(i)&text.Furniture != 0 || isEmpty(doc.Lang(), word) || len(word) < 2 {
			continue
		}
		stem := text.Stem(doc.Lang(), word)
		country, rule := c.inside(f, &doc, i)
		weight := 1.0
		if f == news.Title {
			weight = titleWord
		}
		if country {
			weight *= countryWord
		} else if rule {
			weight *= ruleWord
			c.watched[stem] = true
		}
		c.words[stem] = max(c.words[stem], weight)
		if isName(&doc, i) && !shouting && !country {
			if k := nameKey(stem); k != "" {
				c.names[k] = true
			}
		}
	}
}

// isName reports whether word i looks like a name: it has a capital where no sentence begins.
func isName(doc *text.Text, i int) bool {
	return doc.Flags(i)&text.Capital != 0 && i > 0 && doc.Sentence(i) == doc.Sentence(i-1)
}

// titleCase reports whether a text writes most of its words with a capital.
func titleCase(doc *text.Text, n int) bool {
	capitals := 0
	for i := range n {
		if doc.Flags(i)&text.Capital != 0 {
			capitals++
		}
	}
	return n > 3 && 5*capitals > 3*n
}

// inside reports whether word i stands in the name of a country, and whether
// it is a word of the rules.
func (c *contents) inside(f news.Field, doc *text.Text, i int) (country, rule bool) {
	start, end := doc.Span(i)
	within := func(s news.Span) bool { return s.Field == f && s.Start <= start && end <= s.End }
	for _, m := range c.report.Mentions {
		if within(m.Span) && strings.HasPrefix(m.Entity, "country:") {
			country = true
		}
	}
	for _, m := range c.report.Matches {
		for _, s := range m.Spans {
			if within(s) && !strings.HasPrefix(s.Term, "@") {
				rule = true
			}
		}
	}
	return country, rule
}

// sorted returns weights in the order of the words.
func sorted(weights map[string]float64) news.Words {
	out := make(news.Words, 0, len(weights))
	for _, w := range slices.Sorted(maps.Keys(weights)) {
		out = append(out, news.Word{Text: w, Weight: weights[w]})
	}
	return out
}
