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
package story

import (
	"fmt"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/attribution"
	"github.com/coupwatch/coupwatch/story/ladder"
	"github.com/coupwatch/coupwatch/story/origins"
)

// decide says what follows from r, which belongs among the stories past if it
// is late, and else among those that are open, k.
func (d *decider) decide(r news.Report, k, past *known) news.Decision {
	t := teller{policy: d.policy, now: d.now, open: k, known: k, report: r}
	if past != nil && k.has(r) == nil && (past.has(r) != nil || r.When().Before(d.now.Add(-news.Window))) {
		t.known = past
	}
	if o := t.known.has(r); o != nil {
		return d.edited(t, o)
	}
	if r.Severity() < news.Medium {
		if o, read, why := t.known.warm(r); o != nil {
			return d.joinWarm(t, o, read, why)
		}
	}
	if len(r.Matches) == 0 {
		return news.Decision{}
	}
	return d.join(t, r)
}

// join adds r to the story to which it belongs, or to a new
// one.
func (d *decider) join(t teller, r news.Report) news.Decision {
	return d.place(t, read(r))
}

// place adds the report that read takes in to the story to which it belongs,
// or to a new one.
func (d *decider) place(t teller, read telling) news.Decision {
	made := news.Decision{Status: read.status, Says: d.says(read.report)}
	read.heed(made.Says)
	at := t.known.place(read)
	if at.article {
		return d.again(t, at.open, read, at)
	}
	before := news.Story{Linked: at.linked}
	if at.open != nil {
		before = at.open.Story
	}
	s := before
	made.Update = fold(&s, read, at.update)
	d.credit(&s, read.report, made.Says, at.copied)
	s.Severity = max(s.Severity, read.lifts(before, at))
	climb(&s, read, true)
	made.Story = s
	why := at.why
	if one := d.unite(t, &made, read, at.open); one != "" {
		why = sentence(one, why)
	}
	c := changed(d.policy, read, made.Story, made.Update == read.id)
	c.leads = leads(before, s, read.lifts(before, at))
	t.tell(&made, read, c, why)
	return made
}

// joinWarm adds a report to the story that keeps it warm. It says no more of
// how grave and how firm the story is.
func (d *decider) joinWarm(t teller, o *open, read telling, why string) news.Decision {
	made := news.Decision{Story: o.Story, Status: read.status, Says: d.says(t.report)}
	made.Update = fold(&made.Story, read, t.known.development(read, o))
	d.credit(&made.Story, t.report, made.Says, "")
	c := change{kind: news.Copy, reason: "it adds to what was told already"}
	if made.Update == read.id {
		c = change{kind: news.Update, reason: "a new development"}
	}
	t.tell(&made, read, c, why)
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

// climb counts how firmly t tells the event of s, and lets s take the step on
// the ladder of claims to which that leads. What is not worth an alert, such as
// a look back, changes nothing that people were told.
func climb(s *news.Story, t telling, counts bool) {
	if t.gist.Weak && !s.Told.IsZero() {
		return
	}
	if counts && !t.firm.Withdraws {
		s.Tellings[t.firm.Event]++
	}
	step := news.Step{
		Status: t.firm.Event, At: t.gist.At, Publisher: t.report.Publisher, Link: t.report.Link,
		Sentence: t.firm.Sentence, Speaker: t.firm.Speaker, Entity: t.firm.Entity,
	}
	if t.firm.Withdraws {
		by := t.firm.Speaker
		if by == "" {
			by = t.report.Publisher
		}
		s.Status, s.Ladder = ladder.Withdraw(s.Status, s.Ladder, by, step, s.Tellings)
		return
	}
	s.Status, s.Ladder = ladder.Climb(s.Status, s.Ladder, step, s.Tellings)
}

// A spot is where a report belongs.
type spot struct {
	open    *open  // nil for a new story
	update  string // the development of it that the report copies; "" for a new one
	why     string
	copied  string   // publisher of the text that the report copies, if it is a copy of one
	article bool     // the report is an article that the story has, at another address or in another feed
	linked  []string // for a new story: earlier ones of the same people
}

// place returns where t belongs.
func (k *known) place(t telling) spot {
	if at, ok := k.same(t); ok {
		return at.orArticle(t)
	}
	best, kin := k.find(t)
	if best.story != nil && best.score >= joins {
		return spot{
			open: best.story, update: k.development(t, best.story),
			why: fmt.Sprintf("like %q: both tell of %s", best.story.Headline, best.why),
		}.orArticle(t)
	}
	if kin.story == nil || kin.timeless < akin {
		return spot{}
	}
	return spot{linked: []string{kin.story.ID}, why: fmt.Sprintf("akin to %q, but not the same", kin.story.Headline)}
}

// sentence joins what a report means and why it is in its story.
func sentence(what, why string) string {
	if why == "" {
		return what
	}
	return what + "; " + why
}
