package show_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/show"
)

// hostile are texts that somebody may put into a feed.
func hostile(t testing.TB) []string {
	own := []string{
		"", " ", "<!channel> <!here> <!everyone> <@U012AB3CD> <#C024BE7LR> <!subteam^SAZ94GDB8|@sec>", "&lt;!channel&gt; &amp;lt;!here&amp;gt;",
		"<https://evil.example|https://good.example> | > <", "<!date^1392734382^{date}^https://evil.example|x>", "*bold* _it_ ~gone~ `code` ```block```",
		"a\r\nBcc: victim@example.org\r\n\r\nbody", "a\u2028X: 1\u0085Y: 2\u2029", "\x00\x1b[31mred\x1b[0m\x1b]0;title\x07", "</style><style>*{display:none}</style><!--",
		"<script>alert(1)</script>", "\"onmouseover=alert(1) x='", "\u202eлевоп\u202c \u2066x\u2069 zero\u200bwidth\ufeff <\u200b!channel> <\u2060!here>",
		"Z" + strings.Repeat("\u0301", 500), strings.Repeat("длинно ", 8500), strings.Repeat("<&>", 3000), strings.Repeat("👨‍👩‍👧‍👦", 400), "\xff\xfe broken", "{{.}} %s %!v(PANIC=", "a|b|c|d",
	}
	return append(own, shared(t)...)
}

var links = []string{
	"javascript:alert(1)", "JaVa\tScRiPt:alert(1)", "data:text/html;base64,PHNjcmlwdD4=", "//evil.example/x", "https://news.example/a|b>c<d", "https://user:pass@news.example/",
	"https://news.example/" + strings.Repeat("a", 10_000), "https://news.example/?a=1&b=<x>", "https://news.example/\"onclick=\"x", "https://news.example/\u202egnp.exe", "http://[::1",
	"https://news.example/" + strings.Repeat("&", 1900), "https://news.example/" + strings.Repeat("z", 1900),
}

// shared returns the titles of the hostile feeds beside the repository, none if
// they are not there. The source of their server has them as Go strings.
func shared(t testing.TB) []string {
	source, err := os.ReadFile("../../../shared/hostile/server.go")
	if err != nil {
		t.Log("the hostile feeds are not there; only our own texts are tried")
		return nil
	}
	var titles []string
	for _, line := range regexp.MustCompile(`(?m)^\t+(?:t\("/text/|item\{title: ).*$`).FindAll(source, -1) {
		for _, literal := range regexp.MustCompile(`"(?:[^"\\]|\\.)*"`).FindAll(line, -1) {
			if title, err := strconv.Unquote(string(literal)); err == nil {
				titles = append(titles, title)
			}
		}
	}
	if len(titles) < 40 {
		t.Fatalf("got %d titles out of the hostile feeds, want more", len(titles))
	}
	return titles
}

// poison fills all that v holds with hostile text and links, every field that
// somebody may add as well.
func poison(v reflect.Value, text, link string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int, reflect.Int64:
		v.SetInt(3)
	case reflect.Pointer:
		if v.Type() == reflect.TypeFor[*time.Location]() {
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		poison(v.Elem(), text, link)
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[[]news.Alert]() {
			return // see poisoned
		}
		v.Set(reflect.MakeSlice(v.Type(), 12, 12))
		poison(v.Index(0), text, link)
		for i := range v.Len() {
			v.Index(i).Set(v.Index(0)) // nobody changes what they share
		}
	case reflect.Array:
		for i := range v.Len() {
			poison(v.Index(i), text, link)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(at("11:40")))
			return
		}
		for i := range v.NumField() {
			with := text
			if name := v.Type().Field(i).Name; name == "Link" || name == "URL" {
				with = link
			}
			poison(v.Field(i), with, link)
		}
	}
}

// poisoned returns an alert of every kind in which all is hostile.
func poisoned(text, link string) []news.Alert {
	var all []news.Alert
	for _, kind := range []news.Kind{news.New, news.Escalation, news.Update, news.Refresh, news.Notice, news.Daily, news.Late, "unknown"} {
		var a news.Alert
		poison(reflect.ValueOf(&a).Elem(), text, link)
		if a.Kind = kind; kind == news.Late {
			for i, of := range all {
				of.Story.ID += fmt.Sprint(i)
				a.Late = append(a.Late, of)
			}
		}
		a.Quote.Marks = []news.Mark{{End: 1}, {Start: -1, End: 3}, {Start: 2, End: len(text)}, {Start: 1, End: 1 << 20}}
		all = append(all, a)
	}
	return all
}

// trusting believes whatever it is told.
func trusting(text, link string) show.Style {
	name := func(string) string { return text }
	return show.Style{Country: name, Entity: name, Rule: name, Page: func(string) string { return link }, Buttons: true}
}

// Nothing from outside becomes markup, a call, a link or a header, and no limit
// is broken by it.
func TestHostile(t *testing.T) {
	n := 0
	try := func(text, link string) {
		s := trusting(text, link)
		for _, a := range poisoned(text, link) {
			n++
			if problem := wrong(t, s, a); problem != "" {
				t.Errorf("%.60q %.60q of kind %s: %s", text, link, a.Kind, problem)
			}
		}
		if problem := refused(t, s.Summary(poisoned(text, link))); problem != "" {
			t.Errorf("%.60q %.60q in a summary: %s", text, link, problem)
		}
	}
	for _, text := range hostile(t) {
		text = text[:min(len(text), 10_000)] // more than is ever looked at
		try(text, "https://news.example/1")
	}
	for _, link := range links {
		try("coup", link)
	}
	try(strings.Repeat("<&> ", 3000), links[len(links)-1])
	if n == 0 {
		t.Fatal("no cases")
	}
}

// wrong returns what is wrong with a in any medium, or "".
func wrong(t testing.TB, s show.Style, a news.Alert) string {
	m := s.Slack(a)
	if problem := refused(t, m); problem != "" {
		return "Slack: " + problem
	}
	if problem := refused(t, m.WithoutBlocks()); problem != "" {
		return "Slack without blocks: " + problem
	}
	page, err := s.HTML(a)
	if err != nil || len(page) > 95_000 {
		return "a page of " + strconv.Itoa(len(page)) + " bytes"
	}
	if problem := wrongPage(page); problem != "" {
		return "page: " + problem
	}
	subject := s.Subject(a)
	if subject == "" || strings.ContainsAny(subject, "\r\n\x00\u2028\u2029\u0085") || utf8.RuneCountInString(subject) > 140 {
		return "subject " + subject
	}
	for _, text := range [][]byte{s.Text(a, false), s.SummaryText([]news.Alert{a}, false)} {
		outside := func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r >= '\u202a' && r <= '\u202e' }
		if bytes.IndexFunc(text, outside) >= 0 || !utf8.Valid(text) {
			return "a control character in the text"
		}
	}
	return ""
}

// wrongPage returns what in a page was not put there by our templates.
func wrongPage(page []byte) string {
	allowed := " html head meta style title body table tr td div span a b br "
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if errors.Is(z.Err(), io.EOF) {
				return ""
			}
			return z.Err().Error()
		case html.CommentToken:
			return "a comment"
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if !strings.Contains(allowed, " "+token.Data+" ") {
				return "an element " + token.Data
			}
			for _, attr := range token.Attr {
				if strings.HasPrefix(attr.Key, "on") || attr.Key == "href" && !strings.HasPrefix(attr.Val, "http") || strings.Contains(attr.Val, "url(") {
					return "an attribute " + attr.Key + "=" + attr.Val
				}
			}
		}
	}
}

// FuzzAlert is TestHostile with whatever the fuzzer thinks of.
func FuzzAlert(f *testing.F) {
	for _, text := range []string{"", "<!channel>", "a\r\nb", "<&>", "\u202e\xff|*_`"} {
		f.Add(text, "https://news.example/1")
	}
	for _, link := range links {
		f.Add("coup", link)
	}
	f.Fuzz(func(t *testing.T, text, link string) {
		if len(text) > 3000 || len(link) > 3000 {
			t.Skip("the table has longer ones")
		}
		for _, a := range poisoned(text, link)[:6] {
			if problem := wrong(t, trusting(text, link), a); problem != "" {
				t.Errorf("%s: %s", a.Kind, problem)
			}
		}
	})
}

func BenchmarkRender(b *testing.B) {
	s := style()
	for name, do := range map[string]func(news.Alert){
		"slack": func(a news.Alert) { _, _ = json.Marshal(s.Slack(a).Blocks) },
		"text":  func(a news.Alert) { s.Text(a, false) },
		"html":  func(a news.Alert) { _, _ = s.HTML(a) },
	} {
		for _, a := range []news.Alert{first(), turns(17), refreshed()} {
			b.Run(name+"/"+string(a.Kind), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					do(a)
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "alerts/s")
			})
		}
	}
}
