package notify_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

func alert(kind news.Kind) news.Alert {
	quote := "Gunfire was heard as officers said they were taking power."
	i := strings.Index(quote, "taking power")
	return news.Alert{
		ID: "story/5f1c/slack/" + string(kind), Channel: "slack", Kind: kind, DueAt: noon, Reason: "It was a rumour until now.",
		Story: news.Story{
			ID: "5f1c", Headline: "Soldiers surround the palace", Link: "https://sahel.example/palace", Severity: news.Critical, Status: news.Claim,
			Reports: 14, Sources: []news.Source{{Publisher: "Sahel Courier", Link: "https://sahel.example/palace", At: noon}}, Countries: []string{"ml"},
		},
		Item:    news.Item{Title: "Officers claim power in Mali", Link: "https://ledger.example/mali?id=7&ref=rss", Publisher: "Ledger", Published: noon},
		Matches: []news.Match{{Rule: "coup", Title: "Coup", Why: "Power is taken by force", Severity: news.Critical}},
		Quote:   news.Quote{Text: quote, Marks: []news.Mark{{Start: i, End: i + len("taking power")}}},
	}
}

// alerts returns one alert of each kind that is sent.
func alerts() []news.Alert {
	a := alert(news.New)
	d := news.Digest{
		Date: "2026-08-22", From: noon.AddDate(0, 0, -1), To: noon, Stories: []news.Story{a.Story}, Items: 100, Reports: 14, Feeds: 3,
		Sick: []news.FeedState{{Feed: news.Feed{URL: "https://gone.example/rss"}, Problem: "no such host"}},
	}
	return []news.Alert{
		a, alert(news.Escalation), alert(news.Update),
		{ID: "notice/1", Channel: "slack", Kind: news.Notice, Notice: "rules.yaml:1:1: <oops>\nsecond line", DueAt: noon},
		{ID: "digest/2026-08-22/slack", Channel: "slack", Kind: news.Daily, Digest: &d, DueAt: noon},
	}
}

// hostile are texts that somebody may put into a feed.
var hostile = []string{
	"", " ", "<!channel> <!here> <!everyone> <@U012AB3CD> <#C024BE7LR> <!subteam^SAZ94GDB8|@sec>", "&lt;!channel&gt; &amp;lt;!here&amp;gt;",
	"<https://evil.example|https://good.example> | > <", "<!date^1392734382^{date}^https://evil.example|x>", "*bold* _it_ ~gone~ `code` ```block```",
	"> quote\n> second", "a\r\nBcc: victim@example.org\r\n\r\nbody", "a\u2028X: 1\u0085Y: 2\u2029", "\x00\x1b[31mred\x1b[0m\x1b]0;title\x07", ".\r\n.\r\nQUIT",
	"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</title></head><body><h1>", `"onmouseover=alert(1) x='`, "<style>*{display:none}</style><!--",
	"\u202eлевоп\u202c \u2066x\u2069 zero\u200bwidth\ufeff \u00adsoft <\u200b!channel> <\u2060!here>", "Z" + strings.Repeat("\u0301", 500) + "algo",
	strings.Repeat("длинно ", 8500), strings.Repeat("a", 100_000), strings.Repeat("<&>", 3000), strings.Repeat("👨‍👩‍👧‍👦", 400), "\xff\xfe broken", "{{.}} {{template \"x\"}} %s %n %!v(PANIC=",
	"=?utf-8?B?0L/QtdGA0LXQstC+0YDQvtGC?= coup", "\U000e0041\U000e0042 tags",
}

var hostileLinks = []string{
	"javascript:alert(1)", "JaVa\tScRiPt:alert(1)", "data:text/html;base64,PHNjcmlwdD4=", "//evil.example/x", "/relative", "", "https://", "  https://news.example/sp ace  ",
	"https://news.example/a|b>c<d", "https://user:pass@news.example/", "https://news.example/" + strings.Repeat("a", 10_000), "https://news.example/?a=1&b=<x>",
	"https://news.example/\"onclick=\"x", "https://news.example/\u202egnp.exe", "http://[::1", "https://news.example/" + strings.Repeat("&", 1900),
}

// contextFor returns a context that ends after d.
func contextFor(t *testing.T, d time.Duration) (context.Context, context.CancelFunc) {
	t.Helper()
	return context.WithTimeout(t.Context(), d)
}

// poisoned returns an alert of every kind with every text in it hostile, and a
// digest of so many stories.
func poisoned(text, link string, stories int) []news.Alert {
	story := news.Story{
		ID: text, Headline: text, Link: link, Severity: news.High, Status: news.Denied, Reports: -1, Rules: []string{text, text}, Countries: []string{text, "ml"},
	}
	for range 12 {
		story.Sources = append(story.Sources, news.Source{Publisher: text, Link: link, Title: text, At: noon.AddDate(0, 0, -1)})
		story.Origins = append(story.Origins, news.Origin{Name: text, Via: []string{text, text}, Link: link, Quote: text, At: noon, Reports: 1})
		story.Updates = append(story.Updates, news.Development{ID: text, Title: text, Link: link, Publisher: text, At: noon, Status: news.Claim})
	}
	story.Ladder = []news.Step{{Status: news.Claim, At: noon, Publisher: text, Link: link, Sentence: text}}
	story.Entities = []string{text, "country:" + text}
	item := news.Item{Title: text, Link: link, Publisher: text, Published: noon}
	match := news.Match{Rule: text, Title: text, Why: text, Raised: []string{text}, Lowered: []string{text}}
	quote := news.Quote{Text: text, Marks: []news.Mark{{End: 1}, {Start: -1, End: 3}, {Start: 2, End: len(text)}, {Start: 1, End: 1 << 20}}}
	d := news.Digest{Date: text, From: noon.AddDate(0, 0, -1), To: noon}
	for i := range stories {
		s := story
		s.ID = fmt.Sprint(i)
		d.Stories = append(d.Stories, s)
		d.Sick = append(d.Sick, news.FeedState{Feed: news.Feed{URL: text, Name: text}, Problem: text})
	}
	var all []news.Alert
	for _, kind := range []news.Kind{news.New, news.Escalation, news.Update, news.Notice, news.Daily, "", "unknown"} {
		a := news.Alert{Updates: story.Updates, ID: text, Channel: "slack", Kind: kind, Reason: text, Story: story, Item: item, Matches: []news.Match{match, match, match, match, match}, Quote: quote, Notice: text}
		all = append(all, a)
	}
	all[4].Digest = &d
	return all
}

// leaksNoSecret sends an alert by n and fails if the error says any of secrets.
func leaksNoSecret(t *testing.T, n notify.Notifier, secrets ...string) {
	t.Helper()
	_, err := n.Notify(t.Context(), alert(news.New))
	if err == nil {
		t.Fatal("got no error that could leak anything")
	}
	for _, text := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("the error shows the secret %q: %s", secret, text)
			}
		}
	}
}

// notifyError returns the error of n for a.
func notifyError(t *testing.T, n notify.Notifier, a news.Alert) error {
	t.Helper()
	_, err := n.Notify(t.Context(), a)
	return err
}
