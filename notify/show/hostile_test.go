package show_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/internal/notifytest"
	"github.com/coupwatch/coupwatch/notify/show"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

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
	longtest.Alone(t)
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
	for _, text := range append(notifytest.SharedTitles(t), notifytest.Hostile...) {
		text = text[:min(len(text), 10_000)] // more than is ever looked at
		try(text, "https://news.example/1")
	}
	for _, link := range notifytest.HostileLinks {
		try("coup", link)
	}
	try(strings.Repeat("<&> ", 3000), "https://news.example/"+strings.Repeat("z", 1900))
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

func TestLinkIsToTheWeb(t *testing.T) {
	for in, want := range map[string]string{
		"https://news.example/a|b>c<d":     "https://news.example/a%7Cb%3Ec%3Cd",
		"https://user:pass@news.example/":  "https://news.example/",
		"HTTPS://news.example/ы?x=1&y=2#z": "https://news.example/%D1%8B?x=1&y=2#z",
		"javascript:alert(1)":              "", "//evil.example/": "", "": "", "mailto:a@b.example": "",
		"https://news.example/" + strings.Repeat("a", 3000): "",
	} {
		if got := show.Link(in); got != want {
			t.Errorf("Link(%.60q): got %q, want %q", in, got, want)
		}
	}
}

// FuzzAlert is TestHostile with whatever the fuzzer thinks of.
func FuzzAlert(f *testing.F) {
	for _, text := range []string{"", "<!channel>", "a\r\nb", "<&>", "\u202e\xff|*_`"} {
		f.Add(text, "https://news.example/1")
	}
	for _, link := range notifytest.HostileLinks {
		f.Add("coup", link)
	}
	f.Fuzz(func(t *testing.T, text, link string) {
		if len(text) > 3000 || len(link) > 3000 {
			t.Skip("the table has longer ones")
		}
		if n := utf8.RuneCountInString(show.Cut(show.Clean(text), 50)); n > 50 {
			t.Errorf("Cut(%q, 50) has %d runes", text, n)
		}
		if escaped := show.Escape(show.Clean(text)); slackdouble.WrongMarkup(escaped) != "" || strings.ContainsAny(escaped, "*_~`\n\r") {
			t.Errorf("Escape(%q) = %q", text, escaped)
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
