package news

import (
	"encoding/json"
	"time"
)

// Window is how long a story is remembered: after so long without a report
// nothing can join it any more. Most stories close long before; see package
// story.
const Window = 60 * 24 * time.Hour

// A Story is one event as told by one or more publishers: the unit that people
// are alerted about. Package story makes stories and adds reports to them.
type Story struct {
	ID        string // derived from the first report; stable
	Headline  string // of the report for which people were told last, or would have been: see package story
	Link      string // of the same report
	Rule      string // id of the rule that matched it gravest
	Quote     Quote  // of the same report
	Was       string // the headline when people were first told, "" if it is the same
	Severity  Severity
	Status    Status
	FirstSeen time.Time     // when the first report was published
	LastSeen  time.Time     // when the latest report was published; not before FirstSeen
	Graves    Graves        // when its latest report of each severity was published
	Told      time.Time     // when people were first told; zero if they were not
	Heard     []Hearing     // what they were told, in order: each key once for a channel
	Reports   int           // how many reports were folded into it, copies too
	Tellings  Tellings      // how many of them told it how firmly
	Ladder    []Step        // how it came to its Status, the first step first
	Origins   []Origin      // on whom its reports rest, as far as can be told, in order of arrival: at most so many are independent
	Sources   []Source      // who tells it, in order of arrival, one for each publisher
	Updates   []Development // its developments, in order of arrival, the latest fifty
	Into      Reference     // the story that it turned out to be of; zero if it stands
	Parts     []string      // ids of the stories that turned out to be of it
	Linked    []string      // ids of earlier stories of the same people, of which this is not one
	Kinds     []Begun       // of event that it told, in order of arrival
	Rules     []string      // ids of the rules that matched, in order of arrival
	Entities  []string      // ids of the entities named, in order of arrival
	Countries []string      // two-letter codes, in order of arrival, those named in passing too
	About     Words         // the countries that titles and openings name, by how much the reports are about each
	Gists     []Gist        // what package story remembers of its reports: of the first and of the latest
	Heat      float64       // how many reports worth an alert it had lately, as of HeatAt; each fades with time
	HeatAt    time.Time     // when the latest of them was published
}

// A Reference is to another story.
type Reference struct{ ID, Headline, Link string }

// A Begun is since when a story tells of a kind of event: that of the rule that
// matched a report gravest which was worth an alert.
type Begun struct {
	Rule string
	At   time.Time
}

// Graves are times by [Severity].
type Graves [Critical + 1]time.Time

// Independent returns how many independent origins s has at most: one report
// is one, whomever it names.
func (s Story) Independent() int { return min(len(s.Origins), max(1, s.Reports)) }

// Filed returns the rules that matched s, that under which it is filed first.
func (s Story) Filed() []string {
	if s.Rule == "" {
		return s.Rules
	}
	filed := []string{s.Rule}
	for _, rule := range s.Rules {
		if rule != s.Rule {
			filed = append(filed, rule)
		}
	}
	return filed
}

// Tellings counts reports by [Status].
type Tellings [Denied + 1]int

// A Hearing is something that people were told of a story in a message of its
// own.
type Hearing struct {
	Key      string   // what: "new", "status-denied", "severity-critical", "origins-3"
	Channels []string // over which
	At       time.Time
}

// A Step is one step of a story on the ladder of claims.
type Step struct {
	Status    Status
	At        time.Time
	Publisher string
	Link      string    // of the report that carried it
	Sentence  string    // of that report, which says so
	Speaker   string    `json:",omitempty"` // who says so there: "the defence ministry"; "" if nobody does
	Entity    string    `json:",omitempty"` // id of the speaker in rules.yaml, or ""
	Withdrawn bool      `json:",omitempty"` // whoever told it took it back
	Again     time.Time `json:",omitzero"`  // when another who could know last said the same
}

// An Origin is a root of what a story's reports say: somebody who says so of
// their own knowledge, or a publisher that says so without naming anybody.
type Origin struct {
	Name    string    // "Vladimir Osechkin"; the publisher's if nobody is named
	Key     string    // the same for all names of one speaker, as far as the rules know: "@wagner", "gov:ru"; or ""
	Via     []string  // the outlets to which, or through which, they said so, the first first: "The Times"
	At      time.Time // of the first report that rests on it
	Link    string    // of that report
	Quote   string    // the sentence there that names it, or ""
	Reports int       // how many reports rest on it
}

// An Attribution is a place where a report says from whom it has something.
type Attribution struct {
	Speaker string // who says so, as people know them: "Vladimir Osechkin", "unnamed officials"; "" if only an outlet is named
	Entity  string // id of the speaker in rules.yaml, or ""
	Via     string // the outlet to which, or through which, they say it: "The Times"; "" if none is named
	Own     bool   // the publisher says so of its own knowledge: "confirmed to the BBC", "seen by Reuters"
	Hearsay bool   // nobody stands for it by name: "sources said"
	Span    Span   // the sentence; its Term is the verb or preposition, such as "told"
}

// A Source is one publisher that tells a story.
type Source struct {
	Publisher string
	Link      string    // of its first report
	Title     string    // of its first report
	At        time.Time // when its first report was published
	Reports   int
	Origins   []string // names of the [Origin]s on which its reports rest
	Via       []string // outlets from which it says it has it
}

// A Development is one turn of events within a story.
type Development struct {
	ID        string // of the item that brought it
	Title     string
	Link      string
	Publisher string
	At        time.Time // when it was published
	Status    Status    // how firmly it is told
	Reports   int       // the first and its copies
	Due       time.Time // when those who were told the story are told of it; zero for never
}

// A Gist is what is remembered of a report, to recognise others that tell the
// same.
type Gist struct {
	Item      string          `json:"i"`           // id of the item
	Update    string          `json:"u,omitempty"` // id of the [Development] that it brought or copied
	At        time.Time       `json:"t"`           // when it was published
	Publisher string          `json:"b,omitempty"`
	Language  string          `json:"g,omitempty"` // such as "ru"
	Rule      string          `json:"r,omitempty"` // id of the rule that matched it gravest
	Title     string          `json:"h,omitempty"` // the words of its title, as they are compared
	Link      string          `json:"l,omitempty"` // see [CanonicalLink]
	Weak      bool            `json:"k,omitempty"` // it was not worth an alert by itself
	Words     Words           `json:"w,omitempty"` // of its title and opening
	Names     []string        `json:"n,omitempty"` // "@putin" for an entity, else a name in a spelling that scripts share; sorted
	Voices    []string        `json:"v,omitempty"` // as Names, of those on whom it rests by name
	Places    Words           `json:"p,omitempty"` // two-letter codes of countries, and how much it is about each
	Print     json.RawMessage `json:"s,omitempty"` // of its text, to know copies by; see package story/sametext
}

// Words are the words of a text or of several, with their weights, sorted by
// word and without doubles.
type Words []Word

// A Word is one word of [Words].
type Word struct {
	Text   string  `json:"w"`
	Weight float64 `json:"x"`
}

// A Kind says what a report means for those who hear of its story.
type Kind string

// The kinds. A report of kind New or Escalation interrupts people, one of kind
// Update goes to those who were told already, and the others wake nobody.
const (
	New        Kind = "new"        // people hear of the story for the first time
	Escalation Kind = "escalation" // the story became graver or firmer, or was denied
	Update     Kind = "update"     // something new in a story that people know
	Copy       Kind = "copy"       // what people know already, told again
	DigestOnly Kind = "digest"     // the digest will tell
	Refresh    Kind = "refresh"    // of an alert: the message that told of the story is to show how it stands now
	Notice     Kind = "notice"     // not about a story: coupwatch tells its operators
	Daily      Kind = "daily"      // a [Digest]
	Late       Kind = "late"       // of an alert: what could not be told in time, in one message
)

// A Decision is what follows from a report: the story to which it now belongs,
// and the alerts that are owed because of it. That of an item that belongs to
// no story is zero.
type Decision struct {
	Story  Story
	Update string // id of the [Development] of the story that the report brings or copies
	Kind   Kind
	Reason string        // a sentence for people: why this kind, and why this story
	Status Status        // how firmly the report by itself tells it
	Says   []Attribution // who says so, in the report
	Muted  bool          // people would have heard of the report but for a mute
	Others []Story       // that change by it too
	Alerts []Alert
}

// A Decider decides what follows from reports. It knows the open stories;
// whoever stores them tells it of those that it did not make itself.
type Decider interface {
	// Known returns the version of the stories that was put last, 0 for none.
	Known() int64
	// Put makes stories known as they were at version and forgets what they
	// were before.
	Put(version int64, stories []Story)
	// Forget forgets all stories: what was decided was not stored.
	Forget()
	// Decide says what follows from r and knows the stories that it makes.
	// Closed are stories that r may belong to beside the open ones: its own if
	// it was edited, and those told around its time if it comes late.
	Decide(r Report, closed ...Story) Decision
}

// An Alert is one message owed over one channel.
type Alert struct {
	ID       string // made from what it tells and to whom: owed at most once
	Channel  string // such as "slack", "slack:C0123", "email:desk@example.org" or "console"
	Kind     Kind
	Reason   string        // why people are told, a sentence
	Story    Story         // as it stood when the alert was owed; zero for a Notice or a Daily
	Item     Item          // the report that caused it, without its texts but the title
	Matches  []Match       // of that report; their spans are dropped
	Quote    Quote         // of that report
	Updates  []Development // of the story, for an Update: those since the last
	Thread   string        // receipt of the message that told of the story first over the channel; "" if there is none
	Doubt    bool          // an earlier attempt came to no known end: the message may be there
	Notice   string        // text for the operators, for a Notice
	Trouble  string        // what a Notice is about: later ones about it follow the first; "" if none will
	Mended   bool          // of a Notice: its trouble is over
	Late     []Alert       `json:"-"` // for one of kind Late: what it tells, those owed first first
	Digest   *Digest       // for a Daily
	DueAt    time.Time
	Attempts int    // how often sending was tried
	Problem  string // why the last attempt failed, "" if none did
}

// A Period is what a digest covers. What it tells is known by versions and not by
// times, so that no clock makes a digest tell anything twice or never.
type Period struct {
	From, To    time.Time // the first moment, and the moment after the last
	After, UpTo int64     // of the stories, the versions: those changed after one and up to the other
	Oldest      time.Time // a story whose latest report was published before is only counted
}

// A Digest is a day as the desk should remember it.
type Digest struct {
	Date    string      // of the day on which it is due, in the zone of the digest: "2026-08-22"
	From    time.Time   // the first moment it covers
	To      time.Time   // the moment after the last
	Stories []Story     // that had a report in it, the most important first
	Items   int         // how many items were read
	Reports int         // how many of them matched
	Feeds   int         // how many feeds are watched
	Sick    []FeedState // that could not be read the last times
	Silent  []FeedState // that can be read and bring nothing new
	Almost  []NearMiss  // items that a rule all but matched
	Muted   []Story     // that had a report in it and are muted
	Days    []Day       // the latest days, up to this one
	Older   int         // stories that were changed by reports of long ago, as when a feed is first read
}

// A NearMiss is an item that a rule would have matched but for one thing.
type NearMiss struct {
	Title, Link, Publisher string
	At                     time.Time
	Rule                   string  // id of the rule
	Missing                string  // the end of "It would have matched plot …", such as "if a country stood near “coup”", or of "It matched plot, …": "lowered to low because …"
	Nearness               float64 // how near it came, from 0 to 1
}

// A Day counts the stories of a day.
type Day struct {
	Date    string // "2026-08-22"
	Stories int    // that had a report
	Told    int    // that people were told of for the first time
}

// A Quote is a passage of a text with marked words.
type Quote struct {
	Text  string
	Marks []Mark // in order, not overlapping
	By    string // who says so, if the text does not name them
}

// A Mark is a marked place in a [Quote].
type Mark struct {
	Start, End int // bytes in Quote.Text
}

// A Tally counts what a reading brought.
type Tally struct {
	New     int // items not stored before
	Revised int // items whose text was edited
	Matched int // of both, those that a rule matched
	Alerts  int // alerts owed because of them
}
