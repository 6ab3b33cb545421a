package news

import "time"

// A View is a filter of the page that somebody keeps under a name, for all who use
// it.
type View struct {
	Name  string    `json:"name"`
	Query string    `json:"query"` // of the address, such as "country=ml&severity=high"
	By    string    `json:"by"`    // who made it
	At    time.Time `json:"at"`    // when
}
