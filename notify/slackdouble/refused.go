package slackdouble

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Refused returns the code with which Slack refuses m, or a sentence for what
// must not be sent; "" if all is well. Limits that Slack does not document are
// those at which it was seen to refuse.
func (m Message) Refused() string {
	if utf8.RuneCountInString(m.Text) > 4000 {
		return "msg_too_long"
	}
	if problem := WrongMarkup(m.Text); problem != "" {
		return problem
	}
	if m.Text == "" {
		return "no_text"
	}
	if len(m.Blocks) > 50 {
		return "invalid_blocks"
	}
	alert := m.Metadata != nil // else it answers somebody, who may be named
	total := 0
	for _, b := range m.Blocks {
		if problem := wrongBlock(b, alert); problem != "" {
			return problem
		}
		total += letters(b)
	}
	if total > 13000 {
		return "msg_blocks_too_long"
	}
	return ""
}

// letters counts all the text and addresses in a block.
func letters(v any) int {
	n := 0
	switch v := v.(type) {
	case map[string]any:
		for k, part := range v {
			if s, ok := part.(string); ok && (k == "text" || k == "url") {
				n += utf8.RuneCountInString(s)
			} else {
				n += letters(part)
			}
		}
	case []any:
		for _, part := range v {
			n += letters(part)
		}
	}
	return n
}

func wrongBlock(b map[string]any, alert bool) string {
	elements, _ := b["elements"].([]any)
	switch b["type"] {
	case "header":
		return wrongText(b["text"], "plain_text", 150)
	case "section":
		return wrongText(b["text"], "mrkdwn", 3000)
	case "context":
		if len(elements) < 1 || len(elements) > 10 {
			return "invalid_blocks: elements of a context"
		}
		for _, e := range elements {
			if problem := wrongText(e, "mrkdwn", 3000); problem != "" {
				return problem
			}
		}
	case "actions":
		return wrongActions(b, elements)
	case "divider":
	case "rich_text":
		return wrongRichText(elements, alert)
	default:
		return "invalid_blocks: unexpected type"
	}
	return ""
}

// wrongText checks a text object of a type and its length.
func wrongText(v any, kind string, most int) string {
	object, _ := v.(map[string]any)
	text, _ := object["text"].(string)
	if n := utf8.RuneCountInString(text); n < 1 || n > most || object["type"] != kind {
		return "invalid_blocks: text of " + kind
	}
	if kind == "mrkdwn" {
		return WrongMarkup(text)
	}
	return "" // Slack shows plain text literally
}

func wrongActions(b map[string]any, elements []any) string {
	if id, _ := b["block_id"].(string); len(elements) < 1 || len(elements) > 25 || len(id) > 255 {
		return "invalid_blocks: elements of actions"
	}
	seen := map[string]bool{}
	for _, e := range elements {
		button, _ := e.(map[string]any)
		id, _ := button["action_id"].(string)
		value, _ := button["value"].(string)
		if button["type"] != "button" || id == "" || len(id) > 255 || seen[id] || utf8.RuneCountInString(value) > 2000 {
			return "invalid_blocks: button"
		}
		seen[id] = true
		if problem := wrongText(button["text"], "plain_text", 75); problem != "" {
			return problem
		}
	}
	return ""
}

func wrongRichText(elements []any, alert bool) string {
	if len(elements) == 0 {
		return "invalid_blocks: empty rich text"
	}
	for _, e := range elements {
		e, _ := e.(map[string]any)
		switch e["type"] {
		case "rich_text_section", "rich_text_quote", "rich_text_list":
			parts, _ := e["elements"].([]any)
			if problem := wrongRichText(parts, alert); problem != "" {
				return problem
			}
		case "date":
			if format, _ := e["format"].(string); format == "" || e["timestamp"] == nil {
				return "invalid_blocks: date"
			}
		case "user":
			if id, _ := e["user_id"].(string); alert || !regexp.MustCompile(`^[UW][A-Z0-9]+$`).MatchString(id) {
				return "a call to a user"
			}
		case "text", "link":
			if problem := wrongWords(e); problem != "" {
				return problem
			}
		default:
			return "a rich text element that calls somebody"
		}
	}
	return ""
}

// wrongWords checks a text or a link of rich text.
func wrongWords(e map[string]any) string {
	text, _ := e["text"].(string)
	if text == "" {
		return "invalid_blocks: empty text"
	}
	if regexp.MustCompile(`<[!@#]`).MatchString(text) {
		return "a call in rich text"
	}
	if address, _ := e["url"].(string); e["type"] == "link" && !regexp.MustCompile(`^https?://[^\s<>|]+$`).MatchString(address) {
		return "invalid_blocks: bad link"
	}
	return ""
}

// WrongMarkup looks for control sequences other than links to web pages and
// dates, and for characters that should have been escaped.
func WrongMarkup(text string) string {
	rest := regexp.MustCompile(`<https?://[^\s<>|]+\|[^<>|]*>|<!date\^\d+\^[a-z_{} ]+\|[^<>|]*>`).ReplaceAllString(text, "")
	rest = regexp.MustCompile(`&(amp|lt|gt);`).ReplaceAllString(rest, "")
	if i := strings.IndexAny(rest, "<>&"); i >= 0 {
		return "unescaped: " + rest[i:]
	}
	return ""
}
