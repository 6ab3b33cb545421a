package row

// Locks that a transaction may take. Whoever takes several kinds of rows and
// locks takes them in this order, so that no two wait for each other: the turn to
// ingest, the list of feeds, feeds, items, stories, troubles, digests, alerts,
// what was heard, hosts. Of feeds and of hosts the least comes first.
const (
	FeedsLock   = 7264872 // any fixed numbers
	StoriesLock = 7264873

	TroublesLock = 7264874
	DigestsLock  = 7264875
	SearchLock   = 7264878 // of the index of the search; before items
	CoverageLock = 7264877 // of countries and tags; with nothing else
)
