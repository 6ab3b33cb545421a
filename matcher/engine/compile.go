package engine

import (
	"cmp"
	"runtime"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/engine/internal/vocabulary"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// A Rule is a rule made ready for matching.
type Rule struct {
	*spec.Rule
	Match        int32 // in Program.Parts
	Unless       []Clause
	Lower, Raise []Clause
	needs        []need // of Match, save the one by which the rule is indexed
	languages    []string
	feeds        []string // URLs; empty for all feeds
	byPoints     bool     // no item matches it without points
}

// A Clause is a condition or change made ready.
type Clause struct {
	Part int32
	Near spec.Near
	Text string
	To   news.Severity
}

// A compiler makes Rules. It works once and is then forgotten.
type compiler struct {
	*Program
	spec      *spec.Spec
	countries []places.Form
	byShape   map[string]int32 // parts, so that the same query is asked once
	byID      map[string]int32 // names
	words     text.Text
	atoms     []vocabulary.Atom
	between   []string // the signs before each of them, and after the last
	listed    string   // the language for which a list has the term, or ""
}

// Compile makes Rules of a spec, which must have been checked: names in it
// that mean nothing are found nowhere.
func Compile(s *spec.Spec) *Program { return compile(s, places.Forms()) }

// CompileNameless is as [Compile] for rules that ask for no country, and knows
// none: it takes a hundredth of the time.
func CompileNameless(s *spec.Spec) *Program { return compile(s, nil) }

func compile(s *spec.Spec, countries []places.Form) *Program {
	usual := len(countries)
	more := min(usual, terms(s)) // the rules that ship come to twice as many words and four times as many nodes
	c := &compiler{
		Program: &Program{
			Spec:     s,
			lexicon:  lexicon{voc: vocabulary.New(usual + more), trie: newTrie(usual*5/4 + 3*more)},
			question: -1, pastYear: -1,
		},
		spec:      s,
		countries: countries,
		byShape:   map[string]int32{},
		byID:      map[string]int32{},
	}
	c.listNames()
	for i := range s.Rules {
		c.check(&s.Rules[i])
	}
	slices.SortFunc(c.Rules, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	c.helpers()
	c.fillLeaves()
	c.spellNames()
	c.indexRules()
	c.countUses()
	c.nameFeeds()
	r := c.Program
	r.trie.seal(&r.voc)
	r.voc.Seal()
	r.idle = make(chan *Evaluator, runtime.GOMAXPROCS(0))
	return r
}

// terms returns how many words a spec comes to, about.
func terms(s *spec.Spec) int {
	const aName = 200 // a person is written in hundreds of ways
	n := aName * len(s.Entities)
	for _, list := range s.Lists {
		n += len(list)
	}
	return n
}

func (c *compiler) check(r *spec.Rule) {
	k := Rule{Rule: r, Match: c.part(r.Match)}
	k.byPoints = c.byPoints(k.Match)
	for _, tag := range r.Languages {
		k.languages = append(k.languages, c.language(tag))
	}
	for _, name := range r.Feeds {
		k.feeds = append(k.feeds, c.spec.Called[name]...)
	}
	for _, u := range r.Unless {
		k.Unless = append(k.Unless, c.clause(u, 0))
	}
	for _, l := range r.Lower {
		k.Lower = append(k.Lower, c.clause(l.Condition, l.To))
	}
	for _, up := range r.Raise {
		k.Raise = append(k.Raise, c.clause(up.Condition, up.To))
	}
	c.Rules = append(c.Rules, k)
}

func (c *compiler) clause(of spec.Condition, to news.Severity) Clause {
	return Clause{c.part(of.When), of.Near, of.Text, to}
}

// helpers makes the queries of entities that tell who is meant.
func (c *compiler) helpers() {
	for i := range c.spec.Entities {
		if h := c.spec.Entities[i].Helper; h != nil {
			c.Names[i].Helper = c.part(h)
		}
	}
}

// nameFeeds notes what feed: looks at.
func (c *compiler) nameFeeds() {
	c.feedNames = make(map[string]string, len(c.spec.Feeds))
	for _, f := range c.spec.Feeds {
		c.feedNames[f.URL] = text.Fold(f.Name + "\n" + f.Publisher)
	}
}

// language returns the code of a language as package text gives it.
func (c *compiler) language(tag string) string {
	c.words.Set("", tag)
	return c.words.Lang()
}

// term puts a term into the trie and returns where it ends, or 0 if it has no
// words, and the signs that must stand between its words.
func (c *compiler) term(words []query.Word) (end, signs int32) {
	if c.read(words); len(c.atoms) == 0 {
		return 0, 0
	}
	return c.trie.node(c.atoms), c.signsOf(c.between)
}

// read makes atoms of the words of a term.
func (c *compiler) read(words []query.Word) {
	c.atoms, c.between = c.atoms[:0], append(c.between[:0], "")
	for _, w := range words {
		c.word(w, len(words) == 1)
	}
}

// word appends the atoms of w, several if it is written in one but read as
// several words. It may be the only one of its term.
func (c *compiler) word(w query.Word, alone bool) {
	switch w.Form {
	case query.Gap:
		c.atoms, c.between = append(c.atoms, 0), append(c.between, "")
		return
	case query.Wild:
		for pattern := range strings.FieldsSeq(foldPattern(w.Text)) {
			c.atoms, c.between = append(c.atoms, c.voc.Atom(vocabulary.Ask{Word: pattern, Form: query.Wild}, c.listed)), append(c.between, "")
		}
		return
	}
	c.words.Set(w.Text, "")
	for i := range c.words.Len() {
		what := vocabulary.Ask{Word: string(c.words.Word(i)), Form: query.Exact}
		switch {
		case w.Form == query.Exact:
			what.Marks = wanted(c.words.Flags(i))
		case w.Form == query.Prefix && i == c.words.Len()-1, w.Form == query.Inflected:
			what.Form = w.Form
		}
		if what.Form == query.Inflected && alone && vocabulary.InCompounds(what.Word, c.listed) {
			what.Within = c.listed
		}
		c.between[len(c.between)-1] += onlySigns(c.words.Between(i))
		c.atoms, c.between = append(c.atoms, c.voc.Atom(what, c.listed)), append(c.between, "")
	}
	c.between[len(c.between)-1] = onlySigns(c.words.Between(c.words.Len()))
}

// wanted returns the marks of which a word of a text must bear one to be
// written like a word with these: Mali like Mali and MALI, US only like US.
func wanted(written text.Flag) text.Flag {
	if written&text.AllCaps != 0 {
		return text.AllCaps
	}
	if written&text.Capital != 0 {
		return text.Capital | text.AllCaps
	}
	return 0
}

// foldPattern folds the letters of a pattern and keeps its "*" and "?".
func foldPattern(pattern string) string {
	var b strings.Builder
	for pattern != "" {
		i := strings.IndexAny(pattern, "*?")
		if i < 0 {
			i = len(pattern)
		}
		b.WriteString(text.Fold(pattern[:i]))
		if i < len(pattern) {
			b.WriteByte(pattern[i])
			i++
		}
		pattern = pattern[i:]
	}
	return b.String()
}

// InCompounds reports whether a word that is listed for a language is found within
// compounds too.
func InCompounds(word, language string) bool { return vocabulary.InCompounds(word, language) }
