package show

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/fit"
)

// What a summary of many alerts has room for.
const (
	maxLines    = 30
	summaryRoom = 9000 // runes
)

// Summary returns many alerts as one message: the worst first, a line for each
// story, and how many there was no room for. Of several alerts of one story the
// last is shown.
func (s Style) Summary(alerts []news.Alert) Message {
	views := s.summary(alerts)
	return summaryMessage(summaryHead(views, "at once"), views)
}

func summaryMessage(head string, views []alertView) Message {
	out := Message{Text: Escape(head), Blocks: []slack.Block{header(head)}}
	var lines []slack.RichTextElement
	room := summaryRoom
	for _, v := range views[:min(len(views), maxLines)] {
		facts := dots(v.Status, v.Place, count(v.Reports, "report"))
		if room -= 20 + utf8.RuneCountInString(v.Headline+v.Link+facts); room < 0 {
			break
		}
		lines = append(lines, section(words(v.Sign+mark(v.Severity)+" "), linked(v.Headline, v.Link, nil), words("  "+facts)))
	}
	if len(lines) == 0 {
		return out
	}
	out.Text += Escape(": " + views[0].Headline)
	out.Blocks = append(out.Blocks, slack.NewRichTextBlock("", slack.NewRichTextList(slack.RTEListBullet, 0, lines...)))
	if more := len(views) - len(lines); more > 0 {
		out.Text += " " + andMore(len(views)-1)
		out.Blocks = append(out.Blocks, small(andMore(more)))
	}
	return out
}

// SummaryText is [Style.Summary] as plain text, in colours if asked to.
func (s Style) SummaryText(alerts []news.Alert, colour bool) []byte {
	b := s.sheet()
	views := s.summary(alerts)
	summaryText(b, summaryHead(views, "at once"), views, colour)
	return b.Bytes()
}

func summaryText(b *sheet, head string, views []alertView, colour bool) {
	b.WriteString(ink(colour).in(bold, strings.ToUpper(head)) + "\n")
	for _, v := range views[:min(len(views), maxLines)] {
		fmt.Fprintf(b, "\n%s\n", ink(colour).in(ink(colour).severity(v.Severity), strings.ToUpper(dots(v.Label, v.Place))))
		for _, line := range fit.Wrap(v.Headline, b.columns) {
			b.WriteString(line + "\n")
		}
		field(b, "who", v.Says.Facts)
		verbatim(b, "link", v.Link)
	}
	if more := len(views) - maxLines; more > 0 {
		fmt.Fprintf(b, "\n%s\n", andMore(more))
	}
}

// summary returns the alerts as people see them, one for each story, the worst
// first. Alerts that are about no story come last.
func (s Style) summary(alerts []news.Alert) []alertView {
	var kept []news.Alert
	seen := map[string]int{}
	for _, a := range alerts {
		if i, ok := seen[a.Story.ID]; ok && a.Story.ID != "" {
			kept[i] = a
			continue
		}
		seen[a.Story.ID] = len(kept)
		kept = append(kept, a)
	}
	slices.SortStableFunc(kept, func(a, b news.Alert) int {
		return cmp.Or(cmp.Compare(b.Story.Severity, a.Story.Severity), rank(a.Story, b.Story))
	})
	views := make([]alertView, 0, len(kept))
	for _, a := range kept {
		views = append(views, s.view(a))
	}
	return views
}

// summaryHead says how many stories there are, how they come, and how grave
// they are: "🔴 200 stories at once · 12 critical · 40 high".
func summaryHead(views []alertView, how string) string {
	var worst news.Severity
	var by [news.Critical + 1]int
	for _, v := range views {
		worst = max(worst, v.Severity)
		by[min(max(v.Severity, 0), news.Critical)]++
	}
	parts := []string{mark(worst) + " " + count(len(views), "story") + " " + how}
	for grade := news.Critical; grade >= news.Low; grade-- {
		if by[grade] > 0 {
			parts = append(parts, number(by[grade])+" "+grade.String())
		}
	}
	return dots(parts...)
}
