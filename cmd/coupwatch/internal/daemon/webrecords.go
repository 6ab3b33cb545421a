package daemon

import (
	"context"
	"errors"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/web"
)

// WebRecords is the database as the page asks for it, and what things are
// called; see [web.Records] and [web.Names].
type WebRecords struct {
	*store.DB
	Use *InUse
}

// CountryName implements [web.Names].
func (r WebRecords) CountryName(code string) string { return places.Name(code) }

// RuleTitle implements [web.Names].
func (r WebRecords) RuleTitle(id string) string { return r.Use.File.Current().Title(id) }

// EntityName implements [web.Names].
func (r WebRecords) EntityName(id string) string { return r.Use.File.Current().EntityName(id) }

// Land implements [web.Names].
func (r WebRecords) Land(id string) string { return r.Use.File.Current().Land(id) }

// Export implements [web.Records]. It is as story --json prints it.
func (r WebRecords) Export(ctx context.Context, id string) (any, error) {
	told, err := answers.ReadStory(ctx, r.DB, id, r.Use.File.Current())
	return told.JSON(), err
}

// DeliveriesOf implements [web.Deliveries].
func (r WebRecords) DeliveriesOf(ctx context.Context, id string) (out []web.Delivery, err error) {
	alerts, err := r.AlertsOf(ctx, id)
	for _, a := range alerts {
		out = append(out, web.Delivery{Channel: a.Channel, Kind: a.Kind, Reason: a.Reason, At: answers.EndOrDue(a), Arrived: !a.Sent.IsZero(), State: answers.DeliveryOf(a)})
	}
	return out, err
}

// Story implements [web.Records].
func (r WebRecords) Story(ctx context.Context, id string) (s news.Story, found bool, err error) {
	s, err = r.DB.Story(ctx, id)
	if errors.Is(err, store.ErrUnknown) || errors.Is(err, store.ErrAmbiguous) {
		return s, false, nil
	}
	return s, err == nil, err
}

// ItemsOfStory implements [web.Records].
func (r WebRecords) ItemsOfStory(ctx context.Context, id string) ([]web.Verdict, error) {
	return pageVerdicts(r.DB.ItemsOfStory(ctx, id))
}

// ItemsByLink implements [web.Records].
func (r WebRecords) ItemsByLink(ctx context.Context, link string) ([]web.Verdict, error) {
	return pageVerdicts(r.DB.ItemsByLink(ctx, link))
}

// Untold implements [web.Deliveries].
func (r WebRecords) Untold(ctx context.Context) (map[string]string, error) {
	untold, err := r.DB.Untold(ctx, time.Now())
	sentences := map[string]string{}
	for id, u := range untold {
		sentences[id] = answers.Untold(u)
	}
	return sentences, err
}

// Undelivered implements [web.Deliveries].
func (r WebRecords) Undelivered(ctx context.Context) ([]web.Channel, error) {
	channels, err := r.Troubles(ctx)
	var out []web.Channel
	for _, c := range channels {
		out = append(out, web.Channel{Channel: c.Name, Since: c.Since, Reason: c.Problem, Owed: c.Owed})
	}
	return out, err
}

// Wrong implements [web.Deliveries]. The mistakes of the rules file are shown
// anyway.
func (r WebRecords) Wrong(ctx context.Context) ([]string, error) {
	troubles, err := r.OpenTroubles(ctx)
	var texts []string
	for _, t := range troubles {
		if t.Name != ofRules {
			texts = append(texts, t.Text)
		}
	}
	return texts, err
}

func pageVerdicts(verdicts []store.Verdict, err error) ([]web.Verdict, error) {
	var out []web.Verdict
	for _, v := range verdicts {
		out = append(out, web.Verdict{Item: v.Item, Story: v.Story, Kind: v.Kind, Reason: v.Reason, Status: v.Status, Matches: v.Matches})
	}
	return out, err
}
