package story

import (
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// edited takes in a report that o has already. If its text tells of another
// event now, as where an outlet uses one entry for what comes next, it is a
// report of that.
func (d *decider) edited(t teller, o *open) news.Decision {
	read := read(t.report)
	if len(t.report.Matches) == 0 {
		return d.again(t, o, read, spot{open: o})
	}
	if t.report.Revised && t.known.isOther(read, o) {
		t.report.Published = t.now // what an edit tells is as old as the edit
		read.report, read.gist.At = t.report, t.now
		read.id = edition(t.report)
		t.known = t.open
		return d.place(t, read)
	}
	at := spot{open: o}
	if t.report.Revised {
		read.id = edition(t.report)
		if at.update = t.known.development(read, o); at.update == "" {
			t.report.Published = t.now
			read.report, read.gist.At = t.report, t.now
		}
	}
	return d.again(t, o, read, at)
}

// again takes in a report that o has already: edited, or read at another
// address. It counts no more than before, but may be graver or firmer, name
// more, or tell a new turn, such as a denial.
func (d *decider) again(t teller, o *open, read telling, at spot) news.Decision {
	made := news.Decision{Story: o.Story, Update: at.update, Status: read.status, Says: d.says(t.report)}
	if made.Update == "" {
		made.Update = updateOf(o.Story, t.report.ID)
	}
	c := change{kind: news.Copy, reason: "an edited text of one of its reports"}
	if len(t.report.Matches) > 0 {
		s := &made.Story
		about(s, read)
		fresh := t.report.Revised && at.update == ""
		if fresh {
			made.Update = read.id
			s.Updates = withUpdate(s.Updates, read)
		}
		s.Gists = amended(s.Gists, read, made.Update)
		s.Severity = max(o.Severity, t.report.Severity())
		climb(s, read, fresh)
		c = changed(d.policy, read, *s, fresh)
		c.leads = leads(o.Story, *s, t.report.Severity())
	}
	t.tell(&made, read, c, at.why)
	return made
}

// edition returns the id of the present text of a report that was edited.
func edition(r news.Report) string { return r.ID + "-" + news.ItemID(r.ID, r.Title)[:4] }

// updateOf returns the development of s that the report id brought or copied;
// "" if that is forgotten.
func updateOf(s news.Story, id string) string {
	for _, g := range s.Gists {
		if g.Item == id {
			return g.Update
		}
	}
	return ""
}

// amended returns gists with what the edited report of t tells now in place of
// what it told. One that is not remembered, or not the same item, changes none.
func amended(gists []news.Gist, t telling, update string) []news.Gist {
	out := slices.Clone(gists)
	for i := range out {
		if out[i].Item == t.gist.Item {
			g := t.gist
			g.Update = update
			out[i] = g
		}
	}
	return out
}

// An edit tells of another event if its text is no more like the story than
// that of any other report of another event, and its title has little in
// common with what it was, or both are about countries and none is the same.
const keptOfTitle = 1.0 / 3

// isOther reports whether t, an edited report of o, tells of another event now.
func (k *known) isOther(t telling, o *open) bool {
	l := k.like(t, o)
	if l.score >= joins {
		return false
	}
	for _, m := range o.members {
		if m.gist.Item == t.gist.Item {
			return l.strangers || commonWords(m.gist.Title, t.gist.Title) < keptOfTitle
		}
	}
	return l.strangers
}

// commonWords returns how many of the words of two titles are of both, as a
// share of all.
func commonWords(a, b string) float64 {
	x, y := strings.Fields(a), strings.Fields(b)
	both := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			both++
		}
	}
	return float64(both) / float64(max(1, len(x)+len(y)-both))
}

// atOnce is within which time one outlet publishes an article at two
// addresses: it corrects a slug, or files it under two heads.
const atOnce = 12 * time.Hour

// orArticle returns at, or where the article of t is if the story has that.
func (at spot) orArticle(t telling) spot {
	if m := at.open.article(t); m != nil && !at.article {
		return spot{open: at.open, update: m.gist.Update, article: true, why: "the same article, at another address"}
	}
	return at
}

// article returns the report of o that is the article of t at another address:
// of the same outlet, of the same countries, of the same time and with the same
// title but for a slip of the pen; nil if there is none.
func (o *open) article(t telling) *member {
	for _, m := range o.members {
		if m.gist.Item != t.gist.Item && m.gist.Publisher == t.gist.Publisher && t.gist.At.Sub(m.gist.At).Abs() <= atOnce &&
			sameTitle(m.gist.Title, t.gist.Title) && slices.Equal(m.gist.Places, t.gist.Places) {
			return m
		}
	}
	return nil
}

// titleWords returns the words of a title as titles are compared.
func titleWords(r news.Report) string { return strings.Join(text.Words(r.Title), " ") }

// sameTitle reports whether two titles have the same words but for one letter
// of one of them, which is long enough for a slip to be likelier than another
// word.
func sameTitle(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) || len(x) == 0 {
		return false
	}
	slips := 0
	for i := range x {
		switch {
		case x[i] == y[i]:
		case slips == 0 && isSlip([]rune(x[i]), []rune(y[i])):
			slips++
		default:
			return false
		}
	}
	return true
}

// isSlip reports whether a and b, words of six letters or more, differ in one
// letter that is missing, too many, another, or in two that changed places.
func isSlip(a, b []rune) bool {
	const long = 6
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < long || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	if slices.Equal(a[i+1:], b[i+1:]) {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}
