package newswire

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// A Server serves the feeds of a wire as they stand at a moment of its story.
type Server struct {
	wire  Wire
	start time.Time // what the story's beginning is dated
	now   atomic.Int64
}

// NewServer returns a server of w whose story ends about now.
func NewServer(w Wire) *Server {
	return &Server{wire: w, start: time.Now().UTC().Add(-Length).Truncate(time.Minute)}
}

// Set moves the story to at, counted from its beginning.
func (s *Server) Set(at time.Duration) { s.now.Store(int64(at)) }

// Clock returns the date of the present moment of the story.
func (s *Server) Clock() time.Time { return s.start.Add(time.Duration(s.now.Load())) }

// Published returns how many items the outlets have published so far.
func (s *Server) Published() int {
	n := 0
	for _, it := range s.wire.Items {
		if it.At <= time.Duration(s.now.Load()) {
			n++
		}
	}
	return n
}

// window is how many items a feed holds.
const window = 15

// ServeHTTP answers the feeds of the outlets, with ETag and 304, at /ID.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i := slices.IndexFunc(s.wire.Outlets, func(o Outlet) bool { return "/"+o.ID == r.URL.Path })
	if i < 0 {
		http.NotFound(w, r)
		return
	}
	o := s.wire.Outlets[i]
	body, mediaType, err := s.feed(o)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	etag := fmt.Sprintf(`"%x"`, sha256.Sum256(body))
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("ETag", etag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// entry is an item as a feed writes it. It has no link: where it leads to, there
// is nothing.
type entry struct {
	Item
	Date time.Time
}

// feed writes the feed of o, the newest item first.
func (s *Server) feed(o Outlet) (body []byte, mediaType string, err error) {
	var items []entry
	for _, it := range slices.Backward(s.wire.Items) {
		if it.Outlet == o.ID && it.At <= time.Duration(s.now.Load()) && len(items) < window {
			items = append(items, entry{it, s.start.Add(it.At)})
		}
	}
	switch o.Format {
	case "json":
		body, err = jsonFeed(o, items)
		return body, "application/feed+json", err
	case "atom":
		return atom(o, items), "application/atom+xml", nil
	case "rss-1251":
		body, err = charmap.Windows1251.NewEncoder().Bytes(rss(o, items, "windows-1251"))
		return body, "application/rss+xml", err
	default:
		return rss(o, items, "utf-8"), "application/rss+xml; charset=utf-8", nil
	}
}

func rss(o Outlet, items []entry, charset string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="%s"?><rss version="2.0"><channel><title>%s</title><language>%s</language>`, charset, esc(o.Name), o.Language)
	for _, it := range items {
		fmt.Fprintf(&b, "\n<item><title>%s</title><guid isPermaLink=\"false\">%s</guid><pubDate>%s</pubDate><description>%s</description></item>",
			esc(it.Title), it.Link, it.Date.Format(time.RFC1123Z), esc(it.Summary))
	}
	b.WriteString("</channel></rss>\n")
	return b.Bytes()
}

func atom(o Outlet, items []entry) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="%s"><title>%s</title>`, o.Language, esc(o.Name))
	for _, it := range items {
		fmt.Fprintf(&b, "\n<entry><title>%s</title><id>%s</id><updated>%s</updated><summary>%s</summary></entry>",
			esc(it.Title), it.Link, it.Date.Format(time.RFC3339), esc(it.Summary))
	}
	b.WriteString("</feed>\n")
	return b.Bytes()
}

func jsonFeed(o Outlet, items []entry) ([]byte, error) {
	type item struct {
		ID        string    `json:"id"`
		Title     string    `json:"title"`
		Text      string    `json:"content_text"`
		Published time.Time `json:"date_published"`
	}
	feed := struct {
		Version  string `json:"version"`
		Title    string `json:"title"`
		Language string `json:"language"`
		Items    []item `json:"items"`
	}{"https://jsonfeed.org/version/1.1", o.Name, o.Language, nil}
	for _, it := range items {
		feed.Items = append(feed.Items, item{it.Link, it.Title, it.Summary, it.Date})
	}
	return json.Marshal(feed)
}

func esc(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer does not fail
	return b.String()
}
