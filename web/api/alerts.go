package api

import (
	"slices"

	"github.com/coupwatch/coupwatch/news"
)

// alertsOf returns what people were told of a story.
func alertsOf(s news.Story) (all []alert) {
	for _, n := range s.Notified {
		all = append(all, alert{
			ID: "urn:coupwatch:" + s.ID + ":" + n.Key, Key: n.Key, At: n.At.UTC(), Over: list(n.Channels),
			Story: s.ID, Headline: s.Headline, Severity: s.Severity, Status: s.Status, Countries: list(s.Where()),
		})
	}
	return all
}

// latest returns the latest of all, the latest first.
func latest(all []alert) []alert {
	slices.SortStableFunc(all, func(a, b alert) int { return b.At.Compare(a.At) })
	return all[:min(len(all), mostAlerts)]
}
