package board_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/board"
	"github.com/coupwatch/coupwatch/web/filter"
)

// A source has stories, each with the version that changed it.
type source struct {
	stories map[string]news.Story
	changed map[string]int64
	version int64
	asked   []int64 // after which versions
	err     error
}

func (s *source) put(at time.Time, ids ...string) {
	s.version++
	for _, id := range ids {
		s.stories[id], s.changed[id] = news.Story{ID: id, LastSeen: at, Updates: make([]news.Development, 3), Sources: make([]news.Source, 20)}, s.version
	}
}

func (s *source) ChangedStories(_ context.Context, after int64, from time.Time, n int) (out []news.Story, version int64, err error) {
	s.asked = append(s.asked, after)
	if s.version < after {
		after = 0
	}
	for id, st := range s.stories {
		if s.changed[id] > after && !st.LastSeen.Before(from) && len(out) < n {
			out = append(out, st)
		}
	}
	return out, s.version, s.err
}

func (s *source) StoriesIn(_ context.Context, _ time.Time, languages, _ []string) (map[string]bool, error) {
	return map[string]bool{strings.Join(languages, "+"): true}, s.err
}

// What is asked for is found, of the time that is asked for, what matters most first.
func TestFind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now().UTC()
		src := &source{stories: map[string]news.Story{}, changed: map[string]int64{}}
		for id, st := range map[string]news.Story{
			"ru": {Severity: news.Low, LastSeen: now}, "grave": {Severity: news.High, LastSeen: now.Add(-25 * time.Hour)}, "old": {Severity: news.High, LastSeen: now.Add(-9 * 24 * time.Hour)},
			"wrong clock": {Severity: news.High, LastSeen: now.Add(2 * time.Hour)},
		} {
			st.ID = id
			src.version++
			src.stories[id], src.changed[id] = st, src.version
		}
		b := board.New(src)
		for _, tt := range []struct {
			asked filter.Filter
			want  string
		}{
			{filter.Filter{}, "[grave ru]"},
			{filter.Filter{Since: 10 * 24 * time.Hour}, "[grave ru old]"},
			{filter.Filter{Severity: news.High}, "[grave]"},
			{filter.Filter{Since: 3 * time.Hour}, "[ru]"},
			{filter.Filter{Languages: []string{"ru"}}, "[ru]"},
			{filter.Filter{Languages: []string{"fr"}}, "[]"},
		} {
			cards, err := b.Find(t.Context(), tt.asked, 7*24*time.Hour, now)
			got := []string{}
			for _, c := range cards {
				got = append(got, c.ID)
			}
			if fmt.Sprint(got) != tt.want || err != nil {
				t.Errorf("%+v: %v, %v, want %s", tt.asked, got, err, tt.want)
			}
		}
	})
}

func TestBoard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := &source{stories: map[string]news.Story{}, changed: map[string]int64{}}
		b := board.New(src)
		step := func(what, want string) {
			t.Helper()
			cards, version, err := b.Cards(t.Context())
			var got []string
			for _, c := range cards {
				got = append(got, c.ID)
				if c.Publishers != 20 || len(c.Sources) > 12 || c.Updates != nil {
					t.Errorf("%s: the card of %s has %d publishers, %d sources, %d updates", what, c.ID, c.Publishers, len(c.Sources), len(c.Updates))
				}
			}
			if fmt.Sprint(got) != want || version != src.version && what != "asked again at once" || err != nil {
				t.Errorf("%s: %v at %d, %v, want %s at %d", what, got, version, err, want, src.version)
			}
		}
		src.put(time.Now(), "a", "b")
		src.put(time.Now().AddDate(0, 0, -40), "old")
		step("at first", "[a b]")
		src.put(time.Now().Add(time.Hour), "c")
		step("asked again at once", "[a b]")
		<-time.After(2 * time.Second)
		step("when one came", "[c a b]")
		joined := src.stories["b"]
		joined.Into.ID = "a"
		src.put(time.Now().Add(2*time.Hour), "a")
		src.stories["b"], src.changed["b"] = joined, src.version
		<-time.After(2 * time.Second)
		step("when two were joined", "[a c]")
		if got, want := fmt.Sprint(src.asked), "[0 2 3]"; got != want {
			t.Errorf("asked after %s, want %s", got, want)
		}
		delete(src.stories, "c")
		<-time.After(7 * time.Hour)
		step("after one was pruned", "[a]")
		src.version = 1 // an older copy was put back
		src.put(time.Now(), "d")
		<-time.After(2 * time.Second)
		step("with an older database", "[d a]")
		src.err = errors.New("away")
		<-time.After(2 * time.Second)
		if _, _, err := b.Cards(t.Context()); err == nil {
			t.Error("no error without a database")
		}
		<-time.After(board.Kept + 2*time.Hour)
		src.err = nil
		step("a month later", "[]")
	})
}

// What is graver stands before what is fresher, for a while.
func TestWeigh(t *testing.T) {
	now := time.Now()
	src := &source{stories: map[string]news.Story{}, changed: map[string]int64{}, version: 1}
	for id, s := range map[string]news.Story{
		"old high": {Severity: news.High, LastSeen: now.Add(-60 * time.Hour)}, "medium": {Severity: news.Medium, LastSeen: now.Add(-time.Hour)},
		"critical": {Severity: news.Critical, LastSeen: now.Add(-30 * time.Hour)}, "low": {Severity: news.Low, LastSeen: now},
		"high": {Severity: news.High, LastSeen: now.Add(-5 * time.Hour)}, "firm high": {Severity: news.High, Status: news.Official, LastSeen: now.Add(-5 * time.Hour)},
	} {
		s.ID = id
		src.stories[id], src.changed[id] = s, 1
	}
	cards, _, err := board.New(src).Cards(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Clone(cards)
	slices.SortFunc(got, board.Weigh)
	for i, want := range []string{"critical", "firm high", "high", "medium", "old high", "low"} {
		if got[i].ID != want {
			t.Errorf("%d is %s, want %s", i, got[i].ID, want)
		}
	}
}
