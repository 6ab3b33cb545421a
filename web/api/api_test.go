package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/api"
	"github.com/coupwatch/coupwatch/web/api/apitest"
	"github.com/coupwatch/coupwatch/web/board"
	"github.com/coupwatch/coupwatch/web/gate"
)

var update = flag.Bool("update", false, "write openapi.json from openapi.yaml")

// What is served is what stands in openapi.yaml.
func TestDocument(t *testing.T) {
	want := apitest.JSON(t, "openapi.yaml")
	if *update {
		if err := os.WriteFile("openapi.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile("openapi.json"); err != nil || !bytes.Equal(have, want) {
		t.Errorf("openapi.json is not made of openapi.yaml: go test ./web/api -run TestDocument -update; %v", err)
	}
}

// An archive is what is served, made up.
type archive struct {
	stories []news.Story
	feeds   []news.FeedState
	views   []news.View
	full    bool
	fixed   bool // rules.yaml may not be changed
	added   []news.Feed
	read    []string
	err     error
}

func (a *archive) ChangedStories(context.Context, int64, time.Time, int) ([]news.Story, int64, error) {
	return a.stories, 1, a.err
}

func (a *archive) StoriesIn(context.Context, time.Time, []string, []string) (map[string]bool, error) {
	return map[string]bool{}, a.err
}

func (a *archive) ToldStories(context.Context, time.Time, time.Time) ([]news.Story, error) {
	return a.stories, a.err
}

func (a *archive) Untold(context.Context) (map[string]string, error) {
	return map[string]string{"s-1": "The channel is archived."}, a.err
}

func (a *archive) Story(_ context.Context, id string) (news.Story, bool, error) {
	return news.Story{ID: id}, strings.HasPrefix("s-1", id), a.err
}

func (a *archive) Export(_ context.Context, id string) (any, error) {
	return json.RawMessage(`{"story": {"id":"` + id + `","headline":"","severity":"none","status":"","reports":1,"origins":1,"publishers":[],"rules":[],"entities":[],"countries":[],"first":"2026-08-22T12:00:00Z","latest":"2026-08-22T12:00:00Z","told":null}, "ladder":[],"roots":[],"updates":[],"alerts":[],"linked":[],"mutes":[]}`), nil
}

func (a *archive) Why(_ context.Context, link string) (any, bool, error) {
	return json.RawMessage(`{"asked":"x","items":[],"stories":[],"feeds":[]}`), link == "https://wire.example/1", a.err
}

func (a *archive) Feeds(context.Context) ([]news.FeedState, error) { return a.feeds, a.err }

func (a *archive) FeedJSON(f news.FeedState, now time.Time) any {
	return map[string]any{
		"url": f.URL, "id": news.FeedID(f.URL), "name": f.Name, "publisher": "", "schedule": "", "tags": []string{}, "state": f.State(now), "failures": 0, "items": 0, "bytes": 0,
		"last_read": nil, "last_good": nil, "last_new": nil, "next": nil, "silent_since": nil, "late": nil, "possible_gap": nil, "held_until": nil, "pushed_since": nil,
	}
}

func (a *archive) ItemsOfFeed(context.Context, string, int) ([]news.Taken, error) {
	return []news.Taken{{ID: "1", Title: "Soldiers in Zamunda", Fetched: time.Now(), Kind: news.New, Status: news.Claim, Story: "s-1", Matches: []news.Match{{Rule: "mutiny"}}}, {ID: "2", Published: time.Now(), Fetched: time.Now()}}, nil
}

func (a *archive) DaysOfFeed(context.Context, string, time.Time, int) ([]int, error) {
	return []int{0, 3}, nil
}

func (a *archive) WeekOf(_ context.Context, url string) (week [7][24]float64, known bool, err error) {
	return week, strings.HasSuffix(url, "1"), nil
}

func (a *archive) FeedsAbout(_ context.Context, countries []string) (map[string]bool, error) {
	return map[string]bool{a.feeds[1].URL: countries[0] == "ml"}, nil
}

func (a *archive) ReadNow(_ context.Context, url string, _ time.Time) (bool, error) {
	a.read = append(a.read, url)
	return true, a.err
}

func (a *archive) Views(context.Context) ([]news.View, error) { return a.views, a.err }

func (a *archive) SaveView(_ context.Context, v news.View) (bool, error) {
	if !a.full {
		a.views = append(a.views, v)
	}
	return !a.full, a.err
}

func (a *archive) DropView(context.Context, string) error { a.views = nil; return a.err }

func (a *archive) Writable() bool { return !a.fixed }

func (a *archive) Add(_ context.Context, f news.Feed) (name, place string, err error) {
	a.added = append(a.added, f)
	return f.Name, "rules.yaml:12", a.err
}

func (a *archive) Remove(_ context.Context, url string) (string, error) {
	a.added = slices.DeleteFunc(a.added, func(f news.Feed) bool { return f.URL == url })
	return "rules.yaml:12", a.err
}

func (a *archive) Search(_ context.Context, query url.Values) (any, error) {
	if query.Get("q") == "" {
		return nil, api.Refusal("nothing is asked for; write words")
	}
	return json.RawMessage(`{"query":"x","items":[{"id":"1","title":{"text":"A coup","marks":[{"start":2,"end":6}]},"passage":{"text":""},"publisher":"Wire","published":"2026-08-22T12:00:00Z","severity":"high","told":false}],"total":1,"about":false,"more":false,"days":[{"date":"2026-08-22T00:00:00Z","items":1}],"facets":[{"key":"country","values":[]}],"behind":false,"milliseconds":3}`), nil
}

func (a *archive) Deeds(context.Context, int) ([]news.Deed, error) {
	return []news.Deed{{At: time.Now(), Who: "ann", From: "127.0.0.1", What: "muted rule coup"}}, a.err
}

func (a *archive) Status(context.Context) (api.Status, error) {
	return api.Status{Version: "1.2", At: time.Now(), Rules: api.Rules{Version: "abc", Loaded: time.Now()}, Feeds: news.StateCounts{news.FeedFresh: 2}, Channels: []api.Channel{{Channel: "slack"}}}, a.err
}

func newArchive() *archive {
	a := &archive{}
	at := time.Now().UTC().Add(-time.Hour)
	for i := range 120 {
		s := news.Story{ID: fmt.Sprint("s-", i+1), Headline: "Soldiers in Zamunda", Severity: news.High, Status: news.Claim, FirstSeen: at, LastSeen: at.Add(-time.Duration(i) * time.Minute), Told: at, Countries: []string{"zm"}, Rules: []string{"mutiny"}, Rule: "mutiny", Reports: 3, Sources: []news.Source{{Publisher: "Wire"}}}
		s.Notified = []news.Notification{{Key: "new", At: at, Channels: []string{"slack"}}, {Key: "status-claim", At: at.Add(time.Minute)}}
		if i%2 == 1 {
			s.Severity, s.Told, s.Notified = news.Low, time.Time{}, nil
		}
		a.stories = append(a.stories, s)
	}
	for i := range 3 {
		a.feeds = append(a.feeds, news.FeedState{Feed: news.Feed{URL: fmt.Sprint("https://wire.example/", i), Name: fmt.Sprint("Wire ", i), Language: "en"}, LastRead: at, LastGood: at, NextAt: at})
	}
	return a
}

// A desk asks the interface, and holds each answer against the document.
type desk struct {
	*archive
	people
	api   *api.API
	doc   *apitest.Document
	noted []string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	text, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{archive: newArchive(), doc: apitest.Read(t, text)}
	d.api = api.New(d.archive, board.New(d.archive), slog.New(slog.DiscardHandler), api.Options{Audit: d.archive, List: d.archive, Desk: &d.people, Rules: rulebook{}, Finder: d.archive})
	return d
}

// ask asks as somebody with a role. Headers are "Name: value".
func (d *desk) ask(t *testing.T, role gate.Role, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	mux := http.NewServeMux()
	for _, door := range d.api.Doors() {
		mux.Handle(door.Pattern, door.Handler)
	}
	r := httptest.NewRequest(method, api.Root+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	visit := gate.Visit{Person: gate.Person{Name: "ann", Role: role}, Token: "t0ken", Note: func(_ context.Context, what string) { d.noted = append(d.noted, what) }}
	return d.doc.Ask(t, mux, r.WithContext(gate.With(r.Context(), visit)))
}

const ours = api.Header + ": 1"

// Each route is described, each description has a route, and each is answered as it
// says.
func TestAllIsAsDescribed(t *testing.T) {
	d := newDesk(t)
	described, routes := d.doc.Operations(), d.api.Routes()
	slices.Sort(described)
	slices.Sort(routes)
	if !slices.Equal(described, routes) {
		t.Errorf("described are\n%q\nand there are\n%q", described, routes)
	}
	feed := "/feeds/" + news.FeedID(d.feeds[1].URL)
	for _, ask := range []struct {
		method, path, body string
		want               int
	}{
		{"GET", "/stories", "", 200},
		{"GET", "/stories?severity=high&country=zm&page=2&per_page=7", "", 200},
		{"GET", "/stories/s-1", "", 200},
		{"GET", "/items?link=https://wire.example/1", "", 200},
		{"GET", "/alerts?since=3d", "", 200},
		{"GET", "/feeds", "", 200},
		{"GET", "/feeds?state=late", "", 200},
		{"GET", feed, "", 200},
		{"GET", "/feeds/" + news.FeedID(d.feeds[2].URL), "", 200},
		{"POST", feed + "/read", "", 202},
		{"POST", "/feeds", `{"url":"https://herald.example/rss","name":"Herald","tags":["sahel"]}`, 200},
		{"DELETE", feed, "", 204},
		{"GET", "/views", "", 200},
		{"PUT", "/views/My%20Sahel", `{"query":"?country=ML&severity=high&page=3"}`, 200},
		{"GET", "/views", "", 200},
		{"DELETE", "/views/My%20Sahel", "", 204},
		{"GET", "/search?q=coup&told=no&from=2026-08-01", "", 200},
		{"GET", "/audit", "", 200},
		{"GET", "/stories/s-1/said", "", 200},
		{"POST", "/stories/s-1/label", `{"relevant":true}`, 200},
		{"DELETE", "/stories/s-1/label", "", 204},
		{"POST", "/stories/s-1/out", `{"item":"i1"}`, 200},
		{"GET", "/mutes", "", 200},
		{"POST", "/mutes", `{"kind":"rule","name":"coup","until":"2036-08-22T12:00:00Z"}`, 200},
		{"DELETE", "/mutes/rule/coup", "", 204},
		{"GET", "/outbox?state=owed", "", 200},
		{"POST", "/outbox/retry", `{"id":"story/1"}`, 204},
		{"POST", "/outbox/drop", `{"id":"story/1"}`, 204},
		{"GET", "/digests", "", 200},
		{"GET", "/digests/next", "", 200},
		{"GET", "/rules", "", 200},
		{"GET", "/rules/$coup", "", 200},
		{"GET", "/status", "", 200},
		{"GET", "/openapi.json", "", 200},
	} {
		if w := d.ask(t, gate.Analyst, ask.method, ask.path, ask.body, ours); w.Code != ask.want {
			t.Errorf("%s %s: %d, want %d: %s", ask.method, ask.path, w.Code, ask.want, w.Body)
		}
	}
	for _, operation := range described {
		method, path, _ := strings.Cut(operation, " ")
		if !d.doc.Asked()[method+" "+path] {
			t.Errorf("no answer of %s was held against the document", operation)
		}
	}
}

// decode reads an answer.
func decode[T any](t *testing.T, w *httptest.ResponseRecorder) (v T) {
	t.Helper()
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return v
}

// All stories are on one of the pages, which lead to each other.
func TestPages(t *testing.T) {
	d := newDesk(t)
	seen := map[string]bool{}
	next := "/stories?severity=low&per_page=50"
	for pages := 0; next != "" && pages < 9; pages++ {
		answer := decode[struct {
			Stories []struct {
				ID      string `json:"id"`
				Problem string `json:"problem"`
			} `json:"stories"`
			Page struct {
				Total int     `json:"total"`
				Next  *string `json:"next"`
			} `json:"page"`
		}](t, d.ask(t, gate.Reader, "GET", next, ""))
		for _, s := range answer.Stories {
			seen[s.ID] = true
			if (s.ID == "s-1") != (s.Problem != "") {
				t.Errorf("%s: problem %q", s.ID, s.Problem)
			}
		}
		if answer.Page.Total != 120 {
			t.Errorf("%d in all", answer.Page.Total)
		}
		if next = ""; answer.Page.Next != nil {
			next = strings.TrimPrefix(*answer.Page.Next, api.Root)
		}
	}
	if len(seen) != 120 {
		t.Errorf("%d stories are on the pages", len(seen))
	}
}

func TestAlerts(t *testing.T) {
	d := newDesk(t)
	answer := decode[struct {
		Alerts []struct {
			ID, Key, Story string
		}
	}](t, d.ask(t, gate.Reader, "GET", "/alerts?country=zm&told=yes", ""))
	if len(answer.Alerts) != 120 || answer.Alerts[0].Key != "status-claim" || answer.Alerts[119].ID != "urn:coupwatch:s-119:new" {
		t.Errorf("%d alerts, %+v", len(answer.Alerts), answer.Alerts[:1])
	}
}

// What is not answered says why, as a problem, and who is not to learn it does not.
func TestProblems(t *testing.T) {
	d := newDesk(t)
	feed := "/feeds/" + news.FeedID(d.feeds[0].URL)
	for _, ask := range []struct {
		role               gate.Role
		method, path, body string
		header             string
		want               int
		says               string
	}{
		{gate.Nobody, "GET", "/stories", "", "", 401, "Bearer"},
		{gate.Reader, "GET", "/stories?severity=hgh", "", "", 400, "low, medium, high or critical"},
		{gate.Reader, "GET", "/stories?per_page=500", "", "", 400, "1 to 200"},
		{gate.Reader, "GET", "/stories?page=0", "", "", 400, "page"},
		{gate.Reader, "GET", "/stories/s-9", "", "", 404, "no story"},
		{gate.Reader, "GET", "/items", "", "", 400, "link"},
		{gate.Reader, "GET", "/items?link=https://other.example/", "", "", 404, "no item"},
		{gate.Reader, "GET", "/feeds?state=ill", "", "", 400, "blocked"},
		{gate.Reader, "GET", "/feeds/f-0123456789", "", "", 404, "no feed"},
		{gate.Reader, "GET", "/audit", "", "", 403, "only analysts"},
		{gate.Reader, "GET", "/nothing", "", "", 404, "openapi.json"},
		{gate.Analyst, "DELETE", "/stories", "", ours, 405, "GET only"},
		{gate.Reader, "POST", feed + "/read", "", ours, 403, "only analysts"},
		{gate.Analyst, "POST", feed + "/read", "", "", 403, api.Header},
		{gate.Analyst, "POST", feed + "/read", "", "X-CSRF-Token: wrong", 403, api.Header},
		{gate.Analyst, "POST", feed + "/read", "", "Sec-Fetch-Site: cross-site", 403, "another site"},
		{gate.Analyst, "POST", "/feeds", `{"url":"herald"}`, ours, 400, "address of a feed"},
		{gate.Analyst, "POST", "/feeds", `{"url":"https://ann:pa55@herald.example/"}`, ours, 400, "a login or a key"},
		{gate.Analyst, "POST", "/feeds", `{"url":"https://herald.example/?token=s3cret"}`, ours, 400, "a login or a key"},
		{gate.Reader, "DELETE", feed, "", ours, 403, "only analysts"},
		{gate.Analyst, "PUT", "/views/x", `{"query":`, ours, 400, "JSON"},
		{gate.Analyst, "PUT", "/views/x", "", ours, 400, "no body"},
		{gate.Analyst, "PUT", "/views/x", `{"query":"", "by":"eve"}`, ours, 400, "unknown field"},
		{gate.Analyst, "PUT", "/views/x", `{"query":"severity=hgh"}`, ours, 400, "low, medium"},
		{gate.Analyst, "PUT", "/views/%20", `{"query":""}`, ours, 400, "name"},
		{gate.Analyst, "PUT", "/views/" + strings.Repeat("x", 61), `{"query":""}`, ours, 400, "too many"},
		{gate.Analyst, "PUT", "/views/x", `{"query":"` + strings.Repeat("x", 70_000) + `"}`, ours, 413, "64 kB"},
	} {
		var headers []string
		if ask.header != "" {
			headers = append(headers, ask.header)
		}
		w := d.ask(t, ask.role, ask.method, ask.path, ask.body, headers...)
		p := decode[struct {
			Status int
			Detail string
		}](t, w)
		if w.Code != ask.want || p.Status != ask.want || !strings.Contains(p.Detail, ask.says) {
			t.Errorf("%s %s %.40s: %d %q, want %d %q", ask.method, ask.path, ask.body, w.Code, p.Detail, ask.want, ask.says)
		}
	}
	d.fixed = true
	for _, w := range []*httptest.ResponseRecorder{d.ask(t, gate.Analyst, "POST", "/feeds", `{"url":"https://herald.example/"}`, ours), d.ask(t, gate.Analyst, "DELETE", feed, "", ours)} {
		if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "COUPWATCH_EDIT_RULES") {
			t.Errorf("rules.yaml may not be changed: %d %s", w.Code, w.Body)
		}
	}
	if len(d.read)+len(d.views)+len(d.added)+len(d.noted) > 0 {
		t.Errorf("all the same read %v, saved %v, added %v, noted %v", d.read, d.views, d.added, d.noted)
	}
	d.full = true
	if w := d.ask(t, gate.Analyst, "PUT", "/views/x", `{"query":""}`, ours); w.Code != http.StatusConflict {
		t.Errorf("too many views: %d", w.Code)
	}
	d.err = errors.New("disk on fire")
	if w := d.ask(t, gate.Reader, "GET", "/feeds", ""); w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "fire") {
		t.Errorf("without a database: %d %s", w.Code, w.Body)
	}
}

// An analyst changes something with a key, with the header, or from a page of ours,
// and it is noted.
func TestChanges(t *testing.T) {
	d := newDesk(t)
	feed := "/feeds/" + news.FeedID(d.feeds[0].URL)
	for i, header := range []string{ours, "Authorization: Bearer k3y", "X-CSRF-Token: t0ken"} {
		if w := d.ask(t, gate.Analyst, "POST", feed+"/read", "", header); w.Code != http.StatusAccepted || len(d.read) != i+1 || len(d.noted) != i+1 {
			t.Errorf("%s: %d, read %v, noted %v", header, w.Code, d.read, d.noted)
		}
	}
	d.feeds[0].LastRead = time.Now()
	if w := d.ask(t, gate.Analyst, "POST", feed+"/read", "", ours); w.Code != http.StatusTooManyRequests || len(d.read) != 3 {
		t.Errorf("a moment later: %d, read %v", w.Code, d.read)
	}
	v := decode[news.View](t, d.ask(t, gate.Analyst, "PUT", "/views/%20My%20%20Sahel", `{"query":"?country=ML&severity=high&page=3"}`, ours))
	if v.Name != "My Sahel" || v.Query != "severity=high&country=ml" || v.By != "ann" || len(d.views) != 1 {
		t.Errorf("saved %+v", v)
	}
}
