package explain

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/text"
)

const (
	nearMisses     = 5 // how many rules that missed are shown in full
	shownHits      = 6 // how many hits of a rule are shown
	shownTerms     = 8 // how many of what a hit is made of
	shownSpellings = 6 // how many spellings of a name are shown
)

// Render writes the explanation for people to read. What was found is marked
// with [brackets], or with colours if colour is true. The error is that of w.
func (x Explanation) Render(w io.Writer, colour bool) error {
	r := renderer{x: x, colour: colour}
	r.line(0, "language: %s", cmp.Or(x.Language, "not known"))
	shown, some, none := 0, []string{}, []string{}
	for _, v := range x.Verdicts {
		switch {
		case v.Outcome == NotMeant || v.Outcome == Missed && v.nearness == 0:
			none = append(none, v.Rule)
			continue
		case v.Outcome == Missed && shown == nearMisses:
			some = append(some, v.Rule)
			continue
		case v.Outcome == Missed:
			shown++
		}
		r.verdict(v)
	}
	r.rules("a part of", some)
	r.rules("nothing of", none)
	r.points()
	r.namings()
	_, err := io.WriteString(w, r.String())
	return err
}

// A renderer writes an explanation.
type renderer struct {
	strings.Builder
	x      Explanation
	colour bool
}

func (r *renderer) line(indent int, format string, args ...any) {
	if format != "" {
		r.WriteString(strings.Repeat("  ", indent))
		fmt.Fprintf(r, format, args...)
	}
	r.WriteByte('\n')
}

// rules names rules that are not shown in full.
func (r *renderer) rules(what string, names []string) {
	if len(names) > 0 {
		r.line(0, "")
		r.line(0, "%s: %s", what, strings.Join(names, ", "))
	}
}

func (r *renderer) verdict(v Verdict) {
	r.line(0, "")
	if v.Severity > 0 {
		r.line(0, "%s: %s, %s", r.strong(v.Rule), v.Outcome, v.Severity)
	} else {
		r.line(0, "%s: %s", r.strong(v.Rule), v.Outcome)
	}
	for _, h := range v.Hits[:min(len(v.Hits), shownHits)] {
		r.hit(h)
	}
	if more := len(v.Hits) - shownHits; more > 0 {
		r.line(1, "and %d more", more)
	}
	for _, m := range v.Missing {
		r.line(1, "%s: %s", m.Part, m.Why)
	}
}

func (r *renderer) hit(h Hit) {
	for _, group := range byField(h.Found) {
		r.line(1, "%s: %s", group[0].Field, r.quote(group))
	}
	var terms []string
	for _, p := range h.Found {
		terms = addNew(terms, p.Term)
	}
	if len(terms) > 0 {
		more := ""
		if n := len(terms) - shownTerms; n > 1 { // POINTS has a term for each row
			terms, more = terms[:shownTerms], fmt.Sprintf(" and %d more", n)
		}
		r.line(2, "by %s%s", strings.Join(terms, ", "), more)
	}
	for _, reason := range h.Reasons {
		r.line(2, "%s by %s", reason.Effect, reason.Condition)
		for _, group := range byField(reason.Met) {
			r.line(3, "%s: %s", group[0].Field, r.quote(group))
		}
	}
}

// points shows what tables add up to, in title and first sentence.
func (r *renderer) points() {
	told := slices.DeleteFunc(slices.Clone(r.x.Points), func(t engine.Tally) bool { return len(t.Rows) == 0 })
	if len(told) == 0 {
		return
	}
	r.line(0, "")
	r.line(0, "points in title and first sentence:")
	for _, t := range told {
		r.line(1, "%s", tallied(t))
	}
}

// A named is all that seems to name one entity or country and counts, or does
// not for the same reason.
type named struct {
	Naming            // the first
	times    int      // how often it is named
	spelling []string // each as it stands in the item first, with how it was made
}

func (r *renderer) namings() {
	if len(r.x.Names) == 0 {
		return
	}
	r.line(0, "")
	r.line(0, "names:")
	for _, n := range r.named() {
		line := n.Name + " (" + n.Term + ")"
		if n.times > 1 {
			line += fmt.Sprintf(" ×%d", n.times)
		}
		line += ": " + strings.Join(n.spelling[:min(len(n.spelling), shownSpellings)], ", ")
		if more := len(n.spelling) - shownSpellings; more > 0 {
			line += fmt.Sprintf(" and %d more", more)
		}
		if n.Doubt != "" {
			line += "; not counted: " + n.Doubt
		}
		r.line(1, "%s", line)
		if n.Warm != "" {
			r.line(2, "%s", n.Warm)
		}
		for _, when := range n.OutOfTime {
			r.line(2, "%s", when)
		}
	}
}

// named gathers the namings, in the order of the first of each.
func (r *renderer) named() []*named {
	type key struct{ term, doubt string }
	byKey := map[key]*named{}
	seen := map[key]map[string]bool{}
	var all []*named
	for _, n := range r.x.Names {
		k := key{n.Term, n.Doubt}
		if byKey[k] == nil {
			byKey[k], seen[k] = &named{Naming: n}, map[string]bool{}
			all = append(all, byKey[k])
		}
		g := byKey[k]
		g.times++
		for _, when := range n.OutOfTime {
			g.OutOfTime = addNew(g.OutOfTime, when)
		}
		if folded := text.Fold(n.Words) + n.How; !seen[k][folded] {
			seen[k][folded] = true
			g.spelling = append(g.spelling, r.spelling(n))
		}
	}
	return all
}

// spelling returns what names in an item, and how it came to be known.
func (r *renderer) spelling(n Naming) string {
	if n.How == "" {
		return r.mark(n.Words)
	}
	return r.mark(n.Words) + " " + n.How
}

// byField parts passages, which are in the order of the text, by their field.
func byField(passages []Passage) [][]Passage {
	var groups [][]Passage
	for i, p := range passages {
		if i == 0 || p.Field != passages[i-1].Field {
			groups = append(groups, nil)
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], p)
	}
	return groups
}

// around is how many bytes of text are shown before and after what was found.
const around = 60

// quote returns the text of one field around the passages, with these marked.
// Longer stretches without any are left out.
func (r *renderer) quote(passages []Passage) string {
	whole := map[string]string{"title": r.x.Title, "summary": r.x.Summary, "body": r.x.Body}[passages[0].Field]
	var b strings.Builder
	at := 0
	for _, p := range passages {
		if p.Start < at { // within the one before
			continue
		}
		b.WriteString(plain(gap(whole, at, p.Start)))
		b.WriteString(r.mark(p.Words))
		at = p.End
	}
	b.WriteString(plain(gap(whole, at, len(whole))))
	return strings.Join(strings.Fields(b.String()), " ")
}

// gap returns text[from:to], shortened to what is near something marked: its
// end if it is the beginning of the text, its beginning if it is the end, else
// both.
func gap(text string, from, to int) string {
	head, tail := min(to, from+around), max(from, to-around)
	if from == 0 {
		head = 0
	}
	if to == len(text) {
		tail = to
	}
	if head >= tail {
		return text[from:to]
	}
	for head > from && !utf8.RuneStart(text[head]) {
		head--
	}
	for tail < to && !utf8.RuneStart(text[tail]) {
		tail++
	}
	return text[from:head] + " … " + text[tail:to]
}

// mark returns s as what was found is shown.
func (r *renderer) mark(s string) string {
	if r.colour {
		return "\x1b[1;33m" + plain(s) + "\x1b[0m"
	}
	return "[" + plain(s) + "]"
}

// strong returns s as names of rules are shown.
func (r *renderer) strong(s string) string {
	if r.colour {
		return "\x1b[1m" + s + "\x1b[0m"
	}
	return s
}

// plain takes control characters out of s, lest a feed plays with a terminal.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}
