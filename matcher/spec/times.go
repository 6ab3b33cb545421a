package spec

import (
	"slices"
	"time"
)

// A Span is a stretch of time, from Since until just before Until. The zero time
// leaves that end open; the zero Span is always.
type Span struct{ Since, Until time.Time }

// Times are when a member of a group counts: in one of the spans, which are in
// order and do not touch. nil is always.
type Times []Span

// A Member is an entity or a country that is in a group, and when.
type Member struct {
	ID    string // of an entity, or "country:ml"
	Times Times
}

// Cover reports whether something counts at t. What has the zero time, of which
// it is not known when it was published, counts as the latest of all.
func (t Times) Cover(at time.Time) bool {
	if t == nil {
		return true
	}
	return slices.ContainsFunc(t, func(s Span) bool {
		if at.IsZero() {
			return s.Until.IsZero()
		}
		return !at.Before(s.Since) && (s.Until.IsZero() || at.Before(s.Until))
	})
}

// Or returns the times that are of t or of u.
func (t Times) Or(u Times) Times {
	if t == nil || u == nil {
		return nil
	}
	all := slices.Concat(t, u)
	slices.SortFunc(all, func(a, b Span) int { return a.Since.Compare(b.Since) })
	out := all[:1]
	for _, s := range all[1:] {
		last := &out[len(out)-1]
		switch {
		case last.Until.IsZero():
		case s.Since.After(last.Until):
			out = append(out, s)
		case s.Until.IsZero() || s.Until.After(last.Until):
			last.Until = s.Until
		}
	}
	if len(out) == 1 && out[0] == (Span{}) {
		return nil
	}
	return slices.Clip(out)
}

// And returns the times that are of both t and u, and false if there are none.
func (t Times) And(u Times) (Times, bool) {
	switch {
	case t == nil:
		return u, true
	case u == nil:
		return t, true
	}
	var out Times
	for _, a := range t {
		for _, b := range u {
			s := Span{later(a.Since, b.Since), sooner(a.Until, b.Until)}
			if s.Until.IsZero() || s.Since.Before(s.Until) {
				out = append(out, s)
			}
		}
	}
	return out, out != nil
}

// later returns the later of two beginnings.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// sooner returns the sooner of two ends, of which the zero time is none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Tell says when something counts that does not at t, as the end of "Mali counts
// …": "since 18 August 2020".
func (t Times) Tell(at time.Time) string {
	next := slices.IndexFunc(t, func(s Span) bool { return !at.IsZero() && at.Before(s.Since) })
	switch {
	case len(t) == 0:
		return "never"
	case next < 0:
		return "until " + t[len(t)-1].Until.Format(dayLayout)
	case next == 0:
		return "since " + t[0].Since.Format(dayLayout)
	}
	return "until " + t[next-1].Until.Format(dayLayout) + " and since " + t[next].Since.Format(dayLayout)
}

// dayLayout is how days are written for people.
const dayLayout = "2 January 2006"
