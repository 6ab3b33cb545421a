package main

import (
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/fulltext"
)

// A press are outlets with a feed each, and a page for each of their articles.
type press struct {
	*httptest.Server
	mu       sync.Mutex
	articles []printed
	out      bool           // the articles stand in their feeds
	whole    bool           // the feeds carry them whole
	slow     time.Duration  // how long a page takes
	asked    map[string]int // how often each page was asked for
}

// A printed article is one of an outlet.
type printed struct {
	outlet, title, summary string
	paragraphs             []string
}

func newPress(t *testing.T, articles []printed) *press {
	t.Helper()
	p := &press{articles: articles, asked: map[string]int{}}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

// ServeHTTP serves the feed of the n-th outlet at /feed/n, and its page at /page/n.
func (p *press) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked[r.URL.Path]++
	p.mu.Unlock()
	var n int
	if _, err := fmt.Sscanf(r.URL.Path, "/feed/%d", &n); err == nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		fmt.Fprint(w, p.feed(n))
		return
	}
	if _, err := fmt.Sscanf(r.URL.Path, "/page/%d", &n); err == nil {
		<-time.After(p.slow)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, p.page(p.articles[n]))
		return
	}
	http.NotFound(w, r)
}

func (p *press) feed(n int) string {
	items := `<item><title>Rain in the valley</title><guid>rain</guid></item>`
	if a := p.articles[n]; p.out {
		at := time.Now().Add(time.Duration(n-60) * time.Minute).UTC().Format(time.RFC1123Z)
		items += fmt.Sprintf(`<item><title>%s</title><guid>%d</guid><link>%s/page/%d</link><pubDate>%s</pubDate><description>%s</description>`,
			html.EscapeString(a.title), n, p.URL, n, at, html.EscapeString(a.summary))
		if p.whole {
			items += "<content:encoded>" + html.EscapeString("<p>"+strings.Join(escaped(a.paragraphs), "</p><p>")+"</p>") + "</content:encoded>"
		}
		items += "</item>"
	}
	return `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Outlet</title><language>en</language>` + items + `</channel></rss>`
}

func escaped(texts []string) (all []string) {
	for _, s := range texts {
		all = append(all, html.EscapeString(s))
	}
	return all
}

// page returns the page of an article, with what stands around it elsewhere:
// teasers that tell of coups, a wall, comments.
func (p *press) page(a printed) string {
	half := len(a.paragraphs) / 2
	paragraphs := func(some []string) string { return "<p>" + strings.Join(escaped(some), "</p>\n<p>") + "</p>" }
	teasers := `<ul><li><a href="/x">Presidential guard stages coup in Niger, general seizes power</a></li><li><a href="/y">Army mutiny spreads in Burkina Faso</a></li></ul>`
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>` + html.EscapeString(a.title) + ` - Outlet</title></head><body>
		<div id="consent" role="dialog"><p>We and our partners store and access information on your device.</p></div><nav>` + teasers + `</nav>
		<main><article><h1>` + html.EscapeString(a.title) + `</h1>` + paragraphs(a.paragraphs[:half]) + `<aside>Read also` + teasers + `</aside>` + paragraphs(a.paragraphs[half:]) + `</article>
		<div class="more"><h2>More</h2><div class="card"><h3><a href="/x">Top general of Chad defects to the West</a></h3><p>A general of Chad defected with his men, officials said.</p></div></div></main>
		<section class="comments"><p>There will be a coup in Belarus before Christmas.</p></section><footer>All rights reserved.</footer></body></html>`
}

// A pressRules are rules for the feeds of a press.
type pressRules struct {
	*matcher.Rules
	feeds []news.Feed
}

// Feeds implements [watcher.Rules].
func (r *pressRules) Feeds() []news.Feed { return r.feeds }

// shippedRules are those that coupwatch comes with.
var shippedRules = sync.OnceValues(func() (*matcher.Rules, error) { return matcher.Read("../../rules.yaml") })

// rules returns the shipped rules for the feeds of the press, which are due in each
// round.
func (p *press) rules(t *testing.T, of news.FullText, round int) *pressRules {
	t.Helper()
	shipped, err := shippedRules()
	if err != nil {
		t.Fatal(err)
	}
	r := &pressRules{Rules: shipped}
	for i, a := range p.articles {
		r.feeds = append(r.feeds, news.Feed{
			URL: fmt.Sprintf("%s/feed/%d", p.URL, i), Name: a.outlet, Publisher: a.outlet, Schedule: fmt.Sprintf("@every %dh", round), FullText: of,
		})
	}
	return r
}

// A standing is how a story stands, as far as it is the same however its texts came.
type standing struct {
	Titles   []string // of its items
	Severity news.Severity
	Status   news.Status
	Origins  []string
	Reports  int
	New      int // how often people were told that it is new
	Heard    int // and all that they were told; more if a page comes late
}

// print publishes the articles and returns the stories that come of them.
func (p *press) print(t *testing.T, of news.FullText) []standing {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "coupwatch.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rules, stories := p.rules(t, of, 1), new(story.Stories)
	http := fetch.New(fetch.Options{Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	pages := fulltext.NewPages(fulltext.Options{
		Reader: fulltext.New(http), Store: db, Log: slog.New(slog.DiscardHandler),
		Feeds:  func() []news.Feed { return rules.feeds },
		Report: func(it news.Item) (news.Report, bool) { return watcher.Report(rules, it) },
		Decide: func(now time.Time) news.Decider { return stories.At(rules.Policy(), now) },
	})
	watch := watcher.New(watcher.Options{
		Rules: func() watcher.Rules { return rules }, Fetch: http, Store: db, Health: db, Decide: stories.At, Log: slog.New(slog.DiscardHandler),
		Pages: pages, WakePages: func(time.Time) {},
	})
	for round := range 3 { // the first is quiet, the second brings the articles, the third nothing
		rules = p.rules(t, of, 1+round)
		p.mu.Lock()
		p.out = round > 0
		p.mu.Unlock()
		if err := watch.Round(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := pages.Round(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return standings(t, db)
}

func standings(t *testing.T, db *store.DB) (all []standing) {
	t.Helper()
	stories, err := db.Stories(t.Context(), time.Now().AddDate(0, 0, -2), time.Now().AddDate(0, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stories {
		items, err := db.ItemsOfStory(t.Context(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		x := standing{Heard: len(s.Notified), Severity: s.Severity, Status: s.Status, Reports: s.Reports}
		for _, it := range items {
			x.Titles = append(x.Titles, it.Title)
		}
		for _, o := range s.Origins {
			x.Origins = append(x.Origins, o.Name)
		}
		for _, h := range s.Notified {
			if h.Key == "new" {
				x.New++
			}
		}
		slices.Sort(x.Titles)
		slices.Sort(x.Origins)
		all = append(all, x)
	}
	slices.SortFunc(all, func(a, b standing) int {
		return strings.Compare(strings.Join(a.Titles, ""), strings.Join(b.Titles, ""))
	})
	return all
}

// comparePress checks that the stories of articles are the same whether their
// feeds carry them whole, or their pages do, which take so long.
func comparePress(t *testing.T, articles []printed, slow ...time.Duration) {
	t.Helper()
	whole := newPress(t, articles)
	whole.whole = true
	want := whole.print(t, news.NoText)
	if len(want) == 0 {
		t.Fatal("no case: the whole articles make no story")
	}
	for _, slow := range slow {
		p := newPress(t, articles)
		p.slow = slow
		var but cmp.Options
		if slow > 0 {
			but = cmp.Options{cmpopts.IgnoreFields(standing{}, "Heard")}
		}
		if diff := cmp.Diff(want, p.print(t, news.MatchedText), but); diff != "" {
			t.Errorf("stories by pages that take %v (-whole feeds +pages):\n%s", slow, diff)
		}
		for path, n := range p.asked {
			if n > 1 && strings.HasPrefix(path, "/page/") {
				t.Errorf("%s was asked for %d times", path, n)
			}
		}
	}
	p := newPress(t, articles)
	if got := p.print(t, news.NoText); cmp.Equal(want, got) {
		t.Errorf("no case: the summaries alone make the same stories: %+v", got)
	}
	if n := p.asked["/page/0"]; n > 0 {
		t.Errorf("a page was asked for %d times that nobody is to read", n)
	}
}

func TestFullText(t *testing.T) {
	t.Parallel()
	comparePress(t, []printed{
		{"The Meridian", "Palace guard of Mali plans coup, exile says", "There is trouble in Bamako.", []string{
			"Officers of the palace guard of Mali are preparing a coup against the president, the exiled politician Oumar Bellal told Radio Sahel Libre.",
			"According to Bellal, the officers met twice in a villa by the river and counted who would follow them in a coup.",
			"The government in Bamako did not answer questions on Friday evening; the streets of the capital were quiet.",
		}},
		{"Harbour Post", "Coup planned in palace guard of Mali", "A villa by the river is at the centre of it.", []string{
			"A coup is being planned in the palace guard of Mali, Oumar Bellal said in an interview with Radio Sahel Libre.",
			"Bellal left the country two years ago and has since published what he says are letters of officers.",
			"The coup would follow months of unrest in the barracks of Kati, where pay has been late since the spring.",
		}},
		{"Valley Courier", "Questions grow over absence of army chief in Chad", "Mystery in N'Djamena.", []string{
			"The army chief of Chad has not been seen since Tuesday, residents of N'Djamena said.",
			"Soldiers of the presidential guard mutinied in N'Djamena this morning and surrounded the palace, two diplomats told the Courier.",
			"On state television the soldiers said that they had seized power in Chad. Shops are closed and nobody answers at the airport.",
		}},
		{"Hill Gazette", "Choir of the valley sings in Bamako", "An evening of song.", []string{
			"The choir of the valley sang in Bamako on Friday. It was a warm evening and the hall was full to the last seat.",
			"“We had waited for this for years,” said the conductor, who has led the choir since it was founded.",
		}},
	}, 0, 1800*time.Millisecond)
}

// The articles that coupwatch was made for come to the same stories by their
// summaries and pages as by themselves.
func TestFullTextOfSeeds(t *testing.T) {
	if testing.Short() {
		t.Skip("reads much, one after the other; nothing in it races that other tests do not try")
	}
	src, err := os.ReadFile(shared(t, "data", "seeds-expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected struct {
		Articles []struct {
			File, Title string
			Boilerplate []string
		}
	}
	if err := json.Unmarshal(src, &expected); err != nil || len(expected.Articles) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var articles []printed
	for i, x := range expected.Articles {
		text, err := os.ReadFile(shared(t, "seeds", x.File))
		if err != nil {
			t.Fatal(err)
		}
		body := string(text)
		for _, b := range x.Boilerplate {
			body = strings.ReplaceAll(body, b, "")
		}
		a := printed{outlet: fmt.Sprintf("Outlet %d", i), title: x.Title}
		for line := range strings.Lines(body) {
			if line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "•")); line != "" && line != x.Title {
				a.paragraphs = append(a.paragraphs, line)
			}
		}
		a.summary = a.paragraphs[0]
		articles = append(articles, a)
	}
	t.Parallel()
	comparePress(t, articles, 0)
}
