package cluster

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
)

var then = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// said returns the features of a report that says words, of the country and
// found by the rule unless they are "", so long after then.
func said(id, words, country, rule string, after time.Duration) gist.Features {
	r := news.Report{Item: news.Item{ID: id, Publisher: "p" + id, Title: words, Language: "en", Published: then.Add(after), Fetched: then.Add(after)}}
	if rule != "" {
		r.Matches = []news.Match{{Rule: rule, Severity: news.High}}
	}
	if country != "" {
		r.Mentions = []news.Mention{{Entity: "country:" + country, Country: country}}
	}
	return gist.Of(r, Default().Words)
}

// of returns a story of those reports that people were told of.
func of(id string, reports ...gist.Features) news.Story {
	s := news.Story{ID: id, Headline: id, FirstSeen: then, Told: then, Severity: news.High}
	for _, f := range reports {
		add(&s, f)
	}
	return s
}

// add folds a report into s, as far as an index asks.
func add(s *news.Story, f gist.Features) {
	g := f.Gist
	if g.Update == "" {
		g.Update = g.Item
	}
	s.Reports++
	s.Gists = append(slices.Clip(s.Gists), g)
	s.Rules, s.Entities, s.Countries = gist.With(s.Rules, f.Rules...), gist.With(s.Entities, f.Entities...), gist.With(s.Countries, f.Countries...)
	if g.At.After(s.LastSeen) {
		s.LastSeen = g.At
	}
	s.Severity = max(s.Severity, f.Report.Severity())
	if !g.BelowAlert {
		Default().Warm.AddHeat(s, g.At)
	}
}

// knows returns an index of stories.
func knows(w Weights, stories ...news.Story) *Index {
	ix := NewIndex(w)
	for _, s := range stories {
		ix.Put(s)
	}
	return ix
}

// An event of the press is told in words of its own, in one country.
type event struct{ country, rule, name, words string }

var events = []event{
	{"ml", "coup", "goita", "garrison bridge radio curfew palace dawn tanks decree senate"},
	{"ml", "mutiny", "sissoko", "barracks pay ration strike sergeant gate wages lorries depot"},
	{"us", "coup", "varkun", "columns highway airport convoy southern headquarters militia charter bunker"},
	{"us", "purge", "brandt", "audit shells procurement bribes deputy villa detained prosecutors warehouse"},
	{"fj", "purge", "qarase", "navy commodore dismissed patrol harbour inquiry islands yacht retired"},
	{"", "mutiny", "okoro", "prison convicts volunteers front trench refuse deserters forest winter"},
}

// tell returns report i of the press, weighed by w: of one of the events, in
// some of its words and some of all. Now and then one event is told by the hour,
// and now and then somebody tells in no word of anybody else's.
func tell(random *rand.Rand, i int, w gist.Weights) gist.Features {
	e, at := events[random.IntN(len(events))], time.Duration(i)*5*time.Hour+time.Duration(random.IntN(9))*time.Hour
	rule, own := e.rule, strings.Fields(e.words)
	every := strings.Fields("president army police government week report talks minister capital crisis")
	switch {
	case i%80 >= 40 && i%80 < 60:
		e, own = events[2], strings.Fields(events[2].words)
		rule, at = events[random.IntN(4)].rule, time.Duration(i/80*80+40)*5*time.Hour+time.Duration(i%80)*20*time.Minute
	case random.IntN(12) == 0:
		e, own, every = event{country: e.country, rule: e.rule}, []string{fmt.Sprint("tale", i)}, []string{fmt.Sprint("yarn", i)}
	case random.IntN(6) == 0:
		rule = ""
	}
	r := news.Report{Item: news.Item{ID: fmt.Sprint(i), Publisher: "p" + e.name, Title: e.rule, Summary: fmt.Sprintf("Land%d:", i), Language: "en", Published: then.Add(at)}}
	for range 4 + random.IntN(3) {
		r.Title += " " + own[random.IntN(len(own))]
	}
	for range 3 {
		r.Summary += " " + every[random.IntN(len(every))]
	}
	if rule != "" {
		r.Matches = []news.Match{{Rule: rule, Severity: news.Severity(1 + random.IntN(4)), Spans: []news.Span{{Field: news.Title, End: len(e.rule), Term: "$" + e.rule}}}}
	}
	mention := func(entity, country string) {
		span := news.Span{Field: news.Summary, End: strings.Index(r.Summary, ":")}
		if random.IntN(2) == 0 {
			span = news.Span{Field: news.Title}
		}
		r.Mentions = append(r.Mentions, news.Mention{Entity: entity, Country: country, Span: span})
	}
	if e.country != "" {
		mention("country:"+e.country, e.country)
	}
	if random.IntN(5) == 0 {
		c := []string{"ne", "gb", "zz"}[random.IntN(3)]
		mention("country:"+c, c)
	}
	if random.IntN(2) == 0 && e.name != "" {
		mention(e.name, "")
	}
	f := gist.Of(r, w)
	f.Gist.Language = []string{"en", "en", "en", "fr"}[random.IntN(4)]
	f.Status = []news.Status{news.Rumour, news.Claim, news.Reported, news.Official}[random.IntN(4)]
	if random.IntN(3) == 0 && e.name != "" {
		f.Gist.Voices = []string{e.name + []string{"a", "b"}[random.IntN(2)]}
	}
	return f
}

// twins returns two stories that are told together, of the same people, and
// the last report of the first.
func twins() (a, b news.Story, last gist.Features) {
	tell := func(id, words string, after time.Duration) gist.Features {
		f := said(id, words, "ml", "coup", after)
		f.Gist.Names = []string{"@goita", "@sissoko"}
		last = f
		return f
	}
	b = of("b", tell("b1", "coup garrison bridge radio", time.Hour), tell("b2", "coup garrison curfew palace", 2*time.Hour), tell("b3", "coup bridge dawn palace", 3*time.Hour))
	a = of("a", tell("a1", "coup garrison bridge tanks", 2*time.Hour), tell("a2", "coup garrison radio palace", 3*time.Hour), tell("a3", "coup bridge curfew palace", 4*time.Hour))
	return a, b, last
}
