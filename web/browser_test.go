package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
)

// browser returns a tab of a Chromium of the test's own. Without one the test is
// skipped, unless REQUIRE_CHROMIUM=1; whatever a page writes to its console fails
// the test.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: no browser")
	}
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		if os.Getenv("REQUIRE_CHROMIUM") == "1" {
			t.Fatal("there is no Chromium, and REQUIRE_CHROMIUM=1; apt-get install chromium")
		}
		t.Skip("there is no Chromium to see the page with; apt-get install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("disable-gpu", true), chromedp.WSURLReadTimeout(time.Minute))
	ctx, cancel := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	listened, stop := context.WithCancel(ctx)
	said := make(chan []string, 1)
	go func() {
		var all []string
		for m, err := range chromedp.Console(listened) {
			if err == nil && !strings.Contains(m.Text, "status of 40") && !strings.Contains(m.Text, "net::ERR_") {
				all = append(all, m.Text)
			}
		}
		said <- all
	}()
	t.Cleanup(func() {
		stop()
		for _, text := range <-said {
			t.Errorf("the console says: %s", text)
		}
	})
	return ctx
}

// do runs what a reader does, and fails if it cannot be done.
func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// see returns what an action finds.
func see[T any](t *testing.T, ctx context.Context, action chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	found, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// await waits until an expression is true in the page, also in one that it leads
// to.
func await(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	began := time.Now()
	for range time.Tick(50 * time.Millisecond) {
		if yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")")); err == nil && yes {
			return
		}
		if time.Since(began) > 20*time.Second {
			t.Fatalf("in twenty seconds it was not so: %s", expression)
		}
	}
}

// call sends a command to the browser.
func call[P, R any](t *testing.T, ctx context.Context, command cdp.Command[P, R], params P) {
	t.Helper()
	if _, err := chromedp.Call(ctx, command, params); err != nil {
		t.Fatal(err)
	}
}

// serving serves a desk's page, and returns its address.
func serving(t *testing.T, a web.Archive) string {
	t.Helper()
	state := web.State{Version: "1.2", RulesLoaded: now, NextDigest: now.Add(time.Hour), RulesProblem: "rules.yaml:1:1: bad\nrules.yaml:2:2: worse"}
	srv := httptest.NewServer(web.Handler(whole(a, state)))
	t.Cleanup(srv.CloseClientConnections)
	return srv.URL
}

// looks are the sizes and themes in which each page is seen: the smallest and a
// usual one, and all of them where long tests are wanted.
func looks(do func(width, height int64, theme string)) {
	if !longtest.Wanted() {
		do(320, 640, "dark")
		do(1440, 900, "light")
		return
	}
	for _, size := range [][2]int64{{320, 640}, {768, 1024}, {1440, 900}, {3840, 2160}} {
		for _, theme := range []string{"light", "dark"} {
			do(size[0], size[1], theme)
		}
	}
}

// Each page is well to look at in all sizes and themes: nothing stands out of it
// at the side, and axe finds nothing in the way of people who cannot see it, or not
// well. With PICTURES=DIR there are pictures of them.
func TestLooks(t *testing.T) {
	ctx := browser(t)
	axe := readAxe(t)
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
			looks(func(width, height int64, theme string) {
				call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}})
				do(t, ctx, chromedp.EmulateViewport(width, height), chromedp.Navigate(root+path))
				if wide := see(t, ctx, chromedp.Evaluate[int64](`document.scrollingElement.scrollWidth`)); wide > width {
					t.Errorf("%s at %d, %s: it is %d wide", name, width, theme, wide)
				}
				if lines := see(t, ctx, chromedp.Evaluate[int64](`new Set([...document.querySelectorAll("form.find > :not([type=hidden])")].map(e => Math.round(e.getBoundingClientRect().bottom))).size`)); width >= 1440 && lines > 1 {
					t.Errorf("%s at %d, %s: its filter takes %d lines", name, width, theme, lines)
				}
				photograph(t, ctx, fmt.Sprintf("%s-%d-%s", name, width, theme))
				if see(t, ctx, chromedp.Evaluate[bool](`!!document.querySelector("script:not([src^='/static/page.js'])") || !!document.querySelector("img, iframe, object, [onerror], [style]")`)) {
					t.Errorf("%s at %d, %s: there is something in it that is not ours", name, width, theme)
				}
				if axe != "" {
					for _, v := range violations(t, ctx, axe) {
						t.Errorf("%s at %d, %s: %s", name, width, theme, v)
					}
				}
			})
			call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
			do(t, ctx, chromedp.EmulateViewport(718, 1000)) // A4 but for its edges
			if wide := see(t, ctx, chromedp.Evaluate[int64](`document.scrollingElement.scrollWidth`)); wide > 718 {
				t.Errorf("%s printed: it is %d wide", name, wide)
			}
			photograph(t, ctx, name+"-print")
			call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
		})
	}
}

// photograph takes a picture of the page into the folder that PICTURES names, if it
// does.
func photograph(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if dir := os.Getenv("PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), see(t, ctx, chromedp.FullScreenshot(100)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// readAxe returns axe-core's script, whose file AXE_CORE names, or "" if it is not
// there and need not be.
func readAxe(t *testing.T) string {
	t.Helper()
	file := os.Getenv("AXE_CORE")
	if file == "" {
		if os.Getenv("REQUIRE_CHROMIUM") == "1" {
			t.Fatal("AXE_CORE names no axe.min.js, and REQUIRE_CHROMIUM=1; npm pack axe-core has it")
		}
		t.Log("AXE_CORE names no axe.min.js, so whether everybody can use the pages is not asked; npm pack axe-core has it")
		return ""
	}
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// violations returns what axe finds wrong with the page that is open.
func violations(t *testing.T, ctx context.Context, axe string) (all []string) {
	t.Helper()
	type violation struct {
		ID    string `json:"id"`
		Help  string `json:"help"`
		Nodes []struct {
			HTML           string `json:"html"`
			FailureSummary string `json:"failureSummary"`
		} `json:"nodes"`
	}
	see(t, ctx, chromedp.Evaluate[int](axe+";0"))
	for _, v := range see(t, ctx, chromedp.Evaluate[[]violation](`axe.run().then(r => r.violations)`, chromedp.EvalAwaitPromise)) {
		for _, n := range v.Nodes {
			all = append(all, fmt.Sprintf("%s: %s\n%.300s\n%s", v.ID, v.Help, n.HTML, n.FailureSummary))
		}
	}
	return all
}

// What is done with keys is done as the sheet says.
func TestKeys(t *testing.T) {
	ctx := browser(t)
	d := crowd(40, now)
	root := serving(t, d)
	key := func(k string) { t.Helper(); do(t, ctx, chromedp.KeyEvent(k)) }
	at := func(want string) {
		t.Helper()
		if id := see(t, ctx, chromedp.Evaluate[string](`document.querySelector(".at")?.id + " " + document.activeElement.closest("article")?.id`)); id != want+" "+want {
			t.Errorf("at %s, want %s", id, want)
		}
	}
	do(t, ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(root+"/?severity=medium"))
	ids := see(t, ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("article")].map(a => a.id)`))
	key("j")
	at(ids[0])
	key("j")
	key("j")
	at(ids[2])
	key("k")
	at(ids[1])
	key("?")
	await(t, ctx, `document.querySelector("dialog").open`)
	if axe := readAxe(t); axe != "" {
		for _, v := range violations(t, ctx, axe) {
			t.Error(v)
		}
	}
	key("\x1b")
	await(t, ctx, `!document.querySelector("dialog").open`)
	at(ids[1])
	key("/")
	await(t, ctx, `document.activeElement.name === "q"`)
	do(t, ctx, chromedp.KeyEvent("joko"))
	await(t, ctx, `document.activeElement.value.endsWith("joko")`)
	key("\x1b")
	key("o")
	await(t, ctx, `location.pathname === "/story/`+ids[1]+`"`)
	key("u")
	await(t, ctx, `location.pathname + location.search === "/?severity=medium" && document.querySelectorAll("article").length > 3`)
	do(t, ctx, chromedp.Navigate(root+"/?since=6h"), chromedp.KeyEvent("\t"))
	await(t, ctx, `document.activeElement.textContent === "Skip to the content" && document.activeElement.getBoundingClientRect().left >= 0`)
	key("\r")
	await(t, ctx, `location.hash === "#main"`)
	key("j")
	key("m")
	await(t, ctx, `location.pathname.startsWith("/story/") && document.activeElement.name === "for" && document.activeElement.closest("details").open`)
	key("\x1b")
	key("w")
	await(t, ctx, `location.pathname === "/wall"`)
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
	ctx := browser(t)
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
	do(t, ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(root+"/"))
	await(t, ctx, `document.querySelectorAll("article").length === 20`)
	c.change(born("s-first", "The first news"))
	await(t, ctx, `document.querySelector("article").id === "s-first" && document.querySelector("article").classList.contains("came")`)

	id := d.stories[12].ID
	where := fmt.Sprintf(`document.getElementById(%q).getBoundingClientRect().top`, id)
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`scrollTo(0, 900)`))
	before := see(t, ctx, chromedp.Evaluate[float64](where))
	c.change(func(all []news.Story) []news.Story {
		all[12].Headline += " – and more"
		return born("s-second", "The second news")(all)
	})
	await(t, ctx, `document.querySelector("#news button")?.textContent === "1 new story"`)
	await(t, ctx, fmt.Sprintf(`document.getElementById(%q).textContent.includes("and more")`, id))
	after := see(t, ctx, chromedp.Evaluate[float64](where))
	if before-after > 60 || after-before > 60 { // the announcement takes its line
		t.Errorf("the story that was read moved from %v to %v", before, after)
	}
	do(t, ctx, chromedp.Click("#news button"))
	await(t, ctx, `document.querySelector("article").id === "s-second" && scrollY === 0 && document.querySelector("#news").textContent === ""`)
}

// A page that nobody keeps up to date says so, until it is again.
func TestLostContact(t *testing.T) {
	ctx := browser(t)
	var away atomic.Bool
	h := web.Handler(web.Options{Archive: crowd(9, now), State: func() web.State { return web.State{} }, Log: quiet})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if away.Load() {
			panic(http.ErrAbortHandler)
		}
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(srv.CloseClientConnections)
	do(t, ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(srv.URL+"/wall"))
	await(t, ctx, `document.querySelectorAll(".card").length > 0 && document.querySelector("#lost").hidden`)
	away.Store(true)
	srv.CloseClientConnections()
	await(t, ctx, `document.querySelector("#lost").textContent.startsWith("No word from coupwatch since ") && !document.querySelector("#lost").hidden`)
	away.Store(false)
	await(t, ctx, `document.querySelector("#lost").hidden`)
}

// A page that was open while coupwatch became another is loaded anew.
func TestOtherScript(t *testing.T) {
	ctx := browser(t)
	d := crowd(9, now)
	c := changing{new(sync.Mutex), &d}
	var other atomic.Bool
	h := web.Handler(web.Options{Archive: c, State: func() web.State { return web.State{} }, Log: quiet})
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
	do(t, ctx, chromedp.Navigate(srv.URL+"/"), chromedp.Evaluate[chromedp.Void](`window.old = true`))
	other.Store(true)
	c.change(func(all []news.Story) []news.Story { return all[1:] })
	await(t, ctx, `!window.old && document.querySelector("script[src*='v=0']")`)
}

// A column of the wall ends with the last story that has room, and says how many
// have none.
func TestWallFits(t *testing.T) {
	ctx := browser(t)
	root := serving(t, crowd(60, now))
	do(t, ctx, chromedp.EmulateViewport(1920, 1080), chromedp.Navigate(root+"/wall?since=7d"))
	await(t, ctx, `[...document.querySelectorAll(".column")].every(c => { const shown = [...c.querySelectorAll(".card:not([hidden])")], more = c.querySelector(".more");
		return shown.length > 1 && shown.at(-1).getBoundingClientRect().bottom <= c.getBoundingClientRect().bottom && !more.hidden && more.getBoundingClientRect().bottom <= innerHeight })`)
	await(t, ctx, `[...document.querySelectorAll(".column")].reduce((n, c) => n + c.querySelectorAll(".card:not([hidden])").length + parseInt(c.querySelector(".more").textContent.slice(4)), 0) === 45`)
}

// Without the script all pages have all there is.
func TestWithoutScript(t *testing.T) {
	ctx := browser(t)
	root := serving(t, crowd(30, now))
	call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	do(t, ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(root+"/"), chromedp.SetAttributeValue(`select[name="severity"] option[value="critical"]`, "selected", ""), chromedp.Click("#filters button"), chromedp.WaitVisible("main .chips"))
	where := see(t, ctx, chromedp.Location())
	cards := see(t, ctx, chromedp.Evaluate[int](`document.querySelectorAll("article.critical").length`))
	if !strings.HasSuffix(where, "/?severity=critical") || cards == 0 {
		t.Errorf("the form leads to %s with %d cards", where, cards)
	}
}
