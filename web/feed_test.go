package web_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
)

// An entry is what both feeds have of an alert.
type entry struct {
	ID, Title, Link string
	At              time.Time
}

// readAtom reads a feed by what RFC 4287 demands, and fails if something is
// missing.
func readAtom(t *testing.T, body string) []entry {
	t.Helper()
	var f struct {
		XMLName xml.Name  `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string    `xml:"id"`
		Title   string    `xml:"title"`
		Updated time.Time `xml:"updated"`
		Author  string    `xml:"author>name"`
		Link    struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Entries []struct {
			ID        string    `xml:"id"`
			Title     string    `xml:"title"`
			Updated   time.Time `xml:"updated"`
			Published time.Time `xml:"published"`
			Link      struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
			Content struct {
				Type string `xml:"type,attr"`
				Text string `xml:",chardata"`
			} `xml:"content"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(body), &f); err != nil {
		t.Fatalf("not Atom: %v\n%s", err, body)
	}
	if f.ID == "" || f.Title == "" || f.Author == "" || f.Link.Rel != "self" || f.Link.Href == "" {
		t.Errorf("the feed lacks something: %+v", f)
	}
	var out []entry
	for _, e := range f.Entries {
		if e.Content.Type != "html" || e.Content.Text == "" || !e.Published.Equal(e.Updated) {
			t.Errorf("the entry %s lacks something: %+v", e.ID, e)
		}
		out = append(out, entry{e.ID, e.Title, e.Link.Href, e.Updated})
	}
	return out
}

// readJSON reads a feed by what JSON Feed 1.1 demands.
func readJSON(t *testing.T, body string) []entry {
	t.Helper()
	var f struct {
		Version, Title string
		FeedURL        string `json:"feed_url"`
		Items          []struct {
			ID, URL, Title string
			HTML           string    `json:"content_html"`
			Published      time.Time `json:"date_published"`
		}
	}
	if err := json.Unmarshal([]byte(body), &f); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, body)
	}
	if f.Version != "https://jsonfeed.org/version/1.1" || f.Title == "" || f.FeedURL == "" || f.Items == nil {
		t.Errorf("the feed lacks something: %+v", f)
	}
	var out []entry
	for _, e := range f.Items {
		if e.HTML == "" {
			t.Errorf("the item %s has no content", e.ID)
		}
		out = append(out, entry{e.ID, e.Title, e.URL, e.Published})
	}
	return out
}

func TestFeeds(t *testing.T) {
	quiet := news.Story{ID: "77", Headline: "Nobody was told", FirstSeen: start, LastSeen: start}
	old := news.Story{ID: "88", Headline: "Told & <before>", Link: "ftp://odd.example/", Told: start.Add(-time.Hour)}
	a := archive{stories: []news.Story{quiet, sample(start), old}}
	const link, told = "https://herald.example/plan", "Officers in Zamunda plan to remove the president, exile says"
	want := []entry{
		{"urn:coupwatch:5f1c2a9d03b7e846:status-denied", "Now denied: " + told, link, start.Add(9 * time.Hour)},
		{"urn:coupwatch:5f1c2a9d03b7e846:severity-high", "Now high, now claim: " + told, link, start.Add(2 * time.Hour)},
		{"urn:coupwatch:5f1c2a9d03b7e846:new", told, link, start},
		{"urn:coupwatch:88:new", "Told & <before>", "http://HOST/story/88", start.Add(-time.Hour)},
	}
	for path, read := range map[string]func(*testing.T, string) []entry{"/alerts.atom": readAtom, "/alerts.json": readJSON} {
		code, header, body := get(t, a, web.State{}, path)
		if kind := header.Get("Content-Type"); code != http.StatusOK || !strings.HasPrefix(kind, "application/") {
			t.Fatalf("%s: got %d, %s", path, code, kind)
		}
		got := read(t, body)
		for i := range got {
			if u, err := url.Parse(got[i].Link); err == nil && u.Hostname() == "127.0.0.1" {
				got[i].Link = "http://HOST" + u.Path
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
		if _, _, again := get(t, archive{}, web.State{}, path); len(read(t, again)) != 0 {
			t.Errorf("%s of nothing has entries", path)
		}
	}
}

// A feed holds the latest alerts, and is not sent again to who has it.
func TestFeedIsBoundedAndKept(t *testing.T) {
	var a archive
	for i := range 150 {
		at := start.Add(time.Duration(i) * time.Minute)
		a.stories = append(a.stories, news.Story{ID: fmt.Sprint(i), Headline: "One", Told: at, LastSeen: at})
	}
	_, header, body := get(t, a, web.State{}, "/alerts.atom")
	if got := readAtom(t, body); len(got) != 100 || got[0].ID != "urn:coupwatch:149:new" {
		t.Fatalf("%d entries, the first %v, want the latest 100", len(got), got[0])
	}
	r := httptest.NewRequest(http.MethodGet, "/alerts.atom", nil)
	r.Header.Set("If-None-Match", header.Get("ETag"))
	w := httptest.NewRecorder()
	srv := web.Handler(web.Options{Archive: a, State: func() web.State { return web.State{} }, Log: slog.New(slog.DiscardHandler)})
	if srv.ServeHTTP(w, r); w.Code == http.StatusNotModified {
		t.Error("the feed under another name of the host is taken for the same")
	}
	etag := w.Header().Get("ETag")
	r.Header.Set("If-None-Match", etag)
	w = httptest.NewRecorder()
	if srv.ServeHTTP(w, r); etag == "" || w.Code != http.StatusNotModified {
		t.Errorf("asked again with %q: got %d, want 304", etag, w.Code)
	}
}

// Links lead where the page is said to be, else to an address of this machine, and
// never to a name that whoever asks makes up.
func TestLinksOfFeeds(t *testing.T) {
	a := archive{stories: []news.Story{{ID: "88", Headline: "Told", Told: start, LastSeen: start}}}
	for _, tt := range []struct{ root, host, want string }{
		{"", "", "http://127.0.0.1:PORT"},
		{"", "evil.example", "http://127.0.0.1:PORT"},
		{"", "evil.example:PORT", "http://127.0.0.1:PORT"},
		{"", "localhost:PORT", "http://localhost:PORT"},
		{"", "[::1]:PORT", "http://[::1]:PORT"},
		{"", "10.9.8.7:PORT", "http://127.0.0.1:PORT"},
		{"", "127.0.0.1.evil.example", "http://127.0.0.1:PORT"},
		{"https://desk.example", "evil.example", "https://desk.example"},
	} {
		o := whole(a, web.State{})
		o.Root = tt.root
		srv := httptest.NewServer(web.Handler(o))
		port := srv.URL[strings.LastIndex(srv.URL, ":")+1:]
		for path, read := range map[string]func(*testing.T, string) []entry{"/alerts.atom": readAtom, "/alerts.json": readJSON} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if tt.host != "" {
				r.Host = strings.ReplaceAll(tt.host, "PORT", port)
			}
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(res.Body)
			res.Body.Close()
			if err != nil {
				t.Fatal(err)
			}
			want := strings.ReplaceAll(tt.want, "PORT", port) + "/story/88"
			if got := read(t, string(body)); len(got) != 1 || got[0].Link != want || strings.Contains(string(body), "evil") {
				t.Errorf("%s asked as %q: %v, want %s", path, tt.host, got, want)
			}
		}
		srv.Close()
	}
}
