package story

import (
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// quoteLimit is how many bytes of a report an alert quotes at the most.
const quoteLimit = 400

// alerts returns what is owed, over each channel of each route that wants to
// hear of the story in d, because of the change that r brought.
func alerts(p news.Policy, now time.Time, r news.Report, d news.Decision, c change) []news.Alert {
	due := map[string]time.Time{}
	var channels []string
	for _, route := range p.Routes {
		if !wants(route, r, d.Story) {
			continue
		}
		at := now
		if d.Story.Severity < news.Critical {
			at = route.Quiet.Until(now)
		}
		for _, channel := range route.To {
			if have, ok := due[channel]; !ok {
				channels = append(channels, channel)
			} else if have.Before(at) {
				continue
			}
			due[channel] = at
		}
	}
	var out []news.Alert
	for _, channel := range channels {
		out = append(out, news.Alert{
			ID:      "story/" + d.Story.ID + "/" + channel + "/" + c.key,
			Channel: channel,
			Kind:    d.Kind,
			Reason:  d.Reason,
			Story:   d.Story,
			Item:    headline(r.Item),
			Matches: verdicts(r.Matches),
			Quote:   r.Quote(quoteLimit),
			DueAt:   due[channel],
		})
	}
	return out
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

// verdicts returns matches without their spans, whose texts an alert lacks.
func verdicts(matches []news.Match) []news.Match {
	out := slices.Clone(matches)
	for i := range out {
		out[i].Spans = nil
	}
	return out
}
