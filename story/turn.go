package story

import (
	_ "embed" // the table of endings
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/cluster"
	"github.com/coupwatch/coupwatch/story/gist"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
	"github.com/coupwatch/coupwatch/text/lexicon"
)

// A story that is critical, told officially, has nowhere to climb, and what
// happens in it is news still. People hear three things of it, each once: that
// it takes another turn, that those who rule speak of it since it is so grave,
// and that it ends.

// A story takes a turn if something of a kind that it had never told is told by
// so many outlets so soon after each other, when it is not young any more.
const (
	turnTellers = 3
	turnWithin  = 3 * time.Hour
	turnAfter   = 12 * time.Hour
)

// begun returns s.Kinds with that of f. A story that was told before kinds were
// kept has none.
func begun(s *news.Story, f reportFeatures) []news.Begun {
	kind := f.Gist.Rule
	known := slices.ContainsFunc(s.Kinds, func(b news.Begun) bool { return b.Rule == kind })
	if f.Gist.BelowAlert || kind == "" || known || len(s.Kinds) == 0 && !s.Told.IsZero() {
		return s.Kinds
	}
	return append(slices.Clip(s.Kinds), news.Begun{Rule: kind, At: f.Gist.At})
}

// settled returns the kinds of s that goes on with another story as well: what
// people heard of either is no turn.
func settled(s, ends news.Story) []news.Begun {
	kinds := slices.Concat(s.Kinds, ends.Kinds)
	for i := range kinds {
		kinds[i].At = s.FirstSeen
	}
	return kinds
}

// turnOf returns the key of the turn that s took lately; "" if there is none.
// What it came to tell soon after people heard of it, or heard that it is graver,
// is of that.
func turnOf(s news.Story) string {
	if s.Severity < news.High {
		return ""
	}
	since := s.FirstSeen
	for _, h := range s.Notified {
		if strings.HasPrefix(h.Key, severityKey(0)[:len("severity-")]) {
			since = h.At
		}
	}
	for _, kind := range s.Kinds {
		if kind.At.Sub(since) >= turnAfter && tellers(s, kind.At, func(g news.Gist) bool { return g.Rule == kind.Rule }) >= turnTellers {
			return "turn-" + kind.Rule
		}
	}
	return ""
}

// tellers returns how many outlets had a report worth an alert, for which is
// holds, within the time of a turn.
func tellers(s news.Story, from time.Time, is func(news.Gist) bool) int {
	var outlets []string
	for _, g := range s.Gists {
		if !g.BelowAlert && !g.At.Before(from) && g.At.Sub(from) <= turnWithin && is(g) {
			outlets = gist.With(outlets, g.Publisher)
		}
	}
	return len(outlets)
}

// ofTheGravest is the key of an official word about a story that was told
// officially before it became critical: that word was about something less.
var ofTheGravest = statusKey(news.Official) + "-of-critical"

// spokenOf reports whether f is an official word, in its title, about s since
// people heard that it is critical, and they heard an earlier one before.
func spokenOf(s news.Story, f reportFeatures) bool {
	if s.Status != news.Official || f.firm.Event != news.Official || !ofItsOwn(s, f) || !strings.Contains(f.Report.Title, f.firm.Sentence) {
		return false
	}
	var critical, official time.Time
	for _, h := range s.Notified {
		switch h.Key {
		case severityKey(news.Critical):
			critical = h.At
		case statusKey(news.Official):
			official = h.At
		}
	}
	return !official.IsZero() && !critical.IsZero() && official.Before(critical) && f.Gist.At.After(critical)
}

// ofItsOwn reports whether who speaks in f is of the country of s.
func ofItsOwn(s news.Story, f reportFeatures) bool {
	where := s.Where()
	return len(where) > 0 && f.firm.Entity != "" && slices.ContainsFunc(f.Report.Mentions, func(m news.Mention) bool {
		return m.Entity == f.firm.Entity && m.Country == where[0]
	})
}

// An end is told of a story that became critical so lately.
const (
	endTellers = 2
	endsWithin = 7 * 24 * time.Hour
)

// ended reports whether outlets tell in their titles that what s tells ends.
func ended(s news.Story, at time.Time, w cluster.Main) bool {
	if s.Severity < news.Critical || !alreadyNotified(s, severityKey(news.Critical)) || at.Sub(s.Graves[news.Critical]) > endsWithin {
		return false
	}
	main := mainNames(s.Gists, w)
	return tellers(s, at.Add(-turnWithin), func(g news.Gist) bool {
		return tellsEnd(g.Title, g.Language) && len(cluster.Both(main, g.Names)) > 0
	}) >= endTellers
}

// mainNames returns the names that many of the reports worth an alert have.
func mainNames(gists []news.Gist, w cluster.Main) (main []string) {
	count, all := map[string]int{}, 0
	for _, g := range gists {
		if g.BelowAlert {
			continue
		}
		all++
		for _, n := range g.Names {
			count[n]++
		}
	}
	for n, times := range count {
		if float64(times) >= w.Name*float64(all) {
			main = append(main, n)
		}
	}
	return main
}

//go:embed ending.tsv
var endings string

// ending words, of which each is the stem of a word or of two with a hyphen
// between, after the language, tell that a rising ends; where one of notEnding
// stands, it goes on when in doubt.
var ending, endingPairs, notEnding = func() (_, _, not map[string]bool) {
	lines := lexicon.Lines(endings)
	return stemsOfClass(lines, "ending"), stemsOfClass(lines, "pair"), lexicon.Set(lines, "not")
}()

// stemsOfClass returns the stems of the words and pairs of a class, with their
// language before them.
func stemsOfClass(lines []lexicon.Line, class string) map[string]bool {
	m := map[string]bool{}
	for _, l := range lines {
		if l.Class != class {
			continue
		}
		for _, w := range l.Words {
			pair := text.Words(w)
			for i := range pair {
				pair[i] = inflect.Stem(l.Language, pair[i])
			}
			m[l.Language+" "+strings.Join(pair, "-")] = true
		}
	}
	return m
}

// tellsEnd reports whether a title, in its words, tells that something ends.
func tellsEnd(title, lang string) bool {
	words := strings.Fields(title)
	for i, w := range words {
		if notEnding[w] {
			return false // when in doubt it goes on
		}
		words[i] = inflect.Stem(lang, w)
	}
	for i, w := range words {
		if ending[lang+" "+w] || i > 0 && endingPairs[fmt.Sprintf("%s %s-%s", lang, words[i-1], w)] {
			return true
		}
	}
	return false
}
