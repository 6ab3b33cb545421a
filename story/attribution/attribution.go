// Package attribution finds from whom a report says that it has something: who
// speaks, and which outlet they told or who reports it.
//
// It reads English, Russian and Ukrainian, and the plainest ways of German,
// French and Spanish. It goes by verbs and prepositions of saying ("told",
// "according to", «со ссылкой на») and by what stands beside them; a place that
// leaves a doubt is no attribution. A text for the page around a report is not
// read, save for lines that say where the report was published first.
package attribution

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/outlets"
)

// A finder finds the attributions of a report.
type finder struct {
	report    news.Report
	table     *outlets.Table
	publisher string // of the report, as the table calls it
	words     []word
	names     []name
	persons   map[string]*person // by [personKey] of their last name
	bodies    map[string]string  // fullest name of an institution so far, by the stem of its noun
	claims    []claim            // of the sentence that is being read
	found     []claim            // of those before it

	last     speaker // who spoke last
	lastAt   int     // the sentence
	lastVia  string  // the outlet named last
	question bool    // the sentence is one
	citedTo  int     // the word after whom the sentence cited last
	styled   bool    // the title has capitals throughout, which tell no names
	topic    speaker // whom the text is about
	topicAt  int     // since this sentence
}

// A claim is an attribution that is being made.
type claim struct {
	news.Attribution
	at      int // the word that says so
	speaker speaker
}

// Find returns from whom r says that it has something, in the order of the
// text, with who is named by the item itself first: its author, or the outlet
// from which the feed has it. Find changes nothing and may be called by several
// goroutines at once.
func Find(r news.Report, t *outlets.Table) []news.Attribution {
	f := finder{
		report: r, table: t, publisher: r.Publisher,
		persons: map[string]*person{}, bodies: map[string]string{}, lastAt: -1, topicAt: -1,
	}
	if o, known := t.Named(r.Publisher); known {
		f.publisher = o.Name
	}
	f.read()
	f.markNames()
	f.meet()
	f.credits()
	for i := 0; i < len(f.words); {
		_, to := f.sentenceAt(i)
		f.sentence(i, to)
		i = to
	}
	f.resolveSpeakers()
	return f.attributions()
}

// bySource is the term of an attribution to the outlet that the item names as
// its source.
const bySource = "source"

// credits adds what the item's own fields say.
func (f *finder) credits() {
	if len(f.words) == 0 {
		return
	}
	if o, known := f.table.Named(f.report.Author); known && o.Name != f.publisher {
		f.found = append(f.found, claim{Attribution: news.Attribution{Via: o.Name, Span: news.Span{Term: "author"}}})
	}
	of, known := f.table.At(f.report.Feed)
	if known && f.publisher != "" && !f.table.Carries(f.report.Feed) && f.table.Family(of.Name) != f.table.Family(f.publisher) {
		f.found = append(f.found, claim{Attribution: news.Attribution{Via: f.publisher, Span: news.Span{Term: bySource}}})
	}
	for i := range f.found {
		f.found[i].Span = f.spanOf(0, f.found[i].Span.Term)
	}
}

// sentence finds the attributions in words from to before to, a sentence.
func (f *finder) sentence(from, to int) {
	f.claims = f.claims[:0]
	f.turnTo(from)
	f.question = f.asks(from, to)
	for i := from; i < to; {
		i = max(i+1, f.cue(i))
	}
	f.found = append(f.found, f.merged()...)
}

// add adds a claim that the word at makes, in the words from to before to.
func (f *finder) add(at int, term string, s speaker, via string) {
	if via == "" {
		via = s.via
	}
	if s.name == "" && via == "" {
		return
	}
	c := claim{at: at, speaker: s, Attribution: news.Attribution{
		Speaker: s.name, Entity: s.entity, Via: via, Hearsay: s.hearsay, Span: f.spanOf(at, term),
	}}
	f.claims = append(f.claims, c)
	if s.name != "" {
		f.last, f.lastAt = s, f.words[at].sentence
	}
	if via != "" {
		f.lastVia = via
	}
}

// spanOf returns the sentence of word i as a span.
func (f *finder) spanOf(i int, term string) news.Span {
	from, to := f.sentenceAt(i)
	w := &f.words[from]
	end := f.words[to-1].end
	rest := f.report.Text(w.field)[end:]
	for _, r := range rest {
		if !strings.ContainsRune(`.!?…"”»’'`, r) {
			break
		}
		end += len(string(r))
	}
	return news.Span{Field: w.field, Start: w.start, End: end, Term: term}
}

// merged returns the claims of the sentence with speakers and outlets brought
// together: "Orlov said, per Metro" is one.
func (f *finder) merged() []claim {
	var all []claim
	var channels []claim
	for _, c := range f.claims {
		if c.Speaker == "" {
			channels = append(channels, c)
		} else {
			all = append(all, c)
		}
	}
	for _, c := range channels {
		k := nearest(all, c.at)
		switch {
		case k < 0 || f.turns(all[k].at, c.at):
			all = append(all, c)
		case all[k].Via == "":
			all[k].Via = c.Via
		case all[k].Via != c.Via:
			c.Speaker, c.Entity, c.Hearsay, c.speaker = all[k].Speaker, all[k].Entity, all[k].Hearsay, all[k].speaker
			all = append(all, c)
		}
		if c.Own && k >= 0 && all[k].Via == c.Via {
			all[k].Own = true
		}
	}
	slices.SortStableFunc(all, func(a, b claim) int { return a.at - b.at })
	return all
}

// turns reports whether a word such as "but" stands between words a and b: what
// is said on its two sides is said by others.
func (f *finder) turns(a, b int) bool {
	for k := min(a, b); k < max(a, b); k++ {
		switch f.words[k].text {
		case "but", "while", "although", "though", "however", "whereas", "но", "однако", "хотя", "але", "однак", "хоча", "проте", "aber", "doch", "mais", "pero":
			return true
		}
	}
	return false
}

// nearest returns the claim before word at that is nearest to it, the first
// one if none is before, or -1. Claims with a speaker only are asked.
func nearest(claims []claim, at int) int {
	k := -1
	for i, c := range claims {
		if c.Speaker != "" && (k < 0 || c.at <= at) {
			k = i
		}
	}
	return k
}

// resolveSpeakers says who those are that are told of before they are named, and to
// which outlet people go on speaking.
func (f *finder) resolveSpeakers() {
	for i := range f.found {
		c := &f.found[i]
		const lead = 8 // sentences, captions among them
		if len(c.speaker.unknown) == 0 || c.Hearsay && f.words[c.at].sentence > lead {
			continue
		}
		if named := f.namedLater(i); named != nil && named.Speaker != c.Via {
			c.Speaker, c.Entity, c.Hearsay = named.Speaker, named.Entity, false
			c.speaker.person = true
		}
	}
	f.found = slices.DeleteFunc(f.found, f.isTopicOnly)
	told := map[string]string{} // the outlet to which a person spoke first
	for i := range f.found {
		switch c := &f.found[i]; {
		case !c.speaker.person:
		case c.Via == "":
			c.Via = told[c.Speaker]
		case told[c.Speaker] == "":
			told[c.Speaker] = c.Via
		}
	}
	for i := range f.found {
		c := &f.found[i]
		if c.speaker.person && c.Via == "" && (len(c.speaker.unknown) > 0 || f.goesOnTo(i)) {
			c.Via = told[c.Speaker]
		}
	}
}

// isTopicOnly reports whether c is a title such as "Ivan Orlov: how he fled",
// and the text does not say that the person says anything.
func (f *finder) isTopicOnly(c claim) bool {
	return c.Span.Term == ":" && c.Via == "" && !slices.ContainsFunc(f.found, func(d claim) bool {
		return d.Speaker == c.Speaker && d.Span.Term != ":"
	})
}

// goesOnTo reports whether who speaks in found[i] does so in the next sentence
// too, and to an outlet.
func (f *finder) goesOnTo(i int) bool {
	if i+1 >= len(f.found) {
		return false
	}
	c, next := &f.found[i], &f.found[i+1]
	return next.Speaker == c.Speaker && next.Via != "" && f.words[next.at].sentence == f.words[c.at].sentence+1
}

// namedLater returns the first claim after found[i] by a person who is named,
// if the text tells of them as found[i] does or if they say most of the rest.
func (f *finder) namedLater(i int) *claim {
	var first *claim
	same, others := 0, 0
	const near = 100 // claims
	for k := i + 1; k < min(len(f.found), i+near); k++ {
		c := &f.found[k]
		switch {
		case !c.speaker.person:
		case first == nil:
			first, same = c, 1
		case c.Speaker == first.Speaker:
			same++
		default:
			others++
		}
	}
	if first == nil || slices.ContainsFunc(f.found[max(0, i-near):i], func(c claim) bool {
		return c.speaker.person && len(c.speaker.unknown) == 0 && c.Speaker == first.Speaker
	}) {
		return nil
	}
	fits := false
	for _, p := range f.persons {
		fits = fits || p.name == first.Speaker && slices.ContainsFunc(p.roles, func(r string) bool { return alike(r, f.found[i].speaker.unknown[0]) })
	}
	role := f.found[i].speaker.unknown[0]
	isOffice := (listed().exact[role]|listed().stemmed[role])&office != 0
	next := f.words[first.at].sentence-f.words[f.found[i].at].sentence <= 2
	if fits || !isOffice && same > 1 && same > others || next && f.found[i].Via != "" {
		return first
	}
	return nil
}

// attributions returns what was found, each only once a sentence.
func (f *finder) attributions() []news.Attribution {
	var all []news.Attribution
	for _, c := range f.found {
		a := c.Attribution
		if a.Via != "" && a.Via == f.publisher && a.Span.Term != bySource {
			a.Own = true
		}
		same := func(b news.Attribution) bool {
			return b.Speaker == a.Speaker && b.Via == a.Via && b.Span.Field == a.Span.Field && b.Span.Start == a.Span.Start
		}
		if !slices.ContainsFunc(all[max(0, len(all)-4):], same) {
			all = append(all, a)
		}
	}
	return all
}
