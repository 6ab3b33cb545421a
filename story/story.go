// Package story decides which reports tell of the same event, how firmly it is
// told, who says so, and what people should hear of it. It does no I/O: the
// same reports in the same order always give the same stories.
//
// # Stories, developments, copies
//
// A story is an event. Inside it, a development is a turn of that event, and a
// copy tells what another report of it told. A report joins a story because it
// is the same (its link is known, or its text is), or because it is like it:
// in words, names, countries and kind of event, each of which says more the
// fewer stories have it; see [Stories]. A story that was not told for long is
// less like anything, the sooner the fewer reports it had.
//
// # Who hears what
//
// A story interrupts people at its first report that is worth an alert, and
// again only when it becomes graver, is told officially or denied, when what
// was a rumour has enough independent origins, or when it is told again and
// again after days of silence. A development goes to those who were told. All else is silent.
//
// Two stories that turn out to be one, told together of the same people, are
// joined: the one told first stays, unless the other has outgrown it, and the
// thread of the one that ends says where it goes on. What breaks out of a quarrel
// that is told for weeks is a story of its own. A story is headed by the report
// that made it graver, official or denied.
//
// What no word can tell, a warm story can: a report that no rule found, of the
// country of a story that people heard of again and again lately, joins it if
// it is like it.
//
// Which reports are like each other is [cluster]'s matter, what of a report
// says so [gist]'s, how firmly it is told [ladder]'s and, by all
// reports, [steps]', who says so
// [attribution]'s, and who of them is independent [origins]'. Here is decided
// what follows.
package story

import (
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/attribution"
	"github.com/coupwatch/coupwatch/story/cluster"
	"github.com/coupwatch/coupwatch/story/origins"
	"github.com/coupwatch/coupwatch/story/steps"
)

// decide says what follows from r, which belongs among the stories past if it
// is late, and else among those that are open, ix.
func (d *decider) decide(r news.Report, ix, past *cluster.Index) news.Decision {
	pl := planner{policy: d.policy, now: d.now, open: ix, index: ix, report: r}
	if past != nil && ix.Has(r) == nil && (past.Has(r) != nil || r.When().Before(d.now.Add(-news.Window))) {
		pl.index = past
	}
	if cl := pl.index.Has(r); cl != nil {
		return d.edited(pl, cl)
	}
	if !r.Severity().IsWorthAlert() {
		if cl, f, why := pl.index.Warm(r); cl != nil {
			return d.joinWarm(pl, cl, complete(f), why)
		}
	}
	if len(r.Matches) == 0 {
		return news.Decision{}
	}
	return d.place(pl, extract(r, d.weights().Words))
}

// place adds the report of f to the story to which it belongs,
// or to a new one.
func (d *decider) place(pl planner, f reportFeatures) news.Decision {
	made := news.Decision{Status: f.Status, Says: d.says(f.Report)}
	f.AddVoices(made.Says)
	at := pl.index.Place(f.Features)
	if at.Article {
		return d.again(pl, at.Cluster, f, at)
	}
	before := news.Story{Linked: at.Linked}
	if at.Cluster != nil {
		before = at.Cluster.Story
	}
	s := before
	made.Update = fold(&s, f, at.Update, d.weights().Warm)
	d.credit(&s, f.Report, made.Says, at.Copied)
	s.Severity = max(s.Severity, f.lifts(before, at))
	climb(&s, f, true)
	made.Story = s
	why := at.Why
	if one := d.unite(pl, &made, f, at.Cluster); one != "" {
		why = sentence(one, why)
	}
	c := d.changed(f, made.Story, made.Update == f.id)
	c.leads = leads(before, s, f.lifts(before, at))
	pl.planAlerts(&made, f, c, why)
	return made
}

// joinWarm adds a report to the story that keeps it warm. It says no more of
// how grave and how firm the story is.
func (d *decider) joinWarm(pl planner, cl *cluster.Cluster, f reportFeatures, why string) news.Decision {
	made := news.Decision{Story: cl.Story, Status: f.Status, Says: d.says(pl.report)}
	made.Update = fold(&made.Story, f, pl.index.Development(f.Features, cl), d.weights().Warm)
	d.credit(&made.Story, pl.report, made.Says, "")
	c := change{kind: news.Copy, reason: "it adds to what was told already"}
	if made.Update == f.id {
		c = change{kind: news.Update, reason: "a new development"}
	}
	pl.planAlerts(&made, f, c, why)
	return made
}

// weights are by what reports join stories.
func (d *decider) weights() cluster.Weights { return d.stories.figures() }

// says returns who says so in r.
func (d *decider) says(r news.Report) []news.Attribution {
	return attribution.Find(r, d.stories.outletsOf(d.policy))
}

// credit counts r for the origins of s. It copies a text of the publisher
// copied, unless that is "".
func (d *decider) credit(s *news.Story, r news.Report, says []news.Attribution, copied string) {
	origins.Add(s, r, withCopied(says, r, copied), d.stories.outletsOf(d.policy))
}

// withCopied returns who says so in r, if its text is that of the publisher copied,
// "" for none.
func withCopied(says []news.Attribution, r news.Report, copied string) []news.Attribution {
	if copied == "" || copied == r.Publisher {
		return says
	}
	return append(says[:len(says):len(says)], news.Attribution{Via: copied})
}

// climb counts how firmly f tells the event of s, and lets s take the step on
// the ladder of claims to which that leads. What is not worth an alert, such as
// a look back, changes nothing that people were told.
func climb(s *news.Story, f reportFeatures, counts bool) {
	if f.Gist.BelowAlert && !s.Told.IsZero() {
		return
	}
	if counts && !f.firm.Withdraws {
		s.Tellings[f.firm.Event]++
	}
	step := news.Step{
		Status: f.firm.Event, At: f.Gist.At, Publisher: f.Report.Publisher, Link: f.Report.Link,
		Sentence: f.firm.Sentence, Speaker: f.firm.Speaker, Entity: f.firm.Entity,
	}
	if f.firm.Withdraws {
		by := f.firm.Speaker
		if by == "" {
			by = f.Report.Publisher
		}
		s.Status, s.Ladder = steps.Withdraw(s.Status, s.Ladder, by, step, s.Tellings)
		return
	}
	s.Status, s.Ladder = steps.Climb(s.Status, s.Ladder, step, s.Tellings)
}

// sentence joins what a report means and why it is in its story.
func sentence(what, why string) string {
	if why == "" {
		return what
	}
	return what + "; " + why
}
