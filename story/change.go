package story

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/cluster"
)

// A change is what a report means for its story.
type change struct {
	kind   news.Kind
	reason string
	keys   []string // of [news.Notification]: what people hear of, if they are told
	leads  bool     // the story is headed by the report from now on
}

// isStep reports whether c is a step to an official word or a denial, and no
// graver event.
func (c change) isStep() bool {
	step := false
	for _, key := range c.keys {
		if strings.HasPrefix(key, "new") || strings.HasPrefix(key, "severity-") {
			return false
		}
		step = step || strings.HasPrefix(key, statusKey(news.Official)) || strings.HasPrefix(key, statusKey(news.Denied)) || strings.HasPrefix(key, "status-withdrawn")
	}
	return step
}

// isTurn reports whether c is that a story is told again after silence, takes
// another turn or ends.
func (c change) isTurn() bool {
	return slices.ContainsFunc(c.keys, func(key string) bool {
		what, _, _ := strings.Cut(key, "-")
		return what == "surge" || what == "turn" || what == "end"
	})
}

// leads reports whether a story that was before, and is after by a report of
// that severity, is headed by it: the first one, one that is graver than any
// before, the word of somebody who could know.
func leads(before, after news.Story, severity news.Severity) bool {
	return before.Reports == 0 || severity > before.Severity || after.Status != before.Status && isFirm(after.Status)
}

// lifts returns how grave f makes the story before that it joins at. A list of
// news joins a story for one of them and tells of another further down: it does
// not lift what people were told for what neither its title nor its first
// sentence has.
func (f reportFeatures) lifts(before news.Story, at cluster.Spot) news.Severity {
	severity := f.Report.Severity()
	if severity <= before.Severity || before.Told.IsZero() || at.Copied != "" {
		return severity
	}
	grave := news.Severity(0)
	for _, m := range f.Report.Matches {
		if f.isInLead(m) {
			grave = max(grave, m.Severity)
		}
	}
	return grave
}

// isInLead reports whether a word of an event that m found, or if it found only
// names one of those, is in the title or in the first sentence below.
func (f reportFeatures) isInLead(m news.Match) bool {
	var lead passage
	if below := f.below(); len(below) > 0 {
		lead = below[0]
	}
	events := slices.DeleteFunc(slices.Clone(m.Spans), func(s news.Span) bool { return strings.HasPrefix(s.Term, "@") })
	if len(events) == 0 {
		events = m.Spans
	}
	return slices.ContainsFunc(events, func(s news.Span) bool { return s.Field == news.Title || lead.has(s) })
}

// isFirm reports whether a status is that of a word of somebody who could know.
func isFirm(s news.Status) bool { return s == news.Official || s == news.Denied }

// changed says what it means that r joined before and made it after. It is
// fresh if it brings a development of its own.
func (d *decider) changed(f reportFeatures, after news.Story, fresh bool) change {
	r := f.Report
	switch {
	case !r.Severity().IsWorthAlert():
		return change{kind: news.DigestOnly, reason: "it is of low severity" + lowered(r)}
	case after.Told.IsZero() && after.Reports == 1:
		return change{kind: news.New, reason: born, keys: standing(d.policy, after)}
	case after.Told.IsZero():
		return change{kind: news.New, reason: "the first report of its story that is worth an alert", keys: standing(d.policy, after)}
	}
	if rose := d.escalation(after, f); len(rose.keys) > 0 {
		return rose
	}
	switch {
	case r.Filled:
		return change{kind: news.Copy, reason: "the page behind its link tells more of what was told already"}
	case fresh && r.Revised:
		return change{kind: news.Update, reason: "a new development, told by an edited text"}
	case fresh:
		return change{kind: news.Update, reason: "a new development"}
	case r.Revised:
		return change{kind: news.Copy, reason: "an edited text of a report that was told already"}
	}
	return change{kind: news.Copy, reason: "it tells what was told already"}
}

// born is the reason for telling of a story that has no other report.
const born = "a new story"

// standing returns the keys of all that people know once they are told how s
// stands.
func standing(p news.Policy, s news.Story) []string {
	keys := []string{"new", severityKey(s.Severity), statusKey(s.Status)}
	if word, _ := lastWords(s); word != nil && word.Status == s.Status {
		keys[2] = wordKey(s, *word)
	}
	if p.Origins > 0 && s.Independent() >= p.Origins {
		keys = append(keys, originsKey(p.Origins))
	}
	return keys
}

func severityKey(s news.Severity) string { return "severity-" + s.String() }
func statusKey(s news.Status) string     { return "status-" + s.String() }
func originsKey(n int) string            { return fmt.Sprint("origins-", n) }

// escalation returns what is so grave or firm about s that people who were told
// of it are to be interrupted again; it has no keys if nothing is.
func (d *decider) escalation(s news.Story, f reportFeatures) change {
	c := change{kind: news.Escalation}
	var reasons []string
	add := func(key, reason string) {
		if !alreadyNotified(s, key) {
			c.keys = append(c.keys, key)
			reasons = append(reasons, reason)
		}
	}
	if told := severityTold(s); s.Severity > told {
		add(severityKey(s.Severity), fmt.Sprintf("its severity rose from %s to %s", told, s.Severity))
	}
	if key, reason := firmer(s); key != "" {
		add(key, reason)
	}
	if p := d.policy; p.Origins > 0 && s.Independent() >= p.Origins && isRumour(s) {
		add(originsKey(p.Origins), fmt.Sprintf("up to %d independent origins tell it now", s.Independent()))
	}
	if at, ok := surge(s); ok {
		add("surge-"+at.Format(time.DateOnly), "it is told again and again after days of silence")
	}
	if key := turnOf(s); key != "" {
		add(key, "it takes another turn")
	}
	if spokenOf(s, f) {
		add(ofTheGravest, "it is told officially since it is critical, by "+f.firm.Speaker)
	}
	if ended(s, f.Gist.At, d.weights().Main) {
		add("end-of-critical", "it is told that it ends")
	}
	c.reason = strings.Join(reasons, ", and ")
	return c
}

// isRumour reports whether people know s as no more than a rumour. That others
// say so too is news of a rumour alone: whoever repeats what somebody claims by
// name, or what is told as a fact, adds nothing to it.
func isRumour(s news.Story) bool {
	return !slices.ContainsFunc([]news.Status{news.Claim, news.Reported, news.Official}, func(x news.Status) bool {
		return alreadyNotified(s, statusKey(x))
	})
}

// firmer returns what there is to tell of how firmly s is told, now that an
// office told it or denied it, or that such a word was taken back; the key is ""
// if there is nothing. Who heard another word before hears whose that was.
func firmer(s news.Story) (key, reason string) {
	for _, x := range slices.Backward(s.Ladder) {
		key := withdrawnKey(x)
		if x.Withdrawn && alreadyNotified(s, wordKey(s, x)) && !alreadyNotified(s, key) {
			return key, withdrawal(s, x)
		}
	}
	word, before := lastWords(s)
	var said string
	switch {
	case word == nil:
		return "", ""
	case word.Status == news.Official:
		said = "it is now told officially"
	default:
		said = "it is now denied"
	}
	if word.Speaker != "" {
		said += ", by " + word.Speaker
	}
	if before != nil && alreadyNotified(s, wordKey(s, *before)) {
		said += map[news.Status]string{news.Official: "; told officially before", news.Denied: "; denied before"}[before.Status]
		if before.Speaker != "" {
			said += " by " + before.Speaker
		}
	}
	return wordKey(s, *word), said
}

// lastWords returns the last step of s at which somebody spoke who could know,
// and the last one before it that said otherwise; nil for none.
func lastWords(s news.Story) (last, before *news.Step) {
	for i := range slices.Backward(s.Ladder) {
		step := &s.Ladder[i]
		switch {
		case step.Withdrawn || !isFirm(step.Status):
		case last == nil:
			last = step
		case step.Status != last.Status:
			return last, step
		}
	}
	return last, nil
}

// wordKey returns the key of what people hear of the step of s at which an
// office spoke: that of its status, with a number if it is not the first.
func wordKey(s news.Story, step news.Step) string {
	n := 0
	for _, x := range s.Ladder {
		if x.Status == step.Status && !x.At.After(step.At) {
			n++
		}
	}
	if n < 2 {
		return statusKey(step.Status)
	}
	return fmt.Sprintf("%s-%d", statusKey(step.Status), n)
}

// asA returns a status as people are told of it: "a claim".
func asA(s news.Status) string {
	switch s {
	case news.Reported:
		return "a fact"
	case news.Official:
		return "official"
	case news.Denied:
		return "denied"
	}
	return "a " + s.String()
}

// severityTold returns the highest severity of which people were told.
func severityTold(s news.Story) news.Severity {
	var highest news.Severity
	for _, h := range s.Notified {
		if name, ok := strings.CutPrefix(h.Key, severityKey(0)[:len("severity-")]); ok {
			if severity, err := news.ParseSeverity(name); err == nil {
				highest = max(highest, severity)
			}
		}
	}
	return highest
}

// A story surges when so many reports worth an alert come within so short a
// time, and in so many days before there was at most one.
const (
	surgeReports = 3
	surgeWithin  = 12 * time.Hour
	surgeSilence = 5 * 24 * time.Hour
)

// surge reports whether the latest reports of s are a surge, and when it began.
func surge(s news.Story) (began time.Time, ok bool) {
	var times []time.Time
	for _, g := range s.Gists {
		if !g.BelowAlert {
			times = append(times, g.At)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	first := len(times) - surgeReports
	if first < 1 || times[len(times)-1].Sub(times[first]) > surgeWithin {
		return time.Time{}, false
	}
	began = times[first]
	before := times[max(0, first-2)]
	return began, began.Sub(before) >= surgeSilence
}

// alreadyNotified reports whether people were told what key stands for.
func alreadyNotified(s news.Story, key string) bool {
	return slices.ContainsFunc(s.Notified, func(h news.Notification) bool { return h.Key == key })
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
