package row

import "errors"

// Locks that a transaction may take. Whoever takes several kinds of rows and
// locks takes them in this order, so that no two wait for each other: the turn to
// ingest, the list of feeds, feeds, items, stories, troubles, digests, alerts,
// what was heard, hosts. Of feeds and of hosts the least comes first. Whoever needs one out
// of its turn does not wait for it, but begins anew with it locked.
const (
	FeedsLock   = 7264872 // any fixed numbers
	StoriesLock = 7264873

	TroublesLock = 7264874
	DigestsLock  = 7264875
	SearchLock   = 7264878 // of the index of the search; before items
	CoverageLock = 7264877 // of countries and tags; with nothing else
)

// Unlocked is that a transaction would change what belongs to feeds that others have
// locked, who may wait for what it has itself. It comes to nothing, and is done again
// with them locked, in their turn.
type Unlocked []string

func (Unlocked) Error() string { return "what is to be changed is of feeds that others are recording" }

// LockingMore does what is a transaction, and again whenever it was [Unlocked]: with
// feeds to lock beside those that it locked before. These are more each time, so it comes
// to an end.
func LockingMore(do func(also []string) error) error {
	for also := []string(nil); ; {
		err := do(also)
		var more Unlocked
		if !errors.As(err, &more) {
			return err
		}
		also = append(also, more...)
	}
}
