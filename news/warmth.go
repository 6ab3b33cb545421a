package news

import "time"

// A Warmth knows of which countries and entities people were told, and when: by
// it rules ask what is warm. Implementations are safe for concurrent use. A nil
// Warmth knows of nothing.
type Warmth interface {
	// LastTold returns when people were last told of a story of an entity, or of
	// a country such as "country:ml", before a moment; false if they never were,
	// as far as is remembered, which is for [Window].
	LastTold(entity string, before time.Time) (Telling, bool)
}

// A Telling is that people were told of a story.
type Telling struct {
	Story string // its id
	At    time.Time
}

// Given returns the report as it is when it is known what is warm. One that does
// not depend on that is as it was.
func (r Report) Given(w Warmth) Report {
	if r.Ask != nil {
		r.Matches, r.Almost = r.Ask(r.Item, w)
		r.Ask = nil
	}
	return r
}
