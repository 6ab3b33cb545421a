package answers

import (
	"time"

	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// A seenItem is an item as read --json prints it.
type seenItem struct {
	ID          string     `json:"id"`
	GUID        string     `json:"guid"`
	Link        string     `json:"link"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Content     string     `json:"content"`
	Author      string     `json:"author"`
	Publisher   string     `json:"publisher,omitempty"`
	Published   *time.Time `json:"published"`
	Language    string     `json:"language"`
}

// ItemJSON returns an item as read --json prints it.
func ItemJSON(it news.Item) any { return seen(it) }

func seen(it news.Item) seenItem {
	s := seenItem{it.ID, it.GUID, it.Link, it.Title, it.Summary, it.Body, it.Author, it.Publisher, nil, it.Language}
	if !it.Published.IsZero() {
		s.Published = &it.Published
	}
	return s
}

// Reasons as why --json prints them.
type shownReasons struct {
	Asked   string       `json:"asked"`
	Items   []shownItem  `json:"items"`
	Stories []wholeStory `json:"stories"`
	Feeds   []string     `json:"feeds"` // of the link's site, if no item is stored
}

type shownItem struct {
	seenItem
	Feed     string               `json:"feed"`
	Read     time.Time            `json:"read"` // first
	Edited   int                  `json:"edited"`
	Rules    []string             `json:"rules"` // that matched
	Severity news.Severity        `json:"severity"`
	Kind     news.Kind            `json:"kind"` // "" if it belongs to no story
	Reason   string               `json:"reason"`
	Muted    bool                 `json:"muted"`
	Story    string               `json:"story"`
	Update   string               `json:"update"` // id of the item that brought what it tells
	Status   news.Status          `json:"status"` // how firmly it tells it
	Says     []shownSaying        `json:"says"`
	FromPage bool                 `json:"from_page"` // content is of the page behind the link, and not of the feed
	Now      *explain.Explanation `json:"now"`       // by the rules as they are now; null if they cannot be read
}

type shownSaying struct {
	Speaker  string `json:"speaker"`
	Via      string `json:"via"`
	Own      bool   `json:"own"`
	Hearsay  bool   `json:"hearsay"`
	Sentence string `json:"sentence"`
}

// JSON returns what is known of the item as why --json prints it.
func (x *Found) JSON() any { return reasonsOf(x) }

func reasonsOf(x *Found) shownReasons {
	out := shownReasons{Asked: x.asked, Items: []shownItem{}, Stories: []wholeStory{}, Feeds: []string{}}
	shown := map[string]bool{}
	for _, it := range x.items {
		out.Items = append(out.Items, shownItemOf(it.Verdict, it.now))
		if story, in := x.stories[it.Story]; in && !shown[it.Story] {
			shown[it.Story] = true
			out.Stories = append(out.Stories, wholeStoryOf(story))
		}
	}
	for _, f := range x.feeds {
		out.Feeds = append(out.Feeds, f.URL)
	}
	return out
}

func shownItemOf(v store.Verdict, now *explain.Explanation) shownItem {
	out := shownItem{
		seenItem: seen(v.Item), Feed: v.Feed, Read: v.Fetched, Edited: v.Revision, Rules: List(storedRules(v.Matches)),
		Severity: news.Report{Matches: v.Matches}.Severity(), Kind: v.Kind, Reason: v.Reason, Muted: v.Muted,
		Story: v.Story, Update: v.Update, Status: v.Status, Says: []shownSaying{}, FromPage: v.FromPage, Now: now,
	}
	for _, a := range v.Says {
		out.Says = append(out.Says, shownSaying{a.Speaker, a.Via, a.Own, a.Hearsay, spanOf(v.Item, a.Span)})
	}
	return out
}
