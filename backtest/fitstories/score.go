package main

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// silence is how long nothing is heard of an event between two episodes, and
// prompt within which time of its first item people are to hear of one.
const (
	silence = 14 * 24 * time.Hour
	prompt  = 72 * time.Hour
)

// episodes divides the events of p into episodes.
func (p *period) episodes() {
	last := map[string]truth{}
	for _, id := range p.inOrder() {
		t := p.truth[id]
		if before, known := last[t.event]; known {
			t.episode = before.episode
			if t.at.Sub(before.at) > silence {
				t.episode++
			}
		}
		last[t.event] = t
		p.truth[id] = t
	}
}

// inOrder returns the items that people saw in events, in order of time.
func (p *period) inOrder() []string {
	return slices.SortedFunc(maps.Keys(p.truth), func(a, b string) int {
		return cmp.Or(p.truth[a].at.Compare(p.truth[b].at), cmp.Compare(a, b))
	})
}

// A score says how well stories are events: how many items are in stories, of how
// many events and episodes, how many of these people heard of in time, by how many
// posts, and of how many events they never did; and B-cubed, in the mean of the
// items.
type score struct {
	items, events, posts, episodes, woken, silent int
	storyP, storyR, threadP, threadR              float64
}

func f1(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func (s score) story() float64  { return f1(s.storyP, s.storyR) }
func (s score) thread() float64 { return f1(s.threadP, s.threadR) }
func (s score) alert() float64 {
	return f1(min(1, float64(s.woken)/float64(max(1, s.posts))), float64(s.woken)/float64(max(1, s.episodes)))
}

type episode struct {
	event  string
	number int
}

// score scores what became of items; of the event only if that is not "", and of
// all but the event without if that is not "".
func (p *period) score(told map[string]telling, only, without string) score {
	var ids []string
	for _, id := range p.inOrder() {
		if t := p.truth[id]; (only == "" || t.event == only) && t.event != without {
			ids = append(ids, id)
		}
	}
	var s score
	s.bcubed(p, told, ids)
	s.alerts(p, told, ids)
	return s
}

// A group is a story, an update of it, an event, a development or an episode of it,
// or items of one of these that are in one of those; what does not matter is left
// out.
type group struct {
	story, update, event, development string
	episode                           int
}

// anyEpisode stands for all episodes of an event.
const anyEpisode = -1

// count returns of how many items each group is.
func (p *period) count(told map[string]telling) map[group]float64 {
	n := map[group]float64{}
	for id, t := range told {
		u := p.truth[id]
		together := []group{
			{story: t.story, episode: anyEpisode},
			{story: t.story, event: u.event, episode: anyEpisode},
			{event: u.event, episode: u.episode},
			{story: t.story, event: u.event, episode: u.episode},
			{story: t.story, update: t.update},
			{event: u.event, development: u.development, episode: anyEpisode},
			{story: t.story, update: t.update, event: u.event, development: u.development},
		}
		for _, g := range together {
			n[g]++
		}
	}
	return n
}

// bcubed fills in the figures of stories and of threads, by B-cubed.
func (s *score) bcubed(p *period, told map[string]telling, ids []string) {
	n := p.count(told)
	for _, id := range ids {
		t, carried := told[id]
		if !carried {
			continue
		}
		u := p.truth[id]
		s.items++
		both := n[group{story: t.story, event: u.event, episode: anyEpisode}]
		apart := n[group{event: u.event, episode: u.episode}] - n[group{story: t.story, event: u.event, episode: u.episode}]
		s.storyP += both / n[group{story: t.story, episode: anyEpisode}]
		s.storyR += both / (both + apart)
		both = n[group{story: t.story, update: t.update, event: u.event, development: u.development}]
		s.threadP += both / n[group{story: t.story, update: t.update}]
		s.threadR += both / n[group{event: u.event, development: u.development, episode: anyEpisode}]
	}
	for _, x := range []*float64{&s.storyP, &s.storyR, &s.threadP, &s.threadR} {
		*x /= float64(max(1, s.items))
	}
}

// alerts fills in how often people were told of each episode, and whether in time.
func (s *score) alerts(p *period, told map[string]telling, ids []string) {
	owner := p.owners(told)
	start, woken, heard, own, all := map[episode]time.Time{}, map[episode]bool{}, map[string]bool{}, map[episode]bool{}, map[episode]bool{}
	for _, id := range ids {
		u := p.truth[id]
		e := episode{u.event, u.episode}
		if all[e] = true; start[e].IsZero() {
			start[e] = u.at
		}
		t, carried := told[id]
		if !carried {
			continue
		}
		mine := owner[t.story] == u.event
		if t.kind == news.New || t.kind == news.Escalation {
			if t.kind == news.New {
				s.posts++
			}
			if mine {
				heard[u.event] = true
				woken[e] = woken[e] || u.at.Sub(start[e]) <= prompt
			}
		}
		own[e] = own[e] || mine && u.episode > 0 && p.before(told, t.story, u)
	}
	events := map[string]bool{}
	for e := range all {
		events[e.event] = true
		if woken[e] {
			s.woken++
			s.episodes++
		} else if !own[e] {
			s.episodes++
		}
	}
	s.events, s.silent = len(events), len(events)-len(heard)
}

// before reports whether a story told of another episode of the event of u.
func (p *period) before(told map[string]telling, story string, u truth) bool {
	for id, t := range told {
		if x := p.truth[id]; t.story == story && x.event == u.event && x.episode != u.episode {
			return true
		}
	}
	return false
}

// owners returns of which event most of the items of each story are.
func (p *period) owners(told map[string]telling) map[string]string {
	count := map[string]map[string]int{}
	owner := map[string]string{}
	for _, id := range p.inOrder() {
		t, carried := told[id]
		if !carried {
			continue
		}
		if count[t.story] == nil {
			count[t.story] = map[string]int{}
		}
		count[t.story][p.truth[id].event]++
	}
	for _, id := range p.inOrder() {
		if t, carried := told[id]; carried {
			e := p.truth[id].event
			if count[t.story][e] > count[t.story][owner[t.story]] {
				owner[t.story] = e
			}
		}
	}
	return owner
}
