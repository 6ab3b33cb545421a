package news

import "time"

// Window is how long a story stays open: a report published longer than this
// after the latest one starts a new story.
const Window = 24 * 24 * time.Hour

// A Story is one event as told by one or more publishers: the unit that people
// are alerted about. Package story makes stories and adds reports to them.
type Story struct {
	ID        string // derived from the first report; stable
	Headline  string // of the report for which people were told, or would have been
	Link      string // of the same report
	Severity  Severity
	Status    Status
	FirstSeen time.Time // when the first report was published
	LastSeen  time.Time // when the latest report was published; not before FirstSeen
	Told      time.Time // when people were first told; zero if they were not
	Heard     []string  // what they were told since, such as "status-denied": each is told once
	Reports   int       // how many reports were folded into it
	Tellings  Tellings  // how many of them told it how firmly
	Sources   []Source  // who tells it, in order of arrival, one for each publisher
	Rules     []string  // ids of the rules that matched, in order of arrival
	Entities  []string  // ids of the entities named, in order of arrival
	Countries []string  // two-letter codes, in order of arrival
	Words     Words     // what its reports are about; see package story
}

// Tellings counts reports by [Status].
type Tellings [Denied + 1]int

// A Source is one publisher that tells a story.
type Source struct {
	Publisher string
	Link      string    // of its first report
	Title     string    // of its first report
	At        time.Time // when its first report was published
	Reports   int
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
	Notice     Kind = "notice"     // not about a story: coupwatch tells its operators
	Daily      Kind = "daily"      // a [Digest]
)

// A Decision is what follows from a report: the story to which it now belongs,
// and the alerts that are owed because of it.
type Decision struct {
	Story  Story
	Kind   Kind
	Reason string // a sentence for people: why this kind, and why this story
	Alerts []Alert
}

// An Alert is one message owed over one channel.
type Alert struct {
	ID       string // made from what it tells and to whom: owed at most once
	Channel  string // such as "slack", "slack:C0123", "email:desk@example.org" or "console"
	Kind     Kind
	Reason   string  // why people are told, a sentence
	Story    Story   // as it stood when the alert was owed; zero for a Notice or a Daily
	Item     Item    // the report that caused it, without its texts but the title
	Matches  []Match // of that report; their spans are dropped
	Quote    Quote   // of that report
	Notice   string  // text for the operators, for a Notice
	Digest   *Digest // for a Daily
	DueAt    time.Time
	Attempts int    // how often sending was tried
	Problem  string // why the last attempt failed, "" if none did
}

// A Digest is a day as the desk should remember it.
type Digest struct {
	Date    string    // of the day on which it is due, in the zone of the digest: "2026-08-22"
	From    time.Time // the first moment it covers
	To      time.Time // the moment after the last
	Stories []Story   // that had a report in it, the most important first
	Items   int       // how many items were read
	Reports int       // how many of them matched
	Feeds   int       // how many feeds are watched
	Sick    []FeedState
}

// A Quote is a passage of a text with marked words.
type Quote struct {
	Text  string
	Marks []Mark // in order, not overlapping
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
