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

// reportFeatures are a report as this package sees it: what it is about and how
// firmly it is told.
type reportFeatures struct {
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

// extract takes in a report whole.
func extract(r news.Report) reportFeatures {
	f := extractTopic(r)
	f.extractRest()
	return f
}

// extractRest takes in what is of use only if the report is of a story.
func (f *reportFeatures) extractRest() {
	f.firm = ladder.Read(f.report)
	f.status = f.firm.Status
	f.gist.Print, f.print = print(f.report.Item)
}

// extractTopic takes in what a report is about.
func extractTopic(r news.Report) reportFeatures {
	f := reportFeatures{id: r.ID, report: r}
	f.gist = news.Gist{Item: r.ID, At: r.When(), Publisher: r.Publisher, BelowAlert: !r.Severity().IsWorthAlert(), Title: titleWords(r)}
	if r.Link != "" {
		f.gist.Link = news.CanonicalLink(r.Link)
	}
	if len(r.Matches) > 0 {
		f.gist.Rule = r.Matches[0].Rule
	}
	for _, m := range r.Matches {
		f.rules = append(f.rules, m.Rule)
	}
	c := contents{report: r, words: map[string]float64{}, watched: map[string]bool{}, names: map[string]bool{}, places: map[string]float64{}}
	for _, field := range opens(r) {
		c.field(field)
	}
	c.mentions(&f)
	f.watched = c.watched
	f.gist.Words = sorted(c.words)
	f.gist.Places = sorted(c.places)
	f.gist.Names = slices.Sorted(maps.Keys(c.names))
	f.gist.Language = c.language
	return f
}

// opens returns the fields with which people begin to read a report.
func opens(r news.Report) [2]news.Field {
	if r.Summary == "" {
		return [2]news.Field{news.Title, news.Body}
	}
	return [2]news.Field{news.Title, news.Summary}
}

// addVoices takes in who says so.
func (f *reportFeatures) addVoices(says []news.Attribution) {
	for _, a := range says {
		if voice := voiceOf(a); voice != "" && !slices.Contains(f.gist.Voices, voice) {
			f.gist.Voices = append(f.gist.Voices, voice)
		}
	}
	slices.Sort(f.gist.Voices)
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
func (c *contents) mentions(f *reportFeatures) {
	for _, m := range c.report.Mentions {
		isCountry := strings.HasPrefix(m.Entity, "country:") || m.Country == m.Entity
		if !isCountry {
			f.entities = with(f.entities, m.Entity)
		}
		if m.Country != "" {
			f.countries = with(f.countries, m.Country)
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
		if doc.Flags(i)&text.Boilerplate != 0 || isEmpty(doc.Lang(), word) || len(word) < 2 {
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
