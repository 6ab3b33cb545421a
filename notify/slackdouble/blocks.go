package slackdouble

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A blockView is a part of a message: a header, a line of text, of small texts
// or of buttons, a quote, or a list.
type blockView struct {
	Kind  string // "header", "text", "small", "quote", "list", "buttons", "rule"
	Parts []partView
	Items []blockView // of a list
}

// A partView is a piece of text.
type partView struct {
	Text, Link   string
	Bold, Italic bool
	Style        string // of a button
}

// blocks returns what blocks show.
func blocks(all []map[string]any) []blockView {
	var views []blockView
	for _, b := range all {
		switch b["type"] {
		case "header":
			views = append(views, blockView{Kind: "header", Parts: []partView{{Text: textOf(b["text"])}}})
		case "section":
			views = append(views, blockView{Kind: "text", Parts: markup(textOf(b["text"]))})
		case "context":
			for _, e := range listOf(b["elements"]) {
				views = append(views, blockView{Kind: "small", Parts: markup(textOf(e))})
			}
		case "divider":
			views = append(views, blockView{Kind: "rule"})
		case "actions":
			views = append(views, buttons(b))
		case "rich_text":
			views = append(views, rich(listOf(b["elements"]))...)
		}
	}
	return views
}

func buttons(b map[string]any) blockView {
	v := blockView{Kind: "buttons"}
	for _, e := range listOf(b["elements"]) {
		style, _ := e["style"].(string)
		v.Parts = append(v.Parts, partView{Text: textOf(e["text"]), Style: style})
	}
	return v
}

// rich returns what the elements of rich text show.
func rich(elements []map[string]any) []blockView {
	var views []blockView
	for _, e := range elements {
		switch e["type"] {
		case "rich_text_list":
			views = append(views, blockView{Kind: "list", Items: rich(listOf(e["elements"]))})
		case "rich_text_quote":
			views = append(views, blockView{Kind: "quote", Parts: richParts(listOf(e["elements"]))})
		default:
			views = append(views, blockView{Kind: "text", Parts: richParts(listOf(e["elements"]))})
		}
	}
	return views
}

func richParts(elements []map[string]any) []partView {
	var parts []partView
	for _, e := range elements {
		style, _ := e["style"].(map[string]any)
		p := partView{Bold: style["bold"] == true, Italic: style["italic"] == true}
		p.Text, _ = e["text"].(string)
		switch e["type"] {
		case "link":
			p.Link, _ = e["url"].(string)
			if p.Text == "" {
				p.Text = p.Link
			}
		case "date":
			if at, ok := e["timestamp"].(float64); ok {
				p.Text = time.Unix(int64(at), 0).UTC().Format("2 Jan 15:04")
			}
		case "user":
			id, _ := e["user_id"].(string)
			p.Text = "@" + id
		}
		parts = append(parts, p)
	}
	return parts
}

// markup returns what Slack's own markup shows: links, dates and bold text.
func markup(text string) []partView {
	var parts []partView
	begin := 0
	add := func(p partView) {
		if p.Text != "" {
			parts = append(parts, p)
		}
	}
	for _, at := range regexp.MustCompile(`<(https?://[^|>]+)\|([^>]*)>|<!date\^(\d+)\^[^|>]*\|[^>]*>|\*([^*\n]+)\*`).FindAllStringSubmatchIndex(text, -1) {
		add(partView{Text: unescaped(text[begin:at[0]])})
		begin = at[1]
		group := func(n int) string {
			if at[2*n] < 0 {
				return ""
			}
			return unescaped(text[at[2*n]:at[2*n+1]])
		}
		switch {
		case at[2] >= 0:
			add(partView{Link: group(1), Text: group(2)})
		case at[6] >= 0:
			n, _ := strconv.ParseInt(group(3), 10, 64) // digits
			add(partView{Text: time.Unix(n, 0).UTC().Format("2 Jan 15:04")})
		default:
			add(partView{Text: group(4), Bold: true})
		}
	}
	add(partView{Text: unescaped(text[begin:])})
	return parts
}

// plainMarkup returns what markup shows as text alone.
func plainMarkup(text string) string {
	var b strings.Builder
	for _, p := range markup(text) {
		b.WriteString(p.Text)
	}
	return b.String()
}

func unescaped(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}

// textOf returns the text of a text object.
func textOf(v any) string {
	o, _ := v.(map[string]any)
	text, _ := o["text"].(string)
	return text
}

// listOf returns a list of objects.
func listOf(v any) []map[string]any {
	list, _ := v.([]any)
	var all []map[string]any
	for _, e := range list {
		if o, ok := e.(map[string]any); ok {
			all = append(all, o)
		}
	}
	return all
}
