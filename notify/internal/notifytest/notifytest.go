// Package notifytest has what the tests of all notifiers need: sample alerts,
// hostile texts, and what an error makes of an alert.
package notifytest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
)

// Noon is when the alerts of the samples are due.
var Noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// Alert returns an alert of the kind about a story of Mali.
func Alert(kind news.Kind) news.Alert {
	quote := "Gunfire was heard as officers said they were taking power."
	i := strings.Index(quote, "taking power")
	return news.Alert{
		ID: "story/5f1c/slack/" + string(kind), Channel: "slack", Kind: kind, DueAt: Noon, Reason: "It was a rumour until now.",
		Story: news.Story{
			ID: "5f1c", Headline: "Soldiers surround the palace", Link: "https://sahel.example/palace", Severity: news.Critical, Status: news.Claim,
			Reports: 14, Sources: []news.Source{{Publisher: "Sahel Courier", Link: "https://sahel.example/palace", At: Noon}}, Countries: []string{"ml"},
		},
		Item:    news.Item{Title: "Officers claim power in Mali", Link: "https://ledger.example/mali?id=7&ref=rss", Publisher: "Ledger", Published: Noon},
		Matches: []news.Match{{Rule: "coup", Title: "Coup", Why: "Power is taken by force", Severity: news.Critical}},
		Quote:   news.Quote{Text: quote, Marks: []news.Mark{{Start: i, End: i + len("taking power")}}},
	}
}

// Alerts returns one alert of each kind that is sent.
func Alerts() []news.Alert {
	a := Alert(news.New)
	d := news.Digest{
		Date: "2026-08-22", From: Noon.AddDate(0, 0, -1), To: Noon, Stories: []news.Story{a.Story}, Items: 100, Reports: 14, Feeds: 3,
		Sick: []news.FeedState{{Feed: news.Feed{URL: "https://gone.example/rss"}, Problem: "no such host"}},
	}
	return []news.Alert{
		a, Alert(news.Escalation), Alert(news.Update),
		{ID: "notice/1", Channel: "slack", Kind: news.Notice, Notice: "rules.yaml:1:1: <oops>\nsecond line", DueAt: Noon},
		{ID: "digest/2026-08-22/slack", Channel: "slack", Kind: news.Daily, Digest: &d, DueAt: Noon},
	}
}

// Hostile are texts that somebody may put into a feed.
var Hostile = []string{
	"", " ", "<!channel> <!here> <!everyone> <@U012AB3CD> <#C024BE7LR> <!subteam^SAZ94GDB8|@sec>", "&lt;!channel&gt; &amp;lt;!here&amp;gt;",
	"<https://evil.example|https://good.example> | > <", "<!date^1392734382^{date}^https://evil.example|x>", "*bold* _it_ ~gone~ `code` ```block```",
	"> quote\n> second", "a\r\nBcc: victim@example.org\r\n\r\nbody", "a\u2028X: 1\u0085Y: 2\u2029", "\x00\x1b[31mred\x1b[0m\x1b]0;title\x07", ".\r\n.\r\nQUIT",
	"<script>Alert(1)</script>", "<img src=x onerror=Alert(1)>", "</title></head><body><h1>", `"onmouseover=Alert(1) x='`, "<style>*{display:none}</style><!--",
	"\u202eлевоп\u202c \u2066x\u2069 zero\u200bwidth\ufeff \u00adsoft <\u200b!channel> <\u2060!here>", "Z" + strings.Repeat("\u0301", 500) + "algo",
	strings.Repeat("длинно ", 8500), strings.Repeat("a", 100_000), strings.Repeat("<&>", 3000), strings.Repeat("👨‍👩‍👧‍👦", 400), "\xff\xfe broken", "{{.}} {{template \"x\"}} %s %n %!v(PANIC=",
	"a|b|c|d", "=?utf-8?B?0L/QtdGA0LXQstC+0YDQvtGC?= coup", "\U000e0041\U000e0042 tags",
}

// HostileLinks are links that somebody may put into a feed.
var HostileLinks = []string{
	"javascript:Alert(1)", "JaVa\tScRiPt:Alert(1)", "data:text/html;base64,PHNjcmlwdD4=", "//evil.example/x", "/relative", "", "https://", "  https://news.example/sp ace  ",
	"https://news.example/a|b>c<d", "https://user:pass@news.example/", "https://news.example/" + strings.Repeat("a", 10_000), "https://news.example/?a=1&b=<x>",
	"https://news.example/\"onclick=\"x", "https://news.example/\u202egnp.exe", "http://[::1", "https://news.example/" + strings.Repeat("&", 1900), "https://news.example/" + strings.Repeat("z", 1900),
}

// ContextFor returns a context that ends after d.
func ContextFor(t *testing.T, d time.Duration) (context.Context, context.CancelFunc) {
	t.Helper()
	return context.WithTimeout(t.Context(), d)
}

// Poisoned returns an alert of every kind with every text in it Hostile, and a
// digest of so many stories.
func Poisoned(text, link string, stories int) []news.Alert {
	story := news.Story{
		ID: text, Headline: text, Link: link, Severity: news.High, Status: news.Denied, Reports: -1, Rules: []string{text, text}, Countries: []string{text, "ml"},
	}
	for range 12 {
		story.Sources = append(story.Sources, news.Source{Publisher: text, Link: link, Title: text, At: Noon.AddDate(0, 0, -1)})
		story.Origins = append(story.Origins, news.Origin{Name: text, Via: []string{text, text}, Link: link, Quote: text, At: Noon, Reports: 1})
		story.Updates = append(story.Updates, news.Development{ID: text, Title: text, Link: link, Publisher: text, At: Noon, Status: news.Claim})
	}
	story.Ladder = []news.Step{{Status: news.Claim, At: Noon, Publisher: text, Link: link, Sentence: text}}
	story.Entities = []string{text, "country:" + text}
	item := news.Item{Title: text, Link: link, Publisher: text, Published: Noon}
	match := news.Match{Rule: text, Title: text, Why: text, Raised: []string{text}, Lowered: []string{text}}
	quote := news.Quote{Text: text, Marks: []news.Mark{{End: 1}, {Start: -1, End: 3}, {Start: 2, End: len(text)}, {Start: 1, End: 1 << 20}}}
	d := news.Digest{Date: text, From: Noon.AddDate(0, 0, -1), To: Noon}
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

// LeaksNoSecret sends an alert by n and fails if the error says any of secrets.
func LeaksNoSecret(t *testing.T, n notify.Notifier, secrets ...string) {
	t.Helper()
	_, err := n.Notify(t.Context(), Alert(news.New))
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

// NotifyError returns the error of n for a.
func NotifyError(t *testing.T, n notify.Notifier, a news.Alert) error {
	t.Helper()
	_, err := n.Notify(t.Context(), a)
	return err
}

// Notified sends a and returns its receipt.
func Notified(t *testing.T, n notify.Notifier, a news.Alert) string {
	t.Helper()
	receipt, err := n.Notify(t.Context(), a)
	if err != nil {
		t.Fatalf("%s: %v", a.Kind, err)
	}
	return receipt
}

// A Fate says what an error is of, and so what becomes of the alert.
type Fate string

// What an error is of.
const (
	Passing   Fate = ""          // it is tried again soon
	OfAlert   Fate = "alert"     // it is given up
	OfChannel Fate = "channel"   // it stays owed, with all others, until people mend something
	Confused  Fate = "confusing" // both
)

// FateOf returns what an error is of.
func FateOf(err error) Fate {
	return map[[2]bool]Fate{{true, true}: Confused, {true, false}: OfAlert, {false, true}: OfChannel}[[2]bool{notify.IsPermanent(err), notify.IsOfChannel(err)}]
}

// CheckError checks what the sender will make of an error.
func CheckError(t *testing.T, err error, want Fate, after time.Duration, says string) {
	t.Helper()
	if err == nil {
		t.Fatal("got no error")
	}
	if got := FateOf(err); got != want {
		t.Errorf("of: got %q, want %q (%v)", got, want, err)
	}
	retry, _ := errors.AsType[*notify.RetryError](err)
	if (retry != nil) != (after > 0) || retry != nil && retry.After != after {
		t.Errorf("got %#v, want a wait of %v", err, after)
	}
	if !strings.Contains(err.Error(), says) {
		t.Errorf("got %q, want it to say %q", err, says)
	}
}

// Said returns findings as one text: a line each, with what is wrong or seen.
func Said(findings []notify.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		word := map[bool]string{true: "ok ", false: "? "}[f.Seen]
		if f.Err != nil {
			word, f.Says = "WRONG ", f.Err.Error()
		}
		b.WriteString(word + f.What + ": " + f.Says + "\n")
	}
	return b.String()
}

// Follow returns an alert of the kind about a story that was told in thread.
func Follow(kind news.Kind, thread string) news.Alert {
	a := Alert(kind)
	a.Thread, a.DueAt = thread, time.Now()
	a.Updates = []news.Development{{ID: "i2", Title: "The broadcaster falls silent", Link: "https://sahel.example/silent", Publisher: "Sahel Courier", At: Noon, Status: news.Claim, Reports: 3}}
	return a
}

// Crowd returns so many alerts of different stories.
func Crowd(n int) []news.Alert {
	var all []news.Alert
	for i := range n {
		a := Alert(news.New)
		a.ID, a.Story.ID, a.DueAt = fmt.Sprintf("story/%d/slack/new", i), fmt.Sprint(i), time.Now()
		all = append(all, a)
	}
	return all
}
