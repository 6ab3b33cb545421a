package cluster

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
)

// The score rises, or falls, with each feature by itself, all else equal, be it
// between reports of one language or of two.
func TestScoreIsMonotone(t *testing.T) {
	w := Default()
	some := similarityFeatures{highest: 0.3, mean: 0.2, name: 0.3, country: 0.3, only: 0.3, rule: 0.3, apart: 0.3}
	foreign := some
	foreign.foreign = true
	for _, tt := range []struct {
		name   string
		sign   float64 // 0 for a feature of words, between two languages
		abroad float64
		set    func(c *similarityFeatures, x float64)
	}{
		{"the cosine with the report most like it", 1, 0, func(c *similarityFeatures, x float64) { c.highest = x }},
		{"the cosine with all", 1, 0, func(c *similarityFeatures, x float64) { c.mean = x }},
		{"a rare name", 1, 1, func(c *similarityFeatures, x float64) { c.name = x }},
		{"a rare country", 1, 1, func(c *similarityFeatures, x float64) { c.country = x }},
		{"the only story of a country", 1, 1, func(c *similarityFeatures, x float64) { c.only = x }},
		{"a special rule", 1, 1, func(c *similarityFeatures, x float64) { c.rule = x }},
		{"a country of its own", -1, -1, func(c *similarityFeatures, x float64) { c.apart = x }},
		{"the same voice", 1, 1, func(c *similarityFeatures, x float64) { c.sameVoice = x > 0.5 }},
		{"no country in common", -1, -1, func(c *similarityFeatures, x float64) { c.strangers = x > 0.5 }},
	} {
		for _, base := range []similarityFeatures{some, foreign} {
			want := tt.sign
			if base.foreign {
				want = tt.abroad
			}
			low, middle, high := base, base, base
			tt.set(&low, 0)
			tt.set(&middle, 0.5)
			tt.set(&high, 1)
			a, b, c := low.score(w.Shared, w.Apart), middle.score(w.Shared, w.Apart), high.score(w.Shared, w.Apart)
			if rises := (b-a)*want >= 0 && (c-b)*want >= 0 && (c-a)*want > 0; want != 0 && !rises || want == 0 && (a != b || b != c) {
				t.Errorf("%s, foreign %v: scores %.3f, %.3f, %.3f; want the sign %v", tt.name, base.foreign, a, b, c, want)
			}
		}
	}
}

// What a report has in common with a story, or not, raises or lowers how like
// it is to it, one thing by one.
func TestLikenessOfOneThing(t *testing.T) {
	const words = "coup garrison bridge radio"
	type pair struct {
		f     gist.Features
		story news.Story
		more  []news.Story
	}
	plain := func() pair {
		return pair{
			said("r", words, "ml", "coup", 2*time.Hour),
			of("s", said("1", "coup garrison bridge palace", "ml", "coup", 0), said("2", "coup radio curfew", "ml", "coup", time.Hour)),
			nil,
		}
	}
	like := func(p pair) float64 {
		ix := knows(Default(), append(p.more, p.story)...)
		return ix.like(p.f, ix.clusters["s"]).score
	}
	for _, tt := range []struct {
		name string
		sign int
		make func(p *pair)
	}{
		{"somebody by the same name says so", +1, func(p *pair) {
			p.f.Gist.Voices, p.story.Gists[0].Voices = []string{"KTV"}, []string{"KTV"}
		}},
		{"others claim it", -1, func(p *pair) {
			p.f.Gist.Voices, p.story.Gists[0].Voices = []string{"KTV"}, []string{"BRT"}
			p.f.Gist.Places, p.story.Gists[0].Places, p.story.Gists[1].Places = nil, nil, nil
			p.f.Status, p.story.Status = news.Claim, news.Claim
		}},
		{"a name in common", +1, func(p *pair) { p.f.Gist.Names, p.story.Gists[0].Names = []string{"fofana"}, []string{"fofana"} }},
		{"another name", 0, func(p *pair) { p.f.Gist.Names, p.story.Gists[0].Names = []string{"fofana"}, []string{"keita"} }},
		{"another country", -1, func(p *pair) { p.f.Gist.Places = news.Words{{Text: "ga", Weight: 1}} }},
		{"a country besides, of which the story is silent", 0, func(p *pair) { p.f.Gist.Places = append(p.f.Gist.Places, news.Word{Text: "ga", Weight: 1}) }},
		{"each with a country of its own", -1, func(p *pair) {
			p.f.Gist.Places = append(p.f.Gist.Places, news.Word{Text: "ga", Weight: 1})
			p.story.Gists[0].Places = append(p.story.Gists[0].Places, news.Word{Text: "td", Weight: 1})
		}},
		{"another story of the country", -1, func(p *pair) {
			p.more = []news.Story{of("o", said("o1", "mutiny pay depot", "ml", "mutiny", time.Hour))}
		}},
		{"another story of the country, long ago", 0, func(p *pair) {
			p.more = []news.Story{of("o", said("o1", "mutiny pay depot", "ml", "mutiny", -40*day))}
		}},
		{"another rule", -1, func(p *pair) { p.f.Rules, p.f.Gist.Rule = []string{"purge"}, "purge" }},
		{"a word less in common", -1, func(p *pair) { p.f = said("r", "coup garrison bridge violin", "ml", "coup", 2*time.Hour) }},
		{"graver than the story ever was", -1, func(p *pair) {
			p.f.Report.Matches[0].Severity = news.Critical
			p.f.Gist.Places, p.story.Gists[0].Places, p.story.Gists[1].Places = nil, nil, nil
		}},
		{"the first that is worth an alert", -1, func(p *pair) {
			p.story.Severity, p.story.Gists[0].BelowAlert, p.story.Gists[1].BelowAlert = news.Low, true, true
		}},
		{"a day later", -1, func(p *pair) { p.f.Gist.At = p.f.Gist.At.Add(day) }},
		{"a day earlier, so late is it", -1, func(p *pair) { p.f.Gist.At = p.f.Gist.At.Add(-2 * day) }},
		{"more reports today", +1, func(p *pair) {
			for _, id := range []string{"3", "4", "5"} {
				add(&p.story, said(id, "coup garrison bridge palace", "ml", "coup", time.Hour))
			}
		}},
	} {
		with, without := plain(), plain()
		tt.make(&with)
		switch tt.name { // what it is compared with is told without a country too
		case "others claim it":
			tt.make(&without)
			without.f.Gist.Voices = nil
		case "graver than the story ever was":
			tt.make(&without)
			without.f.Report.Matches[0].Severity = news.High
		}
		a, b := like(without), like(with)
		if sign := signOf(b, a); sign != tt.sign && !(tt.sign == 0 && b-a < 0.02 && a-b < 0.02) {
			t.Errorf("%s: %.3f, and %.3f without; want the sign %+d", tt.name, b, a, tt.sign)
		}
	}
}

func signOf(a, b float64) int {
	const same = 1e-12
	switch {
	case a > b+same:
		return +1
	case a < b-same:
		return -1
	}
	return 0
}

// A story fades both ways: a report that comes weeks late is as far from it as
// one that follows it by weeks, and after the longest gap nothing joins.
func TestLikenessFadesBothWays(t *testing.T) {
	s := of("s", said("1", "coup garrison bridge palace", "ml", "coup", 0))
	ix := knows(Default(), s)
	before := 2.0
	for _, gap := range []time.Duration{0, day, 5 * day, 12 * day, 23 * day, 25 * day} {
		later, earlier := said("r", "coup garrison bridge", "ml", "coup", gap), said("r", "coup garrison bridge", "ml", "coup", -gap)
		a, b := ix.like(later, ix.clusters["s"]).score, ix.like(earlier, ix.clusters["s"]).score
		if gap >= day && a != b {
			t.Errorf("%s after the story the score is %.3f, and before it %.3f", gap, a, b)
		}
		if a >= before {
			t.Errorf("after %s the score is %.3f, no less than %.3f before", gap, a, before)
		}
		if before = a; gap > 24*day && a != 0 {
			t.Errorf("after %s the score is %.3f, want none", gap, a)
		}
	}
}

// A development is not copied by what was told long before it, nor long after.
func TestDevelopmentFadesBothWays(t *testing.T) {
	s := of("s", said("1", "coup garrison bridge palace", "ml", "coup", 0), said("2", "trial judge witness", "ml", "coup", time.Hour))
	ix := knows(Default(), s)
	for _, tt := range []struct {
		gap  time.Duration
		want string
	}{{2 * time.Hour, "1"}, {-2 * time.Hour, "1"}, {5 * day, ""}, {-5 * day, ""}} {
		if got := ix.Development(said("r", "coup garrison bridge palace", "ml", "coup", tt.gap), ix.clusters["s"]); got != tt.want {
			t.Errorf("%s from it: a copy of %q, want %q", tt.gap, got, tt.want)
		}
	}
}

// Heat falls with time and rises by each report; one that comes late takes
// none of it back.
func TestHeat(t *testing.T) {
	w := Default().Warm
	var s news.Story
	w.AddHeat(&s, then)
	w.AddHeat(&s, then.Add(day))
	if hot := w.Cooled(s, then.Add(day)); hot <= 1 || hot >= 2 {
		t.Errorf("after two reports in two days the heat is %.3f", hot)
	}
	before, at := s.Heat, s.HeatAt
	w.AddHeat(&s, then.Add(-20*day))
	if s.HeatAt != at || s.Heat != before+1 {
		t.Errorf("a late report makes the heat %.3f at %s, was %.3f at %s", s.Heat, s.HeatAt, before, at)
	}
	if now, later := w.Cooled(s, at), w.Cooled(s, at.Add(12*day)); later >= now/2 || later <= now/3 {
		t.Errorf("twelve days cool %.3f to %.3f, want to a third and some", now, later)
	}
}
