package notify_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/show"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

// hostileStyle gives pages and names that are as bad as what is in the feeds.
func hostileStyle(text string) notify.Style {
	return notify.Style{
		Country: func(string) string { return text }, Rule: func(string) string { return text }, Buttons: true,
		Page: func(story string) string { return "https://coupwatch.example/" + story },
	}
}

func TestHostileInSlack(t *testing.T) {
	eachHostile(t, func(s notify.Style, a news.Alert) {
		if problem := refusedBySlack(t, s, a); problem != "" {
			t.Errorf("%q of kind %s: %s", a.Reason, a.Kind, problem)
		}
	})
}

// refusedBySlack returns why Slack would refuse a or should not get it.
func refusedBySlack(t *testing.T, s notify.Style, a news.Alert) string {
	m := s.Slack(a)
	if problem := (slackdouble.Message{Text: m.WithoutBlocks().Text}).Refused(); problem != "" {
		return "without blocks: " + problem
	}
	b, err := json.Marshal(m.Blocks)
	if err != nil {
		t.Fatal(err)
	}
	p := slackdouble.Message{Text: m.Text, Metadata: &slackdouble.Metadata{}}
	if err := json.Unmarshal(b, &p.Blocks); err != nil {
		t.Fatal(err)
	}
	return p.Refused()
}

// Many hostile alerts in one message are no better.
func TestHostileSummary(t *testing.T) {
	n := 0
	for _, text := range append(sharedTitles(t), hostile...) {
		m := hostileStyle(text).Summary(append(poisoned(text, "https://news.example/1", 1), crowdOf(50)...))
		b, err := json.Marshal(m.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		p := slackdouble.Message{Text: m.Text, Metadata: &slackdouble.Metadata{}}
		if err := json.Unmarshal(b, &p.Blocks); err != nil {
			t.Fatal(err)
		}
		if problem := p.Refused(); problem != "" {
			t.Errorf("%.60q: %s", text, problem)
		}
		n++
	}
	if n == 0 {
		t.Fatal("no cases")
	}
}

func TestHostileInText(t *testing.T) {
	eachHostile(t, func(s notify.Style, a news.Alert) {
		text := string(s.Text(a, false))
		if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r >= '\u202a' && r <= '\u202e' }); i >= 0 {
			t.Errorf("%q: control character %q in the text", a.Reason, text[i])
		}
		if !utf8.ValidString(text) {
			t.Errorf("%q: text is not UTF-8", a.Reason)
		}
	})
}

func TestHostileInSubject(t *testing.T) {
	eachHostile(t, func(s notify.Style, a news.Alert) {
		subject := s.Subject(a)
		if strings.ContainsAny(subject, "\r\n\x00\u2028\u2029\u0085") || utf8.RuneCountInString(subject) > 140 || subject == "" {
			t.Errorf("%q: subject %q", a.Reason, subject)
		}
	})
}

func TestHostileInHTML(t *testing.T) {
	eachHostile(t, func(s notify.Style, a news.Alert) {
		page, err := s.HTML(a)
		if err != nil {
			t.Errorf("%q: %v", a.Reason, err)
		}
		if len(page) > 100_000 {
			t.Errorf("%.40q of kind %s: page has %d bytes", a.Reason, a.Kind, len(page))
		}
		if problem := wrongPage(page); problem != "" {
			t.Errorf("%.40q of kind %s: %s", a.Reason, a.Kind, problem)
		}
	})
}

// wrongPage returns what in a page was not put there by our templates.
func wrongPage(page []byte) string {
	z := html.NewTokenizer(bytes.NewReader(page))
	allowed := " html head meta style title body table tr td div span a b br tbody "
	for {
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
				if strings.HasPrefix(attr.Key, "on") || attr.Key == "href" && !strings.HasPrefix(attr.Val, "http") {
					return "an attribute " + attr.Key + "=" + attr.Val
				}
			}
		}
	}
}

// eachHostile calls check with alerts of all kinds in which all is hostile.
func eachHostile(t *testing.T, check func(notify.Style, news.Alert)) {
	t.Helper()
	n := 0
	try := func(text, link string, stories int) {
		all := poisoned(text, link, stories)
		refresh := all[0]
		refresh.Kind = news.Refresh
		for _, a := range append(all, refresh) {
			check(hostileStyle(text), a)
			n++
		}
	}
	for _, text := range hostile {
		try(text, "https://news.example/1", 12)
	}
	for _, text := range sharedTitles(t) {
		try(text, "https://news.example/1", 2)
	}
	for _, link := range hostileLinks {
		try("coup", link, 12)
	}
	if n == 0 {
		t.Fatal("no cases")
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

// FuzzEscape holds that nothing from outside becomes markup or a call in
// Slack, breaks a limit of Slack, or becomes an element of a mail.
func FuzzEscape(f *testing.F) {
	for _, text := range hostile {
		f.Add(text[:min(len(text), 2000)], "https://news.example/1")
	}
	for _, link := range hostileLinks {
		f.Add("coup", link)
	}
	f.Fuzz(func(t *testing.T, text, link string) {
		if escaped := show.Escape(show.Clean(text)); slackdouble.WrongMarkup(escaped) != "" || strings.ContainsAny(escaped, "*_~`\n\r") {
			t.Errorf("Escape(%q) = %q", text, escaped)
		}
		if n := utf8.RuneCountInString(show.Cut(show.Clean(text), 50)); n > 50 {
			t.Errorf("Cut(%q, 50) has %d runes", text, n)
		}
		if len(text) > 3000 || len(link) > 3000 {
			t.Skip("the table has longer ones")
		}
		all := poisoned(text, link, 1)
		for _, a := range []news.Alert{all[0], all[3], all[4]} {
			if problem := refusedBySlack(t, hostileStyle(text), a); problem != "" {
				t.Errorf("%s: %s", a.Kind, problem)
			}
			page, err := hostileStyle(text).HTML(a)
			if err != nil || len(page) > 100_000 || wrongPage(page) != "" {
				t.Errorf("%s: page of %d bytes: %v %s", a.Kind, len(page), err, wrongPage(page))
			}
			if subject := hostileStyle(text).Subject(a); strings.ContainsAny(subject, "\r\n") {
				t.Errorf("%s: subject %q", a.Kind, subject)
			}
		}
	})
}

func TestNobodyLeaksSecrets(t *testing.T) {
	gone := func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }
	d := newSlackDouble(t, gone, gone, gone, gone, gone, gone)
	hook, err := notify.NewSlackWebhook(d.URL+slackdouble.Hook, notify.Style{})
	if err != nil {
		t.Fatal(err)
	}
	web, err := notify.NewWebhook(d.URL+"/very-secret-path?key=very-secret-key", "very-secret-hmac")
	if err != nil {
		t.Fatal(err)
	}
	mail, err := notify.NewEmail("smtp://very-secret-user:very-secret-password@127.0.0.1:1?from=a@example.org", notify.EmailOptions{Recipients: []string{"desk@example.org"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []notify.Notifier{newSlack(d, slackdouble.Token), hook, web, mail} {
		leaksNoSecret(t, n, "very-secret")
	}
	d.Close() // and now nobody answers at all
	for _, n := range []notify.Notifier{newSlack(d, slackdouble.Token), hook, web} {
		leaksNoSecret(t, n, "very-secret")
	}
	for _, address := range []string{"very-secret", "ftp://very-secret", "smtp://u:very%secret@host", "smtp://very-secret@:x"} {
		if _, err := notify.NewEmail(address, notify.EmailOptions{}); err == nil || strings.Contains(err.Error(), "very") {
			t.Errorf("NewEmail(%q): got %v, want an error that does not show it", address, err)
		}
		if _, err := notify.NewWebhook(address, ""); err == nil || strings.Contains(err.Error(), "very") {
			t.Errorf("NewWebhook(%q): got %v, want an error that does not show it", address, err)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	s, all := notify.Style{}, alerts()
	for _, medium := range []struct {
		name string
		do   func(news.Alert)
	}{
		{"slack", func(a news.Alert) { json.Marshal(s.Slack(a).Blocks) }},
		{"text", func(a news.Alert) { s.Text(a, false) }},
		{"html", func(a news.Alert) { s.HTML(a) }},
	} {
		b.Run(medium.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				medium.do(all[0])
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "alerts/s")
		})
	}
}

// The console shows what is not set up, and says for whom it was.
func TestConsoleTakesWhatIsNotSetUp(t *testing.T) {
	var out bytes.Buffer
	c := notify.Channels{Console: notify.NewConsole(&out, false, notify.Style{})}
	for channel, want := range map[string]string{"slack:#coups": "(for slack:#coups)", "email:desk@example.org": "(for email:desk", "console": "CRITICAL"} {
		out.Reset()
		n, err := c.For(channel)
		if err != nil {
			t.Fatal(err)
		}
		a := alert(news.New)
		a.Channel = channel
		if _, err := n.Notify(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); !strings.HasPrefix(got, want) || !strings.Contains(got, "Officers claim power") {
			t.Errorf("%s: got %q, want it to begin with %q", channel, got, want)
		}
	}
	if _, err := c.For("teams:x"); !notify.IsOfChannel(err) {
		t.Errorf("unknown channel: got %v, want an error of the channel", err)
	}
	if _, err := (notify.Channels{}).For("slack"); !notify.IsOfChannel(err) {
		t.Errorf("nothing set up: got %v, want an error of the channel", err)
	}
}
