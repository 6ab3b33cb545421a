package discover_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/discover"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// tooOften is a page whose server wants to be asked less often.
const tooOften = "429"

// A web is pages by their addresses, which one server on loopback stands in for.
// A page that begins with "-> " redirects.
type web struct {
	pages map[string]string
	http  *fetch.HTTP
	at    string // of the server

	mu    sync.Mutex
	asked []string
	users []string // who asked, "" for nobody
}

func newWeb(t *testing.T, pages map[string]string) *web {
	w := &web{pages: pages}
	srv := httptest.NewServer(w)
	t.Cleanup(srv.Close)
	w.at = srv.URL
	w.http = fetch.New(fetch.Options{Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	return w
}

func (w *web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	address := strings.TrimPrefix(r.URL.RequestURI(), "/web/")
	address, _ = url.PathUnescape(address)
	user, _, _ := r.BasicAuth()
	w.mu.Lock()
	w.asked, w.users = append(w.asked, address), append(w.users, user)
	w.mu.Unlock()
	body, found := w.pages[address]
	to, redirects := strings.CutPrefix(body, "-> ")
	switch {
	case !found:
		rw.WriteHeader(http.StatusNotFound)
	case body == tooOften:
		rw.Header().Set("Retry-After", "60")
		rw.WriteHeader(http.StatusTooManyRequests)
	case redirects:
		http.Redirect(rw, r, "/web/"+url.PathEscape(to), http.StatusFound)
	default:
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = rw.Write([]byte(body))
	}
}

// Fetch asks the server on loopback for what is at an address of the web.
func (w *web) Fetch(ctx context.Context, f news.FeedState) (fetch.Answer, error) {
	f.URL = w.at + "/web/" + url.PathEscape(f.URL)
	a, err := w.http.Fetch(ctx, f)
	found, _ := url.PathUnescape(strings.TrimPrefix(a.Address, w.at+"/web/"))
	a.Address = found
	return a, err
}

func (w *web) find(t *testing.T, named string) (discover.Found, error) {
	t.Helper()
	s := discover.Searcher{Fetch: w, Abroad: w}
	return s.Find(t.Context(), named)
}

func feed(title string) string {
	return `<rss version="2.0"><channel><title>` + title + `</title><item><title>Rain over ` + title + `</title><link>https://paper.example/` + url.PathEscape(title) + `</link></item></channel></rss>`
}

const newsMap = `<urlset xmlns:news="n"><url><loc>https://paper.example/1</loc><news:news><news:title>Rain</news:title></news:news></url></urlset>`

const gdelt = `{"articles":[{"url":"https://paper.example/1","title":"Rain","seendate":"20261120T101500Z","domain":"paper.example","language":"English"}]}`

const page = `<!DOCTYPE html><html><head><title>The Paper</title>`

func TestFind(t *testing.T) {
	tests := []struct {
		name  string
		pages map[string]string
		asked string
		want  []string // addresses and why, the best first
	}{
		{"the feed itself", map[string]string{"https://paper.example/feed": feed("A")}, "https://paper.example/feed", []string{"https://paper.example/feed "}},
		{"without https", map[string]string{"https://paper.example": feed("A")}, "paper.example", []string{"https://paper.example "}},
		{"moved on its site", map[string]string{"https://paper.example/feed": "-> https://www.paper.example/feed/", "https://www.paper.example/feed/": feed("A")}, "https://paper.example/feed", []string{"https://www.paper.example/feed/ "}},
		{"moved elsewhere", map[string]string{"https://paper.example/feed": "-> https://cache.example/77", "https://cache.example/77": feed("A")}, "https://paper.example/feed", []string{"https://paper.example/feed "}},
		{"named by the page", map[string]string{
			"https://paper.example/": page + `<base href="/en/"><link rel="stylesheet" href="a.css">
				<link rel="alternate" type="application/rss+xml" title="Comments" href="comments/feed">
				<link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" title="All
				 news" href="all.atom">
				<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1"><link rel="alternate" hreflang="fr" href="/fr/">`,
			"https://paper.example/en/comments/feed": feed("C"), "https://paper.example/en/all.atom": feed("A"),
		}, "https://paper.example/", []string{"https://paper.example/en/all.atom named by the page, as “All news”", "https://paper.example/en/comments/feed named by the page, as “Comments”"}},
		{"one feed under two addresses", map[string]string{
			"https://paper.example/":     page + `<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="application/rss+xml" href="/rss">`,
			"https://paper.example/feed": feed("A"), "https://paper.example/rss": feed("A"),
		}, "https://paper.example/", []string{"https://paper.example/feed named by the page"}},
		{"links", map[string]string{
			"https://paper.example/":                 page + `</head><body><a href="/news/1">Feeding the hungry</a><a href="/x?id=4"><img src="i.png" alt="RSS"></a><a href="https://feeds.example/paper/africa.rss">Africa</a>`,
			"https://paper.example/x?id=4":           feed("X"),
			"https://feeds.example/paper/africa.rss": feed("Africa"),
		}, "https://paper.example/", []string{"https://paper.example/x?id=4 linked from the page, as “RSS”", "https://feeds.example/paper/africa.rss linked from the page, as “Africa”"}},
		{"a page that lists feeds", map[string]string{
			"https://paper.example/":                  page + `</head><body><a href="/service/rss-feeds">Our RSS feeds</a>`,
			"https://paper.example/service/rss-feeds": page + `</head><body><a href="/xml/world.rss">World</a>`,
			"https://paper.example/xml/world.rss":     feed("World"),
		}, "https://paper.example/", []string{"https://paper.example/xml/world.rss linked from the page, as “World”"}},
		{"at a usual address", map[string]string{"https://paper.example/world/": page, "https://paper.example/rss.xml": feed("A"), "https://paper.example/world/feed": feed("World")}, "https://paper.example/world/", []string{"https://paper.example/rss.xml at a usual address", "https://paper.example/world/feed at a usual address"}},
		{"the feed has gone", map[string]string{"https://paper.example/feed": feed("A")}, "https://paper.example/old.xml", []string{"https://paper.example/feed at a usual address"}},
		{"a channel of YouTube", map[string]string{"https://www.youtube.com/feeds/videos.xml?channel_id=UCaaaaaaaaaaaaaaaaaaaaaa": feed("V")}, "https://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa/videos", []string{"https://www.youtube.com/feeds/videos.xml?channel_id=UCaaaaaaaaaaaaaaaaaaaaaa YouTube's feed of the channel"}},
		{"a handle of YouTube", map[string]string{
			"https://www.youtube.com/@paper":                                               page + `</head><body><script>var d = {"externalId":"UCbbbbbbbbbbbbbbbbbbbbbb"}</script>`,
			"https://www.youtube.com/feeds/videos.xml?channel_id=UCbbbbbbbbbbbbbbbbbbbbbb": feed("V"),
		}, "https://www.youtube.com/@paper", []string{"https://www.youtube.com/feeds/videos.xml?channel_id=UCbbbbbbbbbbbbbbbbbbbbbb YouTube's feed of the channel"}},
		{"a playlist of YouTube", map[string]string{"https://www.youtube.com/feeds/videos.xml?playlist_id=PL1": feed("V")}, "youtube.com/playlist?list=PL1", []string{"https://www.youtube.com/feeds/videos.xml?playlist_id=PL1 YouTube's feed of the playlist"}},
		{"a profile of Mastodon", map[string]string{"https://social.example/@desk.rss": feed("M")}, "@desk@social.example", []string{"https://social.example/@desk.rss the feed of the profile, as on Mastodon"}},
		{"a profile of Bluesky", map[string]string{"https://bsky.app/profile/desk.example/rss": feed("B")}, "https://bsky.app/profile/desk.example", []string{"https://bsky.app/profile/desk.example/rss Bluesky's feed of the profile"}},
		{"a name of Bluesky", map[string]string{"https://bsky.app/profile/desk.example/rss": feed("B")}, "@desk.example", []string{"https://bsky.app/profile/desk.example/rss Bluesky's feed of the profile"}},
		{"Reddit", map[string]string{"https://www.reddit.com/r/coups/.rss": feed("R")}, "https://old.reddit.com/r/coups/", []string{"https://www.reddit.com/r/coups/.rss Reddit's feed of the page"}},
		{"a topic of Google News", map[string]string{"https://news.google.com/rss/topics/CAA?hl=fr": feed("G")}, "https://news.google.com/topics/CAA?hl=fr", []string{"https://news.google.com/rss/topics/CAA?hl=fr Google News' feed of the page"}},
		{"a channel of Telegram", map[string]string{"https://t.me/s/tolmin": `<!DOCTYPE html><div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="tolmin/2"><div class="tgme_widget_message_text">Soldiers locked the gate</div></div></div>`}, "t.me/tolmin/2", []string{"https://t.me/s/tolmin Telegram's page of the channel"}},
		{"a news sitemap", map[string]string{
			"https://paper.example/":             page,
			"https://paper.example/robots.txt":   "User-agent: *\nDisallow: /x\n" + strings.Repeat("sitemap: https://paper.example/all.xml\n", 10) + "Sitemap:/news/map.xml\n",
			"https://paper.example/news/map.xml": newsMap,
		}, "https://paper.example/", []string{"https://paper.example/news/map.xml a map of the site, named in its robots.txt"}},
		{"a news sitemap within an index", map[string]string{
			"https://paper.example/":           page,
			"https://paper.example/robots.txt": "Sitemap: https://paper.example/all.xml",
			"https://paper.example/all.xml":    `<sitemapindex xmlns="x"><sitemap><loc>https://paper.example/pages.xml</loc></sitemap><sitemap><loc>https://paper.example/news.xml</loc></sitemap></sitemapindex>`,
			"https://paper.example/news.xml":   newsMap,
		}, "https://paper.example/", []string{"https://paper.example/news.xml a map of the site, named by another"}},
		{"a news sitemap at a usual address", map[string]string{"https://paper.example/": page, "https://paper.example/news-sitemap.xml": newsMap}, "https://paper.example/", []string{"https://paper.example/news-sitemap.xml a map of the site, at a usual address"}},
		{"words", map[string]string{"https://news.google.com/rss/search?ceid=US:en&gl=US&hl=en&q=coup+in+Mali": feed("G")}, "coup in Mali", []string{"https://news.google.com/rss/search?ceid=US:en&gl=US&hl=en&q=coup+in+Mali "}},
		{"words for GDELT", map[string]string{"https://api.gdeltproject.org/api/v2/doc/doc?format=json&maxrecords=250&mode=artlist&query=coup+Mali&sort=datedesc&timespan=1week": gdelt}, "gdelt: coup Mali", []string{"https://api.gdeltproject.org/api/v2/doc/doc?format=json&maxrecords=250&mode=artlist&query=coup+Mali&sort=datedesc&timespan=1week "}},
		{"a search of GDELT as a page", map[string]string{"https://api.gdeltproject.org/api/v2/doc/doc?format=json&mode=artlist&query=mutiny": gdelt}, "https://api.gdeltproject.org/api/v2/doc/doc?query=mutiny&mode=timelinevol", []string{"https://api.gdeltproject.org/api/v2/doc/doc?format=json&mode=artlist&query=mutiny GDELT's list of what the search finds"}},
		{"words about a site", map[string]string{"https://news.google.com/rss/search?ceid=US:en&gl=US&hl=en&q=site:paper.example": feed("G")}, "site:paper.example", []string{"https://news.google.com/rss/search?ceid=US:en&gl=US&hl=en&q=site:paper.example "}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found, err := newWeb(t, tt.pages).find(t, tt.asked)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range found.Candidates {
				got = append(got, c.Feed.URL+" "+c.Why)
				if len(c.Document.Items) != 1 {
					t.Errorf("%s has %d items, want one", c.Feed.URL, len(c.Document.Items))
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

// GDELT is asked for a language by its name.
func TestFindGDELTByLanguage(t *testing.T) {
	const at = "https://api.gdeltproject.org/api/v2/doc/doc?format=json&maxrecords=250&mode=artlist&query=%D0%B7%D0%B0%D0%BA%D0%BE%D0%BB%D0%BE%D1%82+sourcelang%3Aukrainian&sort=datedesc&timespan=1week"
	w := newWeb(t, map[string]string{at: gdelt})
	s := discover.Searcher{Fetch: w, Abroad: w, As: news.Feed{Language: "uk"}}
	found, err := s.Find(t.Context(), "gdelt: заколот")
	if err != nil || len(found.Candidates) != 1 || found.Candidates[0].Feed.URL != at {
		t.Errorf("found %+v, %v", found, err)
	}
	if _, err := s.Find(t.Context(), "gdelt: "); err == nil || !strings.Contains(err.Error(), "gdelt:coup Mali") {
		t.Errorf("without words: %v", err)
	}
}

// What is named as a feed and is none is told beside what is one.
func TestFindTellsWhatIsBroken(t *testing.T) {
	w := newWeb(t, map[string]string{
		"https://paper.example/":     page + `<link rel="alternate" type="application/rss+xml" href="/gone"><link rel="alternate" type="application/rss+xml" href="/feed">`,
		"https://paper.example/feed": feed("A"),
	})
	found, err := w.find(t, "https://paper.example/")
	if err != nil || len(found.Candidates) != 1 || len(found.Failed) != 1 || found.Failed[0].URL != "https://paper.example/gone" || !strings.Contains(found.Failed[0].Err.Error(), "404") {
		t.Errorf("found %v and %v, %v; want one and the broken one", found.Candidates, found.Failed, err)
	}
}

func TestFindNothing(t *testing.T) {
	tests := []struct {
		name  string
		pages map[string]string
		asked string
		want  string
		most  int // how often the web is asked
	}{
		{"a page without feeds", map[string]string{"https://www.paper.example/": page}, "https://www.paper.example/", `no feed was found at https://www.paper.example/, nor where feeds usually are on that site; see whether Google News knows the site (coupwatch feeds try "site:paper.example"), or say with page: in rules.yaml where its items are`, 30},
		{"no such page", nil, "https://paper.example/a", `(HTTP 404: there is nothing at this address; look for the new one)`, 30},
		{"no feed and no page", map[string]string{"https://paper.example/a": `{"error":"no"}`}, "https://paper.example/a", "(this is not a feed; the server says: no)", 30},
		{"a server that has had enough", map[string]string{"https://paper.example/": page, "https://paper.example/feed": tooOften, "https://paper.example/rss": tooOften}, "https://paper.example/", "no feed was found", 6},
		{"Telegram", map[string]string{"https://t.me/s/desk": "-> https://t.me/desk", "https://t.me/desk": page}, "https://t.me/desk", "no feed was found at https://t.me/desk; Telegram shows its posts", 3},
		{"X", map[string]string{"https://x.com/desk": page}, "https://x.com/desk", "no feed was found at https://x.com/desk; X offers no feeds", 1},
		{"YouTube without a channel", map[string]string{"https://www.youtube.com/@desk": page}, "https://www.youtube.com/@desk", "; name the page of the channel", 1},
		{"no words", nil, " ", "write an address such as", 0},
		{"not of the web", nil, "ftp://paper.example/", "is no address of the web", 0},
		{"secrets", map[string]string{"https://paper.example/?token=hush": page}, "https://u:hush@paper.example/?token=hush", "no feed was found at https://paper.example/?token=…", 30},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWeb(t, tt.pages)
			_, err := w.find(t, tt.asked)
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "hush") {
				t.Errorf("says %v\nwant %s", err, tt.want)
			}
			if len(w.asked) > tt.most {
				t.Errorf("asked %d times: %v", len(w.asked), w.asked)
			}
		})
	}
}

// Who may see a page sees its feeds by the same login, and no other host does.
func TestFindLogin(t *testing.T) {
	w := newWeb(t, map[string]string{
		"https://paper.example/":     page + `<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="application/rss+xml" href="https://spy.example/feed">`,
		"https://paper.example/feed": feed("A"), "https://spy.example/feed": feed("B"),
	})
	found, err := w.find(t, "https://desk:hush@paper.example/")
	if err != nil || len(found.Candidates) != 2 {
		t.Fatalf("found %v, %v", found, err)
	}
	for i, address := range w.asked {
		if want := map[bool]string{true: "", false: "desk"}[strings.Contains(address, "spy")]; w.users[i] != want {
			t.Errorf("%s was asked as %q, want %q", address, w.users[i], want)
		}
	}
	if got := found.Candidates[0].Feed.Login.In(found.Candidates[0].Feed.URL); got != "https://desk:hush@paper.example/feed" {
		t.Errorf("the feed is read at %s", got)
	}
}

// A page of the web leads into no network that is read on purpose only.
func TestFindAbroad(t *testing.T) {
	w := newWeb(t, map[string]string{"https://inner.example/feed": feed("A"), "https://paper.example/": page + `<link rel="alternate" type="application/rss+xml" href="https://inner.example/feed">`})
	s := discover.Searcher{Fetch: w, Abroad: fetch.New(fetch.Options{})}
	found, err := s.Find(t.Context(), "https://paper.example/")
	if err == nil || slices.Contains(w.asked, "https://inner.example/feed") {
		t.Errorf("found %v by asking %v", found.Candidates, w.asked)
	}
}

// A link that says "RSS" and leads to a page is told of only if nothing is found.
func TestFindTellsOfNoPages(t *testing.T) {
	w := newWeb(t, map[string]string{
		"https://paper.example/":          page + `</head><body><a href="/about-rss">What is RSS?</a><a href="/feed">RSS</a>`,
		"https://paper.example/about-rss": page, "https://paper.example/feed": feed("A"),
	})
	found, err := w.find(t, "https://paper.example/")
	if err != nil || len(found.Candidates) != 1 || len(found.Failed) != 0 {
		t.Errorf("found %d, and as broken %v, %v", len(found.Candidates), found.Failed, err)
	}
}

// A host that lets us wait is not waited for again and again.
func TestFindGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		s := discover.Searcher{Fetch: slow{}, Abroad: slow{}}
		_, err := s.Find(t.Context(), "https://paper.example/a")
		if err == nil || time.Since(began) > 2*time.Minute {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
	})
}

// slow answers with a page, and of all else after half a minute that nobody is
// there.
type slow struct{}

func (slow) Fetch(ctx context.Context, f news.FeedState) (fetch.Answer, error) {
	if f.URL == "https://paper.example/a" {
		return fetch.Answer{Data: []byte(page), Address: f.URL}, nil
	}
	select {
	case <-time.After(30 * time.Second):
	case <-ctx.Done():
	}
	return fetch.Answer{}, &fetch.Trouble{Text: "paper.example did not answer in full within 30s"}
}

func FuzzFind(f *testing.F) {
	f.Add(page+`<base href="//x"><link rel=alternate type=application/rss+xml href="%zz"><a href="http://[">RSS</a>`, "https://paper.example/a?b=c")
	f.Add("<rss", "@a@b.example")
	f.Fuzz(func(t *testing.T, body, named string) {
		s := discover.Searcher{Fetch: still(body), Abroad: still(body)}
		found, err := s.Find(t.Context(), named)
		if err == nil && len(found.Candidates) == 0 {
			t.Error("nothing was found, and nothing said")
		}
	})
}

// still answers whatever is asked with the same body.
type still string

func (s still) Fetch(_ context.Context, f news.FeedState) (fetch.Answer, error) {
	return fetch.Answer{Data: []byte(s), Address: f.URL}, nil
}
