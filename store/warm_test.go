package store_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// warmOpen knows of whom people were told by the stories that a fake knows.
type warmOpen struct{ *fake }

func (w warmOpen) LastTold(entity string, before time.Time) (last news.Telling, ok bool) {
	for _, s := range w.open {
		for _, code := range s.Countries {
			if entity == "country:"+code && s.Told.Before(before) {
				last, ok = news.Telling{Story: s.ID, At: s.Told}, true
			}
		}
	}
	return last, ok
}

// A report that depends on what is warm is asked again when it is decided about,
// by the stories as they are then: by those that another replica told, too, and
// not by those whose recording failed. What is stored is what came of it.
func TestWarmIsAskedWhenDecided(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		one, two := open(t, location), open(t, location)
		f := feed(1)
		setFeeds(t, one, f)
		first, second := asking(decide), asking(decide)
		first.warm, second.warm = warmOpen{first}, warmOpen{second}

		weak := func(key string, at time.Time) news.Report {
			it := item(f, key, "Gunfire in Niamey")
			it.Published, it.Fetched = at, at
			r := report(it, "weak")
			matches := r.Matches
			r.Matches, r.Mentions = nil, []news.Mention{{Entity: "country:ne", Country: "ne"}}
			r.Ask = func(it news.Item, w news.Warmth) ([]news.Match, *news.NearMiss) {
				if _, ok := w.LastTold("country:ne", it.When()); ok {
					return matches, nil
				}
				return nil, nil
			}
			return r
		}
		unmatched := func(r news.Report, stories []news.Story) news.Decision {
			if len(r.Matches) == 0 {
				return news.Decision{}
			}
			return decide(r, stories)
		}
		first.ask, second.ask = unmatched, unmatched

		cold := weak("cold", noon)
		tally, err := two.Ingest(t.Context(), reading(f, noon, cold.Item), []news.Report{cold}, second)
		if err != nil || tally.Matched != 0 || tally.Alerts != 0 {
			t.Fatalf("before anything was told: %+v, %v", tally, err)
		}
		event := report(item(f, "event", "Coup in Niger"), "coup")
		event.Mentions = cold.Mentions
		if _, err := one.Ingest(t.Context(), reading(f, noon, event.Item), []news.Report{event}, first); err != nil {
			t.Fatal(err)
		}
		warm := weak("warm", noon.Add(time.Hour))
		tally, err = two.Ingest(t.Context(), reading(f, noon.Add(time.Hour), warm.Item), []news.Report{warm}, second)
		if err != nil || tally.Matched != 1 || tally.Alerts != 1 {
			t.Errorf("after another replica told of it: %+v, %v", tally, err)
		}
		told, err := two.WarmStories(t.Context(), noon.Add(-time.Hour))
		if err != nil || len(told) != 2 || len(told[0].Gists) == 0 {
			t.Errorf("the stories that were told are %+v, %v; want both, whole", told, err)
		}
	})
}
