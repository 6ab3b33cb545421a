package cluster

import (
	"fmt"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
)

// rising returns a story of n reports within hours, of a mutiny that varkun leads.
func rising(id string, n int, after time.Duration) news.Story {
	var reports []gist.Features
	for i := range n {
		f := said(fmt.Sprint(id, i), fmt.Sprintf("mutiny of varkun part%d", i), "ru", "feud", after+time.Duration(i)*time.Hour/2)
		f.Gist.Names = []string{"@varkun"}
		reports = append(reports, f)
	}
	s := of(id, reports...)
	s.FirstSeen = then.Add(after)
	return s
}

// What a story of which much is told draws, whatever the words: the more, the
// hotter it is, and least what is of another kind, as rules and words tell it.
func TestHubDraws(t *testing.T) {
	draw := func(n int, f gist.Features) float64 {
		ix := knows(Default(), rising("s", n, 0))
		f.Gist.Names = []string{"@varkun"}
		r := ix.vectorOf(f)
		return ix.hub(&r, ix.clusters["s"])
	}
	at := 5 * time.Hour
	w := Default().Hub
	all := w.Pull * 1
	for _, tt := range []struct {
		name      string
		n         int
		f         gist.Features
		low, high float64
	}{
		{"the same rule", 16, said("r", "treasurer speaks", "", "feud", at), all, all + w.Great},
		{"another rule, and the same words", 16, said("r", "mutiny goes on", "", "plot", at), all, all + w.Great},
		{"another rule, and the same word below its title", 16, below("treasurer speaks", "of the mutiny", "", at), all, all + w.Great},
		{"another rule and no word", 16, said("r", "treasurer speaks", "", "plot", at), 0.01, all * w.OtherKind * 1.5},
		{"the same rule, and a kind of its own in the title", 16, said("r", "treasurer sacked", "", "feud", at), 0.01, all * w.OtherKind * 1.5},
		{"both kinds in the title", 16, said("r", "treasurer sacked over mutiny", "", "feud", at), 0.01, all * w.OtherKind * 1.5},
		{"a kind of its own below the title", 16, below("the mutiny goes on", "A treasurer was sacked", "", at), all, all + w.Great},
		{"a list of news under a title about another country", 16, below("reefs of fiji", "mutiny of varkun", "fj", at), 0.01, all * w.OtherKind * 1.5},
		{"another country, and the kind in the title", 16, said("r", "fiji speaks of mutiny", "fj", "plot", at), all, all + w.Great},
		{"one report", 1, said("r", "mutiny goes on", "", "feud", at), 0, 0},
		{"days later", 160, said("r", "mutiny goes on", "", "feud", 160*time.Hour), 0.1, w.Great},
		{"days later, and it was never great", 5, said("r", "mutiny goes on", "", "feud", 160*time.Hour), 0, 0},
	} {
		if got := draw(tt.n, tt.f); got < tt.low || got > tt.high {
			t.Errorf("%s: drawn by %.3f, want %.3f to %.3f", tt.name, got, tt.low, tt.high)
		}
	}
	before := -1.0
	for _, n := range []int{2, 8, 16, 40, 100} {
		got := draw(n, said("r", "mutiny goes on", "", "feud", at))
		if got <= before {
			t.Errorf("%d reports draw %.3f, fewer %.3f", n, got, before)
		}
		before = got
	}
}

// below returns the features of a report with a summary, about a country.
func below(title, summary, country string, after time.Duration) gist.Features {
	r := news.Report{
		Item:    news.Item{ID: "r", Title: title, Summary: summary, Language: "en", Published: then.Add(after), Fetched: then.Add(after)},
		Matches: []news.Match{{Rule: "plot", Severity: news.High}},
	}
	if country != "" {
		r.Mentions = []news.Mention{{Entity: "country:" + country, Country: country}}
	}
	return gist.Of(r, Default().Words)
}

// Two stories came together if they came up within days of each other, or one
// while much was told of the other, and is no graver.
func TestCameTogether(t *testing.T) {
	for _, tt := range []struct {
		name  string
		later time.Duration
		told  int // of the first around then
		grave news.Severity
		want  bool
	}{
		{"two days", 2 * day, 0, news.Critical, true},
		{"six days, and nothing is told of the first", 6 * day, 0, news.High, false},
		{"six days, and a little is told of it", 6 * day, greatEvent - 1, news.High, false},
		{"six days, and much is told of it", 6 * day, greatEvent, news.High, true},
		{"six days, much is told, and the second is graver", 6 * day, greatEvent, news.Critical, false},
	} {
		first, second := &Cluster{Story: news.Story{FirstSeen: then, Severity: news.High}}, &Cluster{Story: news.Story{FirstSeen: then.Add(tt.later), Severity: tt.grave}}
		if tt.told > 0 {
			first.Updates = []news.Development{{At: then.Add(tt.later + time.Hour), Reports: tt.told}}
		}
		if got := cameTogether(first, second); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
		if cameTogether(second, first) != tt.want {
			t.Errorf("%s: the order counts", tt.name)
		}
	}
}
