package sources_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/sheet"
	"github.com/coupwatch/coupwatch/web/sources"
)

// hostile is what a feed may say of itself.
const hostile = "<script>alert(1)</script>\u202e\" onload=\"x"

// An archive is what the pages ask, made up.
type archive struct {
	feeds []news.FeedState
	items []news.Taken
	week  bool
	read  []string
	err   error
}

func (a *archive) Feeds(context.Context) ([]news.FeedState, error) { return a.feeds, a.err }

func (a *archive) ItemsOfFeed(context.Context, string, int) ([]news.Taken, error) {
	return a.items, nil
}

func (a *archive) DaysOfFeed(_ context.Context, _ string, _ time.Time, n int) ([]int, error) {
	days := make([]int, n)
	if len(a.items) > 0 {
		days[n-1], days[3] = 4, 1200
	}
	return days, nil
}

func (a *archive) WeekOf(context.Context, string) (week [7][24]float64, known bool, err error) {
	week[2][14], week[3][14], week[4][3] = 4, 3, 1
	return week, a.week, nil
}

func (a *archive) FeedsAbout(_ context.Context, countries []string) (map[string]bool, error) {
	if countries[0] == "ml" {
		return map[string]bool{a.feeds[1].URL: true}, nil
	}
	return map[string]bool{}, nil
}

func (a *archive) ReadNow(_ context.Context, url string, _ time.Time) (bool, error) {
	a.read = append(a.read, url)
	return true, nil
}

// A list is a rules.yaml, made up.
type list struct {
	writable bool
	listed   news.Feed
	found    sources.Found
	added    []news.Feed
	removed  []string
	err      error
}

func (l *list) Writable() bool { return l.writable }

func (l *list) Listed(url string) (news.Feed, string) {
	if url == l.listed.URL {
		return l.listed, "rules.yaml:12"
	}
	return news.Feed{}, ""
}

func (l *list) Find(_ context.Context, named string, as news.Feed) (sources.Found, error) {
	if l.err != nil {
		return sources.Found{}, l.err
	}
	return l.found, nil
}

func (l *list) Add(_ context.Context, f news.Feed) (name, place string, err error) {
	l.added = append(l.added, f)
	return f.Name, "rules.yaml:13", l.err
}

func (l *list) Lines(_ context.Context, f news.Feed) (lines, place string, err error) {
	return `  - {url: "` + f.URL + `"}`, "rules.yaml", l.err
}

func (l *list) Remove(_ context.Context, url string) (string, error) {
	l.removed = append(l.removed, url)
	return "rules.yaml:12", l.err
}

// A desk is the pages, and what was noted.
type desk struct {
	*archive
	*list
	mux   *http.ServeMux
	noted []string
}

func newDesk(feeds ...news.FeedState) *desk {
	d := &desk{archive: &archive{feeds: feeds}, list: &list{}, mux: http.NewServeMux()}
	room := sources.New(sheet.New(nil, slog.New(slog.DiscardHandler)), d.archive, d.list)
	for _, door := range room.Doors() {
		d.mux.Handle(door.Pattern, door.Handler)
	}
	return d
}

// ask asks for a page as somebody who has a role; with a form it is sent.
func (d *desk) ask(role gate.Role, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if form != nil {
		r = httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	visit := gate.Visit{Person: gate.Person{Name: "ann", Role: role}, Token: "t0ken", Note: func(_ context.Context, what string) { d.noted = append(d.noted, what) }}
	w := httptest.NewRecorder()
	d.mux.ServeHTTP(w, r.WithContext(gate.With(r.Context(), visit)))
	return w
}

// has fails if a page lacks one of texts.
func has(t *testing.T, w *httptest.ResponseRecorder, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(w.Body.String(), text) {
			t.Errorf("%d: the page lacks %q:\n%s", w.Code, text, w.Body)
		}
	}
}

// feed returns a feed that was read well at a moment.
func feed(n int, at time.Time) news.FeedState {
	return news.FeedState{Feed: news.Feed{URL: fmt.Sprintf("https://wire.example/%04d", n), Name: fmt.Sprintf("Wire %04d", n), Publisher: "Wire", Language: "en", Tags: []string{"sahel"}, Schedule: "@every 15m"}, LastRead: at, LastGood: at, LastNew: at, NextAt: at.Add(time.Hour), Items: 10}
}

// blocked returns a feed whose server refuses.
func blocked(n int, at time.Time) news.FeedState {
	f := feed(n, at)
	f.Failures, f.Problem, f.Signs.Fails = 7, "HTTP 403: "+strings.Repeat("Cloudflare keeps programs out of this site; ", 10), news.FeedBlocked
	f.Tags, f.Language = []string{"exile"}, "ru"
	return f
}

// Two thousand feeds, a fifth of which are ill and say so at length, make pages that
// are small, and all are on one of them.
func TestManyFeeds(t *testing.T) {
	at := time.Now().UTC().Add(-time.Hour)
	var all []news.FeedState
	for i := range 2000 {
		f := feed(i, at)
		if i%5 == 0 {
			f = blocked(i, at)
		}
		f.Tags = append(f.Tags, fmt.Sprint("tag-", i%150))
		all = append(all, f)
	}
	d := newDesk(all...)
	seen, largest := map[string]bool{}, 0
	next := "/feeds"
	for pages := 1; next != ""; pages++ {
		w := d.ask(gate.Reader, next, nil)
		body := w.Body.String()
		largest = max(largest, len(body))
		if len(body) > 60_000 {
			t.Errorf("%s has %d bytes", next, len(body))
		}
		for _, part := range strings.Split(body, `href="/feeds/f-`)[1:] {
			seen[part[:10]] = true
		}
		if pages == 1 {
			has(t, w, "2,000 feeds, 400 with a problem", `<span class="state blocked">blocked</span> 400`, `<span class="state fresh">fresh</span> 1600`, "need somebody: 400")
		}
		_, after, _ := strings.Cut(body, ` · <a href="/feeds?page=`)
		if strings.Contains(after, "before these") {
			_, after, _ = strings.Cut(after, ` · <a href="/feeds?page=`)
		}
		if next = ""; strings.Contains(after, "after these") {
			number, _, _ := strings.Cut(after, `"`)
			next = "/feeds?page=" + number
		}
		if pages > 40 {
			t.Fatal("the pages never end")
		}
	}
	t.Logf("the largest page has %d bytes", largest)
	if len(seen) != 2000 {
		t.Errorf("%d feeds are on the pages, want 2000", len(seen))
	}
}

func TestFilter(t *testing.T) {
	at := time.Now().UTC().Add(-time.Hour)
	d := newDesk(feed(0, at), blocked(1, at), feed(2, at))
	for query, want := range map[string]string{"": "102", "?state=wrong": "1", "?state=fresh": "02", "?tag=exile": "1", "?language=en": "02", "?country=ML": "1", "?country=zz": "", "?q=wire+0002": "2", "?page=99": "102", "?page=x&tag=none": ""} {
		body := d.ask(gate.Reader, "/feeds"+query, nil).Body.String()
		got := ""
		for _, part := range strings.Split(body, "<bdi>Wire 000")[1:] {
			got += part[:1]
		}
		if got != want {
			t.Errorf("%s: feeds %q, want %q", query, got, want)
		}
	}
	if w := d.ask(gate.Reader, "/feeds?state=ill", nil); w.Code != http.StatusBadRequest {
		t.Errorf("state=ill: %d", w.Code)
	}
	if w := d.ask(gate.Reader, "/feeds?show=1&q=&tag=exile&country=", nil); w.Header().Get("Location") != "/feeds?tag=exile" {
		t.Errorf("the form leads to %s", w.Header().Get("Location"))
	}
	d.archive.err = errors.New("disk on fire")
	if w := d.ask(gate.Reader, "/feeds", nil); w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "fire") {
		t.Errorf("without a database: %d %s", w.Code, w.Body)
	}
}

// The page of a feed shows what is known of it and none of its secrets, whatever it
// says of itself.
func TestFeed(t *testing.T) {
	at := time.Now().UTC().Add(-time.Hour)
	f := blocked(1, at)
	f.Name, f.Publisher, f.Hub = hostile, hostile, news.Hub{URL: "https://hub.example/"}
	d := newDesk(f)
	d.listed = news.Feed{URL: f.URL, Login: "ann:pa55word", Charset: "windows-1251", Access: &news.Access{
		Headers: []news.Sent{{Name: "X-Key", Value: news.Value{Text: "s3cret"}}}, Bearer: news.Value{Env: "WIRE_TOKEN"}, Proxy: news.Value{Text: "socks5://u:pr0xy@h:1"},
	}}
	d.week = true
	d.items = []news.Taken{
		{ID: "1", Title: hostile, Link: "javascript:alert(1)", Fetched: at},
		{ID: "2", Title: "Soldiers in Zamunda", Link: "https://wire.example/2", Published: at, Fetched: at, Kind: news.New, Story: "s-1", Status: news.Claim, Reason: "a new story: " + hostile, Matches: []news.Match{{Title: "Mutiny", Severity: news.High}}},
	}
	page := "/feeds/" + news.FeedID(f.URL)
	w := d.ask(gate.Analyst, page, nil)
	has(t, w, "blocked", "HTTP 403", "rules.yaml:12", "a login, in its address", "the header X-Key, kept in rules.yaml", "a bearer token, kept in the variable WIRE_TOKEN", "it is read as windows-1251",
		`class="week"`, "most on Wednesdays, least on Mondays", "from 14:00 to 15:00 UTC", "1,204 items in the last 30 days, none on 28 of them", "Mutiny", `href="/story/s-1"`, "no rule", "hub.example", "Read now", "may not be changed from here")
	for _, secret := range []string{"pa55word", "s3cret", "pr0xy", "<script>alert", "javascript:", "\u202e"} {
		if strings.Contains(w.Body.String(), secret) {
			t.Errorf("the page has %q", secret)
		}
	}
	if body := d.ask(gate.Reader, page, nil).Body.String(); strings.Contains(body, "<form") {
		t.Errorf("who only reads is shown a form:\n%s", body)
	}
	if w := d.ask(gate.Reader, "/feeds/f-0123456789", nil); w.Code != http.StatusNotFound {
		t.Errorf("no such feed: %d", w.Code)
	}
}

// A feed is read now once: who asks again a moment later is told that it was.
func TestReadNow(t *testing.T) {
	f := feed(0, time.Now().UTC().Add(-time.Hour))
	d := newDesk(f)
	page := "/feeds/" + news.FeedID(f.URL)
	token := url.Values{gate.Field: {"t0ken"}}
	if w := d.ask(gate.Reader, page+"/read", token); w.Code != http.StatusForbidden {
		t.Errorf("a reader: %d", w.Code)
	}
	if w := d.ask(gate.Analyst, page+"/read", url.Values{}); w.Code != http.StatusForbidden {
		t.Errorf("without the token: %d", w.Code)
	}
	w := d.ask(gate.Analyst, page+"/read", token)
	if w.Code != http.StatusSeeOther || len(d.read) != 1 || d.read[0] != f.URL || len(d.noted) != 1 {
		t.Fatalf("%d to %s, read %v, noted %v", w.Code, w.Header().Get("Location"), d.read, d.noted)
	}
	d.feeds[0].NextAt = time.Now()
	has(t, d.ask(gate.Analyst, w.Header().Get("Location"), nil), "will be read in a moment")
	d.feeds[0].LastRead = time.Now()
	has(t, d.ask(gate.Analyst, d.ask(gate.Analyst, page+"/read", token).Header().Get("Location"), nil), "It was read just now")
	if len(d.read) != 1 {
		t.Errorf("read %d times", len(d.read))
	}
	d.feeds[0].LastRead, d.feeds[0].HeldUntil = time.Time{}, time.Now().Add(time.Hour)
	has(t, d.ask(gate.Analyst, page+"?asked=1", nil), "wants to be left alone until then")
}

// What is found is shown with what it is; what is chosen is written, or shown where
// nothing may be written.
func TestAdd(t *testing.T) {
	d := newDesk()
	d.found = sources.Found{Candidates: []sources.Candidate{
		{URL: "https://herald.example/rss", Title: hostile, Is: "RSS, in French (fr), about 20 a day", Content: "30, with dates", Problems: []string{"it has titles only"}, Items: []sources.CandidateItem{{Title: "Mutinerie", Rule: "high: Mutiny"}}},
		{URL: "https://herald.example/old", Title: "Old", There: "Herald, in rules.yaml:9"},
	}, Advice: "Look at Google News too."}
	form := func(more ...string) url.Values {
		v := url.Values{gate.Field: {"t0ken"}, "language": {"fr"}, "tags": {" sahel, ,wire"}}
		for i := 0; i < len(more); i += 2 {
			v.Set(more[i], more[i+1])
		}
		return v
	}
	has(t, d.ask(gate.Reader, "/feeds/add", nil), "Only analysts")
	w := d.ask(gate.Analyst, "/feeds/find", form("named", "herald.example"))
	has(t, w, "RSS, in French", "it has titles only", "high: Mutiny", "It is watched already: Herald, in rules.yaml:9", "Show the lines for it", "Look at Google News too.", `name="tags" value="sahel, wire"`)
	if strings.Contains(w.Body.String(), "<script>alert") || strings.Count(w.Body.String(), `action="/feeds/add"`) != 1 {
		t.Errorf("the page is\n%s", w.Body)
	}
	has(t, d.ask(gate.Analyst, "/feeds/find", form("named", "  ")), "Write the address")

	w = d.ask(gate.Analyst, "/feeds/add", form("url", "https://herald.example/rss", "name", "Herald"))
	has(t, w, "Write this into rules.yaml", "- {url: &#34;https://herald.example/rss&#34;}")
	d.writable = true
	w = d.ask(gate.Analyst, "/feeds/add", form("url", "https://herald.example/rss", "name", "Herald"))
	if len(d.added) != 1 || d.added[0].Name != "Herald" || d.added[0].Language != "fr" || len(d.added[0].Tags) != 2 || w.Code != http.StatusSeeOther || len(d.noted) != 1 {
		t.Fatalf("added %+v, %d, noted %v", d.added, w.Code, d.noted)
	}
	d.listed = news.Feed{URL: "https://herald.example/rss", Name: "Herald"}
	has(t, d.ask(gate.Analyst, w.Header().Get("Location"), nil), "Added Herald.", "rules.yaml:12")
	if body := d.ask(gate.Analyst, "/feeds/add?added=https://other.example/", nil).Body.String(); strings.Contains(body, "Added") {
		t.Error("what was not added is said to be")
	}

	w = d.ask(gate.Analyst, "/feeds/add", form("url", "https://ann:pa55@herald.example/rss?token=s3cret"))
	has(t, w, "has a login or a key in it")
	if w.Code != http.StatusBadRequest || strings.Contains(w.Body.String(), "pa55") || strings.Contains(w.Body.String(), "s3cret") || len(d.added) != 1 {
		t.Errorf("a secret is taken: %d\n%s", w.Code, w.Body)
	}
	d.list.err = errors.New("the rules were changed meanwhile, and nothing was written")
	if w = d.ask(gate.Analyst, "/feeds/add", form("url", "https://herald.example/rss")); w.Code != http.StatusConflict || len(d.noted) != 1 {
		t.Errorf("what was not written: %d, noted %v", w.Code, d.noted)
	}
	has(t, w, "changed meanwhile")
}

func TestRemove(t *testing.T) {
	f := feed(0, time.Now())
	d := newDesk(f)
	d.listed = f.Feed
	page, token := "/feeds/"+news.FeedID(f.URL)+"/remove", url.Values{gate.Field: {"t0ken"}}
	w := d.ask(gate.Analyst, page, token)
	has(t, w, "may not be changed from here", "rules.yaml:12")
	if w.Code != http.StatusForbidden || len(d.removed) != 0 {
		t.Errorf("%d, removed %v", w.Code, d.removed)
	}
	d.writable = true
	if w = d.ask(gate.Reader, page, token); w.Code != http.StatusForbidden || len(d.removed) != 0 {
		t.Errorf("a reader: %d, removed %v", w.Code, d.removed)
	}
	w = d.ask(gate.Analyst, page, token)
	if w.Code != http.StatusSeeOther || len(d.removed) != 1 || len(d.noted) != 1 {
		t.Fatalf("%d, removed %v, noted %v", w.Code, d.removed, d.noted)
	}
	has(t, d.ask(gate.Analyst, w.Header().Get("Location"), nil), "out of the rules")
}
