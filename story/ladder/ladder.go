// Package ladder tells how firmly a report tells what it tells. It reads English, Russian and Ukrainian, and
// the commonest words of German, French and Spanish. It does no I/O.
//
// [Read] looks at the title and at the opening of the text, and there first at
// the sentences in which a rule found something: what is said of the coup
// counts, not what is said of something else. It asks who speaks, by what verb,
// and of what:
//
//   - denied: an office that could know says that it is not so. It denies, turns
//     away talk, calls it false, or negates the event ("no coup took place"). A
//     denial that nobody is named for is a rumour, and that of the accused the
//     other side of a claim;
//   - official: a government, an army, a court or a junta says what it knows or
//     did. What it says of another country is a claim, unless it is of its own
//     doing, and so is the word of mutineers, exiles and opponents. What sources
//     without a name tell of an office is not its word;
//   - a rumour if nobody stands for it by name: "sources", "reportedly",
//     "media reports", talk of it, a question, a mere "could";
//   - a claim if somebody stands for it, and so is a "could" in quotation marks;
//   - reported otherwise: told as fact. The title is the word of the outlet: whom
//     the text cites for it takes nothing from that, unless by name.
//
// A report may tell officially what is beside the event: the sanctions of a
// neighbour, a denial of one's own part in it. Its Event is less firm then.
package ladder

import "github.com/coupwatch/coupwatch/news"

// A Reading is how firmly a report tells what it tells.
type Reading struct {
	Status   news.Status // how firmly it tells its own news
	Event    news.Status // how firmly it tells the event that its news is of
	Sentence string      // the sentence that says so
	Speaker  string      // who says so there, as the sentence has it; "" if nobody does
	Entity   string      // their id in rules.yaml, or ""

	// Withdraws says that the report takes back what the speaker told, or its
	// own publisher if that is "".
	Withdraws bool
}

// Read returns how firmly r tells what a rule found in it, or, if none did,
// what it is about. The sentence is the one that denies, declares, hedges or
// claims it, for a plain report the one that tells it. A report without words
// is a rumour with no sentence.
func Read(r news.Report) Reading {
	p := open(r)
	if len(p) == 0 {
		return Reading{Status: news.Rumour, Event: news.Rumour}
	}
	title := func(s sentence) bool { return s.title }
	text := func(s sentence) bool { return !s.title && (s.near || s.lead) }
	if i, by, ok := p.withdrawal(); ok {
		return Reading{Status: news.Reported, Event: news.Reported, Sentence: p[i].text, Speaker: by, Withdraws: true}
	}
	if i, v, side, ok := p.denial(); ok {
		got := p.reading(news.Denied, i, v)
		if side {
			got.Event = news.Claim
		}
		return got
	}
	for _, is := range []func(sentence) bool{title, text} {
		hedged := p.rumoured(is)
		i, v, side, ok := p.official(is)
		if ok && (hedged < 0 || p[i].hasEvent(0, far) && (hedged != i || v.at < 0 || p[i].words[v.at].is&confirms != 0)) {
			got := p.reading(news.Official, i, v)
			if side {
				got.Event = news.Reported
			}
			return got
		}
		if hedged >= 0 {
			return p.reading(news.Rumour, hedged, p[hedged].nobodyNamed())
		}
		if i, v, ok := p.claimed(is); ok {
			if hedged := p.rumoured(text); hedged >= 0 && !p[i].isNamed(v) {
				return p.reading(news.Rumour, hedged, p[hedged].nobodyNamed())
			}
			return p.reading(news.Claim, i, v)
		}
	}
	if i := p.quoted(); i >= 0 {
		return p.reading(news.Claim, i, voice{})
	}
	if i := p.supposed(); i >= 0 {
		return p.reading(news.Rumour, i, voice{})
	}
	return p.reading(news.Reported, p.first(), voice{})
}

// reading returns that sentence i of p tells it as status, by v.
func (p passage) reading(status news.Status, i int, v voice) Reading {
	return Reading{Status: status, Event: status, Sentence: p[i].text, Speaker: p[i].nameOf(v), Entity: v.entity}
}
