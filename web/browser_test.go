package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
	"github.com/coupwatch/coupwatch/web/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// serving serves a desk's page, and returns its address.
func serving(t *testing.T, a web.Archive) string {
	t.Helper()
	state := web.State{Version: "1.2", RulesLoaded: now, NextDigest: now.Add(time.Hour), RulesProblem: "rules.yaml:1:1: bad\nrules.yaml:2:2: worse"}
	srv := httptest.NewServer(web.Hurried(whole(a, state)))
	t.Cleanup(srv.CloseClientConnections)
	return srv.URL
}

// Each page is well to look at in all sizes and themes: nothing stands out of it
// at the side, and axe finds nothing in the way of people who cannot see it, or not
// well. With PICTURES=DIR there are pictures of them.
func TestLooks(t *testing.T) {
	ctx := browsertest.Tab(t)
	d := crowd(40, now)
	d.wrong = []string{"The channel slack:C0123 refuses everything: the token was revoked."}
	d.stories[2].Headline, d.stories[2].Was = hostile, strings.Repeat("unbroken", 60)
	d.stories[4].Headline = "Z̷̢̛͓̓a̵̘͠l̴̬̈́g̶̯̾o̷̤͝ " + strings.Repeat("👩‍👩‍👧‍👦", 20) + " 軍隊" + strings.Repeat("\u202e", 5) + " reversed"
	root := serving(t, d)
	pages := map[string]string{
		"now": "/", "filtered": "/?severity=medium&rule=purge&q=x", "wall": "/wall?since=7d", "regions": "/wall?by=region&since=7d", "empty-wall": "/wall?rule=none",
		"story": "/story/" + d.stories[0].ID, "denied": "/story/" + d.stories[5].ID, "hostile": "/story/" + d.stories[2].ID, "feeds": "/feeds", "feed": "/feeds/" + news.FeedID(d.feeds[3].URL), "add-feed": "/feeds/add?added=https://wire.example/", "why": "/why?link=https://herald.example/plan", "lost": "/nowhere",
		"outbox": "/outbox", "mutes": "/mutes?kind=rule", "digest": "/digest", "past-digest": "/digest/2026-08-21T05:00Z", "status": "/status", "not-this-story": "/story/" + d.stories[0].ID + "/out?item=x", "drop": "/outbox/drop?id=doubt", "retry": "/outbox/retry?id=late",
		"search": "/search?q=coup+army&country=ml&from=2026-08-01&before=99", "search-empty": "/search", "search-none": "/search?q=none", "search-wrong": "/search?q=wrong",
	}
	for name, path := range pages {
		t.Run(name, func(t *testing.T) {
			for _, look := range browsertest.Looks() {
				look.Open(t, ctx, root+path)
				look.Check(t, ctx, name)
			}
			browsertest.CheckPrinted(t, ctx, name)
		})
	}
}

// What is done with keys is done as the sheet says.
func TestKeys(t *testing.T) {
	ctx := browsertest.Tab(t)
	d := crowd(40, now)
	root := serving(t, d)
	key := func(k string) { t.Helper(); browsertest.Do(t, ctx, chromedp.KeyEvent(k)) }
	at := func(want string) {
		t.Helper()
		if id := browsertest.Evaluate[string](t, ctx, `document.querySelector(".at")?.id + " " + document.activeElement.closest("article")?.id`); id != want+" "+want {
			t.Errorf("at %s, want %s", id, want)
		}
	}
	browsertest.Do(t, ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(root+"/?severity=medium"))
	ids := browsertest.Evaluate[[]string](t, ctx, `[...document.querySelectorAll("article")].map(a => a.id)`)
	key("j")
	at(ids[0])
	key("j")
	key("j")
	at(ids[2])
	key("k")
	at(ids[1])
	key("?")
	browsertest.Await(t, ctx, `document.querySelector("dialog").open`)
	for _, v := range browsertest.Violations(t, ctx) {
		t.Error(v)
	}
	key("\x1b")
	browsertest.Await(t, ctx, `!document.querySelector("dialog").open`)
	at(ids[1])
	key("/")
	browsertest.Await(t, ctx, `document.activeElement.name === "q"`)
	browsertest.Do(t, ctx, chromedp.KeyEvent("joko"))
	browsertest.Await(t, ctx, `document.activeElement.value.endsWith("joko")`)
	key("\x1b")
	key("o")
	browsertest.Await(t, ctx, `location.pathname === "/story/`+ids[1]+`"`)
	key("u")
	browsertest.Await(t, ctx, `location.pathname + location.search === "/?severity=medium" && document.querySelectorAll("article").length > 3`)
	browsertest.Do(t, ctx, chromedp.Navigate(root+"/?since=6h"), chromedp.KeyEvent("\t"))
	browsertest.Await(t, ctx, `document.activeElement.textContent === "Skip to the content" && document.activeElement.getBoundingClientRect().left >= 0`)
	key("\r")
	browsertest.Await(t, ctx, `location.hash === "#main"`)
	key("j")
	key("m")
	browsertest.Await(t, ctx, `location.pathname.startsWith("/story/") && document.activeElement.name === "for" && document.activeElement.closest("details").open`)
	key("\x1b")
	key("w")
	browsertest.Await(t, ctx, `location.pathname === "/wall"`)
}

// A changing is a desk whose stories change while it is looked at.
type changing struct {
	mu *sync.Mutex
	*desk
}

func (c changing) ChangedStories(ctx context.Context, after int64, from time.Time, n int) ([]news.Story, int64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.desk.ChangedStories(ctx, after, from, n)
}

// change changes the stories.
func (c changing) change(how func(stories []news.Story) []news.Story) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stories = how(append([]news.Story{}, c.stories...))
	c.version++
}

// What happens is seen at once by who looks at the top of the list; who reads
// further down is told, and nothing moves under their eyes.
func TestLive(t *testing.T) {
	ctx := browsertest.Tab(t)
	browsertest.Hurry(t, ctx, 20)
	d := crowd(30, now)
	c := changing{new(sync.Mutex), &d}
	root := serving(t, c)
	born := func(id, headline string) func([]news.Story) []news.Story {
		return func(all []news.Story) []news.Story {
			s := all[0]
			s.ID, s.Headline, s.LastSeen = id, headline, time.Now()
			return append(all, s)
		}
	}
	browsertest.Do(t, ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(root+"/"))
	browsertest.Await(t, ctx, `document.querySelectorAll("article").length === 20`)
	c.change(born("s-first", "The first news"))
	browsertest.Await(t, ctx, `document.querySelector("article").id === "s-first" && document.querySelector("article").classList.contains("came")`)

	id := d.stories[12].ID
	where := fmt.Sprintf(`document.getElementById(%q).getBoundingClientRect().top`, id)
	browsertest.Do(t, ctx, chromedp.Evaluate[chromedp.Void](`scrollTo(0, 900)`))
	before := browsertest.Evaluate[float64](t, ctx, where)
	c.change(func(all []news.Story) []news.Story {
		all[12].Headline += " – and more"
		return born("s-second", "The second news")(all)
	})
	browsertest.Await(t, ctx, `document.querySelector("#news button")?.textContent === "1 new story"`)
	browsertest.Await(t, ctx, fmt.Sprintf(`document.getElementById(%q).textContent.includes("and more")`, id))
	after := browsertest.Evaluate[float64](t, ctx, where)
	if before-after > 60 || after-before > 60 { // the announcement takes its line
		t.Errorf("the story that was read moved from %v to %v", before, after)
	}
	browsertest.Do(t, ctx, chromedp.Click("#news button"))
	browsertest.Await(t, ctx, `document.querySelector("article").id === "s-second" && scrollY === 0 && document.querySelector("#news").textContent === ""`)
}

// A page that nobody keeps up to date says so, until it is again.
func TestLostContact(t *testing.T) {
	ctx := browsertest.Tab(t)
	browsertest.Hurry(t, ctx, 20)
	var away atomic.Bool
	h := web.Hurried(web.Options{Archive: crowd(9, now), State: func() web.State { return web.State{} }, Log: quiet})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if away.Load() {
			panic(http.ErrAbortHandler)
		}
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(srv.CloseClientConnections)
	browsertest.Do(t, ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(srv.URL+"/wall"))
	browsertest.Await(t, ctx, `document.querySelectorAll(".card").length > 0 && document.querySelector("#lost").hidden`)
	away.Store(true)
	srv.CloseClientConnections()
	browsertest.Await(t, ctx, `document.querySelector("#lost").textContent.startsWith("No word from coupwatch since ") && !document.querySelector("#lost").hidden`)
	away.Store(false)
	browsertest.Await(t, ctx, `document.querySelector("#lost").hidden`)
}

// A page that was open while coupwatch became another is loaded anew.
func TestOtherScript(t *testing.T) {
	ctx := browsertest.Tab(t)
	browsertest.Hurry(t, ctx, 20)
	d := crowd(9, now)
	c := changing{new(sync.Mutex), &d}
	var other atomic.Bool
	h := web.Hurried(web.Options{Archive: c, State: func() web.State { return web.State{} }, Log: quiet})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" || !other.Load() {
			h.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, strings.Replace(answer.Body.String(), "page.js?v=", "page.js?v=0", 1))
	}))
	t.Cleanup(srv.CloseClientConnections)
	browsertest.Do(t, ctx, chromedp.Navigate(srv.URL+"/"), chromedp.Evaluate[chromedp.Void](`window.old = true`))
	other.Store(true)
	c.change(func(all []news.Story) []news.Story { return all[1:] })
	browsertest.Await(t, ctx, `!window.old && document.querySelector("script[src*='v=0']")`)
}

// A column of the wall ends with the last story that has room, and says how many
// have none.
func TestWallFits(t *testing.T) {
	ctx := browsertest.Tab(t)
	root := serving(t, crowd(60, now))
	browsertest.Do(t, ctx, chromedp.EmulateViewport(1920, 1080), chromedp.Navigate(root+"/wall?since=7d"))
	browsertest.Await(t, ctx, `[...document.querySelectorAll(".column")].every(c => { const shown = [...c.querySelectorAll(".card:not([hidden])")], more = c.querySelector(".more");
		return shown.length > 1 && shown.at(-1).getBoundingClientRect().bottom <= c.getBoundingClientRect().bottom && !more.hidden && more.getBoundingClientRect().bottom <= innerHeight })`)
	browsertest.Await(t, ctx, `[...document.querySelectorAll(".column")].reduce((n, c) => n + c.querySelectorAll(".card:not([hidden])").length + parseInt(c.querySelector(".more").textContent.slice(4)), 0) === 45`)
}

// Without the script all pages have all there is.
func TestWithoutScript(t *testing.T) {
	ctx := browsertest.Tab(t)
	root := serving(t, crowd(30, now))
	browsertest.Call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	browsertest.Do(t, ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(root+"/"), chromedp.SetAttributeValue(`select[name="severity"] option[value="critical"]`, "selected", ""), chromedp.Click("#filters button"), chromedp.WaitVisible("main .chips"))
	where := browsertest.See(t, ctx, chromedp.Location())
	cards := browsertest.Evaluate[int](t, ctx, `document.querySelectorAll("article.critical").length`)
	if !strings.HasSuffix(where, "/?severity=critical") || cards == 0 {
		t.Errorf("the form leads to %s with %d cards", where, cards)
	}
}
