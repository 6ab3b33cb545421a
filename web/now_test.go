package web_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
)

// shownIDs returns the stories of a list of the page, in order.
func shownIDs(body, from, to string) (ids string) {
	_, body, _ = strings.Cut(body, from)
	body, _, _ = strings.Cut(body, to)
	for _, m := range regexp.MustCompile(`class="open" href="/story/([^"]+)"`).FindAllStringSubmatch(body, -1) {
		ids += m[1] + " "
	}
	return strings.TrimSpace(ids)
}

func told(body string) string { return shownIDs(body, `id="stories"`, "</main>") }

// few are stories of which each has something of its own.
func few() archive {
	ago := func(hours int) time.Time { return now.Add(-time.Duration(hours) * time.Hour) }
	return archive{stories: []news.Story{
		{ID: "medium", Severity: news.Medium, Status: news.Claim, LastSeen: ago(1), Told: ago(1), Rules: []string{"purge", "ru"}, Countries: []string{"ru"}, Reports: 1, Entities: []string{"palace"}},
		{ID: "critical", Severity: news.Critical, Status: news.Official, LastSeen: ago(40), Told: ago(40), Rules: []string{"coup", "exile"}, Countries: []string{"ml", "ru"}, About: news.Words{{Text: "ml", Weight: 1}}, Reports: 3, Headline: "Putsch in Bamako"},
		{ID: "stale", Severity: news.High, Status: news.Denied, LastSeen: ago(160), Told: ago(160), Rules: []string{"coup"}, Reports: 1},
		{ID: "low", Severity: news.Low, Status: news.Rumour, LastSeen: ago(0), Rules: []string{"coup"}, Countries: []string{"ml"}, Reports: 1},
		{ID: "old", Severity: news.Critical, LastSeen: ago(24 * 9), Told: ago(24 * 9), Rules: []string{"coup"}, Reports: 1},
		{ID: "joined", Severity: news.Critical, LastSeen: ago(2), Told: ago(2), Into: news.Reference{ID: "critical"}},
	}}
}

// The gravest and freshest stand first, and what only the digest tells is folded
// beneath.
func TestNow(t *testing.T) {
	_, _, body := get(t, few(), web.State{}, "/")
	if got, want := shownIDs(body, `id="stories"`, "<details"), "critical medium stale"; got != want {
		t.Errorf("told: %s, want %s", got, want)
	}
	if got := shownIDs(body, `<details id="digest"`, "</details>"); got != "low" || strings.Contains(body, "<details id=\"digest\" open") {
		t.Errorf("folded: %s", got)
	}
	if _, _, body := get(t, archive{}, web.State{}, "/"); !strings.Contains(body, "Nothing that people had to be told of in the last seven days") {
		t.Error("an empty page does not say so")
	}
}

func TestFilters(t *testing.T) {
	for query, want := range map[string]string{
		"severity=high": "critical stale", "status=denied,claim": "medium stale", "rule=coup": "critical stale low", "country=ru": "medium", "country=ml": "critical low",
		"entity=palace": "medium", "language=ru": "medium", "tag=exile": "critical", "language=ru&tag=exile": "", "told=yes": "critical medium stale", "told=no": "low",
		"since=6h": "medium low", "since=30d": "critical medium stale old low", "q=bamako+putsch": "critical", "page=2": "",
	} {
		code, _, body := get(t, few(), web.State{}, "/?"+query)
		if got := told(body); got != want || code != http.StatusOK {
			t.Errorf("%s: %d, %q, want %q", query, code, got, want)
		}
		if chips := strings.Count(body, `title="take away"`); !strings.Contains(query, "page") && chips != 1+strings.Count(query, "&")+strings.Count(query, ",") {
			t.Errorf("%s: %d chips", query, chips)
		}
	}
	if code, _, body := get(t, few(), web.State{}, "/?severity=hgh"); code != http.StatusBadRequest || !strings.Contains(body, "write low, medium, high or critical") {
		t.Errorf("a mistake: %d\n%s", code, body)
	}
	_, _, body := get(t, few(), web.State{}, "/?rule=coup&severity=low&country=ml")
	for _, want := range []string{`href="/?severity=low&amp;country=ml" title="take away"`, `<input type="hidden" name="rule" value="coup">`, `<option value="low" selected>`, `href="/wall?severity=low&amp;rule=coup&amp;country=ml"`, `href="/alerts.atom?severity=low&amp;rule=coup&amp;country=ml"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q in\n%s", want, body)
		}
	}
}

// What the form leaves open is not in the address that it leads to.
func TestFormLeadsToAShortAddress(t *testing.T) {
	srv := httptest.NewServer(web.Handler(web.Options{Archive: few(), State: func() web.State { return web.State{} }, Log: quiet}))
	defer srv.Close()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Get(srv.URL + "/?q=&severity=high&told=&rule=coup&rule=&country=&add=1")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if got, want := res.Header.Get("Location"), "/?severity=high&rule=coup"; res.StatusCode != http.StatusSeeOther || got != want {
		t.Errorf("%d to %q, want %q", res.StatusCode, got, want)
	}
}

// The page shows a part of the stories and leads to the others.
func TestPageShowsAPart(t *testing.T) {
	d := crowd(75, now) // 57 of them told
	for path, want := range map[string]struct {
		n, rows  int
		has, not []string
	}{
		"/":                {20, 12, []string{"Stories 1 to 20 of 57", `href="/?page=2" rel="next"`, "Digest only: 18 stories", `<a href="/?told=no">All 18`}, []string{`rel="prev"`}},
		"/?page=2":         {20, 0, []string{"Stories 21 to 40 of 57", `href="/" rel="prev"`, `href="/?page=3" rel="next"`}, nil},
		"/?page=3":         {17, 0, []string{"Stories 41 to 57 of 57", `href="/?page=2" rel="prev"`}, []string{`rel="next"`}},
		"/?page=9":         {0, 0, []string{"There are 57 stories"}, nil},
		"/?page=many":      {20, 12, nil, nil},
		"/?told=no":        {18, 0, nil, []string{"Digest only: ", `rel="next"`}},
		"/?rule=overthrow": {13, 4, nil, []string{`rel="next"`}},
	} {
		_, _, body := get(t, d, web.State{}, path)
		if n, rows := strings.Count(body, `<article class="card`), strings.Count(body, `<li class="low"`); n != want.n || rows != want.rows {
			t.Errorf("%s: %d stories and %d rows, want %d and %d", path, n, rows, want.n, want.rows)
		}
		for _, part := range want.has {
			if !strings.Contains(body, part) {
				t.Errorf("%s lacks %q", path, part)
			}
		}
		for _, part := range want.not {
			if strings.Contains(body, part) {
				t.Errorf("%s has %q", path, part)
			}
		}
	}
}

// A card says in a few lines why the story is there.
func TestCard(t *testing.T) {
	_, _, body := get(t, crowd(9, now), web.State{}, "/?country=zm")
	for _, want := range []string{
		`<article class="card high" id="s-0000000000000006">`, `<span class="badge">high</span>`, `<svg class="ladder denied"`, `<span class="how">denied</span>`,
		`<h3 dir="auto"><a class="open" href="/story/s-0000000000000006">Officers in Zamunda plan`, `<mark>“The plan is re</mark>`, "— The Herald",
		"<bdi>Ann Example</bdi> → <bdi>The Herald</bdi> (11)", "36 reports · at most 2 independent origins", `<a href="/?rule=coup-rumour">coup-rumour</a>`, `<a href="/?entity=palace"><bdi>Palace Guard</bdi></a>`, "1 h ago",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the card lacks %q in\n%s", want, body)
		}
	}
}

// A country without a code, which is an entity of rules.yaml, is one all the same.
func TestLandWithoutACode(t *testing.T) {
	d := crowd(1, now)
	d.stories[0].Countries, d.stories[0].Entities = nil, []string{"palace", "velmaria"}
	if _, _, body := get(t, d, web.State{}, "/"); !strings.Contains(body, `<span class="where"><bdi>Velmaria</bdi></span>`) {
		t.Errorf("it is not named in\n%s", body)
	}
}

func TestWall(t *testing.T) {
	if _, _, body := get(t, few(), web.State{}, "/wall"); !strings.Contains(body, ">without a headline</a>") {
		t.Error("a story without a headline has a link without a text")
	}
	_, _, body := get(t, few(), web.State{}, "/wall")
	if !strings.Contains(body, `<section class="column critical" data-more="0"><h2>critical</h2>`) || strings.Index(body, "/story/critical") > strings.Index(body, "/story/medium") || strings.Contains(body, "/story/stale") || strings.Contains(body, "/story/low") {
		t.Errorf("the wall by severity:\n%s", body)
	}
	for _, control := range []string{"<form", "<nav", "<button", "<select"} {
		if strings.Contains(body, control) {
			t.Errorf("the wall has a %s", control)
		}
	}
	_, _, body = get(t, few(), web.State{}, "/wall?by=region&since=7d")
	for _, want := range []string{"<h2>Africa</h2>", "<h2>Europe</h2>", "<h2>Elsewhere</h2>", `<svg class="world"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the wall by region lacks %q", want)
		}
	}
	if _, _, body = get(t, few(), web.State{}, "/wall?country=ml"); strings.Contains(body, "/story/medium") {
		t.Error("the wall has what is not asked for")
	}
	if code, _, _ := get(t, few(), web.State{}, "/wall?since=x"); code != http.StatusBadRequest {
		t.Errorf("a mistake: %d", code)
	}
}

// The feeds of alerts have what is asked for.
func TestAlertsByFilter(t *testing.T) {
	a := few()
	_, _, body := get(t, a, web.State{}, "/alerts.atom?country=ml&severity=high")
	if got := readAtom(t, body); len(got) != 1 || !strings.Contains(got[0].ID, ":critical:") || !strings.Contains(body, "<id>urn:coupwatch:alerts?severity=high&amp;country=ml</id>") || !strings.Contains(body, "<title>Coupwatch: high or graver, ML</title>") {
		t.Errorf("got %v in\n%s", got, body)
	}
	if _, _, body = get(t, a, web.State{}, "/alerts.json?language=ru"); len(readJSON(t, body)) != 1 {
		t.Errorf("by language:\n%s", body)
	}
	if code, _, body := get(t, a, web.State{}, "/alerts.json?status=sure"); code != http.StatusBadRequest || !strings.Contains(body, "write rumour") {
		t.Errorf("a mistake: %d %s", code, body)
	}
}

func TestStatic(t *testing.T) {
	_, _, body := get(t, few(), web.State{}, "/")
	m := regexp.MustCompile(`/static/page\.css\?v=\w+`).FindString(body)
	if code, h, css := get(t, few(), web.State{}, m); code != http.StatusOK || !strings.Contains(h.Get("Cache-Control"), "immutable") || !strings.HasPrefix(h.Get("Content-Type"), "text/css") || len(css) < 1000 {
		t.Errorf("%s: %d %v", m, code, h)
	}
	if code, h, _ := get(t, few(), web.State{}, "/static/page.js?v=old"); code != http.StatusOK || strings.Contains(h.Get("Cache-Control"), "immutable") {
		t.Errorf("an old address: %d %v", code, h)
	}
	for path, want := range map[string]int{"/static/none.js": http.StatusNotFound, "/static/world.svg": http.StatusOK, "/favicon.ico": http.StatusOK, "/static/": http.StatusNotFound} {
		if code, _, _ := get(t, few(), web.State{}, path); code != want {
			t.Errorf("%s: %d, want %d", path, code, want)
		}
	}
}

// Pages are small: what a desk reads over a bad line.
func TestPagesAreSmall(t *testing.T) {
	d := crowd(400, now)
	for len(d.items) < 300 {
		d.items = append(d.items, d.items[:2]...)
	}
	for _, path := range []string{"/", "/?told=no", "/story/" + d.stories[0].ID, "/feeds", "/feeds/" + news.FeedID(d.feeds[0].URL), "/static/page.css", "/static/page.js"} {
		if _, _, body := get(t, d, web.State{}, path); len(body) > 60_000 {
			t.Errorf("%s has %d bytes", path, len(body))
		} else {
			t.Logf("%s has %d bytes", path, len(body))
		}
	}
}
