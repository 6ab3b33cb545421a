// Package news defines the nouns of coupwatch: a [Feed] carries [Item]s; an
// Item that a rule matches is a [Report]; Reports of the same event form a
// [Story]; what people should hear of it is an [Alert], and what happened in a
// day is a [Digest].
//
// Package news imports only the standard library and does no I/O. Every other
// package speaks in these types, and not in those of a feed parser, a database
// or a chat service. All its types are plain data: copying one is cheap, and
// none may be changed while another goroutine reads it.
//
// All times are UTC; the zero time means "not yet" or "not known".
package news

import "time"

// A Feed is a source of items, as listed in rules.yaml.
type Feed struct {
	URL       string   `json:"URL"`       // where it is read, without a login; identifies the feed
	Login     Login    `json:"Login"`     // who reads it, "" for anybody; not stored
	Name      string   `json:"Name"`      // as shown to people
	Publisher string   `json:"Publisher"` // whose feed it is: feeds of one publisher are one voice
	Language  string   `json:"Language"`  // such as "ru"; "" if the feed or the text is to tell
	Schedule  string   `json:"Schedule"`  // when it is read: "@every 5m" or a cron expression
	Tags      []string `json:"Tags"`      // free words that rules and routes may ask for

	// How it is asked for and read; not stored.
	Access   *Access        `json:"-"` // what it takes to be given it, nil for nothing
	Zone     *time.Location `json:"-"` // of dates without one; nil for UTC
	Charset  string         `json:"-"` // of its bytes, whatever they say; "" to find out
	Identity Identity       `json:"-"` // by what its items are known again
	Page     Page           `json:"-"` // where its items are, if it is a web page
	FullText FullText       `json:"-"` // of which items the page behind the link is read
}

// A Page says by CSS selectors where the items of a web page are. The zero value
// is for what is a feed.
type Page struct {
	Item  string // each item, on the whole page
	Title string // within an item; "" for the text of its link
	Link  string // within an item; "" for its first
	Text  string // within an item; "" for none
	Date  string // within an item; "" for none
}

// A FeedState is a feed and what is remembered of it between readings.
type FeedState struct {
	Feed
	ETag         string        `json:"ETag"`         // validators of the last good answer, "" for none
	LastModified string        `json:"LastModified"` //
	Checksum     string        `json:"Checksum"`     // of the last good answer's bytes
	NextAt       time.Time     `json:"NextAt"`       // when it is due; zero for a feed never read
	LastRead     time.Time     `json:"LastRead"`     // the last attempt
	LastGood     time.Time     `json:"LastGood"`     // the last attempt that worked; zero if none did
	LastNew      time.Time     `json:"LastNew"`      // when an item was last new
	Failures     int           `json:"Failures"`     // attempts in a row that failed
	Problem      string        `json:"Problem"`      // why the last attempt failed, or what was odd about it; "" if all was well
	Items        int           `json:"Items"`        // how many items of it are stored
	Size         int           `json:"Size"`         // of the last whole answer, in bytes; 0 if there was none
	Recent       []time.Time   `json:"-"`            // when its last items were published, the earliest first
	Wish         time.Duration `json:"-"`            // how long its publisher wants us to wait between two readings; 0 if it does not say
	Moved        Move          `json:"-"`            // where its server says that it lies
	Signs        Signs         `json:"Signs"`        // what else tells how it is
	Told         Told          `json:"-"`            // what operators know of it
	Hub          Hub           `json:"-"`            // where it can be subscribed to, as it says
	Push         Push          `json:"-"`            // how it comes from there
	HeldUntil    time.Time     `json:"-"`            // until when its host is left alone, whatever of it is due; zero if it is not
}

// A Rest is a server that is to be left alone for a while, with all its feeds.
type Rest struct {
	Address string // a URL at its host
	Until   time.Time
}

// A Move is that the server of a feed says again and again that it lies
// elsewhere for good. The zero value is that it does not.
type Move struct {
	To    string    `json:"to"`
	Since time.Time `json:"since"` // when it was said first
	Last  time.Time `json:"last"`  // and last
	Seen  int       `json:"seen"`  // how many times
}

// Settled reports whether a move was told three times over a day or more: by then
// it is no slip of the server's.
func (m Move) Settled() bool { return m.Seen >= 3 && m.Last.Sub(m.Since) >= 24*time.Hour }

// Said returns what is known of a move after the server said at a moment that
// the feed lies at to, "" for where it was asked for.
func (m Move) Said(to string, at time.Time) Move {
	switch {
	case to == "":
		return Move{}
	case to != m.To:
		return Move{to, at, at, 1}
	case !at.After(m.Last):
		return m
	}
	return Move{to, m.Since, at, m.Seen + 1}
}

// A Reading is the outcome of reading a feed once.
type Reading struct {
	Feed         Feed
	At           time.Time
	Items        []Item // in the order of the feed; those that are stored as they are may be left out, and all are if Unchanged
	Passed       int    // items that stand in the feed as they did and are left out of Items
	Unchanged    bool   // the feed is as it was at the last reading
	First        bool   // the feed was never read with success before: nobody is to be woken
	ETag         string
	LastModified string
	Checksum     string
	Size         int           // of the answer in bytes; 0 if it was not whole
	Moved        Move          // see [FeedState.Moved]; as it was if the reading failed
	Hub          Hub           // see [FeedState.Hub]; the same
	Pushed       bool          // the items came from the hub, unasked: of the feed nothing else is known, and what stands below does not count
	Recent       []time.Time   // see [FeedState.Recent]; nil if nothing was learned
	Wish         time.Duration // see [FeedState.Wish]
	Signs        Signs         // see [FeedState.Signs]; those of its silence and of a gap are for the store
	NextAt       time.Time     // when to read the feed again
	IfGap        time.Time     // and when if nothing that it carries is known
	Rests        []Rest        // servers to leave alone for a while: that of the feed, and who answered in its place
	Failures     int           // attempts in a row that failed, this one included; 0 if it worked
	Problem      string        // why it failed, or what was odd about it; "" if all was well
}

// An Item is one entry of a feed.
type Item struct {
	ID        string    `json:"ID"`      // see [ItemID]
	Feed      string    `json:"Feed"`    // URL of the feed
	GUID      string    `json:"GUID"`    // as the feed gives it, or ""
	Link      string    `json:"Link"`    // absolute http or https URL, or ""
	Title     string    `json:"Title"`   // as published, without markup
	Summary   string    `json:"Summary"` // as published, without markup
	Body      string    `json:"Body"`    // the full text if the feed carries it, without markup
	Author    string    `json:"Author"`
	Publisher string    `json:"Publisher"` // whose text it is: the feed's publisher, unless the item names another as its source
	Language  string    `json:"Language"`  // such as "ru", "" if not known
	Tags      []string  `json:"Tags"`      // of the feed
	Published time.Time `json:"Published"` // as the feed claims, within reason; zero if it makes no claim
	Fetched   time.Time `json:"Fetched"`   // when it was first read
	FromPage  bool      `json:"FromPage"`  // Body is of the page behind Link, and not of the feed
}

// When returns when the item was published, as far as is known: the claim of
// the feed, or else when it was first read.
func (it Item) When() time.Time {
	if it.Published.IsZero() {
		return it.Fetched
	}
	return it.Published
}

// A Field is one of the texts of an item.
type Field int

// The fields of an item, in the order in which people read them.
const (
	Title Field = iota
	Summary
	Body
	NumFields = iota // how many there are
)

// String returns "title", "summary" or "body".
func (f Field) String() string { return [...]string{"title", "summary", "body"}[f] }

// Text returns the text of the field f.
func (it Item) Text(f Field) string {
	switch f {
	case Title:
		return it.Title
	case Summary:
		return it.Summary
	default:
		return it.Body
	}
}

// A Span is a place in an item's text.
type Span struct {
	Field Field  `json:"Field"`
	Start int    `json:"Start"` // of the first byte in [Item.Text]
	End   int    `json:"End"`   // after the last byte
	Term  string `json:"Term"`  // what of rules.yaml was found there: a word, "@entity" or "$list"
}

// A Sense says by what a country is named.
type Sense uint8

// The senses.
const (
	ItsName     Sense = iota // Mali; an entity, too, is named by its name
	Nationality              // Malian, Malians
	Capital                  // Bamako
)

// A Mention is an entity or country found in an item.
type Mention struct {
	Entity  string // its id in rules.yaml, or "country:ml" for a country
	Name    string // its name as people know it
	Country string // two-letter code of the country it stands for or belongs to, in lower case; "" if none
	Sense   Sense  // by what a country is named
	Span    Span

	// Official says that its word on its own country is that of a government:
	// rules.yaml has it in the group "officials".
	Official bool
}

// A Match is one rule's verdict on an item.
type Match struct {
	Rule     string   `json:"Rule"`               // the rule's id in rules.yaml
	Title    string   `json:"Title"`              // the rule's title
	Why      string   `json:"Why"`                // the rule's one line for people, or ""
	Severity Severity `json:"Severity"`           // after Lowered and Raised
	ByPoints bool     `json:"ByPoints,omitempty"` // the rule goes by signs that add up, and says nothing of the kind of event
	Spans    []Span   `json:"Spans"`              // what was found, in the order of the text
	Lowered  []string `json:"Lowered"`            // reasons for which Severity is less than the rule's
	Raised   []string `json:"Raised"`             // reasons for which Severity is more
}

// A Report is an item that at least one rule matched.
type Report struct {
	Item
	Matches  []Match   // the most severe first
	Mentions []Mention // entities and countries in the item, in the order of the text
	Almost   *NearMiss // the rule that it all but matched, if it wakes nobody; nil for none
	First    bool      // it came with the first reading of its feed
	Revised  bool      // it was read before and its text was edited since
	Filled   bool      // it was read before without the text of its page, which says more of the same
	Story    string    // id of the story it was in before it was edited, or ""

	// Ask says what the rules make of the item when it is known what is warm; nil
	// if that makes no difference. Matches and Almost are what they make of it if
	// nothing is.
	Ask func(Item, Warmth) ([]Match, *NearMiss) `json:"-"`
}

// Severity returns the highest severity of any match.
func (r Report) Severity() Severity {
	var highest Severity
	for _, m := range r.Matches {
		highest = max(highest, m.Severity)
	}
	return highest
}
