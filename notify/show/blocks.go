package show

import (
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/coupwatch/coupwatch/news"
)

// Slack's limits, in runes. Slack refuses the whole of what breaks one.
const (
	slackHeader = 150  // in a header
	slackText   = 4000 // beside the blocks
)

// What is given to texts of changing length, so that Slack's limits hold: 3,000
// for one text, and for all that is in the blocks one that is not documented.
// Slack has refused 11,300 and taken 13,200.
const (
	sourcesRoom = 2000
	storiesRoom = 7000
	linksRoom   = 5000
)

// A Message is an alert or a digest as Slack takes it.
type Message struct {
	Text   string // mrkdwn: for previews and for programs that cannot show blocks
	Blocks []slack.Block
	link   string // for when there are no blocks
}

// WithoutBlocks returns m as text alone, with a link if there is room for it.
func (m Message) WithoutBlocks() Message {
	if m.link != "" {
		if text := m.Text + " " + mrkdwnLink(m.link, "link"); utf8.RuneCountInString(text) <= slackText {
			return Message{Text: text}
		}
	}
	return Message{Text: m.Text}
}

// preview returns the text beside the blocks of a story. Escaping makes it up
// to five times as long.
func preview(head string, v alertView) string {
	return Escape(Cut(head, slackHeader) + ": " + Cut(v.Headline, 200) + " — " + Cut(v.Says.String(), 200))
}

// Slack returns a in Slack's words. Headlines and quotes are rich text, which
// Slack shows literally: no sign in them is formatting.
//
// An Update is meant for the thread of its story, and a Refresh for the place
// of the message that told of the story first.
func (s Style) Slack(a news.Alert) Message {
	if a.Kind == news.Daily && a.Digest != nil {
		return s.slackDigest(*a.Digest)
	}
	if a.Kind == news.Late {
		return s.slackLate(a)
	}
	v := s.view(a)
	switch a.Kind {
	case news.Notice:
		return slackNotice(v)
	case news.Update:
		return slackUpdate(v)
	}
	out := s.slackStory(v)
	if row := s.buttons(a); row != nil {
		out.Blocks = append(out.Blocks, row)
	}
	return out
}

// slackStory returns what an alert tells of a story: how grave and how firm,
// what changed, the headline, what is said and by whom, and what rule found it.
func (s Style) slackStory(v alertView) Message {
	head := v.Sign + mark(v.Severity) + " " + v.Label
	var lines []slack.RichTextSectionElement
	if v.Change != "" {
		lines = append(lines, words(v.Change+"\n"))
	}
	lines = append(lines, linked(v.Headline, v.Link, bolder), words(prefixed("\nwas: ", v.Was)))
	body := []slack.RichTextElement{section(lines...)}
	if len(v.Quote) > 0 {
		body = append(body, quoteWords(v.Quote, v.By))
	}
	body = append(body, slackSays(v.Says))
	if w := v.Why; w.Rule != "" {
		body = append(body, section(words(w.String()+prefixed("\nalso ", w.Others))))
	}
	out := Message{
		Text:   preview(dots(head, v.Place), v),
		Blocks: []slack.Block{header(dots(head, v.Place)), slack.NewRichTextBlock("", body...)},
		link:   v.Link,
	}
	if len(v.Sources) > 0 {
		out.Blocks = append(out.Blocks, small(mrkdwnSources(v.Sources, v.More, sourcesRoom)))
	}
	if last := slackLast(v); len(last) > 0 {
		out.Blocks = append(out.Blocks, small(last...))
	}
	return out
}

// slackSays returns who says so, and how many.
func slackSays(v saysView) slack.RichTextElement {
	if v.Chain == "" {
		return section(words(v.Facts))
	}
	return section(strong(v.Chain), words(" · "+v.Facts))
}

// slackLast returns the last line of an alert: whom it is about, why people
// are told, and where there is more. Escaping makes a text up to five times as
// long.
func slackLast(v alertView) []string {
	var last []string
	if line := dots(prefixed("About ", Cut(v.About, 150)), prefixed("In the story: ", Cut(v.Story, 150)), Cut(v.Reason, 200)); line != "" {
		last = append(last, Escape(line))
	}
	if v.Page != "" {
		last = append(last, mrkdwnLink(v.Page, "All reports"))
	}
	return last
}

// slackUpdate returns the developments of a story, one a line.
func slackUpdate(v alertView) Message {
	head := v.Sign + mark(v.Severity) + " " + v.Label
	list := make([]slack.RichTextElement, 0, len(v.Updates))
	room := linksRoom
	for i, u := range v.Updates {
		if len(u.Link) > room/(len(v.Updates)-i) {
			u.Link = ""
		}
		room -= len(u.Link)
		line := []slack.RichTextSectionElement{words(u.Publisher + "  "), linked(u.Headline, u.Link, nil), words(prefixed(" · ", u.Facts))}
		if !u.At.IsZero() {
			line = append([]slack.RichTextSectionElement{clock(u.At, u.When), words("  ")}, line...)
		}
		list = append(list, section(line...))
	}
	body := []slack.RichTextElement{section(strong(head)), slack.NewRichTextList(slack.RTEListBullet, 0, list...)}
	if v.Earlier > 0 {
		body = append(body, section(words(andMore(v.Earlier))))
	}
	newest := v.Updates[len(v.Updates)-1]
	out := Message{Text: Escape(head + ": " + dots(newest.Headline, newest.Publisher)), link: newest.Link}
	if n := len(v.Updates) + v.Earlier - 1; n > 0 {
		out.Text += " " + andMore(n)
	}
	out.Blocks = []slack.Block{slack.NewRichTextBlock("", body...), small(Escape(v.Says.String()))}
	return out
}

// noticeSign returns what shows at a glance whether there is something to do.
func noticeSign(v alertView) string {
	if v.Mended {
		return "✅"
	}
	return "🛠"
}

// slackNotice returns a notice to the operators.
func slackNotice(v alertView) Message {
	return Message{
		Text: noticeSign(v) + " coupwatch: " + Escape(Cut(v.Notice, slackText/6)),
		Blocks: []slack.Block{
			slack.NewRichTextBlock("", section(strong(noticeSign(v)+" coupwatch  "), words(v.Notice))),
		},
	}
}
