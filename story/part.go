package story

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
	"github.com/coupwatch/coupwatch/story/steps"
)

// Part implements [news.Parter]. What stays is told anew in the order in which it
// came, and what people heard of it stays heard. What is taken out is a story by
// itself, of which people hear by the rules for any other, unless they heard of it
// already in the one that it was taken for.
func (d *decider) Part(s news.Story, stay, out []news.Verdict, says news.Stray) news.Parting {
	d.stories.mu.Lock()
	defer d.stories.mu.Unlock()
	ix := d.stories.memory()
	pl := planner{policy: d.policy, now: d.now, open: ix, index: ix}
	own := d.apart(pl, s, out, says)
	left, updates := d.retell(s, stay)
	left.Apart = s.Apart
	if own.Story.ID != "" {
		left.Apart = gist.With(left.Apart, own.Story.ID)
	}
	left.Strays = s.Strays
	for _, v := range out {
		if left.Strays = gist.With(left.Strays, v.ID); v.ArticleLink() != "" {
			left.Strays = gist.With(left.Strays, v.ArticleLink())
		}
	}
	heading(&left, s, out)
	fallen := d.fall(&left, s, out, says)
	pl.report = headed(left, stay)
	pl.quote = left.Quote
	alerts := pl.takeBack(&left, s, fallen)
	for _, s := range []news.Story{left, own.Story} {
		if s.ID != "" {
			ix.Put(s)
			d.stories.warmth.put(s)
		}
	}
	ix.EvictBefore(d.now.Add(-news.Window))
	return news.Parting{Left: left, Updates: updates, Out: decisions(own, out, says), Alerts: alerts}
}

// apart returns what follows from out, reports of s that are of another event, taken
// by itself: one story, for they are one article in several feeds. The story is
// zero if no rule matched it.
func (d *decider) apart(pl planner, s news.Story, out []news.Verdict, says news.Stray) news.Decision {
	i := slices.IndexFunc(out, func(v news.Verdict) bool { return len(v.Matches) > 0 })
	if i < 0 {
		return news.Decision{}
	}
	v := out[i]
	pl.report = v.Report
	f := extract(v.Report, d.weights().Words)
	made := news.Decision{Status: f.Status, Says: d.says(v.Report)}
	f.AddVoices(made.Says)
	own := &made.Story
	made.Update = fold(own, f, "", d.weights().Warm)
	own.ID, own.Apart = "s-"+news.ItemID(v.ID, s.ID), []string{s.ID}
	d.credit(own, v.Report, made.Says, "")
	own.Severity = f.Report.Severity()
	climb(own, f, true)
	c := d.changed(f, *own, true)
	c.leads = true
	if c.kind == news.New {
		c.reason = notOf(s, says)
	}
	if heard := slices.ContainsFunc(out, func(v news.Verdict) bool { return interrupts(v.Kind) || v.Kind == news.Update }); heard && !s.Told.IsZero() {
		own.Told = pl.now
		own.Notified = []news.Notification{}
		for _, key := range standing(d.policy, *own) {
			own.Notified = append(own.Notified, news.Notification{Key: key, Channels: toldWhere(s), At: pl.now})
		}
		c = change{kind: news.DigestOnly, reason: notOf(s, says) + "; people heard of it there", leads: true}
	}
	pl.planAlerts(&made, f, c, "")
	return made
}

// notOf says that a report is not of s.
func notOf(s news.Story, says news.Stray) string {
	return fmt.Sprintf("%s says that it is not of “%s”", cmp.Or(says.By, "somebody"), s.Headline)
}

// toldWhere returns the channels over which s was told.
func toldWhere(s news.Story) (channels []string) {
	for _, h := range s.Notified {
		channels = gist.With(channels, h.Channels...)
	}
	return channels
}

// decisions returns what is decided of each of out, whose story is that of own.
func decisions(own news.Decision, out []news.Verdict, says news.Stray) []news.Decision {
	all := make([]news.Decision, len(out))
	owed := false
	for i, v := range out {
		all[i] = own
		switch {
		case own.Story.ID == "":
			all[i].Reason = cmp.Or(says.By, "somebody") + " took it out of a story, and it is of no other"
		case owed || len(v.Matches) == 0:
			all[i].Kind, all[i].Reason, all[i].Alerts = news.Copy, "it tells what was told already; the same article, read in another feed", nil
		default:
			owed = true
		}
	}
	return all
}

// heading gives left, which is what stays of was without out, the headline that it
// had, unless that was of a report that was taken out.
func heading(left *news.Story, was news.Story, out []news.Verdict) {
	gone := slices.ContainsFunc(out, func(v news.Verdict) bool {
		return v.Title == was.Headline || v.Link != "" && v.Link == was.Link
	})
	switch {
	case !gone:
		left.Headline, left.Link, left.Quote, left.Was = was.Headline, was.Link, was.Quote, was.Was
		if slices.Contains(left.Rules, was.Rule) {
			left.Rule = was.Rule
		}
	case was.Told.IsZero():
		left.Was = ""
	default: // by which people knew it
		if left.Was = cmp.Or(was.Was, was.Headline); left.Was == left.Headline {
			left.Was = ""
		}
	}
}

// headed returns the report by which s is headed, of those that it has.
func headed(s news.Story, reports []news.Verdict) news.Report {
	i := slices.IndexFunc(reports, func(v news.Verdict) bool { return v.Title == s.Headline && v.Link == s.Link })
	return reports[max(0, i)].Report
}

// fall makes the steps of was that rest on out fall, of which left is what stays. It
// returns those of which people had heard, which left keeps as withdrawn.
func (d *decider) fall(left *news.Story, was news.Story, out []news.Verdict, says news.Stray) (heard []news.Step) {
	var lost, kept []news.Step
	for _, x := range was.Ladder {
		rests := slices.ContainsFunc(out, func(v news.Verdict) bool { return x.Link == v.Link && x.Publisher == v.Publisher })
		switch {
		case !isFirm(x.Status):
		case x.Withdrawn || !rests:
			kept = append(kept, x)
		case alreadyNotified(was, wordKey(was, x)):
			lost = append(lost, x)
		}
	}
	at := news.Step{At: d.now, Publisher: cmp.Or(says.By, "the desk"), Sentence: "“" + says.Title + "” is not of this story."}
	var fell []news.Step
	left.Status, left.Ladder, fell = steps.Without(left.Status, left.Ladder, kept, lost, at)
	return fell
}

// takeBack returns the alerts to those who heard of was what left, which is what
// stays of it, does not have any more, and the edits of the messages that told it.
func (pl *planner) takeBack(left *news.Story, was news.Story, fallen []news.Step) (alerts []news.Alert) {
	made := news.Decision{Story: *left}
	if muted(pl.policy, pl.now, pl.report, *left) != "" {
		return nil // who listens again hears it with the next report
	}
	var channels []string
	var reasons []string
	for _, x := range fallen {
		for _, h := range was.Notified {
			if h.Key == wordKey(was, x) {
				channels = gist.With(channels, h.Channels...)
			}
		}
		reasons = append(reasons, withdrawal(*left, x))
	}
	left.Notified = slices.Clip(left.Notified)
	for _, key := range withdrawnKeys(*left, fallen) {
		left.Notified = append(left.Notified, news.Notification{Key: key, Channels: channels, At: pl.now})
	}
	made.Story, pl.reason = *left, strings.Join(reasons, ", and ")
	for _, channel := range channels {
		a := pl.alert(&made, delivery{channel, pl.held(was, channel, pl.now)})
		a.Kind, a.ID = news.Escalation, alertID(was, channel, withdrawnKey(fallen[0]))
		alerts = append(alerts, a)
	}
	pl.reason = ""
	pl.addThreadUpdates(&made)
	return append(alerts, made.Alerts...)
}

// withdrawnKeys returns the keys of what people hear who hear that fallen no longer
// hold in s, and who said so too.
func withdrawnKeys(s news.Story, fallen []news.Step) (keys []string) {
	for _, x := range fallen {
		keys = append(keys, withdrawnKey(x))
	}
	if word, _ := lastWords(s); len(keys) > 0 && word != nil && !alreadyNotified(s, wordKey(s, *word)) {
		keys = append(keys, wordKey(s, *word))
	}
	return keys
}

// withdrawnKey is the key of that x was taken back.
func withdrawnKey(x news.Step) string { return fmt.Sprintf("status-withdrawn-%d", x.At.Unix()) }

// withdrawal says that x, a step of s, was taken back.
func withdrawal(s news.Story, x news.Step) string {
	return fmt.Sprintf("what %s told is withdrawn: it is now told as %s", cmp.Or(x.Speaker, x.Publisher), asA(s.Status))
}

// dueAgain gives updates the times at which people hear of them, as in was.
func dueAgain(updates, was []news.Development) {
	due := map[string]time.Time{}
	for _, u := range was {
		due[u.ID] = u.Due
	}
	for i := range updates {
		updates[i].Due = due[updates[i].ID]
	}
}
