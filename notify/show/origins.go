package show

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// maxOrigins is how many origins of a story are named.
const maxOrigins = 3

// A saysView is who says what a story tells.
type saysView struct {
	Chain string // "Vladimir Osechkin → The Times"; "" if nobody looked
	Facts string // "14 reports · at most 2 independent origins · rumour → claim"
}

// says returns on whom a story rests, in how many reports, and how firmly it is
// told. The outlets of a story whose origins are not known are counted instead.
func says(st news.Story) saysView {
	reports := count(st.Reports, "report")
	switch {
	case len(st.Origins) > 0:
		return saysView{chains(st.Origins[:st.Independent()]), dots(reports, origins(st.Independent()), climbed(st))}
	case len(st.Sources) > 0:
		return saysView{"", dots(reports, count(len(st.Sources), "outlet"), climbed(st))}
	default:
		return saysView{"", dots(reports, climbed(st))}
	}
}

// String returns all of it as one line.
func (v saysView) String() string { return dots(v.Chain, v.Facts) }

// chains returns the first few origins, each with the outlet that had it
// first: "Vladimir Osechkin → The Times". If there are several, each says how
// many reports rest on it.
func chains(all []news.Origin) string {
	shown := first(all, maxOrigins, func(o news.Origin) string {
		if len(all) > 1 && o.Reports > 1 {
			return fmt.Sprintf("%s (%s)", chain(o), number(o.Reports))
		}
		return chain(o)
	})
	joined := strings.Join(shown, "; ")
	if len(all) > maxOrigins {
		return fmt.Sprintf("%s; +%d more", joined, len(all)-maxOrigins)
	}
	return joined
}

// chain returns an origin and the outlet that had it first, if it is not the
// outlet itself.
func chain(o news.Origin) string {
	name, via := Line(o.Name, maxPublisher), ""
	if len(o.Via) > 0 {
		via = Line(o.Via[0], maxPublisher)
	}
	switch {
	case name == "":
		return via
	case via == "" || strings.EqualFold(name, via):
		return name
	default:
		return name + " → " + via
	}
}

// origins returns how many independent origins there are. All of several may
// have it from one whom nobody names, so that their number is a bound.
func origins(n int) string {
	if n == 1 {
		return "1 origin"
	}
	return "at most " + count(n, "independent origin")
}

// maxClimbed is how many steps of the ladder are shown.
const maxClimbed = 4

// climbed returns how firmly a story is told, by whom if that is somebody who
// could know, and how firmly it was told before: "rumour → claim", "… → denied:
// the palace".
func climbed(st news.Story) string {
	var path []string
	add := func(s news.Status) {
		if name := s.String(); name != "" && (len(path) == 0 || path[len(path)-1] != name) {
			path = append(path, name)
		}
	}
	for _, step := range st.Ladder {
		if !step.Withdrawn {
			add(step.Status)
		}
	}
	add(st.Status)
	if cut := len(path) - maxClimbed; cut > 0 {
		path = append([]string{"…"}, path[cut:]...)
	}
	climbed := strings.Join(path, " → ")
	if by := speaker(st); by != "" {
		climbed += ": " + by
	}
	return climbed
}

// speaker returns who said that a story stands as it does, if that was somebody
// who could know: "official: the defence ministry"; "" for nobody.
func speaker(st news.Story) string {
	for _, step := range slices.Backward(st.Ladder) {
		if step.Status == st.Status && !step.Withdrawn && (step.Status == news.Official || step.Status == news.Denied) {
			return Line(step.Speaker, maxPublisher)
		}
	}
	return ""
}

// rose reports whether a story is told otherwise than it was at first.
func rose(st news.Story) bool {
	return len(st.Ladder) > 0 && st.Ladder[0].Status != st.Status
}

// quoteOf returns what is quoted of a story, and who says so if that does not
// name them: what its report of the headline says, or else what carried it
// where it stands.
func quoteOf(st news.Story) (quote []piece, by string) {
	if st.Quote.Text != "" {
		return cutPieces(pieces(st.Quote), maxQuote), Line(st.Quote.By, maxPublisher)
	}
	return evidence(st), ""
}

// evidence returns the sentence that best says why a story stands where it
// does, with the names of its origins marked: that of its latest step on the
// ladder, else one that names an origin.
func evidence(st news.Story) []piece {
	sentence := ""
	for i := len(st.Ladder) - 1; i >= 0 && sentence == ""; i-- {
		sentence = st.Ladder[i].Sentence
	}
	for i := 0; i < len(st.Origins) && sentence == ""; i++ {
		sentence = st.Origins[i].Quote
	}
	if sentence == "" {
		return nil
	}
	var names []string
	for _, o := range st.Origins[:min(len(st.Origins), maxOrigins)] {
		names = append(append(names, o.Name), o.Via...)
	}
	return cutPieces(pieces(news.Quote{Text: sentence, Marks: marks(sentence, names)}), maxSentence)
}

// marks returns where names stand in text, each at its first place.
func marks(text string, names []string) []news.Mark {
	var found []news.Mark
	for _, name := range names {
		i := strings.Index(text, name)
		if name == "" || i < 0 {
			continue
		}
		found = append(found, news.Mark{Start: i, End: i + len(name)})
	}
	return inOrder(found)
}

// inOrder returns marks in the order of the text, without those that overlap
// an earlier one.
func inOrder(found []news.Mark) []news.Mark {
	slices.SortFunc(found, func(a, b news.Mark) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	var kept []news.Mark
	for _, m := range found {
		if len(kept) == 0 || m.Start >= kept[len(kept)-1].End {
			kept = append(kept, m)
		}
	}
	return kept
}
