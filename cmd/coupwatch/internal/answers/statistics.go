package answers

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher/explain"
)

// What is shown of figures that are many; --json has them all.
const (
	tooOften   = 0.01 // a term in a greater share of all items is shown
	mostOften  = 30   // lines of such terms
	mostNever  = 30   // lines of places with terms that were never found
	neverWidth = 80   // letters of a line of terms that were never found
)

// Statistics writes figures for people to read. One item of the stratum wide
// stands for so many.
func Statistics(w io.Writer, f explain.Figures, wide float64) error {
	b := &strings.Builder{}
	fmt.Fprintf(b, "%s items of %s: %s matched, %s alerted, %.1f a day\n", terminal.Thousands(f.Items), terminal.Days(f.Days), terminal.Thousands(f.Matched), terminal.Thousands(f.Alerted), perDay(f))
	if s := f.Score; s != nil {
		fmt.Fprintf(b, "%s labelled: precision %.3f, recall %.3f, F1 %.3f (an item of the stratum wide stands for %g)\n", terminal.Thousands(s.Labelled), s.Precision, s.Recall, s.F1, wide)
	}
	showRules(b, f)
	showOften(b, f)
	showNever(b, f)
	_, err := io.WriteString(w, b.String())
	return err
}

func perDay(f explain.Figures) float64 { return float64(f.Alerted) / float64(max(f.Days, 1)) }

// showRules writes a table of the rules, the worst first.
func showRules(b *strings.Builder, f explain.Figures) {
	b.WriteString("\n")
	t := terminal.NewTable("lrrrrrrrrrr", "RULE", "MATCHED", "TO LOW", "TAKEN AWAY", "ALERTED", "A DAY")
	if f.Score != nil {
		t.Add("RIGHT", "RELATED", "WRONG", "PRECISION", "LOSS")
	}
	for _, r := range f.Rules {
		t.Row(r.Rule, terminal.Thousands(r.Matched), terminal.Thousands(r.Lowered), terminal.Thousands(r.TakenAway), terminal.Thousands(r.Alerted), fmt.Sprintf("%.2f", r.ADay))
		if l := r.Labelled; l != nil {
			t.Add(terminal.Thousands(l.Right), terminal.Thousands(l.Related), terminal.Thousands(l.Wrong), precision(l), fmt.Sprintf("%+.4f", l.Loss))
		}
	}
	t.Write(b, "")
	if f.Score != nil {
		b.WriteString("PRECISION is by weight. LOSS is what F1 would lose without the rule; below zero it would gain.\n")
	}
}

func precision(l *explain.RuleScore) string {
	if l.Right+l.Related+l.Wrong == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f", l.Precision)
}

// An often is something that is found in many items.
type often struct {
	what, in    string
	hits, items int
	share       float64
}

// showOften writes a table of what is found too often to tell much.
func showOften(b *strings.Builder, f explain.Figures) {
	var all []often
	for _, x := range f.Terms {
		all = append(all, often{x.Term, strings.Join(x.In, ", "), x.Hits, x.Items, x.Share})
	}
	for _, x := range f.Entities {
		if x.Spellings > 0 { // countries are nobody's choice
			all = append(all, often{"@" + x.Entity, commonest(x), x.Hits, x.Items, x.Share})
		}
	}
	all = slices.DeleteFunc(all, func(o often) bool { return o.share <= tooOften })
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(x, y often) int { return y.items - x.items })
	fmt.Fprintf(b, "\nFound in more than %g %% of the items: %s\n", 100*tooOften, terminal.Thousands(len(all)))
	t := terminal.NewTable("lrrrl", "TERM", "ITEMS", "SHARE", "HITS", "IN")
	for _, o := range all[:min(len(all), mostOften)] {
		t.Row(terminal.Cut(o.what, 40), terminal.Thousands(o.items), fmt.Sprintf("%.1f %%", 100*o.share), terminal.Thousands(o.hits), terminal.Cut(o.in, 60))
	}
	t.Write(b, "")
}

// commonest names the spellings in which an entity is found most.
func commonest(x explain.NameFigures) string {
	var words []string
	for _, f := range x.Forms[:min(3, len(x.Forms))] {
		words = append(words, fmt.Sprintf("%s %s", f.Words, terminal.Thousands(f.Hits)))
	}
	return fmt.Sprintf("%s: %s of %s", strings.Join(words, ", "), terminal.Thousands(len(x.Forms)), terminal.Count(x.Spellings, "spelling"))
}

// A place is where rules.yaml names things, and those of them that were never
// found.
type place struct {
	name  string
	never []string
	all   int
}

// showNever writes what was never found, by where rules.yaml has it, and where
// most is not found first. Terms in letters in which nothing was found are only
// counted: the items were in other languages.
func showNever(b *strings.Builder, f explain.Figures) {
	foreign := foreignTerms(f.Terms)
	places := neverFound(f, foreign)
	if len(places) > 0 {
		fmt.Fprint(b, "\nNever found\n")
		t := terminal.NewTable("lrrl", "IN", "NEVER", "OF", "SUCH AS")
		for _, x := range places[:min(len(places), mostNever)] {
			t.Row(x.name, terminal.Thousands(len(x.never)), terminal.Thousands(x.all), terminal.Listed(x.never, neverWidth))
		}
		t.Write(b, "")
	}
	if more := len(places) - mostNever; more > 0 {
		fmt.Fprintf(b, "and in %d more places; --json has them all\n", more)
	}
	for _, script := range slices.Sorted(maps.Keys(foreign)) {
		fmt.Fprintf(b, "Nothing was found in %s letters (%s of the terms).\n", script, terminal.Thousands(foreign[script]))
	}
	if len(f.Unused) > 0 {
		fmt.Fprintf(b, "No rule asks for $%s.\n", strings.Join(f.Unused, ", $"))
	}
}

// foreignTerms returns how many terms there are in letters in which none was
// found, by script.
func foreignTerms(terms []explain.TermFigures) map[string]int {
	foreign := map[string]int{}
	for _, x := range terms {
		foreign[x.Script]++
	}
	delete(foreign, "Latin")
	for _, x := range terms {
		if x.Items > 0 {
			delete(foreign, x.Script)
		}
	}
	return foreign
}

// neverFound returns the places of terms and entities that were never found.
func neverFound(f explain.Figures, foreign map[string]int) []*place {
	byName := map[string]*place{}
	note := func(name, what string, hits int) {
		x := byName[name]
		if x == nil {
			x = &place{name: name}
			byName[name] = x
		}
		if x.all++; hits == 0 {
			x.never = append(x.never, what)
		}
	}
	for _, x := range f.Terms {
		for _, in := range x.In {
			if foreign[x.Script] == 0 {
				note(in, x.Term, x.Hits)
			}
		}
	}
	for _, x := range f.Entities {
		if x.Spellings > 0 {
			note("entities", "@"+x.Entity, x.Hits)
		}
	}
	share := func(x *place) float64 { return float64(len(x.never)) / float64(x.all) }
	places := slices.SortedFunc(maps.Values(byName), func(a, b *place) int {
		return cmp.Or(cmp.Compare(share(b), share(a)), cmp.Compare(len(b.never), len(a.never)), cmp.Compare(a.name, b.name))
	})
	return slices.DeleteFunc(places, func(x *place) bool { return len(x.never) == 0 })
}
