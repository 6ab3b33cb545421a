package notify_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// A posted is what a Slack got.
type posted struct {
	Channel string           `json:"channel"`
	Text    string           `json:"text"`
	Blocks  []map[string]any `json:"blocks"`
}

// A slackDouble refuses what Slack refuses, and what Slack would take though
// nobody should send it: calls to people and foreign links.
type slackDouble struct {
	*httptest.Server
	mu    sync.Mutex
	sent  []posted
	tries int
	next  []http.HandlerFunc // answers that come before the usual ones
}

const (
	goodToken = "xoxb-very-secret-token"
	hookPath  = "/services/T000/B000/very-secret-hook"
)

func newSlackDouble(t *testing.T, first ...http.HandlerFunc) *slackDouble {
	d := &slackDouble{next: first}
	d.Server = httptest.NewServer(d)
	t.Cleanup(d.Close)
	return d
}

func (d *slackDouble) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tries++
	if len(d.next) > 0 {
		h := d.next[0]
		d.next = d.next[1:]
		h(w, r)
		return
	}
	if r.URL.Path == hookPath {
		d.hook(w, r)
		return
	}
	p := posted{Channel: r.FormValue("channel"), Text: r.FormValue("text")}
	if b := r.FormValue("blocks"); b != "" {
		if err := json.Unmarshal([]byte(b), &p.Blocks); err != nil {
			say(w, "invalid_blocks_format")
			return
		}
	}
	token := r.FormValue("token") + strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	channels := map[string]string{"C0123": "", "#coups": "", "C-lonely": "not_in_channel", "C-old": "is_archived"}
	refusal, ok := channels[p.Channel]
	switch {
	case r.URL.Path != "/api/chat.postMessage":
		say(w, "unknown_method")
	case token != goodToken:
		say(w, "invalid_auth")
	case !ok:
		say(w, "channel_not_found")
	case refusal != "":
		say(w, refusal)
	case refused(p) != "":
		say(w, refused(p))
	default:
		d.sent = append(d.sent, p)
		fmt.Fprint(w, `{"ok":true,"channel":"C0123","ts":"1.2"}`)
	}
}

func (d *slackDouble) hook(w http.ResponseWriter, r *http.Request) {
	var p posted
	if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
		http.Error(w, "invalid_payload", http.StatusBadRequest)
		return
	}
	if code := refused(p); code != "" {
		http.Error(w, code, http.StatusBadRequest)
		return
	}
	d.sent = append(d.sent, p)
	fmt.Fprint(w, "ok")
}

func say(w http.ResponseWriter, code string) {
	json.NewEncoder(w).Encode(map[string]any{"ok": false, "error": code})
}

// refused returns the code with which Slack refuses p, or a sentence for what
// must not be sent; "" if all is well.
func refused(p posted) string {
	if utf8.RuneCountInString(p.Text) > 4000 {
		return "msg_too_long"
	}
	if problem := wrongMarkup(p.Text); problem != "" {
		return problem
	}
	if p.Text == "" {
		return "no_text"
	}
	if len(p.Blocks) > 50 {
		return "invalid_blocks"
	}
	total := 0
	for _, b := range p.Blocks {
		if problem := wrongBlock(b); problem != "" {
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

func wrongBlock(b map[string]any) string {
	elements, _ := b["elements"].([]any)
	switch b["type"] {
	case "header":
		text := b["text"].(map[string]any)
		if n := utf8.RuneCountInString(text["text"].(string)); n < 1 || n > 150 || text["type"] != "plain_text" {
			return "invalid_blocks"
		}
	case "context":
		if len(elements) < 1 || len(elements) > 10 {
			return "invalid_blocks"
		}
		for _, e := range elements {
			text := e.(map[string]any)["text"].(string)
			if n := utf8.RuneCountInString(text); n < 1 || n > 3000 {
				return "invalid_blocks"
			}
			if problem := wrongMarkup(text); problem != "" {
				return problem
			}
		}
	case "rich_text":
		return wrongRichText(elements)
	default:
		return "invalid_blocks: unexpected type"
	}
	return ""
}

func wrongRichText(elements []any) string {
	if len(elements) == 0 {
		return "invalid_blocks: empty rich text"
	}
	for _, e := range elements {
		e := e.(map[string]any)
		switch e["type"] {
		case "rich_text_section", "rich_text_quote", "rich_text_list":
			if problem := wrongRichText(e["elements"].([]any)); problem != "" {
				return problem
			}
		case "text", "link":
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
		default:
			return "a rich text element that calls somebody"
		}
	}
	return ""
}

// wrongMarkup looks for control sequences other than links to web pages and
// dates, and for characters that should have been escaped.
func wrongMarkup(text string) string {
	rest := regexp.MustCompile(`<https?://[^\s<>|]+\|[^<>|]*>|<!date\^\d+\^[a-z_{} ]+\|[^<>|]*>`).ReplaceAllString(text, "")
	rest = regexp.MustCompile(`&(amp|lt|gt);`).ReplaceAllString(rest, "")
	if i := strings.IndexAny(rest, "<>&"); i >= 0 {
		return "unescaped: " + rest[i:]
	}
	return ""
}
