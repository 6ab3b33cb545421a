package find_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/find"
	"github.com/coupwatch/coupwatch/web/sheet"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// An archive answers as it is told.
type archive struct {
	result find.Result
	err    error
	asked  *find.Ask
}

func (a archive) Search(_ context.Context, ask find.Ask) (find.Result, error) {
	if a.asked != nil {
		*a.asked = ask
	}
	return a.result, a.err
}

func (archive) Examples() []find.Example {
	return []find.Example{{Query: `a "b c" <d>`, Finds: "all of them"}}
}

// page returns what the page answers for the query of an address.
func page(t testing.TB, a archive, query string) (int, string) {
	t.Helper()
	mux := http.NewServeMux()
	s := sheet.New(nil, slog.New(slog.DiscardHandler))
	for _, d := range find.New(s, a).Doors() {
		mux.Handle(d.Pattern, d.Handler)
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest("GET", "/search"+query, nil))
	return w.Code, w.Body.String()
}

func sample() find.Result {
	q := func(text string) find.Marked { return find.Marked{Text: text, Marks: []find.Mark{{Start: 0, End: 4}}} }
	return find.Result{
		Query: "coup AND army", Total: 12_345, About: true, Latest: 3000, Took: 17, Next: 77,
		Items: []find.Item{
			{ID: "1", Title: q("Coup in Mali"), Passage: q("Army men took the palace."), Link: "https://a.example/1", Publisher: "Alpha", Published: noon, Countries: []string{"ml"}, Story: "s-1", Headline: "A coup", Told: true},
			{ID: "2", Title: q("<script>alert(1)</script>"), Link: "javascript:alert(1)", Publisher: "انقلاب", Published: noon},
			{ID: "3", Title: q("Coup again"), Link: "https://a.example/3", Publisher: "Beta", Published: noon, Story: "s-1", Headline: "A coup"},
		},
		Days:   []find.Day{{Date: noon.Truncate(24 * time.Hour), N: 3}, {Date: noon.AddDate(0, 0, -400).Truncate(24 * time.Hour), N: 9}},
		Facets: []find.Facet{{Key: "country", Values: []find.Value{{Value: "ml", Text: "Mali", N: 9}}}, {Key: "feed"}},
	}
}

// The page shows what was found, with what is marked, grouped by story, and leads on.
func TestPage(t *testing.T) {
	var asked find.Ask
	code, body := page(t, archive{result: sample(), asked: &asked}, "?q=coup+army&country=ML&from=2026-08-01&to=2026-08-22&told=yes&before=99")
	if code != http.StatusOK {
		t.Fatal(code, body)
	}
	want := find.Ask{Text: "coup army", Country: "ml", Told: "yes", From: time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 8, 23, 0, 0, 0, 0, time.UTC), Before: 99}
	if asked != want {
		t.Errorf("asked for %+v, want %+v", asked, want)
	}
	for _, part := range []string{
		"About 12,345 items", "with all of these words", "<mark>Coup</mark> in Mali", "<mark>Army</mark> men", `href="https://a.example/1"`,
		`href="/story/s-1"`, "A coup", "/why?link=https%3a%2f%2fa.example%2f1", "of the latest 3,000 items", `class="counts"`, "in 5 days",
		`aria-current="true"><bdi>Mali</bdi>`, `href="/search?before=77&amp;country=ml`, `rel="first"`, "take away", `value="2026-08-22"`, `<bdi>انقلاب</bdi>`,
	} {
		if !strings.Contains(body, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	if n := strings.Count(body, "<article"); n != 2 {
		t.Errorf("%d groups, want one of a story and one of an item without one", n)
	}
	for _, part := range []string{"<script>alert", `"javascript:`, "ZgotmplZ"} {
		if strings.Contains(body, part) {
			t.Errorf("the page has %q", part)
		}
	}
	if t.Failed() {
		t.Log(body)
	}
}

// Without a query there are examples, each a link; what is wrong is told with its
// place; a search that found nothing, or is behind, or was cut short, says so.
func TestStates(t *testing.T) {
	wrong := archive{err: find.Mistakes{{From: 5, To: 9, Says: `unknown list "$cop"`, Hint: `did you mean "$coup"?`}}}
	for _, tt := range []struct {
		name  string
		a     archive
		query string
		code  int
		want  []string
	}{
		{"examples", archive{}, "", 200, []string{`href="/search?q=a&#43;%22b&#43;c%22&#43;%3Cd%3E"`, "all of them"}},
		{"mistake", wrong, "?q=army+$cop+x", 200, []string{"<mark>$cop</mark> x", "did you mean"}},
		{"nothing", archive{result: find.Result{Query: "x", Since: noon}}, "?q=x&language=fr", 200, []string{"Nothing found", "beside it", "items older than 22 Aug 2026 12:00 are not in the index yet"}},
		{"behind", archive{result: find.Result{Query: "x", Behind: true}}, "?q=x", 200, []string{"what came a moment ago"}},
		{"many", archive{result: find.Result{Query: "x", Total: 3000, About: true, More: true}}, "?q=x", 200, []string{"More than 3,000 items"}},
		{"cut short", archive{result: find.Result{Query: "x", Next: 5, Searched: noon}}, "?q=x", 200, []string{"Looked back to 22 Aug 2026 so far", "Look further back"}},
		{"bad day", archive{}, "?q=x&from=yesterday", 400, []string{"write it as 2026-08-22"}},
		{"turned round", archive{}, "?q=x&from=2026-08-22&to=2026-08-01", 400, []string{"turn them round"}},
		{"bad place", archive{}, "?q=x&before=-3", 400, []string{"leave it out"}},
		{"down", archive{err: errors.New("secret password")}, "?q=x", 503, []string{"the database does not answer"}},
	} {
		code, body := page(t, tt.a, tt.query)
		if code != tt.code || strings.Contains(body, "secret") {
			t.Errorf("%s: code %d, want %d", tt.name, code, tt.code)
		}
		for _, part := range tt.want {
			if !strings.Contains(body, part) {
				t.Errorf("%s: the page lacks %q:\n%s", tt.name, part, body)
			}
		}
	}
}

// A full page stays small.
func TestSize(t *testing.T) {
	r := sample()
	for len(r.Items) < 20 {
		r.Items = append(r.Items, find.Item{ID: "x", Title: find.Marked{Text: strings.Repeat("Long headlines ", 8)}, Passage: find.Marked{Text: strings.Repeat("and long texts ", 28)}, Link: "https://a.example/" + strings.Repeat("x", 80), Publisher: "Beta", Published: noon})
	}
	for i := range r.Facets {
		for range 12 {
			r.Facets[i].Values = append(r.Facets[i].Values, find.Value{Value: "https://feeds.example/of/news.xml", Text: "A feed of news", N: 5})
		}
	}
	if _, body := page(t, archive{result: r}, "?q=x"); len(body) > 60_000 {
		t.Errorf("%d bytes, want 60,000 at most", len(body))
	}
}

// Whatever stands in an address, the page answers, and what it leads to asks for the
// same again.
func FuzzAddress(f *testing.F) {
	for _, s := range []string{"q=coup", "q=%00%ff&told=no", "from=2026-13-01", "before=99999999999999999999", "q=a&q=b;c", "language=%e2%80%ae", "to=9999-12-31&from=1970-01-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Skip()
		}
		ask, err := find.ParseAsk(values)
		if err != nil {
			return
		}
		code, body := page(t, archive{result: sample()}, "?"+values.Encode())
		if code != http.StatusOK || strings.Contains(body, "<script>") {
			t.Fatalf("%q: %d", query, code)
		}
		again, err := find.ParseAsk(url.Values{"q": {ask.Text}, "from": {ask.FirstDay()}, "to": {ask.LastDay()}, "told": {ask.Told}})
		if err != nil || again.From != ask.From || again.To != ask.To || again.Text != ask.Text {
			t.Fatalf("%q asks for %+v, and its address for %+v (%v)", query, ask, again, err)
		}
	})
}

// A passage shows what was found first, whole words around it, and says where it is
// cut.
func TestQuoted(t *testing.T) {
	long := strings.Repeat("Слово за словом. ", 60) + "Переворот в Мали. " + strings.Repeat("И ещё слово. ", 60)
	at := strings.Index(long, "Переворот")
	it := news.Item{Title: "Title with coup", Summary: "Summary", Body: long}
	title, passage := find.Quoted(it, []news.Span{{Field: news.Title, Start: 11, End: 15}, {Field: news.Body, Start: at, End: at + len("Переворот")}, {Field: news.Body, Start: at + 4, End: at + len("Переворот в")}})
	if len(title.Marks) != 1 || title.Text[title.Marks[0].Start:title.Marks[0].End] != "coup" {
		t.Errorf("title %+v", title)
	}
	if len(passage.Marks) != 1 || passage.Text[passage.Marks[0].Start:passage.Marks[0].End] != "Переворот в" {
		t.Errorf("passage %+v", passage)
	}
	if !strings.HasPrefix(passage.Text, "… ") || !strings.HasSuffix(passage.Text, " …") || len(passage.Text) > 450 || strings.Contains(passage.Text, "\ufffd") {
		t.Errorf("passage %q", passage.Text)
	}
	if _, passage = find.Quoted(news.Item{Title: "t", Body: "Short"}, nil); passage.Text != "Short" || passage.Marks != nil {
		t.Errorf("of nothing found: %+v", passage)
	}
	for n := range len(long) { // no cut is wrong
		_, passage = find.Quoted(news.Item{Summary: long[:min(n+3, len(long))]}, []news.Span{{Field: news.Summary, Start: n, End: n + 3}})
		_ = passage
	}
}
