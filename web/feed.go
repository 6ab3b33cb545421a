package web

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/filter"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// mostAlerts is how many alerts a feed has at most: the latest.
const mostAlerts = 100

// A format writes a feed.
type format struct {
	contentType string
	write       func(f *feeds.Feed, self, query string) ([]byte, error) // query says what is asked for, "" for all
}

var (
	atom     = format{"application/atom+xml; charset=utf-8", writeAtom}
	jsonFeed = format{"application/feed+json; charset=utf-8", writeJSON}
)

// alerts answers with what people were told: one entry for each time that they
// heard of a story that is asked for in a message of its own. Ids of entries never
// change.
func (s site) alerts(as format) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ask, err := filter.Parse(r.URL.Query())
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		stories, err := s.toldStories(r.Context(), ask)
		if err != nil {
			s.sheet.Down(w, r, err)
			return
		}
		root := s.rootFor(r)
		f, err := s.feedOf(stories, root)
		if err != nil {
			s.sheet.Down(w, r, err)
			return
		}
		f.Title += s.asked(ask)
		body, err := as.write(f, root+r.URL.Path, ask.Query())
		if err != nil {
			s.sheet.Down(w, r, err)
			return
		}
		w.Header().Set("Content-Type", as.contentType)
		w.Header().Set("Etag", fmt.Sprintf(`"%x"`, sha256.Sum256(body)))
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body)) // its texts may change after its latest entry
	}
}

// toldStories returns the stories that people were told of, as far as they are
// asked for.
func (s site) toldStories(ctx context.Context, ask filter.Filter) ([]news.Story, error) {
	now := time.Now().UTC()
	stories, err := s.archive.ToldStories(ctx, now.Add(-cmp.Or(ask.Since, shown)), now.Add(ahead))
	if err != nil {
		return nil, err
	}
	spoken, err := s.board.Spoken(ctx, ask, now)
	return slices.DeleteFunc(stories, func(st news.Story) bool {
		return !ask.Matches(st) || spoken != nil && !spoken[st.ID]
	}), err
}

// asked writes what is asked for, for the title of a feed.
func (s site) asked(ask filter.Filter) string {
	var all []string
	for _, c := range s.chips(ask) {
		all = append(all, c.Text)
	}
	if len(all) == 0 {
		return ""
	}
	return ": " + strings.Join(all, ", ")
}

// feedOf makes a feed of what people heard of stories, the latest first.
func (s site) feedOf(stories []news.Story, root string) (*feeds.Feed, error) {
	f := &feeds.Feed{
		Title:       "Coupwatch",
		Description: "Stories of coups, mutinies, plots, purges and defections, as they were told",
		Link:        &feeds.Link{Href: root + "/"},
		Author:      &feeds.Author{Name: "Coupwatch"},
		Updated:     time.Unix(0, 0).UTC(),
	}
	for _, story := range stories {
		var about bytes.Buffer
		err := s.pages.Write(&about, "entry.html", struct {
			news.Story
			Page string
		}{story, root + sheet.Local(story.ID)})
		if err != nil {
			return nil, fmt.Errorf("write the entry of story %s: %w", story.ID, err)
		}
		for _, m := range firstMessages(story) {
			f.Add(&feeds.Item{
				Id:      "urn:coupwatch:" + story.ID + ":" + m.Key,
				Title:   sheet.Capital(headed(m) + sheet.Plain(story.Headline)),
				Link:    &feeds.Link{Href: cmp.Or(sheet.Web(story.Link), root+sheet.Local(story.ID))},
				Content: about.String(),
				Created: m.At.UTC(),
				Updated: m.At.UTC(),
			})
		}
	}
	slices.SortStableFunc(f.Items, func(a, b *feeds.Item) int { return b.Updated.Compare(a.Updated) })
	f.Items = f.Items[:min(len(f.Items), mostAlerts)]
	if len(f.Items) > 0 {
		f.Updated = f.Items[0].Updated
	}
	return f, nil
}

// writeAtom writes a feed as Atom, RFC 4287.
func writeAtom(f *feeds.Feed, self, query string) ([]byte, error) {
	a := (&feeds.Atom{Feed: f}).AtomFeed()
	a.Id, a.Link = "urn:coupwatch:alerts"+query, &feeds.AtomLink{Href: self + query, Rel: "self"}
	for i, e := range a.Entries {
		e.Published = f.Items[i].Created.Format(time.RFC3339)
	}
	body, err := xml.MarshalIndent(a, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write the feed of alerts: %w", err)
	}
	return append([]byte(xml.Header), body...), nil
}

// writeJSON writes a feed as JSON Feed, version 1.1.
func writeJSON(f *feeds.Feed, self, query string) ([]byte, error) {
	j := (&feeds.JSON{Feed: f}).JSONFeed()
	j.FeedUrl = self + query
	items := j.Items
	if items == nil {
		items = []*feeds.JSONItem{}
	}
	body, err := json.MarshalIndent(struct {
		*feeds.JSONFeed
		Items []*feeds.JSONItem `json:"items"` // required even if there are none
	}{j, items}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the feed of alerts: %w", err)
	}
	return body, nil
}
