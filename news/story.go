package news

import (
	"encoding/json"
	"slices"
	"time"
)

// Window is how long a story is remembered: after so long without a report
// nothing can join it any more. Most stories close long before; see package
// story.
const Window = 60 * 24 * time.Hour

// A Story is one event as told by one or more publishers: the unit that people
// are alerted about. Package story makes stories and adds reports to them.
type Story struct {
	ID        string         `json:"ID"`       // derived from the first report; stable
	Headline  string         `json:"Headline"` // of the report for which people were told last, or would have been: see package story
	Link      string         `json:"Link"`     // of the same report
	Rule      string         `json:"Rule"`     // id of the rule that matched it gravest
	Quote     Quote          `json:"Quote"`    // of the same report
	Was       string         `json:"Was"`      // the headline when people were first told, "" if it is the same
	Severity  Severity       `json:"Severity"`
	Status    Status         `json:"Status"`
	FirstSeen time.Time      `json:"FirstSeen"`        // when the first report was published
	LastSeen  time.Time      `json:"LastSeen"`         // when the latest report was published; not before FirstSeen
	Graves    Graves         `json:"Graves"`           // when its latest report of each severity was published
	Told      time.Time      `json:"Told"`             // when people were first told; zero if they were not
	Notified  []Notification `json:"Heard"`            // what they were told, in order: each key once for a channel
	Reports   int            `json:"Reports"`          // how many reports were folded into it, copies too
	Tellings  Tellings       `json:"Tellings"`         // how many of them told it how firmly
	Ladder    []Step         `json:"Ladder"`           // how it came to its Status, the first step first
	Origins   []Origin       `json:"Origins"`          // on whom its reports rest, as far as can be told, in order of arrival: at most so many are independent
	Sources   []Source       `json:"Sources"`          // who tells it, in order of arrival, one for each publisher
	Updates   []Development  `json:"Updates"`          // its developments, in order of arrival, the latest fifty
	Into      Reference      `json:"Into"`             // the story that it turned out to be of; zero if it stands
	Parts     []string       `json:"Parts"`            // ids of the stories that turned out to be of it
	Strays    []string       `json:"Strays,omitempty"` // reports that a person took out of it: their ids, and where their links lead
	Apart     []string       `json:"Apart,omitempty"`  // ids of the stories that such reports are, or that they are of: it is never one with those
	Linked    []string       `json:"Linked"`           // ids of earlier stories of the same people, of which this is not one
	Kinds     []Begun        `json:"Kinds"`            // of event that it told, in order of arrival
	Rules     []string       `json:"Rules"`            // ids of the rules that matched, in order of arrival
	Entities  []string       `json:"Entities"`         // ids of the entities named, in order of arrival
	Countries []string       `json:"Countries"`        // two-letter codes, in order of arrival, those named in passing too
	About     Words          `json:"About"`            // the countries that titles and openings name, by how much the reports are about each
	Gists     []Gist         `json:"Gists"`            // what package story remembers of its reports: of the first and of the latest
	Heat      float64        `json:"Heat"`             // how many reports worth an alert it had lately, as of HeatAt; each fades with time
	HeatAt    time.Time      `json:"HeatAt"`           // when the latest of them was published
}

// A Reference is to another story.
type Reference struct {
	ID       string `json:"ID"`
	Headline string `json:"Headline"`
	Link     string `json:"Link"`
}

// A Begun is since when a story tells of a kind of event: that of the rule that
// matched a report gravest which was worth an alert.
type Begun struct {
	Rule string    `json:"Rule"`
	At   time.Time `json:"At"`
}

// Graves are times by [Severity].
type Graves [Critical + 1]time.Time

// Independent returns how many independent origins s has at most: one report
// is one, whomever it names.
func (s Story) Independent() int { return min(len(s.Origins), max(1, s.Reports)) }

// Rank says how early people should see s among others, the highest first: by
// severity, then by how firmly it is told, a denial after all else, then by how
// many origins it has and by how many reports.
func (s Story) Rank() int64 {
	const origins, reports = 1<<10 - 1, 1<<20 - 1 // counts beyond are one
	firm := s.Status
	if firm == Denied {
		firm = 0
	}
	return int64(s.Severity)<<40 | int64(firm)<<32 | int64(min(s.Independent(), origins))<<20 | int64(min(s.Reports, reports))
}

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

// A Notification is something that people were told of a story in a message of its
// own.
type Notification struct {
	Key      string    `json:"Key"`      // what: "new", "status-denied", "severity-critical", "origins-3"
	Channels []string  `json:"Channels"` // over which
	At       time.Time `json:"At"`
}

// UnmarshalJSON implements [json.Unmarshaler]. The first databases have the key
// alone.
func (n *Notification) UnmarshalJSON(text []byte) error {
	if len(text) > 0 && text[0] == '"' {
		*n = Notification{}
		return json.Unmarshal(text, &n.Key)
	}
	type plain Notification // without this method
	return json.Unmarshal(text, (*plain)(n))
}

// A Step is one step of a story on the ladder of claims.
type Step struct {
	Status    Status    `json:"Status"`
	At        time.Time `json:"At"`
	Publisher string    `json:"Publisher"`
	Link      string    `json:"Link"`                // of the report that carried it
	Sentence  string    `json:"Sentence"`            // of that report, which says so
	Speaker   string    `json:"Speaker,omitempty"`   // who says so there: "the defence ministry"; "" if nobody does
	Entity    string    `json:"Entity,omitempty"`    // id of the speaker in rules.yaml, or ""
	Withdrawn bool      `json:"Withdrawn,omitempty"` // whoever told it took it back
	Again     time.Time `json:"Again,omitzero"`      // when another who could know last said the same
}

// An Origin is a root of what a story's reports say: somebody who says so of
// their own knowledge, or a publisher that says so without naming anybody.
type Origin struct {
	Name    string    `json:"Name"`    // "Vladimir Osechkin"; the publisher's if nobody is named
	Key     string    `json:"Key"`     // the same for all names of one speaker, as far as the rules know: "@wagner", "gov:ru"; or ""
	Via     []string  `json:"Via"`     // the outlets to which, or through which, they said so, the first first: "The Times"
	At      time.Time `json:"At"`      // of the first report that rests on it
	Link    string    `json:"Link"`    // of that report
	Quote   string    `json:"Quote"`   // the sentence there that names it, or ""
	Reports int       `json:"Reports"` // how many reports rest on it
}

// An Attribution is a place where a report says from whom it has something.
type Attribution struct {
	Speaker string `json:"Speaker"` // who says so, as people know them: "Vladimir Osechkin", "unnamed officials"; "" if only an outlet is named
	Entity  string `json:"Entity"`  // id of the speaker in rules.yaml, or ""
	Via     string `json:"Via"`     // the outlet to which, or through which, they say it: "The Times"; "" if none is named
	Own     bool   `json:"Own"`     // the publisher says so of its own knowledge: "confirmed to the BBC", "seen by Reuters"
	Hearsay bool   `json:"Hearsay"` // nobody stands for it by name: "sources said"
	Span    Span   `json:"Span"`    // the sentence; its Term is the verb or preposition, such as "told"
}

// A Source is one publisher that tells a story.
type Source struct {
	Publisher string    `json:"Publisher"`
	Link      string    `json:"Link"`  // of its first report
	Title     string    `json:"Title"` // of its first report
	At        time.Time `json:"At"`    // when its first report was published
	Reports   int       `json:"Reports"`
	Origins   []string  `json:"Origins"` // names of the [Origin]s on which its reports rest
	Via       []string  `json:"Via"`     // outlets from which it says it has it
}

// A Development is one turn of events within a story.
type Development struct {
	ID        string    `json:"ID"` // of the item that brought it
	Title     string    `json:"Title"`
	Link      string    `json:"Link"`
	Publisher string    `json:"Publisher"`
	At        time.Time `json:"At"`      // when it was published
	Status    Status    `json:"Status"`  // how firmly it is told
	Reports   int       `json:"Reports"` // the first and its copies
	Due       time.Time `json:"Due"`     // when those who were told the story are told of it; zero for never
}

// A Gist is what is remembered of a report, to recognise others that tell the
// same.
type Gist struct {
	Item       string          `json:"i"`           // id of the item
	Update     string          `json:"u,omitempty"` // id of the [Development] that it brought or copied
	At         time.Time       `json:"t"`           // when it was published
	Publisher  string          `json:"b,omitempty"`
	Language   string          `json:"g,omitempty"` // such as "ru"
	Rule       string          `json:"r,omitempty"` // id of the rule that matched it gravest
	Title      string          `json:"h,omitempty"` // the words of its title, as they are compared
	Link       string          `json:"l,omitempty"` // see [CanonicalLink]
	BelowAlert bool            `json:"k,omitempty"` // it was not worth an alert by itself
	Words      Words           `json:"w,omitempty"` // of its title and opening
	Names      []string        `json:"n,omitempty"` // "@putin" for an entity, else a name in a spelling that scripts share; sorted
	Voices     []string        `json:"v,omitempty"` // as Names, of those on whom it rests by name
	Places     Words           `json:"p,omitempty"` // two-letter codes of countries, and how much it is about each
	Print      json.RawMessage `json:"s,omitempty"` // of its text, to know copies by; see package story/sametext
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
	// Version returns the version of the stories that was given last, 0 for none.
	Version() int64
	// Sync makes stories known as they were at version and forgets what they
	// were before.
	Sync(version int64, stories []Story)
	// Reset forgets all stories: what was decided was not stored.
	Reset()
	// Warmth returns of whom people were told by the stories that are known, now
	// and whenever others become known.
	Warmth() Warmth
	// Decide says what follows from r and knows the stories that it makes.
	// Closed are stories that r may belong to beside the open ones: its own if
	// it was edited, and those told around its time if it comes late.
	Decide(r Report, closed ...Story) Decision
}

// A Parter is a [Decider] that takes reports out of stories, as a person wants it.
type Parter interface {
	Decider
	// Part says what follows if out, which are reports of s, are not of it, as
	// somebody says, and stay are all its others; both are as they were decided
	// before, in the order in which they were read, and neither is empty. It knows
	// the stories that it makes.
	Part(s Story, stay, out []Verdict, says Stray) Parting
}

// A Verdict is a report and what was decided of it.
type Verdict struct {
	Report
	Kind   Kind
	Update string // id of the [Development] of the story that it brings or copies
}

// A Parting is what follows if reports are taken out of a story.
type Parting struct {
	Left    Story             // as it stands without them
	Updates map[string]string // of the reports that stay, by id: their developments
	Out     []Decision        // of each of those that are taken out; Story is zero if no rule matched it
	Alerts  []Alert           // to those who heard what no longer holds
}

// Holds reports whether s may have a report again: no person took it out.
func (s *Story) Holds(id, link string) bool {
	return len(s.Strays) == 0 || !slices.Contains(s.Strays, id) && (link == "" || !slices.Contains(s.Strays, CanonicalLink(link)))
}

// IsApart reports whether s and other are never to be one story, since a person
// took a report of one out of the other.
func (s Story) IsApart(other Story) bool {
	apart := func(a, b Story) bool {
		return slices.ContainsFunc(a.Apart, func(id string) bool { return id == b.ID || slices.Contains(b.Parts, id) })
	}
	return apart(s, other) || apart(other, s)
}

// An Alert is one message owed over one channel.
type Alert struct {
	ID             string        `json:"ID"`      // the idempotency key: made from what it tells and to whom, and owed at most once
	Channel        string        `json:"Channel"` // such as "slack", "slack:C0123", "email:desk@example.org" or "console"
	Kind           Kind          `json:"Kind"`
	Reason         string        `json:"Reason"`  // why people are told, a sentence
	Story          Story         `json:"Story"`   // as it stood when the alert was owed; zero for a Notice or a Daily
	Item           Item          `json:"Item"`    // the report that caused it, without its texts but the title
	Matches        []Match       `json:"Matches"` // of that report; their spans are dropped
	Quote          Quote         `json:"Quote"`   // of that report
	Updates        []Development `json:"Updates"` // of the story, for an Update: those since the last
	Thread         string        `json:"Thread"`  // receipt of the message that told of the story first over the channel; "" if there is none
	OutcomeUnknown bool          `json:"Doubt"`   // an earlier attempt came to no known end: the message may be there
	Notice         string        `json:"Notice"`  // text for the operators, for a Notice
	Trouble        string        `json:"Trouble"` // what a Notice is about: later ones about it follow the first; "" if none will
	Mended         bool          `json:"Mended"`  // of a Notice: its trouble is over
	Late           []Alert       `json:"-"`       // for one of kind Late: what it tells, those owed first first
	Digest         *Digest       `json:"Digest"`  // for a Daily
	DueAt          time.Time     `json:"DueAt"`
	Attempts       int           `json:"Attempts"` // how often sending was tried
	Problem        string        `json:"Problem"`  // why the last attempt failed, "" if none did
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
	Date    string      `json:"Date"`    // of the day on which it is due, in the zone of the digest: "2026-08-22"
	From    time.Time   `json:"From"`    // the first moment it covers
	To      time.Time   `json:"To"`      // the moment after the last
	Stories []Story     `json:"Stories"` // that had a report in it, the most important first
	Items   int         `json:"Items"`   // how many items were read
	Reports int         `json:"Reports"` // how many of them matched
	Feeds   int         `json:"Feeds"`   // how many feeds are watched
	States  StateCounts `json:"States"`  // how many of them are in which state at the end
	Sick    []FeedState `json:"Sick"`    // those in which something is wrong, the gravest first
	Almost  []NearMiss  `json:"Almost"`  // items that a rule all but matched
	Muted   []Story     `json:"Muted"`   // that had a report in it and are muted
	Days    []Day       `json:"Days"`    // the latest days, up to this one
	More    int         `json:"More"`    // stories that are not in Stories, since there are too many: the least important
	Older   int         `json:"Older"`   // stories that were changed by reports of long ago, as when a feed is first read
}

// A NearMiss is an item that a rule would have matched but for one thing.
type NearMiss struct {
	Title     string    `json:"Title"`
	Link      string    `json:"Link"`
	Publisher string    `json:"Publisher"`
	At        time.Time `json:"At"`
	Rule      string    `json:"Rule"`     // id of the rule
	Missing   string    `json:"Missing"`  // the end of "It would have matched plot …", such as "if a country stood near “coup”", or of "It matched plot, …": "lowered to low because …"
	Nearness  float64   `json:"Nearness"` // how near it came, from 0 to 1
}

// A Day counts the stories of a day.
type Day struct {
	Date    string `json:"Date"`    // "2026-08-22"
	Stories int    `json:"Stories"` // that had a report
	Told    int    `json:"Told"`    // that people were told of for the first time
}

// A Quote is a passage of a text with marked words.
type Quote struct {
	Text  string `json:"Text"`
	Marks []Mark `json:"Marks"` // in order, not overlapping
	By    string `json:"By"`    // who says so, if the text does not name them
}

// A Mark is a marked place in a [Quote].
type Mark struct {
	Start int `json:"Start"`
	End   int `json:"End"` // bytes in Quote.Text
}

// A Tally counts what a reading brought.
type Tally struct {
	New     int // items not stored before
	Revised int // items whose text was edited
	Matched int // of both, those that a rule matched
	Alerts  int // alerts owed because of them
	Renamed int // items that are stored under another ID than the reading gave them
	Pages   int // pages of them that are to be read
}
