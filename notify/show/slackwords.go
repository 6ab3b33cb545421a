package show

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// mrkdwnSources returns outlets and since when they tell a story, with links as
// long as there is room for them: so many runes.
func mrkdwnSources(all []sourceView, more, room int) string {
	var parts []string
	for i, src := range all {
		at := mrkdwnTime(src.At, timeFormat(src.When), src.When)
		part := mrkdwnLink(src.Link, src.Publisher) + " " + at
		if utf8.RuneCountInString(part) > room/(len(all)-i) {
			part = Escape(src.Publisher) + " " + at
		}
		room -= utf8.RuneCountInString(part)
		parts = append(parts, strings.TrimSpace(part))
	}
	if more > 0 {
		parts = append(parts, "+"+number(more)+" more")
	}
	return strings.Join(parts, " · ")
}

// timeFormat returns Slack's format for a time that we write as when: with its
// date if that has one.
func timeFormat(when string) string {
	if strings.Contains(when, " ") {
		return "{date_short} {time}"
	}
	return "{time}"
}

// clock returns a time for rich text, which each reader sees in his own zone.
func clock(t time.Time, when string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionDateElement(t.Unix(), timeFormat(when), nil, &when)
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
	return slack.NewRichTextSectionTextElement(plain(text), bolder)
}

// bolder is the style of bold text. Nobody changes it.
var bolder = &slack.RichTextSectionTextStyle{Bold: true}

// andMore says that n are left out.
func andMore(n int) string { return "and " + number(n) + " more" }

// linked returns text as a link, or as text alone if it has no address.
func linked(text, address string, style *slack.RichTextSectionTextStyle) slack.RichTextSectionElement {
	if address == "" {
		return slack.NewRichTextSectionTextElement(plain(text), style)
	}
	return slack.NewRichTextSectionLinkElement(address, plain(text), style)
}

// quoteWords returns a quote with its marked words in bold, and who says so.
func quoteWords(quote []piece, by string) slack.RichTextElement {
	var parts []slack.RichTextSectionElement
	for _, p := range quote {
		if p.Marked {
			parts = append(parts, strong(p.Text))
		} else {
			parts = append(parts, words(p.Text))
		}
	}
	if by != "" {
		parts = append(parts, words(" — "+by))
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
