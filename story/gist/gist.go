// Package gist takes a report apart into what is stored with its story to
// compare other reports with: its words, names, countries and who speaks in it,
// and hashes of its text.
package gist

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/phonetic"
	"github.com/coupwatch/coupwatch/story/sametext"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
)

// Features are what of a report says which story it is of.
type Features struct {
	Report    news.Report
	Gist      news.Gist
	Entities  []string
	Countries []string
	Rules     []string
	Watched   map[string]bool // the stems of words that the rules found
	Status    news.Status     // how firmly its own news is told, as far as that is known
	Print     sametext.Print  // see [Features.AddPrint]
}

// Weights are how much a word or a country says about a report, as against a
// word of its summary or body, which counts 1.
type Weights struct {
	Title         float64 // a word of the title: editors put there what is new
	Country       float64 // times this for a word in the name of a country, which weighs by itself
	Rule          float64 // times this for a word that rules look for
	CountryInText float64 // a country named below the title only, as against one in it
}

// opening is how many words of a summary or body say what a report is about;
// further on it tells of other things.
const opening = 60

// Of returns what r is about. Who says so, how firmly and with which print is
// for others to add, who need it.
func Of(r news.Report, w Weights) Features {
	f := Features{Report: r}
	f.Gist = news.Gist{Item: r.ID, At: r.When(), Publisher: r.Publisher, BelowAlert: !r.Severity().IsWorthAlert(), Title: TitleWords(r)}
	if r.Link != "" {
		f.Gist.Link = news.CanonicalLink(r.Link)
	}
	if f.Rules = kinds(r); len(f.Rules) > 0 {
		f.Gist.Rule = f.Rules[0]
	}
	c := contents{report: r, weights: w, words: map[string]float64{}, watched: map[string]bool{}, names: map[string]bool{}, places: map[string]float64{}}
	for _, field := range opens(r) {
		c.field(field)
	}
	c.mentions(&f)
	f.Watched = c.watched
	f.Gist.Words = Sorted(c.words)
	f.Gist.Places = Sorted(c.places)
	f.Gist.Names = slices.Sorted(maps.Keys(c.names))
	f.Gist.Language = c.language
	return f
}

// kinds returns the rules that say what kind of event a report tells, the gravest
// first. One that goes by points says nothing of that, and counts only where there
// is no other.
func kinds(r news.Report) []string {
	var rules, all []string
	for _, m := range r.Matches {
		all = append(all, m.Rule)
		if !m.ByPoints {
			rules = append(rules, m.Rule)
		}
	}
	if len(rules) == 0 {
		return all
	}
	return rules
}

// opens returns the fields with which people begin to read a report.
func opens(r news.Report) [2]news.Field {
	if r.Summary == "" {
		return [2]news.Field{news.Title, news.Body}
	}
	return [2]news.Field{news.Title, news.Summary}
}

// AddVoices takes in who says so.
func (f *Features) AddVoices(says []news.Attribution) {
	for _, a := range says {
		if voice := voiceOf(a); voice != "" && !slices.Contains(f.Gist.Voices, voice) {
			f.Gist.Voices = append(f.Gist.Voices, voice)
		}
	}
	slices.Sort(f.Gist.Voices)
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
	weights  Weights
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
func (c *contents) mentions(f *Features) {
	for _, m := range c.report.Mentions {
		isCountry := strings.HasPrefix(m.Entity, "country:") || m.Country == m.Entity
		if !isCountry {
			f.Entities = With(f.Entities, m.Entity)
		}
		if m.Country != "" {
			f.Countries = With(f.Countries, m.Country)
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
		share := c.weights.CountryInText
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
		if doc.Flags(i)&text.Boilerplate != 0 || IsEmpty(doc.Lang(), word) || len(word) < 2 {
			continue
		}
		stem := inflect.Stem(doc.Lang(), word)
		country, rule := c.inside(f, &doc, i)
		weight := 1.0
		if f == news.Title {
			weight = c.weights.Title
		}
		if country {
			weight *= c.weights.Country
		} else if rule {
			weight *= c.weights.Rule
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

// Sorted returns weights in the order of the words.
func Sorted(weights map[string]float64) news.Words {
	out := make(news.Words, 0, len(weights))
	for _, w := range slices.Sorted(maps.Keys(weights)) {
		out = append(out, news.Word{Text: w, Weight: weights[w]})
	}
	return out
}

// nameKey returns the phonetic key of the stem of a name; "" for one that is
// too short to say anything.
func nameKey(stem string) string {
	if key := phonetic.Key(stem); len(key) >= phonetic.Shortest {
		return key
	}
	return ""
}
