package handles

import (
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// Handled is what people said of a story.
type Handled struct {
	ID     string  `json:"id"`     // of the story
	Into   string  `json:"into"`   // id of the story in which it goes on, or ""
	Mutes  []Mute  `json:"mutes"`  // under which it is
	Labels []Label `json:"labels"` // the oldest first
	Strays []Stray `json:"strays"` // what was taken out of it, and what of it was taken out of another; the oldest first
	Rule   string  `json:"rule"`   // title of the rule that a label is about; "" if none is
}

// A Mute keeps people from being interrupted by something.
type Mute struct {
	Kind  string    `json:"kind"` // "story", "rule", "entity" or "feed"
	ID    string    `json:"id"`
	Name  string    `json:"name"` // what people call it
	Until time.Time `json:"until,omitzero"`
	Why   string    `json:"why"`
	By    string    `json:"by"`
	Fixed bool      `json:"fixed"` // rules.yaml says so, and it ends there
}

// A Label is what somebody thinks of what people were told of a story.
type Label struct {
	By       string    `json:"by"`
	Relevant bool      `json:"relevant"`
	Rule     string    `json:"rule"` // its title
	At       time.Time `json:"at"`
}

// A Stray is a report that somebody took out of a story.
type Stray struct {
	Item  string    `json:"item"`
	Title string    `json:"title"`
	Link  string    `json:"link"`
	Story string    `json:"story"` // id of that which it was in
	Own   string    `json:"own"`   // id of that which it became, or ""
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

// A Report is one of a story.
type Report struct {
	Item, Title, Link, Publisher string
	At                           time.Time
	Matched                      bool // a rule found it: alone it is a story
}

// Taken is what became of a report that was to be taken out of a story.
type Taken struct {
	Stray
	Before bool // it was taken out before
}

// A Choice is something that can be muted.
type Choice struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
	Name string `json:"name"`
}

// A Query says which alerts are asked for; what is empty is met by all.
type Query struct {
	State, Channel, Story string
	From                  int // how many of them are passed over
}

// Owed is what is asked for of the outbox.
type Owed struct {
	Channels []Channel `json:"channels"` // that owe or lost something, or are in trouble
	Alerts   []Alert   `json:"alerts"`
	More     bool      `json:"more"` // there are more alerts
}

// A Channel is a way to people.
type Channel struct {
	Name     string    `json:"name"`
	Owed     int       `json:"owed"`
	Lost     int       `json:"lost"`           // given up
	Since    time.Time `json:"since,omitzero"` // when its trouble began; zero if it has none
	Problem  string    `json:"problem"`
	Failures int       `json:"failures"`
	Next     time.Time `json:"next,omitzero"` // when it is tried next
}

// An Alert is what is owed to people over one channel, and what became of it.
type Alert struct {
	ID       string    `json:"id"`
	State    string    `json:"state"` // "owed", "sending", "failed", "summary" or "sent"
	Channel  string    `json:"channel"`
	Kind     news.Kind `json:"kind"`
	Story    string    `json:"story"` // id, or ""
	Title    string    `json:"title"`
	Reason   string    `json:"reason"`
	Attempts int       `json:"attempts"`
	Problem  string    `json:"problem"`
	Summary  string    `json:"summary"` // id of the alert that tells it instead, or ""
	Doubt    bool      `json:"doubt"`   // it may have arrived
	Owed     time.Time `json:"owed"`
	Due      time.Time `json:"due,omitzero"`
	Ended    time.Time `json:"ended,omitzero"` // when it arrived or was given up
}

// Past is a digest that was owed to people.
type Past struct {
	Key      string    `json:"key"`
	Due      time.Time `json:"due"`
	Channels []string  `json:"channels"`
	Sent     time.Time `json:"sent,omitzero"` // when it first arrived
}

// Status is how the program is.
type Status struct {
	Version  string        `json:"version"`
	Go       string        `json:"go"`
	Started  time.Time     `json:"started"`
	Wrong    []string      `json:"wrong"` // what operators hear of
	Rules    RulesStatus   `json:"rules"`
	Database StoreStatus   `json:"database"`
	Channels []SeenChannel `json:"channels"`
	Jobs     []Job         `json:"jobs"`
}

// RulesStatus is which rules are in use.
type RulesStatus struct {
	Version  string    `json:"version"`
	Loaded   time.Time `json:"loaded"`
	Problem  string    `json:"problem"` // why newer ones are not in use, or ""
	Feeds    int       `json:"feeds"`
	Rules    int       `json:"rules"`
	Lists    int       `json:"lists"`
	Terms    int       `json:"terms"`
	Entities int       `json:"entities"`
}

// StoreStatus is how the database is.
type StoreStatus struct {
	Where   string    `json:"where"` // without what is secret
	Bytes   int64     `json:"bytes"`
	Free    int64     `json:"free"`    // bytes that its disk has left; -1 if that is not known
	Stories int       `json:"stories"` // that had a report in the last seven days
	Owed    int       `json:"owed"`    // alerts
	Problem string    `json:"problem"` // why nothing can be recorded, or ""
	Since   time.Time `json:"since,omitzero"`
}

// A SeenChannel is a channel that the rules name, and how it was when it was last
// tested.
type SeenChannel struct {
	Name    string    `json:"name"`
	Printed bool      `json:"printed"` // alerts over it are printed, since it is the console or not set up
	Tested  time.Time `json:"tested,omitzero"`
	Problem string    `json:"problem"`       // what the last test found, "" if all was well
	Next    time.Time `json:"next,omitzero"` // when it is tested next
	Owed    int       `json:"owed"`
}

// A Job is how one of the program's jobs went last.
type Job struct {
	Name    string        `json:"name"`
	Every   string        `json:"every"`
	Began   time.Time     `json:"began,omitzero"`
	Took    time.Duration `json:"took"` // nanoseconds
	Working bool          `json:"working"`
	Problem string        `json:"problem"`
	Failed  time.Time     `json:"failed,omitzero"`
	Next    time.Time     `json:"next,omitzero"`
	Times   int           `json:"times"`
}
