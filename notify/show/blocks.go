package show

import (
	"fmt"
	"strings"
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
)

// A Message is an alert or a digest as Slack takes it.
type Message struct {
	Text   string // mrkdwn: for previews and for programs that cannot show blocks
	Blocks []slack.Block
	link   string // for when there are no blocks
}

// Slack returns a in Slack's words. Headlines and quotes are rich text, which
// Slack shows literally: no sign in them is formatting.
func (s Style) Slack(a news.Alert) Message {
	if a.Kind == news.Daily && a.Digest != nil {
		return s.slackDigest(*a.Digest)
	}
	v := s.view(a)
	if a.Kind == news.Notice {
		return slackNotice(v)
	}
	head := v.Sign + mark(v.Severity) + " " + v.Label
	out := Message{Text: Escape(head + ": " + v.Headline + " — " + v.Facts), link: v.Link}
	var lines []slack.RichTextSectionElement
	if v.Kind == news.Update {
		lines, v.Why = append(lines, words(head+"  ")), nil // those who get it know why
	} else {
		out.Blocks = append(out.Blocks, header(head))
	}
	lines = append(lines, linked(v.Headline, v.Link, &slack.RichTextSectionTextStyle{Bold: true}))
	for _, w := range v.Why {
		lines = append(lines, words("\n"), strong(w.Rule), words(prefixed(": ", w.Why)))
	}
	body := []slack.RichTextElement{section(lines...)}
	if len(v.Quote) > 0 {
		body = append(body, quoteWords(v.Quote))
	}
	out.Blocks = append(out.Blocks, slack.NewRichTextBlock("", body...))
	out.Blocks = append(out.Blocks, small(Escape(v.Facts)))
	return s.slackFoot(out, v)
}

// slackFoot adds to out who tells the story, and why people are told.
func (s Style) slackFoot(out Message, v alertView) Message {
	if len(v.Sources) > 0 {
		out.Blocks = append(out.Blocks, small(s.slackSources(v)))
	}
	var last []string
	if v.Story != "" {
		last = append(last, "In the story: "+Escape(v.Story))
	}
	if v.Reason != "" {
		last = append(last, Escape(v.Reason))
	}
	if v.Page != "" {
		last = append(last, mrkdwnLink(v.Page, "All reports"))
	}
	if len(last) > 0 {
		out.Blocks = append(out.Blocks, small(last...))
	}
	return out
}

// WithoutBlocks returns m as text alone.
func (m Message) WithoutBlocks() Message {
	if m.link == "" {
		return Message{Text: m.Text}
	}
	return Message{Text: m.Text + " " + mrkdwnLink(m.link, "link")}
}

// slackSources returns who tells the story and since when, with links as long
// as there is room for them.
func (s Style) slackSources(v alertView) string {
	var parts []string
	room := sourcesRoom
	for _, src := range v.Sources {
		format := "{time}"
		if strings.Contains(src.When, " ") {
			format = "{date_short} {time}"
		}
		at := mrkdwnTime(src.At, format, src.When)
		part := mrkdwnLink(src.Link, src.Publisher) + " " + at
		if utf8.RuneCountInString(part) > room/(maxSources-len(parts)) {
			part = Escape(src.Publisher) + " " + at
		}
		room -= utf8.RuneCountInString(part)
		parts = append(parts, strings.TrimSpace(part))
	}
	if v.More > 0 {
		parts = append(parts, fmt.Sprintf("+%d more", v.More))
	}
	return strings.Join(parts, " · ")
}

// slackNotice returns a notice to the operators.
func slackNotice(v alertView) Message {
	return Message{
		Text: "🛠 coupwatch: " + Escape(Cut(v.Notice, slackText/6)),
		Blocks: []slack.Block{
			slack.NewRichTextBlock("", section(strong("🛠 coupwatch  "), words(v.Notice))),
		},
	}
}

// slackDigest returns a digest with as many stories as Slack takes.
func (s Style) slackDigest(d news.Digest) Message {
	v := s.digest(d, maxStories)
	out := Message{
		Text: Escape("🗞 Daily digest, " + v.Day + ": " + dots(v.Summary, v.Feeds)),
		Blocks: []slack.Block{
			header("🗞 Daily digest · " + v.Day),
			small(Escape(dots(v.Summary, v.Feeds, v.Period))),
		},
	}
	room, more := storiesRoom, v.More
	for _, g := range v.Groups {
		var list []slack.RichTextElement
		for _, st := range g.Stories {
			if room -= st.length(); room < 0 {
				more++
				continue
			}
			list = append(list, st.slack())
		}
		if len(list) == 0 {
			continue
		}
		out.Blocks = append(out.Blocks, slack.NewRichTextBlock("",
			section(strong(fmt.Sprintf("%s %s (%s)", mark(g.Severity), g.Title, number(g.Count)))),
			slack.NewRichTextList(slack.RTEListBullet, 0, list...)))
	}
	if more > 0 {
		out.Blocks = append(out.Blocks, small(fmt.Sprintf("… (+%s more)", number(more))))
	}
	if len(v.Sick) > 0 {
		out.Blocks = append(out.Blocks, small(slackSick(v)))
	}
	return out
}

// slack returns a story as an entry of a list.
func (st storyView) slack() slack.RichTextElement {
	return section(linked(st.Headline, st.Link, nil), words("\n"+dots(st.Facts, st.Publishers, st.When)))
}

// length returns about how much room the story takes in Slack, in runes.
func (st storyView) length() int {
	return 20 + utf8.RuneCountInString(st.Headline+st.Link+st.Facts+st.Publishers+st.When)
}

// slackSick returns the feeds that do not work, in one paragraph.
func slackSick(v digestView) string {
	var names []string
	for _, f := range v.Sick {
		names = append(names, Escape(Cut(f.Name, 40)))
	}
	if v.Poorly > 0 {
		names = append(names, fmt.Sprintf("+%d more", v.Poorly))
	}
	return "🤒 Sick feeds: " + strings.Join(names, ", ")
}

func header(text string) slack.Block {
	return slack.NewHeaderBlock(slack.NewTextBlockObject(slack.PlainTextType, Cut(text, slackHeader), true, false))
}

// small returns a line of small texts. They are verbatim: Slack is not to look
// for names and addresses in them by itself.
func small(texts ...string) slack.Block {
	var parts []slack.MixedElement
	for _, text := range texts {
		parts = append(parts, slack.NewTextBlockObject(slack.MarkdownType, text, false, true))
	}
	return slack.NewContextBlock("", parts...)
}

func section(parts ...slack.RichTextSectionElement) *slack.RichTextSection {
	var there []slack.RichTextSectionElement
	for _, p := range parts {
		if t, ok := p.(*slack.RichTextSectionTextElement); !ok || t.Text != "" {
			there = append(there, p)
		}
	}
	return slack.NewRichTextSection(there...)
}

func words(text string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(plain(text), nil)
}

func strong(text string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(plain(text), &slack.RichTextSectionTextStyle{Bold: true})
}

// linked returns text as a link, or as text alone if it has no address.
func linked(text, address string, style *slack.RichTextSectionTextStyle) slack.RichTextSectionElement {
	if address == "" {
		return slack.NewRichTextSectionTextElement(plain(text), style)
	}
	return slack.NewRichTextSectionLinkElement(address, plain(text), style)
}

// quoteWords returns a quote with its marked words in bold.
func quoteWords(quote []piece) slack.RichTextElement {
	var parts []slack.RichTextSectionElement
	for _, p := range quote {
		if p.Marked {
			parts = append(parts, strong(p.Text))
		} else {
			parts = append(parts, words(p.Text))
		}
	}
	return &slack.RichTextQuote{Type: slack.RTEQuote, Elements: parts}
}

// prefixed returns prefix and text, or "" if text is empty.
func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}
