package cluster

import (
	"fmt"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// crowd returns n stories that have the words in common, each beside words of
// its own.
func crowd(n int, words, country string) (stories []news.Story) {
	for i := range n {
		stories = append(stories, of(fmt.Sprintf("c%04d", i), said(fmt.Sprint("c", i), fmt.Sprintf("%s own%d more%d", words, i, i), country, "coup", time.Duration(i%9)*time.Hour)))
	}
	return stories
}

// What more stories have in common than are ever looked through brings none of
// them up; a rare word still finds its story among them.
func TestWideTermsFindNothing(t *testing.T) {
	wide := said("r", "coup garrison", "", "coup", 10*time.Hour)
	rare := said("r", "coup garrison own7", "", "coup", 10*time.Hour)
	for _, tt := range []struct {
		stories, wide, rare int
	}{{maxPostings, maxCandidates, maxCandidates}, {maxPostings + 1, 0, 1}} {
		ix := knows(Default(), crowd(tt.stories, "coup garrison", "")...)
		r := ix.vectorOf(wide)
		if got := len(ix.candidates(&r)); got != tt.wide {
			t.Errorf("of %d stories %d are candidates by what all have, want %d", tt.stories, got, tt.wide)
		}
		r = ix.vectorOf(rare)
		if got := ix.candidates(&r); len(got) != tt.rare || got[0].ID != "c0007" {
			t.Errorf("of %d stories %d are candidates by a rare word, want %d and its story first", tt.stories, len(got), tt.rare)
		}
	}
}

// Where more stories are alike than are looked at closely, the likest are.
func TestLikestAreCandidates(t *testing.T) {
	stories := crowd(3*maxCandidates, "coup garrison", "ml")
	right := of("right", said("x", "coup garrison bridge palace", "ml", "coup", time.Hour))
	f := said("r", "coup garrison bridge palace", "ml", "coup", 2*time.Hour)
	ix := knows(Default(), append(stories, right)...)
	r := ix.vectorOf(f)
	got := ix.candidates(&r)
	if len(got) != maxCandidates || got[0].ID != "right" {
		t.Fatalf("%d candidates, first %s; want %d, and the likest first", len(got), got[0].ID, maxCandidates)
	}
	for i, cl := range got[1:] { // of equals the lowest ids, in their order
		if want := fmt.Sprintf("c%04d", i); cl.ID != want {
			t.Errorf("candidate %d is %s, want %s", i+1, cl.ID, want)
		}
	}
	for slot, score := range ix.candidateScore {
		if score != 0 {
			t.Fatalf("after the search the score of slot %d is %v", slot, score)
		}
	}
	if at := ix.Place(f); at.Cluster == nil || at.Cluster.ID != "right" {
		t.Errorf("it joins %v, want the likest", at)
	}
}

// A story that leaves an index leaves nothing in it.
func TestEvictForgetsAll(t *testing.T) {
	ix := knows(Default(), crowd(30, "coup garrison", "ml")...)
	s := of("hot", said("h1", "coup violin", "fj", "coup", 0), said("h2", "coup violin", "fj", "coup", time.Hour), said("h3", "coup violin", "fj", "coup", 2*time.Hour))
	s.Notified = []news.Notification{{Key: "new", At: then}}
	ix.Put(s)
	if len(ix.hot) == 0 || len(ix.notified) == 0 {
		t.Fatal("the story is not hot, or nobody heard of it")
	}
	ix.EvictBefore(then.Add(100 * day))
	if n := len(ix.clusters) + len(ix.terms) + len(ix.expiry) + len(ix.rules) + len(ix.notified) + len(ix.hot); n != 0 {
		t.Errorf("%d clusters, %d terms, %d rules, %d keys of hot stories stay", len(ix.clusters), len(ix.terms), len(ix.rules), len(ix.hot))
	}
	if len(ix.free) != len(ix.slots) || len(ix.unused) != len(ix.term) {
		t.Errorf("of %d slots %d are free, of %d terms %d unused", len(ix.slots), len(ix.free), len(ix.term), len(ix.unused))
	}
}

// An archive keeps what it learnt, up to a limit.
func TestArchiveStaysSmall(t *testing.T) {
	var a Archive
	open := NewIndex(Default())
	s := of("s", said("1", "coup violin", "fj", "coup", 0))
	for range 3 {
		if ix := a.Open([]news.Story{s}, open); ix.learnt != 1 || len(ix.clusters) != 1 {
			t.Fatalf("%d reports are learnt for %d stories, want one", ix.learnt, len(ix.clusters))
		}
	}
	most := 0
	for i := range mostArchived/30 + 20 {
		var stories []news.Story
		for k := range 30 {
			stories = append(stories, of(fmt.Sprint("s", i, "-", k), said(fmt.Sprint(i, "-", k), fmt.Sprint("coup word", i), "fj", "coup", 0)))
		}
		most = max(most, a.Open(stories, open).learnt)
	}
	if most < mostArchived || most > mostArchived+60 {
		t.Errorf("at most %d reports were kept, want %d or few more", most, mostArchived)
	}
}
