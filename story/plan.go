package story

import (
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/cluster"
)

// A planner finds out who hears what.
type planner struct {
	policy news.Policy
	now    time.Time
	open   *cluster.Index // the open stories
	index  *cluster.Index // those among which the report belongs: the open ones, or of a late report others
	report news.Report
	reason string     // why people hear of it, for them
	quote  news.Quote // of the report
}

// planAlerts completes made, the decision that the report of pl, with the
// features f, means c for its story: it adds the alerts that are owed and
// remembers them in the story.
func (pl *planner) planAlerts(made *news.Decision, f reportFeatures, c change, why string) {
	made.Kind, made.Reason = c.kind, sentence(c.reason, why)
	if pl.reason = c.reason; c.reason == born {
		pl.reason = "" // people see that
	}
	pl.quote = f.quote(c.isStep(), made.Says)
	if c.leads {
		pl.head(&made.Story)
	}
	if c.kind == news.DigestOnly {
		return
	}
	if quiet := silence(pl.policy, pl.now, pl.report, made.Story); quiet != "" {
		if c.kind != news.Copy {
			made.Kind, made.Reason = news.DigestOnly, sentence(quiet, why)
			made.Muted = muted(pl.policy, pl.now, pl.report, made.Story) != ""
		}
		return
	}
	due, full := pl.channels(made.Story)
	if interrupts(c.kind) && len(due) == 0 {
		made.Kind, made.Reason = news.DigestOnly, sentence(full, why)
		return
	}
	pl.addInterrupts(made, c, due)
	pl.addThreadUpdates(made)
}

func interrupts(k news.Kind) bool { return k == news.New || k == news.Escalation }

// A delivery is when a message is due over a channel.
type delivery struct {
	channel string
	at      time.Time
}

// channels returns where the routes want s to be told, and when, in the order
// of the routes; and if there is none, why.
func (pl *planner) channels(s news.Story) (due []delivery, reason string) {
	reason = "no route is for it"
	for _, route := range pl.policy.Routes {
		if !wants(route, pl.report, s) {
			continue
		}
		at := pl.now
		if s.Severity < news.Critical {
			at = route.Quiet.Until(pl.now)
		}
		for _, channel := range route.To {
			if route.Limit > 0 && s.Severity < news.Critical && pl.open.ToldLately(channel, pl.now) >= route.Limit {
				reason = channel + " had as many alerts as it may take in an hour"
				continue
			}
			i := slices.IndexFunc(due, func(d delivery) bool { return d.channel == channel })
			switch {
			case i < 0:
				due = append(due, delivery{channel, at})
			case at.Before(due[i].at):
				due[i].at = at
			}
		}
	}
	return due, reason
}

// addInterrupts adds the alerts that stand for themselves: to all who are due
// if the change is worth it, else to those who never heard of the story.
func (pl *planner) addInterrupts(made *news.Decision, c change, due []delivery) {
	s := &made.Story
	if s.Told.IsZero() || c.isTurn() {
		pl.head(s)
	}
	if s.Told.IsZero() {
		s.Told = pl.now
	}
	keys := c.keys
	if !interrupts(c.kind) {
		due = slices.DeleteFunc(due, func(d delivery) bool { return toldOver(*s, d.channel) })
		keys = []string{"new"}
	}
	if len(due) == 0 {
		return
	}
	var channels []string
	for _, d := range due {
		a := pl.alert(made, d)
		a.Kind, a.ID = c.kind, alertID(*s, d.channel, keys[0])
		if !toldOver(*s, d.channel) {
			a.Kind, a.ID = news.New, alertID(*s, d.channel, "new")
		}
		made.Alerts = append(made.Alerts, a)
		channels = append(channels, d.channel)
	}
	s.Notified = slices.Clip(s.Notified)
	for _, key := range keys {
		s.Notified = append(s.Notified, news.Notification{Key: key, Channels: channels, At: pl.now})
	}
	for i := range made.Alerts {
		if made.Alerts[i].Story.ID == s.ID {
			made.Alerts[i].Story = shown(*s)
		}
	}
}

// head gives s the headline of the report of pl.
func (pl *planner) head(s *news.Story) {
	switch {
	case s.Was == pl.report.Title:
		s.Was = ""
	case s.Was == "" && !s.Told.IsZero() && s.Headline != pl.report.Title:
		s.Was = s.Headline
	}
	s.Headline, s.Link, s.Quote = pl.report.Title, pl.report.Link, pl.quote
	if len(pl.report.Matches) > 0 && (s.Rule == "" || pl.report.Severity() >= s.Severity) {
		s.Rule = pl.report.Matches[0].Rule // a lesser one does not say what the story is
	}
}

// addThreadUpdates adds the alerts that go with those that were sent: what is new, to be
// gathered with what else comes soon, and how the story stands now. Quiet
// hours hold what is new, as they hold what interrupts; an edit wakes nobody.
func (pl *planner) addThreadUpdates(made *news.Decision) {
	gather := pl.policy.Gather
	if gather <= 0 || made.Kind == news.New {
		return
	}
	s := &made.Story
	end := pl.now.Truncate(gather).Add(gather)
	if made.Kind == news.Update {
		for i := range s.Updates {
			if s.Updates[i].ID == made.Update {
				s.Updates[i].Due = end
			}
		}
		for _, channel := range pl.policy.Threads {
			if toldOver(*s, channel) {
				at := pl.held(*s, channel, end)
				a := pl.alert(made, delivery{channel, at})
				a.Kind, a.ID = news.Update, alertID(*s, channel, "update-"+bucket(at))
				a.Updates = pl.dueAt(*s, channel, at)
				made.Alerts = append(made.Alerts, a)
			}
		}
	}
	for _, channel := range pl.policy.Edits {
		if toldOver(*s, channel) {
			a := pl.alert(made, delivery{channel, end})
			a.Kind, a.ID = news.Refresh, alertID(*s, channel, "refresh-"+bucket(end))
			made.Alerts = append(made.Alerts, a)
		}
	}
}

// bucket names the span of time that ends at end.
func bucket(end time.Time) string { return end.UTC().Format("200601021504") }

// held returns when what is new in s is told over channel if it is ready at
// the moment at: after the quiet hours of the routes there, of several the
// first to end.
func (pl *planner) held(s news.Story, channel string, at time.Time) time.Time {
	until := time.Time{}
	for _, route := range pl.policy.Routes {
		if s.Severity >= news.Critical || !slices.Contains(route.To, channel) || !wants(route, pl.report, s) {
			continue
		}
		if end := route.Quiet.Until(at); until.IsZero() || end.Before(until) {
			until = end
		}
	}
	if until.IsZero() {
		return at
	}
	return until
}

// dueAt returns the developments of s that are told over channel at the moment
// at.
func (pl *planner) dueAt(s news.Story, channel string, at time.Time) []news.Development {
	return slices.DeleteFunc(slices.Clone(s.Updates), func(u news.Development) bool {
		return u.Due.IsZero() || !pl.held(s, channel, u.Due).Equal(at)
	})
}

// alert returns what is common to all alerts about the decision made.
func (pl *planner) alert(made *news.Decision, d delivery) news.Alert {
	return news.Alert{
		Channel: d.channel,
		Reason:  pl.reason,
		Story:   shown(made.Story),
		Item:    headline(pl.report.Item),
		Matches: verdicts(pl.report.Matches),
		Quote:   pl.quote,
		DueAt:   d.at,
	}
}

func alertID(s news.Story, channel, what string) string {
	return "story/" + s.ID + "/" + channel + "/" + what
}

// toldOver reports whether s was told over channel.
func toldOver(s news.Story, channel string) bool {
	return slices.ContainsFunc(s.Notified, func(h news.Notification) bool { return slices.Contains(h.Channels, channel) })
}

// wants reports whether route is for the story s, of which r is a report.
func wants(route news.Route, r news.Report, s news.Story) bool {
	named := slices.Clone(s.Entities)
	for _, c := range s.Countries {
		named = append(named, "country:"+c)
	}
	return s.Severity >= route.Severity &&
		meets(route.Rules, s.Rules) && meets(route.Entities, named) && meets(route.Tags, r.Tags)
}

// meets reports whether want is empty or has something of have.
func meets(want, have []string) bool {
	return len(want) == 0 || slices.ContainsFunc(want, func(w string) bool { return slices.Contains(have, w) })
}

// headline returns it without its longer texts, which an alert need not hold.
func headline(it news.Item) news.Item {
	it.Summary, it.Body = "", ""
	return it
}

// shown returns s without what only this package needs of it.
func shown(s news.Story) news.Story {
	s.Gists = nil
	return s
}

// verdicts returns matches without their spans, whose texts an alert lacks.
func verdicts(matches []news.Match) []news.Match {
	out := slices.Clone(matches)
	for i := range out {
		out[i].Spans = nil
	}
	return out
}
