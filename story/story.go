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
// joined: the one told first stays, and the other one's thread says where it
// goes on. What breaks out of a quarrel that is told for weeks is a story of its
// own. A story is headed by the report that made it graver, official or denied.
//
// What no word can tell, a warm story can: a report that no rule found, of the
// country of a story that people heard of again and again lately, joins it if
// it is like it.
//
// # Words
//
// Inside, this is online clustering over an inverted index, and standard terms
// stand beside those of the desk:
//
//	cluster          a [news.Story] as it is remembered, to compare reports with
//	member           a report of a cluster, as far as it is remembered
//	gist             what of a report is stored with its story to compare others with
//	reportFeatures   a report taken apart: gist, rules, entities, how firmly it is told
//	queryVector      the features of a report weighed by the index
//	term             a word, name, country, link, item or sentence that clusters share
//	posting          that a cluster has a term
//	logDF, idf, logN document frequency, its inverse and the number of clusters, as
//	                 logarithms: the greater the idf, the rarer the term
//	dfPrior          in how many more stories a term is supposed to be
//	candidate        a cluster that shares a rare term, and is looked at closely
//	likeness         the score of a report with a cluster: cosine of tf-idf and more
//	joinThreshold    from this score on a report joins a story; linkThreshold links
//	                 them, duplicateThreshold makes it a copy of a development
//	print            hashes of sentences and shingles, to know copied texts by
//	heat             how often a story was told lately; it decays
//	ladder           how a story came to its status, step by step
//	origin           who stands behind reports; only independent ones count
//	planner          finds who hears what: interrupts, thread updates, edits
package story

import (
	"fmt"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/attribution"
	"github.com/coupwatch/coupwatch/story/ladder"
	"github.com/coupwatch/coupwatch/story/origins"
)

// decide says what follows from r, which belongs among the stories past if it
// is late, and else among those that are open, ix.
func (d *decider) decide(r news.Report, ix, past *clusterIndex) news.Decision {
	pl := planner{policy: d.policy, now: d.now, open: ix, index: ix, report: r}
	if past != nil && ix.has(r) == nil && (past.has(r) != nil || r.When().Before(d.now.Add(-news.Window))) {
		pl.index = past
	}
	if cl := pl.index.has(r); cl != nil {
		return d.edited(pl, cl)
	}
	if !r.Severity().IsWorthAlert() {
		if cl, f, why := pl.index.warm(r); cl != nil {
			return d.joinWarm(pl, cl, f, why)
		}
	}
	if len(r.Matches) == 0 {
		return news.Decision{}
	}
	return d.join(pl, r)
}

// join adds r to the story to which it belongs, or to a new
// one.
func (d *decider) join(pl planner, r news.Report) news.Decision {
	return d.place(pl, extract(r))
}

// place adds the report of f to the story to which it belongs,
// or to a new one.
func (d *decider) place(pl planner, f reportFeatures) news.Decision {
	made := news.Decision{Status: f.status, Says: d.says(f.report)}
	f.addVoices(made.Says)
	at := pl.index.place(f)
	if at.article {
		return d.again(pl, at.cluster, f, at)
	}
	before := news.Story{Linked: at.linked}
	if at.cluster != nil {
		before = at.cluster.Story
	}
	s := before
	made.Update = fold(&s, f, at.update)
	d.credit(&s, f.report, made.Says, at.copied)
	s.Severity = max(s.Severity, f.lifts(before, at))
	climb(&s, f, true)
	made.Story = s
	why := at.why
	if one := d.unite(pl, &made, f, at.cluster); one != "" {
		why = sentence(one, why)
	}
	c := changed(d.policy, f, made.Story, made.Update == f.id)
	c.leads = leads(before, s, f.lifts(before, at))
	pl.planAlerts(&made, f, c, why)
	return made
}

// joinWarm adds a report to the story that keeps it warm. It says no more of
// how grave and how firm the story is.
func (d *decider) joinWarm(pl planner, cl *cluster, f reportFeatures, why string) news.Decision {
	made := news.Decision{Story: cl.Story, Status: f.status, Says: d.says(pl.report)}
	made.Update = fold(&made.Story, f, pl.index.development(f, cl))
	d.credit(&made.Story, pl.report, made.Says, "")
	c := change{kind: news.Copy, reason: "it adds to what was told already"}
	if made.Update == f.id {
		c = change{kind: news.Update, reason: "a new development"}
	}
	pl.planAlerts(&made, f, c, why)
	return made
}

// says returns who says so in r.
func (d *decider) says(r news.Report) []news.Attribution {
	return attribution.Find(r, d.stories.outletsOf(d.policy))
}

// credit counts r for the origins of s. It copies a text of the publisher
// copied, unless that is "".
func (d *decider) credit(s *news.Story, r news.Report, says []news.Attribution, copied string) {
	if copied != "" && copied != r.Publisher {
		says = append(says[:len(says):len(says)], news.Attribution{Via: copied})
	}
	origins.Add(s, r, says, d.stories.outletsOf(d.policy))
}

// climb counts how firmly f tells the event of s, and lets s take the step on
// the ladder of claims to which that leads. What is not worth an alert, such as
// a look back, changes nothing that people were told.
func climb(s *news.Story, f reportFeatures, counts bool) {
	if f.gist.BelowAlert && !s.Told.IsZero() {
		return
	}
	if counts && !f.firm.Withdraws {
		s.Tellings[f.firm.Event]++
	}
	step := news.Step{
		Status: f.firm.Event, At: f.gist.At, Publisher: f.report.Publisher, Link: f.report.Link,
		Sentence: f.firm.Sentence, Speaker: f.firm.Speaker, Entity: f.firm.Entity,
	}
	if f.firm.Withdraws {
		by := f.firm.Speaker
		if by == "" {
			by = f.report.Publisher
		}
		s.Status, s.Ladder = ladder.Withdraw(s.Status, s.Ladder, by, step, s.Tellings)
		return
	}
	s.Status, s.Ladder = ladder.Climb(s.Status, s.Ladder, step, s.Tellings)
}

// A spot is where a report belongs.
type spot struct {
	cluster *cluster // nil for a new story
	update  string   // the development of it that the report copies; "" for a new one
	why     string
	copied  string   // publisher of the text that the report copies, if it is a copy of one
	article bool     // the report is an article that the story has, at another address or in another feed
	linked  []string // for a new story: earlier ones of the same people
}

// place returns where f belongs.
func (ix *clusterIndex) place(f reportFeatures) spot {
	if at, ok := ix.same(f); ok {
		return at.orArticle(f)
	}
	best, linked := ix.nearest(f)
	if best.story != nil && best.score >= joinThreshold {
		return spot{
			cluster: best.story, update: ix.development(f, best.story),
			why: fmt.Sprintf("like %q: both tell of %s", best.story.Headline, best.why),
		}.orArticle(f)
	}
	if linked.story == nil || linked.timeless < linkThreshold {
		return spot{}
	}
	return spot{linked: []string{linked.story.ID}, why: fmt.Sprintf("akin to %q, but not the same", linked.story.Headline)}
}

// sentence joins what a report means and why it is in its story.
func sentence(what, why string) string {
	if why == "" {
		return what
	}
	return what + "; " + why
}
