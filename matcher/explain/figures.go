package explain

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/news"
)

// Figures are what [Stats] counted.
type Figures struct {
	Items    int           `json:"items"`
	Days     int           `json:"days"` // on which the items were published
	Matched  int           `json:"matched"`
	Alerted  int           `json:"alerted"`          // items that a rule gives more than low; several may be one story
	Score    *Score        `json:"score,omitempty"`  // nil if no item was labelled
	Rules    []RuleFigures `json:"rules"`            // the worst first: those the score would miss least, else the loudest
	Terms    []TermFigures `json:"terms"`            // those in the most items first
	Entities []NameFigures `json:"entities"`         // likewise
	Unused   []string      `json:"unused,omitempty"` // lists that nothing asks for; their terms are not counted
}

// A Score says how well the alerted items of those that are labelled were
// chosen, each counted by its weight.
type Score struct {
	Labelled  int     `json:"labelled"`
	Precision float64 `json:"precision"` // the share of the alerted items that is right; 0 if none is alerted
	Recall    float64 `json:"recall"`    // the share of the right items that is alerted
	F1        float64 `json:"f1"`        // the harmonic mean of both, after van Rijsbergen
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
	used := s.rules.Spec.UsedLists()
	return Figures{
		Items: s.items, Days: len(s.days), Matched: s.matched, Alerted: s.alerted,
		Score:    s.score(),
		Rules:    s.ruleFigures(),
		Terms:    s.termFigures(used),
		Entities: s.nameFigures(),
		Unused: slices.DeleteFunc(slices.Sorted(maps.Keys(s.rules.Spec.Lists)), func(list string) bool {
			return slices.Contains(used, list)
		}),
	}
}

func (s *Stats) ruleFigures() []RuleFigures {
	var out []RuleFigures
	for i := range s.checks {
		k, c := &s.rules.Rules[i], &s.checks[i]
		f := RuleFigures{
			Rule: k.ID, Severity: k.Severity, Matched: c.matched, Lowered: c.lowered, TakenAway: c.takenAway,
			Alerted: c.alerted, ADay: ratio(float64(c.alerted), float64(len(s.days))), Labelled: s.ruleScore(c),
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

func (s *Stats) termFigures(used []string) []TermFigures {
	find, byNode := s.rules.Finder(), map[int32]int{}
	var out []TermFigures
	for _, q := range s.rules.Spec.Asked(used) {
		for n := range query.All(q.Node) {
			term, ok := n.(*query.Term)
			if !ok {
				continue
			}
			node := find(term.Words, q.Language)
			i, known := byNode[node]
			if !known {
				i = len(out)
				byNode[node] = i
				out = append(out, s.termFigure(node, listed(term)))
			}
			out[i].In = addNew(out[i].In, q.In)
		}
	}
	slices.SortStableFunc(out, func(a, b TermFigures) int { return cmp.Compare(b.Items, a.Items) })
	return out
}

func (s *Stats) termFigure(node int32, term string) TermFigures {
	f := TermFigures{Term: term, Script: scriptOf(term)}
	if t := s.terms[node]; t != nil {
		f.Hits, f.Items, f.Share = t.hits, t.items, ratio(float64(t.items), float64(s.items))
	}
	return f
}

// listed returns a term as lists have it: with blanks between its words, which
// in queries are hyphens.
func listed(t *query.Term) string {
	s := query.Format(t)
	if len(t.Words) > 1 && !strings.HasPrefix(s, `"`) {
		s = strings.ReplaceAll(s, "-", " ")
	}
	return s
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
