package main

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// saw returns a period in which people saw events: a letter for each item, an hour
// apart, by its event; each item is a development.
func saw(events string) *period {
	p := &period{truth: map[string]truth{}}
	for i, e := range events {
		id := fmt.Sprint(i)
		p.truth[id] = truth{event: string(e), development: id, at: time.Date(2026, 3, 1, i, 0, 0, 0, time.UTC)}
	}
	p.episodes()
	return p
}

// told returns what became of its items: a letter for the story of each, "-" for
// none; a capital is a post, that of the story in small letters. Each is an update.
func toldOf(stories string) map[string]telling {
	told := map[string]telling{}
	for i, s := range stories {
		t := telling{story: string(s | 0x20), update: fmt.Sprint(i), kind: news.Update}
		if s < 'a' {
			t.kind = news.New
		}
		if s != '-' {
			told[fmt.Sprint(i)] = t
		}
	}
	return told
}

func TestScore(t *testing.T) {
	for _, tt := range []struct {
		name, events, stories string
		story, alert          float64
		silent                int
	}{
		{"as people saw it", "aaabb", "AaaBb", 1, 1, 0},
		{"one event in two stories", "aaaa", "AaBb", 2.0 / 3, 2.0 / 3, 0},
		{"two events in one story", "aabb", "Aaaa", 2.0 / 3, 2.0 / 3, 1},
		{"not carried is left out of stories, and missed by alerts", "aab", "Aa-", 1, 2.0 / 3, 1},
		{"nobody is told", "aa", "aa", 1, 0, 1},
		{"a post of another event's story is none", "aaab", "AaaA", 10.0 / 13, 0.5, 1},
	} {
		s := saw(tt.events).score(toldOf(tt.stories), "", "")
		if math.Abs(s.alert()-tt.alert) > 1e-9 || s.silent != tt.silent {
			t.Errorf("%s: alert %.4f, silent %d; want %.4f, %d", tt.name, s.alert(), s.silent, tt.alert, tt.silent)
		}
		if math.Abs(s.story()-tt.story) > 1e-9 {
			t.Errorf("%s: story %.4f, want %.4f", tt.name, s.story(), tt.story)
		}
		if s.thread() != 1 && s.items > 0 {
			t.Errorf("%s: thread %.4f, want 1", tt.name, s.thread())
		}
	}
}

// An event that begins again after silence may be another story at no cost, and
// needs no post of its own if it goes on in its own.
func TestEpisodes(t *testing.T) {
	p := saw("aaaa")
	for _, id := range []string{"2", "3"} {
		u := p.truth[id]
		u.at = u.at.Add(30 * 24 * time.Hour)
		p.truth[id] = u
	}
	p.episodes()
	if again := p.score(toldOf("AaBb"), "", ""); again.story() != 1 || again.alert() != 1 {
		t.Errorf("as another story: %.3f and %.3f, want 1", again.story(), again.alert())
	}
	if on := p.score(toldOf("Aaaa"), "", ""); on.story() != 1 || on.alert() != 1 {
		t.Errorf("in its own: %.3f and %.3f, want 1", on.story(), on.alert())
	}
}

// Of one event, and of all others, each is scored by itself.
func TestScoreLargest(t *testing.T) {
	p, told := saw("aaaabb"), toldOf("AaBbCc")
	if got := p.largest(told); got != "a" {
		t.Fatalf("the largest event is %q", got)
	}
	if others, alone := p.score(told, "", "a").story(), p.score(told, "a", "").story(); others != 1 || alone > 0.7 {
		t.Errorf("without the largest %.3f, it alone %.3f", others, alone)
	}
}
