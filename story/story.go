// Package story decides which reports tell of the same event, how firmly it is
// told, and what people should hear of it. It does no I/O: the same reports in
// the same order always give the same stories.
//
// A story is an event. It interrupts people once, at its first report that is
// worth it, and again only when it becomes graver, is told officially, or is
// denied; whatever else is told of it folds into it without a sound.
package story

import (
	"fmt"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

func decide(p news.Policy, now time.Time, r news.Report, open []news.Story) news.Decision {
	t := read(r)
	s, why := find(t, open)
	change := join(&s, t)
	d := news.Decision{Story: s, Kind: change.kind, Reason: sentence(change.reason, why)}
	if change.kind == news.New || change.kind == news.Escalation {
		if quiet := silence(p, now, r); quiet != "" {
			d.Kind, d.Reason = news.DigestOnly, sentence(quiet, why)
			return d
		}
		if d.Story.Told.IsZero() {
			d.Story.Told = now
			d.Story.Headline, d.Story.Link = r.Title, r.Link
		}
		d.Alerts = alerts(p, now, r, d, change)
		d.Story.Heard = append(slices.Clip(d.Story.Heard), hearing(d.Alerts, change.key, now))
		if change.kind == news.New {
			for _, key := range []string{"severity-" + d.Story.Severity.String(), "status-" + d.Story.Status.String()} {
				d.Story.Heard = append(d.Story.Heard, hearing(d.Alerts, key, now))
			}
		}
	}
	return d
}

// silence returns why nobody is to be interrupted by r, or "".
func silence(p news.Policy, now time.Time, r news.Report) string {
	switch age := now.Sub(r.When()); {
	case r.Severity() < news.Medium:
		return "of low severity" + lowered(r)
	case r.First:
		return "it came with the first reading of its feed"
	case p.MaxAge > 0 && age > p.MaxAge:
		return fmt.Sprintf("it was published %s ago, more than max_age", span(age))
	}
	return ""
}

// lowered returns the reasons for which r's severity is less than its rules'.
func lowered(r news.Report) string {
	for _, m := range r.Matches {
		if len(m.Lowered) > 0 {
			return ", lowered by " + m.Lowered[0]
		}
	}
	return ""
}

// A change is what a report means for its story.
type change struct {
	kind   news.Kind
	reason string
	key    string // tells this change from others of the story, in alerts' ids
}

// join adds the report in t to s and says what that changes.
func join(s *news.Story, t telling) change {
	r := t.report
	before := *s
	fresh := before.Reports == 0
	known := r.Story != "" && r.Story == s.ID // an edited text of a report that s has
	if !known {
		add(s, t)
	}
	s.Severity = max(s.Severity, r.Severity())
	if !known {
		s.Tellings[t.status]++
	}
	s.Status = climb(before.Status, t.status, s.Tellings)
	rose := change{news.Escalation, fmt.Sprintf("its severity rose from %s to %s", before.Severity, s.Severity), "severity-" + s.Severity.String()}
	firmer := change{news.Escalation, "it is now " + told[s.Status], "status-" + s.Status.String()}
	switch {
	case s.Told.IsZero() && fresh:
		return change{news.New, "a new story", "new"}
	case s.Told.IsZero():
		return change{news.New, "the first report of its story that is worth an alert", "new"}
	case s.Severity > before.Severity && !heard(*s, rose.key):
		return rose
	case told[s.Status] != "" && s.Status != before.Status && !heard(*s, firmer.key):
		return firmer
	case known:
		return change{news.Copy, "an edited text of a report that was told already", ""}
	case len(s.Sources) > len(before.Sources):
		return change{news.Update, "one more publisher tells it", ""}
	}
	return change{news.Copy, "its publisher told this story already", ""}
}

// heard reports whether people were told what key stands for.
func heard(s news.Story, key string) bool {
	return slices.ContainsFunc(s.Heard, func(h news.Hearing) bool { return h.Key == key })
}

// hearing returns what the alerts tell under key.
func hearing(alerts []news.Alert, key string, now time.Time) news.Hearing {
	h := news.Hearing{Key: key, At: now}
	for _, a := range alerts {
		h.Channels = append(h.Channels, a.Channel)
	}
	return h
}

// told says in words what a status means that is worth an escalation.
var told = map[news.Status]string{
	news.Official: "told officially",
	news.Denied:   "denied",
}

// add counts the report of t among those of s.
func add(s *news.Story, t telling) {
	r := t.report
	at := r.When()
	if s.Reports == 0 {
		s.ID = "s-" + r.ID
		s.Headline, s.Link = r.Title, r.Link
		s.FirstSeen, s.LastSeen = at, at
	}
	s.Reports++
	if at.Before(s.FirstSeen) {
		s.FirstSeen = at
	}
	if at.After(s.LastSeen) {
		s.LastSeen = at
	}
	for _, m := range r.Matches {
		s.Rules = with(s.Rules, m.Rule)
	}
	s.Entities = with(s.Entities, t.entities...)
	s.Countries = with(s.Countries, t.countries...)
	s.Sources = withSource(s.Sources, r)
	s.Words = blend(s.Words, t.words)
}

// withSource returns sources with the report counted for its publisher.
func withSource(sources []news.Source, r news.Report) []news.Source {
	out := append([]news.Source(nil), sources...) // the caller's stays as it was
	for i := range out {
		if out[i].Publisher == r.Publisher {
			out[i].Reports++
			return out
		}
	}
	return append(out, news.Source{Publisher: r.Publisher, Link: r.Link, Title: r.Title, At: r.When(), Reports: 1})
}

// with returns list with each of names that it lacks; list stays as it was.
func with(list []string, names ...string) []string {
	out := list[:len(list):len(list)]
next:
	for _, n := range names {
		for _, have := range out {
			if have == n {
				continue next
			}
		}
		out = append(out, n)
	}
	return out
}

// sentence joins what a report means and why it is in its story.
func sentence(what, why string) string {
	if why == "" {
		return what
	}
	return what + "; " + why
}

// span writes a duration in days, hours or minutes, as people do.
func span(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", d/time.Hour)
	default:
		return fmt.Sprintf("%d minutes", d/time.Minute)
	}
}
