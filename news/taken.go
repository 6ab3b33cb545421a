package news

import "time"

// A Taken is an item as the list of its feed shows it, and what was decided of it.
type Taken struct {
	ID        string
	Link      string
	Title     string
	Language  string
	Published time.Time // zero if the feed does not say
	Fetched   time.Time // when it was first read
	Kind      Kind      // "" if it is in no story
	Story     string    // its id, "" for none
	Reason    string    // a sentence for people
	Status    Status    // how firmly it tells the story by itself
	Matches   []Match   // the most severe first
}

// When returns when it was published, else when it was first read.
func (t Taken) When() time.Time {
	if t.Published.IsZero() {
		return t.Fetched
	}
	return t.Published
}
