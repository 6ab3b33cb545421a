package web_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
)

var start = time.Date(2026, 8, 22, 6, 0, 0, 0, time.UTC)

func TestStoryPage(t *testing.T) {
	a := archive{stories: []news.Story{sample(start), {ID: "5f00", Headline: "Another"}}}
	full := records{a, sampleItems(start)}
	code, _, body := get(t, full, web.State{}, "/story/5f1c2a9d03b7e846")
	if code != http.StatusOK {
		t.Fatalf("got %d", code)
	}
	for _, want := range []string{
		`<span class="badge">high</span>`, `<span class="how">denied</span>`, "14 reports · at most 2 independent origins · 4 publishers · 22 Aug 06:00 – 22 Aug 15:00", "ZM, Russia",
		"<strong>3 independent origins</strong> · silenced", "<strong>Now denied</strong> · slack", "the plan is ready", "→ <bdi>The Herald</bdi>", "Not known", "11 reports",
		`href="/story/77ab00c1d2e3f405"`, "a copy of what The Herald told", "Overthrow planned or feared (high)", `<a href="/?rule=overthrow">Overthrow planned or feared</a> · <a href="/?rule=coup-rumour">coup-rumour</a>`,
		`<svg class="tree"`, `<svg class="course"`, "Exile speaks of plot",
	} {
		if !strings.Contains(strings.ToLower(body), strings.ToLower(want)) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, order := range [][2]string{{"the plan is ready", "The palace calls"}, {"Exile speaks of plot", "officers in zamunda plan to remove the president, exile says</a>\n<p"}} {
		if i, j := strings.LastIndex(strings.ToLower(body), strings.ToLower(order[0])), strings.LastIndex(strings.ToLower(body), strings.ToLower(order[1])); i < 0 || i > j {
			t.Errorf("%q does not stand before %q", order[0], order[1])
		}
	}
}

// The page of a story that was joined with others says with which.
func TestStoryPageJoined(t *testing.T) {
	joined := sample(start)
	joined.Into, joined.Parts = news.Reference{ID: "ab12000000000001", Headline: "Officers seize the palace"}, []string{"cd34000000000002"}
	_, _, body := get(t, records{archive: archive{stories: []news.Story{joined}}}, web.State{}, "/story/"+joined.ID)
	for _, want := range []string{`href="/story/ab12000000000001"><bdi>Officers seize the palace</bdi>`, `Turned out to be of it: <a href="/story/cd34000000000002">`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if n := strings.Count(body, "Rules: "); n != 1 {
		t.Errorf("the page names the rules %d times", n)
	}
}

// What was sent is told with whether it arrived; what follows in a thread is
// counted, unless it did not.
func TestStorySent(t *testing.T) {
	d := crowd(9, now)
	_, _, body := get(t, d, web.State{}, "/story/"+d.stories[0].ID)
	for _, want := range []string{
		"<strong>new</strong> · slack:C0123 · <span>sent</span>", "a new story that a rule calls high", `<span class="problem">owed since 22 Aug 09:00`,
		`<strong>update</strong> · slack:C0123 · <span class="problem">given up: no such thread</span>`, "and 1 update to those who were told, 1 edit of messages",
		`class="rows"`, "Akin",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Count(body, "<strong>update</strong>") != 1 {
		t.Error("an update that arrived is listed")
	}
	if _, _, body := get(t, d, web.State{}, "/story/"+d.stories[1].ID); !strings.Contains(body, "People should have heard of it since 09:00") || !strings.Contains(body, "To be told") {
		t.Error("the page does not say that nobody was told")
	}
}

// A story is taken along as Markdown, in which texts from outside are text, and as
// JSON.
func TestStoryExports(t *testing.T) {
	s := sample(start)
	s.Headline, s.Sources[0].Publisher = "[Plan](javascript:x) *of* <b>officers</b> & #1", "The_Herald"
	full := records{archive{stories: []news.Story{s}}, sampleItems(start)}
	code, header, body := get(t, full, web.State{}, "/story/5f1.md")
	if code != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), "text/markdown") {
		t.Fatalf("%d, %v", code, header)
	}
	for _, want := range []string{
		`# [\[Plan\]\(javascript\:x\) \*of\* &lt;b&gt;officers&lt;/b&gt; &amp; \#1](<https://herald.example/plan>)` + "\n", "**HIGH · denied** · 14 reports · at most 2 independent origins",
		"- 22 Aug 15:00 · **denied** · [State Radio](<https://radio.example/no>)\n  > The palace calls it an invention\\.", "- **Ann Example** · 11 reports", "  - through The Herald: Wire One\n",
		"Rules: Overthrow planned or feared, coup\\-rumour", "- 22 Aug 15:00 · Now denied · slack", "Exile speaks of plot",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the Markdown lacks %s in\n%s", want, body)
		}
	}
	if code, header, body := get(t, full, web.State{}, "/story/5f1.json"); code != http.StatusOK || header.Get("Content-Type") != "application/json" || !strings.Contains(body, `"story": "5f1c2a9d03b7e846"`) {
		t.Errorf("as JSON: %d %v %s", code, header, body)
	}
	if code, _, _ := get(t, full, web.State{}, "/story/5f1.pdf"); code != http.StatusNotFound {
		t.Errorf("as what it is not: %d", code)
	}
}

// There are pages for stories that records know, by the beginning of their ids.
func TestStoryFound(t *testing.T) {
	a := archive{stories: []news.Story{sample(start), {ID: "5f00", Headline: "Another"}}}
	known, down := records{archive: a}, archive{err: errors.New("secret path")}
	tests := []struct {
		name    string
		archive web.Archive
		path    string
		code    int
	}{
		{"whole id", known, "/story/5f1c2a9d03b7e846", http.StatusOK},
		{"beginning", known, "/story/5f1", http.StatusOK},
		{"several", known, "/story/5f", http.StatusNotFound},
		{"none", known, "/story/zz", http.StatusNotFound},
		{"without records", a, "/story/5f1", http.StatusNotFound},
		{"down", down, "/", http.StatusServiceUnavailable},
		{"records down", records{archive: down}, "/story/5f1", http.StatusServiceUnavailable},
		{"why down", records{archive: down}, "/why?link=https://a.example/", http.StatusServiceUnavailable},
		{"why without records", a, "/why", http.StatusNotFound},
		{"why asked nothing", records{archive: a}, "/why", http.StatusOK},
		{"why of what nobody brought", records{archive: a}, "/why?link=https://a.example/", http.StatusNotFound},
	}
	for _, tt := range tests {
		code, _, body := get(t, tt.archive, web.State{}, tt.path)
		if code != tt.code || strings.Contains(body, "secret") {
			t.Errorf("%s: got %d, want %d, body %.80q", tt.name, code, tt.code, body)
		}
	}
}

func TestWhy(t *testing.T) {
	full := records{archive{}, sampleItems(start)}
	_, _, body := get(t, full, web.State{}, "/why?link=https://herald.example/plan")
	for _, want := range []string{"a new story: nobody told of it before", "read 22 Aug 06:01", `href="/story/5f1c2a9d03b7e846"`, `value="https://herald.example/plan"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if _, _, body := get(t, full, web.State{}, "/why?link=https://wire.example/rain"); !strings.Contains(body, "in no story") {
		t.Error("the page does not say that an item is in no story")
	}
}

// hostile is a text of one who would like to be more than text.
const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)> {{.}} ` + "\u202egnp\u2066.exe\x00\x1b[2J"

// Nothing from outside is more than text, on any page and in any feed.
func TestNothingGetsThrough(t *testing.T) {
	bad := "javascript:alert(3)"
	s := sample(time.Now())
	s.Headline, s.Link = hostile, bad
	for i := range s.Ladder {
		s.Ladder[i].Publisher, s.Ladder[i].Link, s.Ladder[i].Sentence = hostile, bad, hostile
	}
	for i := range s.Origins {
		s.Origins[i] = news.Origin{Name: hostile, Via: []string{hostile}, Quote: hostile, Link: bad, Reports: 1}
	}
	for i := range s.Sources {
		s.Sources[i].Publisher, s.Sources[i].Link, s.Sources[i].Title, s.Sources[i].Origins = hostile, bad, hostile, []string{hostile}
	}
	for i := range s.Updates {
		s.Updates[i].Title, s.Updates[i].Link, s.Updates[i].Publisher = hostile, bad, hostile
	}
	items := sampleItems(time.Now())
	for i := range items {
		items[i].Title, items[i].Link, items[i].Publisher, items[i].Reason = hostile, bad, hostile, hostile
	}
	feeds := []news.FeedState{{Feed: news.Feed{Name: hostile}, Failures: 1, Problem: hostile}}
	full := records{archive{stories: []news.Story{s}, feeds: feeds}, items}
	for _, path := range []string{"/", "/story/5f", "/story/%3Cscript%3E", "/story/5f.md", "/why?link=" + "javascript:alert(3)", "/feeds", "/feeds?q=" + url.QueryEscape(hostile), "/feeds?state=" + url.QueryEscape(hostile), "/feeds/" + news.FeedID(""), "/feeds/add?added=x&named=" + url.QueryEscape(hostile), "/wall", "/outbox", "/outbox?channel=" + url.QueryEscape(hostile), "/outbox?story=" + url.QueryEscape(hostile), "/mutes?kind=rule&name=" + url.QueryEscape(hostile), "/digest", "/digest/2026-08-21T05:00Z", "/status", "/story/5f/out?item=x", "/outbox/drop?id=doubt", "/outbox/drop?channel=" + url.QueryEscape(hostile), "/wall?by=region", "/?q=" + url.QueryEscape(hostile), "/?rule=" + url.QueryEscape(hostile), "/?severity=" + url.QueryEscape(hostile), "/alerts.atom", "/alerts.json"} {
		_, header, body := get(t, full, web.State{RulesProblem: hostile}, path)
		if path == "/alerts.json" { // titles are plain text there, content is HTML
			body = contents(t, body)
		}
		body = strings.ReplaceAll(body, `<script src="/static/page.js?v=`, "")
		for _, not := range []string{"<script", "<img", `href="javascript:`, "\u202e", "\u2066", "\x00", "\x1b", "Zgotmpl\"><"} {
			if strings.Contains(body, not) {
				t.Errorf("%s has %q from outside", path, not)
			}
		}
		if !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") || header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s is not guarded: %v", path, header)
		}
	}
}

// contents returns the HTML of all items of a JSON feed.
func contents(t *testing.T, body string) string {
	t.Helper()
	var f struct {
		Items []struct {
			HTML string `json:"content_html"`
		}
	}
	if err := json.Unmarshal([]byte(body), &f); err != nil || len(f.Items) == 0 {
		t.Fatalf("%d items: %v", len(f.Items), err)
	}
	var all string
	for _, it := range f.Items {
		all += it.HTML
	}
	return all
}
