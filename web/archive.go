package web

import (
	"context"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/board"
)

// An Archive knows stories and feeds. *store.DB is one.
type Archive interface {
	board.Source
	// ToldStories returns the stories that people were told of whose latest report
	// was published at from or later and before to, the latest first.
	ToldStories(ctx context.Context, from, to time.Time) ([]news.Story, error)
	Feeds(ctx context.Context) ([]news.FeedState, error)
}

// Records know single stories and items. An [Archive] that has these methods too
// gives pages to stories, and says why an item was told or not.
type Records interface {
	// Story returns the story whose id is id or, if there is only one, begins
	// with it.
	Story(ctx context.Context, id string) (s news.Story, found bool, err error)
	// ItemsOfStory returns the items of a story, the first published first.
	ItemsOfStory(ctx context.Context, id string) ([]Verdict, error)
	// ItemsByLink returns the items whose link leads where link does.
	ItemsByLink(ctx context.Context, link string) ([]Verdict, error)
	// Export returns all that is known of a story, to be written as JSON.
	Export(ctx context.Context, id string) (any, error)
}

// Deliveries know what could not be told, and what else is wrong. An [Archive]
// that has these methods too has it shown.
type Deliveries interface {
	// Untold returns a sentence for each story of which people should have
	// heard by now and have not, by its id.
	Untold(ctx context.Context) (map[string]string, error)
	// Undelivered returns the channels over which nothing can be sent.
	Undelivered(ctx context.Context) ([]Channel, error)
	// Wrong returns what operators were told is wrong, a sentence for each.
	Wrong(ctx context.Context) ([]string, error)
	// DeliveriesOf returns what was sent or is owed of a story, in order.
	DeliveriesOf(ctx context.Context, id string) ([]Delivery, error)
}

// A Channel is a way to people over which nothing can be sent.
type Channel struct {
	Channel string    `json:"channel"`
	Since   time.Time `json:"since"`
	Reason  string    `json:"reason"`
	Owed    int       `json:"owed"` // alerts
}

// A Delivery is an alert over one channel and what became of it.
type Delivery struct {
	Channel string
	Kind    news.Kind
	Reason  string    // why people are told, a sentence
	At      time.Time // when it arrived or was given up, or is tried next
	Arrived bool
	State   string // what became of it: "sent", "owed since …, tried twice: …"
}

// A Verdict is an item and what was decided of it.
type Verdict struct {
	news.Item
	Story   string       // id of the story it is in, or ""
	Kind    news.Kind    // "" if it is in none
	Reason  string       // a sentence for people
	Status  news.Status  // how firmly it tells the story by itself
	Matches []news.Match // the most severe first
}

// State is what the program knows of itself.
type State struct {
	Version      string
	RulesLoaded  time.Time // when the rules in use were read
	RulesProblem string    // why the rules file as it is now is not in use; "" if it is
	NextDigest   time.Time // zero if there is none
	Unrecorded   string    // why nothing can be recorded; "" if all is well
	Since        time.Time // when that began
}
