package explain

import (
	"cmp"
	"maps"
	"slices"

	"github.com/coupwatch/coupwatch/matcher/census"
	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/news"
)

// Figures are what [Stats] counted.
type Figures struct {
	Sum
	Rules      []RuleFigures      `json:"rules"`                // the worst first: those the score would miss least, else the loudest
	Conditions []ConditionFigures `json:"conditions,omitempty"` // those that the score would miss least first; only those for which it matters
	Terms      []TermFigures      `json:"terms"`                // those in the most items first
	Entities   []NameFigures      `json:"entities"`             // likewise
	Unused     []string           `json:"unused,omitempty"`     // lists that nothing asks for; their terms are not counted
}

// A Sum is what rules make of items as a whole.
type Sum struct {
	Items   int    `json:"items"`
	Days    int    `json:"days"` // on which the items were published
	Matched int    `json:"matched"`
	Alerted int    `json:"alerted"`         // items that a rule gives more than low; several may be one story
	Score   *Score `json:"score,omitempty"` // nil if no item was labelled
}

// RuleFigures are what a rule made of the items.
type RuleFigures struct {
	Rule      string        `json:"rule"`
	Severity  news.Severity `json:"severity"`
	Matched   int           `json:"matched"`
	Lowered   int           `json:"lowered"`    // of them, to low
	TakenAway int           `json:"taken_away"` // found, but taken away by an unless
	Alerted   int           `json:"alerted"`
	ADay      float64       `json:"alerted_a_day"`
	Labelled  *RuleScore    `json:"labelled,omitempty"` // nil if no item was labelled
}

// A RuleScore says how well the labelled items that a rule alerts were chosen.
type RuleScore struct {
	Right     int     `json:"right"` // items, not weighted
	Related   int     `json:"related"`
	Wrong     int     `json:"wrong"`
	Precision float64 `json:"precision"` // the weighted share that is right; 0 if none is alerted
	Loss      float64 `json:"loss"`      // what Score.F1 would lose without the rule; less than 0 if it would gain
}

// TermFigures say how often a term of rules.yaml is found.
type TermFigures struct {
	Term   string   `json:"term"`   // as a list would have it
	Script string   `json:"script"` // such as "Cyrillic"
	In     []string `json:"in"`     // the lists, rules and entities that ask for it: "$coup", "rule mutiny", "@beseda"
	Hits   int      `json:"hits"`
	Items  int      `json:"items"`
	Share  float64  `json:"share"` // of all items

	Labelled *TermScore `json:"labelled,omitempty"` // nil if it is in no labelled item
}

// A TermScore says what a term does for labelled items.
type TermScore struct {
	Right   int     `json:"right"` // items in which it is found, alerted or not, not weighted
	Related int     `json:"related"`
	Wrong   int     `json:"wrong"`
	Loss    float64 `json:"loss"` // what Score.F1 would lose without the term, in all lists and rules; less than 0 if it would gain
}

// ConditionFigures say what a condition of rules does for labelled items. It is
// one of several alternatives.
type ConditionFigures struct {
	Condition
	Loss float64 `json:"loss"` // what Score.F1 would lose without it in all the rules; less than 0 if it would gain
}

// A Condition is what rules could do without: one of the alternatives of what
// they match, or of what takes a hit away, lowers or raises it.
type Condition struct {
	Kind  string        `json:"kind"` // "match", "unless", "lower" or "raise"
	When  string        `json:"when"`
	Near  string        `json:"near,omitempty"` // how far it may stand from a hit: "item", "sentence" or a number of words
	To    news.Severity `json:"to,omitzero"`    // that it gives
	Rules []string      `json:"rules"`          // that have it
}

// NameFigures say how often an entity or a country is found.
type NameFigures struct {
	Entity    string        `json:"entity"` // its id, or "country:ml"
	Name      string        `json:"name"`
	Hits      int           `json:"hits"`
	Items     int           `json:"items"`
	Share     float64       `json:"share"`               // of all items
	Doubted   int           `json:"doubted,omitempty"`   // how often nothing told who was meant
	Spellings int           `json:"spellings,omitempty"` // that are looked for; 0 for a country
	Forms     []FormFigures `json:"forms,omitempty"`     // those that were found, the most frequent first
}

// FormFigures say how often one spelling of an entity is found.
type FormFigures struct {
	Words   string `json:"words"` // folded
	Hits    int    `json:"hits"`
	Items   int    `json:"items"`
	Doubted int    `json:"doubted,omitempty"`
}

// Figures returns what was counted. Countries that were never found are left
// out: nobody put them into rules.yaml.
func (s *Stats) Figures() Figures {
	used, t := s.rules.Spec.UsedLists(), s.tried()
	return Figures{
		Sum:        s.sum(t),
		Rules:      s.ruleFigures(t),
		Conditions: t.conditionFigures(s.rules),
		Terms:      s.termFigures(used, t),
		Entities:   s.nameFigures(),
		Unused: slices.DeleteFunc(slices.Sorted(maps.Keys(s.rules.Spec.Lists)), func(list string) bool {
			return slices.Contains(used, list)
		}),
	}
}

// Sum returns what the rules made of all items as a whole.
func (s *Stats) Sum() Sum { return s.sum(s.tried()) }

func (s *Stats) sum(t *tried) Sum {
	sum := Sum{Items: s.items, Days: len(s.days), Matched: s.matched, Alerted: s.alerted}
	if len(t.all) > 0 {
		score := t.score(nil)
		sum.Score = &score
	}
	return sum
}

func (s *Stats) ruleFigures(t *tried) []RuleFigures {
	var out []RuleFigures
	for i := range s.checks {
		k, c := &s.rules.Rules[i], &s.checks[i]
		f := RuleFigures{
			Rule: k.ID, Severity: k.Severity, Matched: c.matched, Lowered: c.lowered, TakenAway: c.takenAway,
			Alerted: c.alerted, ADay: ratio(float64(c.alerted), float64(len(s.days))), Labelled: t.ruleScore(i),
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b RuleFigures) int {
		if a.Labelled != nil {
			if c := cmp.Or(cmp.Compare(a.Labelled.Loss, b.Labelled.Loss), cmp.Compare(b.Labelled.Wrong, a.Labelled.Wrong)); c != 0 {
				return c
			}
		}
		return cmp.Compare(b.Alerted, a.Alerted)
	})
	return out
}

func (s *Stats) termFigures(used []string, t *tried) []TermFigures {
	terms := termsOf(s.rules, used)
	out := make([]TermFigures, len(terms))
	for i := range terms {
		out[i] = s.termFigure(&terms[i], t)
	}
	slices.SortStableFunc(out, func(a, b TermFigures) int { return cmp.Compare(b.Items, a.Items) })
	return out
}

func (s *Stats) termFigure(of *term, t *tried) TermFigures {
	f := TermFigures{Term: of.Text(), Script: of.script, In: of.In}
	if x := s.terms[of.Node]; x != nil {
		f.Hits, f.Items, f.Share = x.hits, x.items, ratio(float64(x.items), float64(s.items))
	}
	if x := t.terms[of.Node]; x != nil {
		f.Labelled = &TermScore{x.found.items(Right), x.found.items(Related), x.found.items(Wrong), t.loss(x.changed)}
	}
	return f
}

// A term is one that rules.yaml has.
type term struct {
	census.Term
	script string // see TermFigures
}

// termsOf is [census.Terms].
func termsOf(r *engine.Program, lists []string) []term {
	all := census.Terms(r, lists)
	out := make([]term, len(all))
	for i, t := range all {
		out[i] = term{t, scriptOf(t.Text())}
	}
	return out
}

func (s *Stats) nameFigures() []NameFigures {
	spellings := s.rules.CountSpellings()
	forms := map[int32][]FormFigures{}
	for f, t := range s.forms {
		forms[f.name] = append(forms[f.name], FormFigures{f.words, t.hits, t.items, t.doubted})
	}
	var out []NameFigures
	for i := range s.rules.Names {
		n, t := &s.rules.Names[i], s.names[int32(i)]
		f := NameFigures{Entity: n.ID, Name: n.Title}
		if i < len(s.rules.Spec.Entities) {
			f.Spellings, f.Forms = spellings[int32(i)], sortedForms(forms[int32(i)])
		} else if t == nil {
			continue
		}
		if t != nil {
			f.Hits, f.Items, f.Doubted, f.Share = t.hits, t.items, t.doubted, ratio(float64(t.items), float64(s.items))
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b NameFigures) int { return cmp.Compare(b.Items, a.Items) })
	return out
}

func sortedForms(forms []FormFigures) []FormFigures {
	slices.SortFunc(forms, func(a, b FormFigures) int {
		return cmp.Or(cmp.Compare(b.Hits, a.Hits), cmp.Compare(b.Doubted, a.Doubted), cmp.Compare(a.Words, b.Words))
	})
	return forms
}

// ratio returns a/b, 0 if b is 0.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
