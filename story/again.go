package story

import (
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// edited takes in a report that cl has already. If its text tells of another
// event now, as where an outlet uses one entry for what comes next, it is a
// report of that.
func (d *decider) edited(pl planner, cl *cluster) news.Decision {
	f := extract(pl.report)
	if len(pl.report.Matches) == 0 {
		return d.again(pl, cl, f, spot{cluster: cl})
	}
	if pl.report.Revised && pl.index.isOther(f, cl) {
		pl.report.Published = pl.now // what an edit tells is as old as the edit
		f.report, f.gist.At = pl.report, pl.now
		f.id = edition(pl.report)
		pl.index = pl.open
		return d.place(pl, f)
	}
	at := spot{cluster: cl}
	if pl.report.Revised {
		f.id = edition(pl.report)
		if at.update = pl.index.development(f, cl); at.update == "" {
			pl.report.Published = pl.now
			f.report, f.gist.At = pl.report, pl.now
		}
	}
	return d.again(pl, cl, f, at)
}

// again takes in a report that cl has already: edited, or read at another
// address. It counts no more than before, but may be graver or firmer, name
// more, or tell a new turn, such as a denial.
func (d *decider) again(pl planner, cl *cluster, f reportFeatures, at spot) news.Decision {
	made := news.Decision{Story: cl.Story, Update: at.update, Status: f.status, Says: d.says(pl.report)}
	if made.Update == "" {
		made.Update = updateOf(cl.Story, pl.report.ID)
	}
	c := change{kind: news.Copy, reason: "an edited text of one of its reports"}
	if len(pl.report.Matches) > 0 {
		s := &made.Story
		about(s, f)
		fresh := pl.report.Revised && at.update == ""
		if fresh {
			made.Update = f.id
			s.Updates = withUpdate(s.Updates, f)
		}
		s.Gists = amended(s.Gists, f, made.Update)
		s.Severity = max(cl.Severity, pl.report.Severity())
		climb(s, f, fresh)
		c = changed(d.policy, f, *s, fresh)
		c.leads = leads(cl.Story, *s, pl.report.Severity())
	}
	pl.planAlerts(&made, f, c, at.why)
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

// amended returns gists with what the edited report of f tells now in place of
// what it told. One that is not remembered, or not the same item, changes none.
func amended(gists []news.Gist, f reportFeatures, update string) []news.Gist {
	out := slices.Clone(gists)
	for i := range out {
		if out[i].Item == f.gist.Item {
			g := f.gist
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

// isOther reports whether f, an edited report of cl, tells of another event now.
func (ix *clusterIndex) isOther(f reportFeatures, cl *cluster) bool {
	l := ix.like(f, cl)
	if l.score >= joinThreshold {
		return false
	}
	for _, m := range cl.members {
		if m.gist.Item == f.gist.Item {
			return l.strangers || commonWords(m.gist.Title, f.gist.Title) < keptOfTitle
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

// orArticle returns at, or where the article of f is if the story has that.
func (at spot) orArticle(f reportFeatures) spot {
	if m := at.cluster.article(f); m != nil && !at.article {
		return spot{cluster: at.cluster, update: m.gist.Update, article: true, why: "the same article, at another address"}
	}
	return at
}

// article returns the report of cl that is the article of f at another address:
// of the same outlet, of the same countries, of the same time and with the same
// title but for a slip of the pen; nil if there is none.
func (cl *cluster) article(f reportFeatures) *member {
	for _, m := range cl.members {
		if m.gist.Item != f.gist.Item && m.gist.Publisher == f.gist.Publisher && f.gist.At.Sub(m.gist.At).Abs() <= atOnce &&
			sameTitle(m.gist.Title, f.gist.Title) && slices.Equal(m.gist.Places, f.gist.Places) {
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
