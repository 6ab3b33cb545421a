package pages_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/storetest"
	"github.com/coupwatch/coupwatch/story"
)

// hostileTexts are texts of those who would like to be more than text.
var hostileTexts = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `" onfocus=alert(1) autofocus x="`, `</title></head><body onload=alert(1)>`,
	`<svg/onload=alert(1)>`, `<style>*{display:none}</style><!--`, `{{.}} {{template "top"}}`, `</textarea><iframe src=//evil.example>`, `<base href=//evil.example/><meta http-equiv=refresh content=0>`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`, "mutiny \u202egnp.exe \u2066x\u2067y\u2068z", "mutiny \u200f\u200e\u061c end", "mutiny \x1b[31mred\x07 \u2028 \u0085 end", "<b>mutiny</b\x00>",
}

// sharedTexts returns the texts with which the hostile server of feeds harms its
// readers, as its source has them; none where it is not there.
func sharedTexts(t *testing.T) (texts []string) {
	t.Helper()
	name := filepath.Join("..", "..", "..", "..", "..", "shared", "hostile", "server.go")
	if _, err := os.Stat(name); err != nil {
		t.Logf("without the texts of the hostile server, which is not part of the repository: %v", err)
		return nil
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	odd := regexp.MustCompile(`(?i)<[a-z!/]|on\w+=|javascript:|\{\{|[\x{202a}-\x{202e}\x{2066}-\x{2069}\x{200e}\x{200f}\x{61c}\x00-\x08\x0b-\x1f]|&#|%n`)
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, isText := n.(*ast.BasicLit); isText && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil && odd.MatchString(text) && len(text) < 3000 {
				texts = append(texts, text)
			}
		}
		return true
	})
	if len(texts) < 50 {
		t.Errorf("found %d texts of the hostile server, want 50 at least", len(texts))
	}
	return texts
}

// tell has a feed bring a mutiny with a text in all that a feed can say.
func (h *house) tell(t *testing.T, n int, text string, decider *story.Stories) {
	t.Helper()
	rules, at := h.use.File.Current(), time.Now().UTC().Add(-time.Duration(n)*time.Minute).Truncate(time.Second)
	f := rules.Feeds()[n%2]
	it := news.Item{
		Feed: f.URL, Title: fmt.Sprintf("Mutiny %d in Mali %s", n, text), Link: fmt.Sprintf("https://wire.example/h/%d?%s", n, text), Summary: text + " mutiny in Mali " + text, GUID: text,
		Publisher: f.Publisher, Language: "en", Tags: f.Tags, Published: at, Author: text,
	}
	if n%3 == 0 {
		it.Link = "javascript:alert(" + strconv.Itoa(n) + ")"
	}
	it.ID = news.ItemID(f.URL, fmt.Sprint("hostile", n))
	r, matched := rules.Match(it)
	if !matched {
		t.Errorf("text %d: %q is no mutiny", n, it.Title)
	}
	reading := news.Reading{Feed: f, At: at, Items: []news.Item{it}, NextAt: at.Add(3 * time.Hour)}
	if _, err := h.db.Ingest(t.Context(), reading, []news.Report{r}, decider.At(h.use.Policy(), at)); err != nil {
		t.Fatal(err)
	}
}

// What feeds say is text on each page that there is: no tag, no attribute and no
// address of it comes to life, and nothing of it turns the text around it.
func TestHostileTextsOnEachPage(t *testing.T) {
	h := newHouse(t, storetest.NewSQLite(t), false)
	decider := new(story.Stories)
	texts := append(slices.Clone(hostileTexts), sharedTexts(t)...)
	for n, text := range texts {
		h.tell(t, n, text, decider)
	}
	for i, text := range hostileTexts { // what people write, too
		if err := h.db.NoteDeed(t.Context(), news.Deed{At: time.Now(), Who: text, From: text, What: text}); err != nil {
			t.Fatal(err)
		}
		if err := h.db.Mute(t.Context(), news.Mute{Entity: fmt.Sprint("e", i, text), Why: text, By: text, Until: time.Now().Add(time.Hour)}, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	paths := []string{"/", "/wall", "/feeds", "/account", "/audit", "/login", "/nowhere"}
	for _, d := range h.rooms {
		if path, isPage := strings.CutPrefix(d.Pattern, "GET "); isPage && !strings.ContainsAny(path, "{") {
			paths = append(paths, path)
		}
	}
	for _, text := range hostileTexts {
		q := url.QueryEscape(text)
		paths = append(paths, "/?q="+q, "/?rule="+q, "/?severity="+q, "/why?link="+q, "/story/"+url.PathEscape(text), "/search?q="+q, "/feeds?q="+q, "/login?to="+q)
	}
	seen, shown := h.crawl(t, paths)
	if seen < 100 || shown < len(texts) {
		t.Errorf("looked at %d pages, on which %d of %d texts stand", seen, shown, len(texts))
	}
	t.Logf("%d pages, on which %d texts stand", seen, shown)
}

// mostCrawled is how many pages are looked at.
const mostCrawled = 600

// crawl looks at pages and at those to which they lead, and returns how many they are
// and how many of the texts stand on them.
func (h *house) crawl(t *testing.T, paths []string) (pages, texts int) {
	t.Helper()
	known, told := map[string]bool{}, map[string]bool{}
	for ; len(paths) > 0 && pages < mostCrawled; paths = paths[1:] {
		path := paths[0]
		if known[path] || strings.HasPrefix(path, "/live") || strings.HasPrefix(path, "/static/") {
			continue
		}
		known[path] = true
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost"+path, nil)
		if err != nil {
			t.Errorf("a page leads to %q: %v", path, err)
			continue
		}
		r.Header.Set("Accept", "text/html")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= http.StatusInternalServerError {
			t.Errorf("%s: %d %.200s", path, w.Code, w.Body)
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			if !strings.Contains(w.Header().Get("X-Content-Type-Options"), "nosniff") {
				t.Errorf("%s: a browser may take %s for a page", path, w.Header().Get("Content-Type"))
			}
			continue
		}
		pages++
		doc, err := html.Parse(strings.NewReader(w.Body.String()))
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		for n := range doc.Descendants() {
			if problem := lives(n); problem != "" {
				t.Errorf("%s: %s", path, problem)
			}
			if n.Type == html.TextNode {
				for _, m := range regexp.MustCompile(`Mutiny (\d+) in Mali`).FindAllString(n.Data, -1) {
					told[m] = true
				}
			}
			if to := attribute(n, "href"); n.Data == "a" && strings.HasPrefix(to, "/") {
				to, _, _ = strings.Cut(to, "#")
				paths = append(paths, to)
			}
		}
	}
	return pages, len(told)
}

// attribute returns the value of an attribute of an element, or "".
func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// lives says what of a node came to life that should not; "" if all is well.
func lives(n *html.Node) string {
	if i := strings.IndexFunc(n.Data, turns); i >= 0 && n.Type == html.TextNode {
		return fmt.Sprintf("a text has %q, which turns or hides what is around it", n.Data[max(0, i-20):])
	}
	if n.Type == html.CommentNode {
		return "there is a comment: " + n.Data
	}
	if n.Type != html.ElementNode {
		return ""
	}
	switch n.Data {
	case "script":
		if src := attribute(n, "src"); !strings.HasPrefix(src, "/static/") || n.FirstChild != nil {
			return "there is a script that is not ours: " + src
		}
	case "img", "iframe", "object", "embed", "base", "style", "frame", "applet", "audio", "video", "math", "marquee":
		return "there is an element that is not ours: " + n.Data
	case "link":
		if href := attribute(n, "href"); !strings.HasPrefix(href, "/") || strings.HasPrefix(href, "//") {
			return "the page asks for " + href
		}
	}
	for _, a := range n.Attr {
		if problem := livesIn(n.Data, a); problem != "" {
			return problem
		}
	}
	return ""
}

// name is how attributes of ours are called.
var name = regexp.MustCompile(`^[a-z][a-zA-Z0-9:-]*$`)

// livesIn says what came to life in an attribute.
func livesIn(element string, a html.Attribute) string {
	said := fmt.Sprintf("<%s %s=%q>", element, a.Key, a.Val)
	switch {
	case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || !name.MatchString(a.Key):
		return "there is an attribute that is not ours: " + said
	case strings.IndexFunc(a.Val, turns) >= 0 && a.Key != "value":
		return "an attribute turns what is around it: " + said
	}
	switch a.Key {
	case "href", "src", "action", "formaction", "cite", "data", "poster", "xlink:href":
		u, err := url.Parse(a.Val)
		if err != nil || !slices.Contains([]string{"", "http", "https"}, u.Scheme) || strings.ContainsAny(a.Val, "\t\n\r") {
			return "an address that is not of the web: " + said
		}
		if (element == "form" || element == "button") && (u.Host != "" || u.Scheme != "") {
			return "a form goes elsewhere: " + said
		}
	}
	return ""
}

// turns reports whether a letter is not seen and turns those around it, or is none.
func turns(r rune) bool {
	return unicode.Is(unicode.Bidi_Control, r) || unicode.IsControl(r) && !unicode.IsSpace(r)
}

// Once there is a user, nothing that the rooms have is for those who have not said who
// they are, but what leads to the log-in.
func TestNoRoomIsOpen(t *testing.T) {
	h := newHouse(t, storetest.NewSQLite(t), false)
	if err := h.db.AddUser(t.Context(), "anna", news.Analyst, "hash", time.Now()); err != nil {
		t.Fatal(err)
	}
	paths := []string{"GET /", "GET /wall", "GET /live", "GET /story/1", "GET /why", "GET /alerts.atom", "GET /alerts.json"}
	for _, path := range []string{"status", "stories", "stories/1", "feeds", "views", "audit", "alerts", "items?link=x"} {
		paths = append(paths, "GET /api/v1/"+path)
	}
	for _, d := range h.rooms {
		method, path, _ := strings.Cut(d.Pattern, " ")
		if !strings.HasPrefix(path, "/login") && !strings.HasPrefix(path, "/api/") {
			paths = append(paths, method+" "+regexp.MustCompile(`\{\w+\}`).ReplaceAllString(path, "1"))
		}
	}
	if len(paths) < 20 {
		t.Errorf("there are %d pages", len(paths))
	}
	for _, at := range paths {
		method, path, _ := strings.Cut(at, " ")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, "http://localhost"+path, nil))
		if w.Code != http.StatusUnauthorized {
			t.Errorf("%s is answered %d to a stranger", at, w.Code)
		}
	}
}
