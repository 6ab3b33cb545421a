package pages_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/clerk"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/feedlist"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/pages"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/storetest"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/web"
	"github.com/coupwatch/coupwatch/web/api"
	"github.com/coupwatch/coupwatch/web/api/apitest"
	"github.com/coupwatch/coupwatch/web/sheet"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const rules = `feeds:
  - {url: "https://wire.example/rss", name: Wire, language: en, tags: [sahel]}
  - {url: "https://herald.example/rss", name: Herald, language: en}
rules:
  - {id: mutiny, title: Mutiny, severity: high, match: mutiny}
routes:
  - {to: console, severity: medium}
`

// A house is the page over a database in which a mutiny was told by two feeds, and how
// often feeds were to be read.
type house struct {
	http.Handler
	db    *store.DB
	use   *daemon.InUse
	rooms []sheet.Door
	rules string // the path of rules.yaml
	rung  int

	current func() *matcher.Rules
}

func newHouse(t *testing.T, location string, edit bool) *house {
	t.Helper()
	h := &house{rules: filepath.Join(t.TempDir(), "rules.yaml")}
	if err := os.WriteFile(h.rules, []byte(rules), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := matcher.Open(h.rules, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if h.db, err = store.Open(t.Context(), location); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.db.Close() })
	use := &daemon.InUse{File: file}
	h.use = use
	h.current = file.Current
	if err := h.db.SetFeeds(t.Context(), file.Current().Feeds()); err != nil {
		t.Fatal(err)
	}
	decider := new(story.Stories)
	for i, title := range []string{"Mutiny in Zamunda: soldiers seize the barracks of Mali's capital", "Rain in Zamunda", "Soldiers seize the barracks of Mali's capital in mutiny, Wire reports"} {
		at := time.Now().UTC().Add(time.Duration(i-90) * time.Minute).Truncate(time.Second)
		f := file.Current().Feeds()[i%2]
		it := news.Item{Feed: f.URL, Title: title, Link: fmt.Sprint("https://wire.example/", i), Summary: "The defence ministry confirmed it.", Publisher: f.Publisher, Language: "en", Tags: f.Tags, Published: at}
		it.ID = news.ItemID(f.URL, it.Key())
		var reports []news.Report
		if r, matched := file.Current().Match(it); matched {
			reports = append(reports, r)
		}
		r := news.Reading{Feed: f, At: at, Items: []news.Item{it}, NextAt: at.Add(3 * time.Hour)}
		if _, err := h.db.Ingest(t.Context(), r, reports, decider.At(use.Policy(), at)); err != nil {
			t.Fatal(err)
		}
	}
	page := pages.Parts{
		Rules: &pages.Rules{Context: t.Context(), File: h.rules},
		Clerk: &clerk.Clerk{Use: use, DB: h.db, Decide: decider.At, Next: notify.NewDigest(h.db, use.Policy), Version: "1.2", Started: time.Now()},
		DB:    h.db, Use: use, Log: slog.New(slog.DiscardHandler), Read: func(time.Time) { h.rung++ },
		State: func() web.State {
			return web.State{Version: "1.2", RulesLoaded: file.Status().LoadedAt, NextDigest: time.Now()}
		},
		Feeds:    feedlist.NewPage(h.rules, file, edit, nil, nil, func(ctx context.Context) { _ = file.Reload(ctx) }),
		Settings: settings.Settings{Listen: "127.0.0.1:8090", Page: "http://example.com"}, // as httptest asks for it
	}.Options()
	h.Handler, h.rooms = web.Handler(page), page.Rooms
	return h
}

// What a real archive answers on each path is as the document says.
func TestAPI(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		h := newHouse(t, location, true)
		first := httptest.NewRecorder()
		h.ServeHTTP(first, httptest.NewRequest(http.MethodGet, api.Root+"/openapi.json", nil))
		doc := apitest.Read(t, first.Body.Bytes())
		ask := func(method, path, body string, want int) []byte {
			t.Helper()
			r := httptest.NewRequest(method, api.Root+path, strings.NewReader(body))
			r.Header.Set(api.Header, "1")
			w := doc.Ask(t, h, r)
			if w.Code != want {
				t.Fatalf("%s %s: %d, want %d: %s", method, path, w.Code, want, w.Body)
			}
			return w.Body.Bytes()
		}
		var stories struct {
			Stories []struct{ ID string } `json:"stories"`
		}
		if err := json.Unmarshal(ask("GET", "/stories?rule=mutiny&language=en&severity=high", "", 200), &stories); err != nil || len(stories.Stories) != 1 {
			t.Fatalf("stories %+v, %v", stories, err)
		}
		id := stories.Stories[0].ID
		if err := daemon.NewIndexing(h.db, h.current, true).Round(t.Context()); err != nil {
			t.Fatal(err)
		}
		for path, has := range map[string]string{
			"/stories/" + id[:6]: `"ladder":[{`, "/items?link=https://wire.example/0": `"rules":["mutiny"]`, "/items?link=https://wire.example/1": `"kind":""`,
			"/search?q=mutiny+soldiers": `"total":2`, "/search?q=nothingness&from=2020-01-01": `"items":[]`,
			"/alerts": "[", "/feeds?tag=sahel": `"total":1`, "/feeds?country=ml": "[", "/feeds/" + news.FeedID("https://wire.example/rss"): `"rules":["mutiny"]`,
			"/audit": `"deeds":[`, "/status": `"version":"1.2"`, "/openapi.json": `"openapi"`,
		} {
			if body := ask("GET", path, "", 200); !strings.Contains(string(body), has) {
				t.Errorf("%s lacks %s:\n%s", path, has, body)
			}
		}
		if body := ask("GET", "/search?q=$mutny", "", 422); !strings.Contains(string(body), "unknown list") {
			t.Errorf("a mistake is told as %s", body)
		}
		ask("POST", "/feeds/"+news.FeedID("https://wire.example/rss")+"/read", "", 202)
		if due, _, err := h.db.Claim(t.Context(), time.Now(), 5); err != nil || len(due) != 1 || h.rung != 1 {
			t.Errorf("due are %v, %v, rung %d times", due, err, h.rung)
		}
		ask("PUT", "/views/"+url.PathEscape("Сахель / юг"), `{"query":"country=ml"}`, 200)
		if body := ask("GET", "/views", "", 200); !strings.Contains(string(body), `"name":"Сахель / юг","query":"country=ml","by":"local"`) {
			t.Errorf("views are %s", body)
		}
		ask("DELETE", "/views/"+url.PathEscape("Сахель / юг"), "", 204)
		askDesk(t, id, ask)
		ask("GET", "/rules?section=lists", "", 200)
		for path, has := range map[string]string{"/rules": `"ref":"mutiny"`, "/rules/mutiny": "match: mutiny"} {
			if body := ask("GET", path, "", 200); !strings.Contains(string(body), has) {
				t.Errorf("%s lacks %s:\n%s", path, has, body)
			}
		}
		ask("POST", "/feeds", `{"url":"https://radio.example/rss","name":"Radio"}`, 200)
		ask("POST", "/feeds", `{"url":"https://radio.example/rss","name":"Radio"}`, 409)
		if text, err := os.ReadFile(h.rules); err != nil || !strings.Contains(string(text), `{url: "https://radio.example/rss", name: Radio}`) {
			t.Errorf("the rules are %s, %v", text, err)
		}
		ask("DELETE", "/feeds/"+news.FeedID("https://herald.example/rss"), "", 204)
		if text, err := os.ReadFile(h.rules); err != nil || strings.Contains(string(text), "herald") {
			t.Errorf("the rules are %s, %v", text, err)
		}
		for _, operation := range doc.Operations() {
			if !doc.Asked()[operation] && !doc.Asked()[strings.Replace(operation, " ", " "+api.Root, 1)] {
				t.Errorf("no answer of a real archive to %s was held against the document", operation)
			}
		}
	})
}

// askDesk asks for what people do about a story that is owed to them.
func askDesk(t *testing.T, id string, ask func(method, path, body string, want int) []byte) {
	t.Helper()
	var owed struct{ Alerts []struct{ ID string } }
	if err := json.Unmarshal(ask("GET", "/outbox?state=owed&story="+id, "", 200), &owed); err != nil || len(owed.Alerts) == 0 {
		t.Fatalf("owed is %+v, %v", owed, err)
	}
	alert := `{"id":"` + owed.Alerts[0].ID + `"}`
	ask("POST", "/outbox/retry", alert, 204)
	ask("POST", "/outbox/drop", alert, 204)
	ask("POST", "/outbox/drop", `{"id":"none"}`, 422)
	if body := ask("GET", "/outbox?state=failed", "", 200); !strings.Contains(string(body), owed.Alerts[0].ID) {
		t.Errorf("what was dropped is not in the outbox: %s", body)
	}
	until := time.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	ask("POST", "/mutes", `{"kind":"rule","name":"mutiny","until":"`+until+`","why":"exercise"}`, 200)
	ask("POST", "/mutes", `{"kind":"rule","name":"mutny","until":"`+until+`"}`, 422)
	ask("POST", "/mutes", `{"kind":"story","name":"`+id[:6]+`","until":"`+until+`"}`, 200)
	if body := ask("GET", "/mutes", "", 200); !strings.Contains(string(body), `"kind":"rule","id":"mutiny"`) {
		t.Errorf("muted is %s", body)
	}
	ask("POST", "/stories/"+id+"/label", `{"relevant":true}`, 200)
	if body := ask("GET", "/stories/"+id+"/said", "", 200); !strings.Contains(string(body), `"relevant":true`) || !strings.Contains(string(body), "exercise") {
		t.Errorf("said is %s", body)
	}
	ask("GET", "/stories/"+id, "", 200)
	ask("DELETE", "/stories/"+id+"/label", "", 204)
	ask("DELETE", "/mutes/rule/mutiny", "", 204)
	ask("DELETE", "/mutes/rule/mutiny", "", 404)
	second := news.ItemID("https://wire.example/rss", news.Item{Link: "https://wire.example/2"}.Key())
	if body := ask("POST", "/stories/"+id+"/out", `{"item":"`+second+`"}`, 200); !strings.Contains(string(body), second) {
		t.Errorf("taken out is %s", body)
	}
	ask("GET", "/digests", "", 200)
	if body := ask("GET", "/digests/next", "", 200); !strings.Contains(string(body), "Mutiny in Zamunda") {
		t.Errorf("the next digest is %s", body)
	}
	ask("GET", "/digests/none", "", 404)
}

// The pages of a feed show what the database has.
func TestFeedPages(t *testing.T) {
	h := newHouse(t, storetest.NewSQLite(t), false)
	for path, want := range map[string][]string{
		"/feeds": {"2 feeds, 1 with a problem", "possible gap", "Wire", "Herald"}, "/feeds?country=ml": {"Wire"},
		"/feeds/" + news.FeedID("https://wire.example/rss"): {"Mutiny in Zamunda", "Mutiny (high)", "rules.yaml:2", "2 items in the last 30 days", "COUPWATCH_EDIT_RULES"},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		for _, text := range want {
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), text) {
				t.Errorf("%s: %d, and it lacks %q:\n%s", path, w.Code, text, w.Body)
			}
		}
	}
}
