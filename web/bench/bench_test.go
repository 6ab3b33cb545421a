package bench_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/bench"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// hostile is a text of one who would like to be more than text.
const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)> {{.}} ` + "\u202egnp\u2066.exe"

// shelf is items of these days, by when they were read.
type shelf []news.Item

func (s shelf) Items(ctx context.Context, from time.Time, do func(news.Item) error) error {
	return s.ItemsRead(ctx, from, time.Now().Add(time.Hour), do)
}

func (s shelf) ItemsRead(ctx context.Context, from, to time.Time, do func(news.Item) error) error {
	for _, it := range s {
		if it.Fetched.Before(from) || !it.Fetched.Before(to) {
			continue
		}
		if err := do(it); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func item(hoursAgo int, title string) news.Item {
	at := time.Now().UTC().Add(-time.Duration(hoursAgo) * time.Hour)
	return news.Item{ID: fmt.Sprint(hoursAgo), Feed: "https://wire.example/rss", Title: title, Language: "en", Published: at, Fetched: at, Link: fmt.Sprint("https://wire.example/", hoursAgo), Publisher: "Wire"}
}

var archive = shelf{
	item(300, "A coup in Togo, says the army"),
	item(60, "A putsch in Gabon, say residents"),
	item(40, "A coup in "+hostile+" Peru"),
	item(30, "A mutiny in Chad: garrison of Faya rises"),
	item(20, "A coup in Mali, says the army of Bamako"),
	item(10, "Weather: rain in Oslo"),
}

const rulesText = `include: words/*.yaml
routes: [{to: console}]

rules:
  # what people are woken for
  - id: coup
    title: Coup
    why: somebody who takes power
    severity: high
    match: $coup AND @countries # in any order
    examples:
      match: [A putsch in Mali]

  - {id: quiet, severity: low, match: mutiny}
`

const wordsText = `lists:
  # what is done
  coup: [coup, putsch, autogolpe] # world
  idle: [nothing]
entities:
  - {id: beseda, kind: person, name: Sergei Beseda}
groups:
  watched: ["@beseda", Mali]
`

// A desk is a room with its rules and who is at it.
type desk struct {
	room    *bench.Room
	mux     *http.ServeMux
	dir     string
	visit   gate.Visit
	noted   []string
	reloads int
	options bench.Options
}

func newDesk(t *testing.T, change func(*bench.Options)) *desk {
	t.Helper()
	d := &desk{dir: t.TempDir(), mux: http.NewServeMux()}
	if err := os.Mkdir(filepath.Join(d.dir, "words"), 0o755); err != nil {
		t.Fatal(err)
	}
	d.write(t, "rules.yaml", rulesText)
	d.write(t, "words/words.yaml", wordsText)
	file, err := matcher.Open(filepath.Join(d.dir, "rules.yaml"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	d.options = bench.Options{
		Sheet: sheet.New(nil, quiet), Path: filepath.Join(d.dir, "rules.yaml"), Rules: file.Current, Archive: archive, Save: true, Log: quiet,
		Reload: func() { d.reloads++; _ = file.Reload(t.Context()) },
		Grades: func(context.Context) (map[string]bench.Grade, error) {
			return map[string]bench.Grade{"coup": {Relevant: 18, Noise: 2, Enough: true, Share: .9, Low: .7, High: .972}, "quiet": {Relevant: 1}}, nil
		},
		Fetch: func(_ context.Context, link string) (news.Item, error) {
			if strings.Contains(link, "127.0.0.1") {
				return news.Item{}, errors.New("127.0.0.1 is in a private network")
			}
			return news.Item{Title: "A putsch in Niger", Body: "So it is told at " + link}, nil
		},
	}
	if change != nil {
		change(&d.options)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	t.Cleanup(func() { cancel(); d.room.Wait() })
	d.room = bench.New(ctx, d.options)
	for _, door := range d.room.Doors() {
		d.mux.Handle(door.Pattern, door.Handler)
	}
	d.mux.HandleFunc("GET /static/{name}", d.options.Sheet.ServeFile)
	d.visit = gate.Visit{Person: gate.Person{Name: "ana", Role: gate.Analyst}, Token: "right", Note: func(_ context.Context, what string) { d.noted = append(d.noted, what) }}
	return d
}

func (d *desk) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, name), []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(d.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func (d *desk) do(r *http.Request) (int, string, http.Header) {
	w := httptest.NewRecorder()
	d.mux.ServeHTTP(w, r.WithContext(gate.With(r.Context(), d.visit)))
	return w.Code, w.Body.String(), w.Header()
}

func (d *desk) get(path string) (int, string) {
	code, body, _ := d.do(httptest.NewRequest("GET", path, nil))
	return code, body
}

// form makes a request of fields: the stamp of the entry, if none is given, is that
// of now.
func (d *desk) form(t *testing.T, do string, fields map[string]string) *http.Request {
	t.Helper()
	all := map[string]string{"csrf": "right", "do": do, "ref": "coup", "days": "7"}
	for k, v := range fields {
		all[k] = v
	}
	if _, has := all["stamp"]; !has {
		all["stamp"] = d.stamp(t, all["ref"])
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for k, v := range all {
		if err := w.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	w.Close()
	r := httptest.NewRequest("POST", "/rules/bench", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

func (d *desk) stamp(t *testing.T, ref string) string {
	t.Helper()
	_, page := d.get("/rules/bench?ref=" + strings.ReplaceAll(ref, "$", "%24"))
	m := regexp.MustCompile(`name="stamp" value="([0-9a-f]*)"`).FindStringSubmatch(page)
	if m == nil {
		return ""
	}
	return m[1]
}

func (d *desk) post(t *testing.T, do string, fields map[string]string) (int, string, http.Header) {
	t.Helper()
	return d.do(d.form(t, do, fields))
}

// has fails if a page lacks one of some texts, or has one that begins with "!".
func has(t *testing.T, page string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if unwanted, not := strings.CutPrefix(want, "!"); not && strings.Contains(page, unwanted) {
			t.Errorf("the page has %q:\n%s", unwanted, page)
		} else if !not && !strings.Contains(page, want) {
			t.Errorf("the page has no %q:\n%s", want, page)
		}
	}
}

const coupLines = `  # what people are woken for
  - id: coup
    title: Coup
    why: somebody who takes power
    severity: high
    match: $coup AND @countries # in any order
    examples:
      match: [A putsch in Mali]
`

func TestIndex(t *testing.T) {
	d := newDesk(t, nil)
	code, page := d.get("/rules")
	if code != 200 {
		t.Fatal(code, page)
	}
	has(t, page, "are being counted", `<a href="/rules/coup">`)
	if err := d.room.Count(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.room.Count(t.Context()); err != nil { // only what came since
		t.Fatal(err)
	}
	_, page = d.get("/rules")
	has(t, page, "6 items of the last thirty days", `class="spark"`, `<td class="number">4</td>`, "90 %", "(70 % – 97 %)", "too few: 1 relevant, 0 noise", "rules.yaml:5", "rules.yaml:14", "20 h ago", `title="A coup in Mali, says the army of Bamako"`, "Workbench")
	_, page = d.get("/rules?show=lists")
	has(t, page, `<a href="/rules/$coup">`, "1 of 3", "words/words.yaml:2", "nothing asks for it")
	_, page = d.get("/rules?show=entities")
	has(t, page, "Sergei Beseda", `<a href="/rules/@beseda">`)
	_, page = d.get("/rules?show=groups")
	has(t, page, `<a href="/rules/@watched">`, "!spark")
	_, page = d.get("/rules?q=QUI&sort=most")
	has(t, page, `/rules/quiet"`, `!href="/rules/coup"`)
	if code, _ := d.get("/rules?show=" + "none"); code != 404 {
		t.Errorf("another section is answered %d", code)
	}
	d.visit.Role = gate.Reader
	_, page = d.get("/rules")
	has(t, page, "Coup", "!Workbench")
}

func TestPages(t *testing.T) {
	d := newDesk(t, nil)
	var many strings.Builder
	many.WriteString("lists:\n")
	for i := range 200 {
		fmt.Fprintf(&many, "  list%03d: [word%d]\n", i, i)
	}
	d.write(t, "words/many.yaml", many.String())
	_, page := d.get("/rules?show=lists")
	has(t, page, "list000", "!list100", `rel="next"`, "more of 202", "!rel=\"prev\"")
	if len(page) > 60_000 {
		t.Errorf("%d bytes", len(page))
	}
	next := regexp.MustCompile(`<a href="([^"]*)" rel="next"`).FindStringSubmatch(page)
	_, page = d.get(strings.ReplaceAll(next[1], "&amp;", "&"))
	has(t, page, "list100", "!list000", `rel="prev"`)
	_, page = d.get("/rules?show=lists&from=-1")
	has(t, page, "list000")
}

func TestOne(t *testing.T) {
	d := newDesk(t, nil)
	if err := d.room.Count(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, page := d.get("/rules/coup")
	has(t, page, "looks for: somebody who takes power", "rules.yaml:5", "4 items", "90 %", "A putsch in Gabon, say residents", "# in any order", `/rules/bench?ref=coup"`)
	_, page = d.get("/rules/$coup")
	has(t, page, "1 of 3 were never found", "autogolpe", "Asked for by", `<a href="/rules/coup">`)
	_, page = d.get("/rules/@beseda")
	has(t, page, "Sergei Beseda", `<a href="/rules/@watched">`)
	code, page := d.get("/rules/cop")
	if has(t, page, "Did you mean coup?"); code != 404 {
		t.Errorf("answered %d", code)
	}
	if code, page := d.get("/rules/" + strings.NewReplacer(" ", "%20", "<", "%3C", `"`, "%22", "\u202e", "", "\u2066", "").Replace(hostile[:20])); code != 404 || strings.Contains(page, "<script>a") {
		t.Errorf("%d: %s", code, page)
	}
	d.visit.Role = gate.Reader
	_, page = d.get("/rules/coup")
	has(t, page, "!/rules/bench")
}

// A rule that is called as the workbench is has a page all the same.
func TestRuleCalledBench(t *testing.T) {
	d := newDesk(t, nil)
	d.write(t, "rules.yaml", strings.Replace(rulesText, "id: quiet", "id: bench", 1))
	_, page := d.get("/rules")
	has(t, page, `href="/rules/rule:bench"`)
	if code, page := d.get("/rules/rule:bench"); code != 200 || !strings.Contains(page, "match: mutiny") {
		t.Errorf("%d: %s", code, page)
	}
}

func TestOpen(t *testing.T) {
	d := newDesk(t, nil)
	_, page := d.get("/rules/bench")
	has(t, page, `name="ref"`, "!<textarea")
	_, page = d.get("/rules/bench?ref=coup")
	has(t, page, "# what people are woken for\n", `value="save"`, `value="read"`)
	_, page = d.get("/rules/bench?ref=coup&beside=1")
	has(t, page, "\n  - id: new-rule\n    title: New rule\n")
	code, page := d.get("/rules/bench?ref=%24coop")
	if has(t, page, "Did you mean $coup?"); code != 404 {
		t.Errorf("answered %d", code)
	}
	d.options.Save = false
	d.visit.Role = gate.Reader
	for _, path := range []string{"/rules/bench", "/rules/bench/words", "/rules/bench/trials/1"} {
		if code, _ := d.get(path); code != http.StatusForbidden {
			t.Errorf("a reader at %s is answered %d", path, code)
		}
	}
	if code, _, _ := d.do(d.form(t, "check", map[string]string{"stamp": "x"})); code != http.StatusForbidden {
		t.Errorf("a reader's form is answered %d", code)
	}
}

func TestCheck(t *testing.T) {
	d := newDesk(t, nil)
	bad := strings.Replace(coupLines, "severity: high", "severity: hgih", 1)
	for _, do := range []string{"type", "check"} {
		code, page, _ := d.post(t, do, map[string]string{"text": bad})
		has(t, page, `data-line="5" data-col="15"`, "did you mean &#34;high&#34;?", "severity: hgih\n              ^")
		if code != map[string]int{"type": 200, "check": 422}[do] {
			t.Errorf("%s is answered %d", do, code)
		}
	}
	_, page, _ := d.post(t, "type", map[string]string{"text": strings.Replace(coupLines, "A putsch", "A film", 1)})
	has(t, page, "No mistakes so far")
	_, page, _ = d.post(t, "check", map[string]string{"text": strings.Replace(coupLines, "A putsch", "A film", 1)})
	has(t, page, "should match but does not", "!No mistakes")
	_, page, _ = d.post(t, "check", map[string]string{"ref": "$coup", "text": "  kup: [coup]\n"})
	has(t, page, "fine by itself, but not with the rest", "rules.yaml:10:12", "unknown list", "!"+d.dir)
	_, page, _ = d.post(t, "check", map[string]string{"text": coupLines + "feeds: [{url: \"https://a.example/\", name: A}]\n"})
	has(t, page, "!No mistakes")
	_, page, _ = d.post(t, "check", map[string]string{"text": coupLines + "stories: {gather: 1h}\n#"})
	has(t, page, "!No mistakes")
	r := d.form(t, "check", map[string]string{"text": coupLines})
	r.Header.Set("X-Part", "1")
	if _, part, _ := d.do(r); !strings.Contains(part, "all examples hold") || strings.Contains(part, "<main") {
		t.Errorf("the script is sent %s", part)
	}
	if code, _, _ := d.post(t, "check", map[string]string{"ref": "gone", "text": "x", "stamp": "x"}); code != http.StatusConflict {
		t.Errorf("an entry that is gone is answered %d", code)
	}
}

func TestRead(t *testing.T) {
	d := newDesk(t, nil)
	mutiny := strings.Replace(coupLines, "$coup AND", "($coup OR mutiny) AND", 1)
	_, page, _ := d.post(t, "check", map[string]string{"text": mutiny, "sample": "Mutiny in Mali " + hostile + "\n\nIt is a mutiny, says " + hostile})
	has(t, page, "Now: only the digest tells it", "With the edit: people are told, as high", "<mark>Mutiny</mark>", "<mark>mutiny</mark>", "matched, high", "missed", "!<script>alert", "!<img", "onerror=alert(2)&gt; {{.}} gnp.exe")
	_, page, _ = d.post(t, "check", map[string]string{"text": coupLines, "sample": "Rain in Oslo"})
	has(t, page, "As now: nobody hears of it", "$coup") // what was missing
	_, page, _ = d.post(t, "check", map[string]string{"text": strings.Replace(mutiny, "id: coup", "id: other", 1), "sample": "A coup in Mali"})
	has(t, page, "not there")
	_, page, _ = d.post(t, "read", map[string]string{"text": coupLines, "link": "https://wire.example/1", "sample": "old"})
	has(t, page, "A putsch in Niger\n\nSo it is told", "<mark>putsch</mark>")
	_, page, _ = d.post(t, "read", map[string]string{"text": coupLines, "link": "http://127.0.0.1/"})
	has(t, page, "The page could not be read: 127.0.0.1 is in a private network")
	_, page, _ = d.post(t, "read", map[string]string{"text": coupLines, "link": "file:///etc/passwd"})
	has(t, page, "a link begins with https://")
}

func TestTooLarge(t *testing.T) {
	d := newDesk(t, nil)
	if code, _, _ := d.post(t, "check", map[string]string{"text": coupLines, "sample": strings.Repeat("x", 200_001)}); code != http.StatusRequestEntityTooLarge {
		t.Errorf("a large text is answered %d", code)
	}
	r := d.form(t, "check", map[string]string{"text": strings.Repeat("x", 3<<20)})
	if code, _, _ := d.do(r); code != http.StatusRequestEntityTooLarge {
		t.Errorf("a large form is answered %d", code)
	}
	r = d.form(t, "check", map[string]string{"text": strings.Repeat("x", 3<<20)})
	r.ContentLength, r.Body = -1, io.NopCloser(r.Body)
	if code, _, _ := d.do(r); code != http.StatusRequestEntityTooLarge {
		t.Errorf("a large form that does not say so is answered %d", code)
	}
}

func TestTry(t *testing.T) {
	d := newDesk(t, nil)
	mutiny := strings.Replace(coupLines, "$coup AND", "(coup OR mutiny) AND", 1)
	mutiny = strings.Replace(mutiny, "A putsch", "A mutiny", 1)
	code, _, header := d.post(t, "try", map[string]string{"text": mutiny, "sample": "Mutiny in Mali", "days": "7"})
	at := header.Get("Location")
	if code != http.StatusSeeOther || at != "/rules/bench/trials/1" {
		t.Fatal(code, at)
	}
	d.room.Wait()
	_, page := d.get(at)
	has(t, page, "&#43;1 story, −1; no more and no fewer alerts a day", "Newly matched: 0", "No longer matched: 1", "<mark>putsch</mark>", "Matched otherwise: 1", "Coup, quiet, high · was quiet, low", "A mutiny in Chad", "Mutiny in Mali", "(coup OR mutiny)", "5 items of", "!<script>alert")
	r := httptest.NewRequest("GET", at, nil)
	r.Header.Set("X-Part", "1")
	if _, part, _ := d.do(r); !strings.Contains(part, "1 story, −1") || strings.Contains(part, "<main") {
		t.Errorf("the script is sent %s", part)
	}
	if code, _, _ := d.post(t, "try", map[string]string{"text": "  - id: coup\n"}); code != 422 {
		t.Errorf("a bad rule is answered %d", code)
	}
	if code, _ := d.get("/rules/bench/trials/9"); code != 404 {
		t.Errorf("an unknown trial is answered %d", code)
	}
}

// slow is a database that gives no item before it is let go.
type slow struct{ shelf }

func (s slow) Items(ctx context.Context, _ time.Time, _ func(news.Item) error) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestTryOneAtATime(t *testing.T) {
	d := newDesk(t, func(o *bench.Options) { o.Archive = slow{archive} })
	_, _, header := d.post(t, "try", map[string]string{"text": coupLines})
	at := header.Get("Location")
	_, page := d.get(at)
	has(t, page, "data-going", "End it", "ana began it", `<progress`)
	code, page, _ := d.post(t, "try", map[string]string{"text": coupLines})
	if has(t, page, "Not tried: a trial of coup is under way, which ana began"); code != http.StatusConflict {
		t.Errorf("a second one is answered %d", code)
	}
	end := httptest.NewRequest("POST", at, strings.NewReader("csrf=right"))
	end.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if code, _, header := d.do(end); code != http.StatusSeeOther || header.Get("Location") != at {
		t.Errorf("ending it is answered %d", code)
	}
	d.room.Wait()
	_, page = d.get(at)
	has(t, page, "No result: it was ended before it was done", "!data-going")
}

func TestSave(t *testing.T) {
	d := newDesk(t, nil)
	edited := strings.Replace(coupLines, "$coup AND", "($coup OR mutiny) AND", 1)
	code, page, header := d.post(t, "save", map[string]string{"text": strings.ReplaceAll(edited, "\n", "\r\n")})
	if code != http.StatusSeeOther || header.Get("Location") != "/rules/coup?saved=1" {
		t.Fatal(code, page)
	}
	if got, want := d.read(t, "rules.yaml"), strings.Replace(rulesText, "$coup AND", "($coup OR mutiny) AND", 1); got != want {
		t.Errorf("the file is\n%s", got)
	}
	if d.read(t, "rules.yaml~") != rulesText {
		t.Error("what it held is not kept")
	}
	if info, _ := os.Stat(filepath.Join(d.dir, "rules.yaml")); info.Mode().Perm() != 0o640 {
		t.Errorf("its mode is %v", info.Mode())
	}
	if !slices.Equal(d.noted, []string{"saved coup in rules.yaml:5; what the file held is in rules.yaml~"}) || d.reloads != 1 {
		t.Errorf("noted %q, %d reloads", d.noted, d.reloads)
	}
	if _, ok := d.options.Rules().Match(news.Item{Title: "A mutiny in Mali", Language: "en"}); !ok {
		t.Error("it is not in use")
	}
	_, page = d.get("/rules/coup?saved=1")
	has(t, page, "Saved.", "($coup OR mutiny)")
	// a list of a file that is included, under another name
	if code, _, header := d.post(t, "save", map[string]string{"ref": "$idle", "text": "  busy: [something]"}); code != http.StatusSeeOther || header.Get("Location") != "/rules/$busy?saved=1" {
		t.Errorf("%d %s", code, header.Get("Location"))
	}
	if got, want := d.read(t, "words/words.yaml"), strings.Replace(wordsText, "idle: [nothing]", "busy: [something]", 1); got != want {
		t.Errorf("the file is\n%s", got)
	}
}

func TestSaveRefused(t *testing.T) {
	d := newDesk(t, nil)
	edited := strings.Replace(coupLines, "severity: high", "severity: critical", 1)
	unchanged := func(want string) {
		t.Helper()
		if got := d.read(t, "rules.yaml"); got != want || len(d.noted) != 0 || d.reloads != 0 {
			t.Errorf("the file is\n%s\nnoted %q", got, d.noted)
		}
	}
	code, page, _ := d.post(t, "save", map[string]string{"text": "  - id: coup\n    match: $coop\n"})
	if has(t, page, "Not saved: this would be a mistake", "unknown list"); code != 422 {
		t.Errorf("a mistake is answered %d", code)
	}
	unchanged(rulesText)
	// somebody else was faster
	stamp := d.stamp(t, "coup")
	theirs := strings.Replace(rulesText, "severity: high", "severity: medium", 1)
	d.write(t, "rules.yaml", theirs)
	code, page, _ = d.post(t, "save", map[string]string{"text": edited, "stamp": stamp})
	if has(t, page, "Not saved: somebody changed rules.yaml", "severity: medium", "severity: critical"); code != http.StatusConflict {
		t.Errorf("a change meanwhile is answered %d", code)
	}
	unchanged(theirs)
	fresh := regexp.MustCompile(`name="stamp" value="([0-9a-f]+)"`).FindStringSubmatch(page)
	if fresh == nil || fresh[1] == stamp {
		t.Fatalf("the page has the stamp %v", fresh)
	}
	// without the token, and without the setting
	if code, _, _ := d.do(d.form(t, "save", map[string]string{"text": edited, "csrf": "wrong"})); code != http.StatusForbidden {
		t.Errorf("a wrong token is answered %d", code)
	}
	unchanged(theirs)
	if code, _, _ := d.post(t, "save", map[string]string{"text": edited, "stamp": fresh[1]}); code != http.StatusSeeOther || !strings.Contains(d.read(t, "rules.yaml"), "severity: critical") {
		t.Errorf("the second time it is answered %d", code)
	}
	d = newDesk(t, func(o *bench.Options) { o.Save = false })
	_, page = d.get("/rules/bench?ref=coup")
	has(t, page, `!value="save"`, "copy the lines")
	code, page, _ = d.post(t, "save", map[string]string{"text": edited})
	if has(t, page, "COUPWATCH_EDIT_RULES is not yes"); code != http.StatusForbidden {
		t.Errorf("without the setting it is answered %d", code)
	}
	unchanged(rulesText)
}

// A file that cannot be written says so, and the text is not lost.
func TestSaveReadOnly(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everything")
	}
	d := newDesk(t, nil)
	if err := os.Chmod(d.dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(d.dir, 0o755) })
	code, page, _ := d.post(t, "save", map[string]string{"text": coupLines + "\n"})
	if has(t, page, "Not saved: ", "may not be replaced", "# what people are woken for"); code != 500 {
		t.Errorf("answered %d", code)
	}
}

// Of many who save at once what they opened at once, one succeeds and the others hear
// of it.
func TestSaveRace(t *testing.T) {
	d := newDesk(t, func(o *bench.Options) { o.Reload = nil })
	d.visit.Note = nil
	stamp := d.stamp(t, "coup")
	var g sync.WaitGroup
	codes := make([]int, 6)
	for i := range codes {
		r := d.form(t, "save", map[string]string{"stamp": stamp, "text": strings.Replace(coupLines, "somebody", fmt.Sprint("person ", i), 1)})
		g.Go(func() { codes[i], _, _ = d.do(r) })
	}
	g.Wait()
	slices.Sort(codes)
	if !slices.Equal(codes, []int{303, 409, 409, 409, 409, 409}) {
		t.Errorf("answered %v", codes)
	}
	if n := strings.Count(d.read(t, "rules.yaml"), "person"); n != 1 {
		t.Errorf("%d of them are in the file", n)
	}
}

func TestWords(t *testing.T) {
	d := newDesk(t, nil)
	code, body, header := d.do(httptest.NewRequest("GET", "/rules/bench/words", nil))
	if code != 200 {
		t.Fatal(code)
	}
	has(t, body, `"$coup"`, `["@beseda","Sergei Beseda"]`, `["@watched","group"]`, `["@country:ml","Mali"]`, `"severity":["low","medium","high","critical"]`, `["match",`, `"NEAR/9"`)
	r := httptest.NewRequest("GET", "/rules/bench/words", nil)
	r.Header.Set("If-None-Match", header.Get("Etag"))
	if code, _, _ := d.do(r); code != http.StatusNotModified {
		t.Errorf("asked again it is answered %d", code)
	}
}

// While its file is away the rules are shown as they were; without any it says why.
func TestFilesGone(t *testing.T) {
	d := newDesk(t, nil)
	d.get("/rules")
	if err := os.Remove(filepath.Join(d.dir, "rules.yaml")); err != nil {
		t.Fatal(err)
	}
	if code, page := d.get("/rules"); code != 200 || !strings.Contains(page, "Coup") {
		t.Errorf("%d: %s", code, page)
	}
	d = newDesk(t, func(o *bench.Options) { o.Path = filepath.Join(filepath.Dir(o.Path), "none.yaml") })
	for _, path := range []string{"/rules", "/rules/coup", "/rules/bench", "/rules/bench/words"} {
		if code, page := d.get(path); code != http.StatusServiceUnavailable || !strings.Contains(page, "none.yaml: there is no such file") || strings.Contains(page, d.dir) {
			t.Errorf("%s: %d: %s", path, code, page)
		}
	}
}

// Counting follows the rules: a changed list is counted anew.
func TestCountAgain(t *testing.T) {
	d := newDesk(t, nil)
	if err := d.room.Count(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.post(t, "save", map[string]string{"ref": "$coup", "text": "  coup: [coup, putsch, rain]"})
	if err := d.room.Count(t.Context()); err != nil {
		t.Fatal(err)
	}
	x, found, err := d.room.One(t.Context(), "$coup")
	if err != nil || !found || x.Count.Items != 5 || x.Never != 0 || x.Terms != 3 || x.Days != 30 {
		t.Errorf("%+v, %v", x, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.room.Count(ctx); err == nil {
		t.Error("it goes on counting when the program ends")
	}
}
