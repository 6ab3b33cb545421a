package watcher

import (
	"bytes"
	"errors"
	"strings"

	"golang.org/x/net/html"
)

// telegramPage is what Telegram shows of a public channel to everybody, at
// https://t.me/s/NAME: its last posts.
type telegramPage struct{}

// mostTelegram is how long a page may be, in bytes. Those of twenty long posts have
// half a million, and a tree of a page takes many times its length.
const mostTelegram = 4 << 20

func (telegramPage) is(doc []byte) bool {
	return htmlRoot.Match(beginning(doc)) && hasAny(doc, "tgme_widget_message_wrap", "tgme_channel_info", "tgme_page_title")
}

func (telegramPage) read(doc []byte) (rawFeed, error) {
	if len(doc) > mostTelegram {
		return rawFeed{}, errors.New("this page of Telegram is far larger than any that it makes, and is not read")
	}
	root, err := html.Parse(bytes.NewReader(doc))
	if err != nil {
		return rawFeed{}, errors.New("this is a page of Telegram that cannot be read")
	}
	raw := rawFeed{format: "Telegram channel"}
	walk(root, func(n *html.Node) (descend bool) {
		switch {
		case hasClass(n, "tgme_channel_info_header_title"), raw.title == "" && hasClass(n, "tgme_page_title"):
			raw.title = textIn(n)
		case hasClass(n, "tgme_widget_message"):
			if it := telegramPost(n); it.content+it.title != "" && !hasClass(n, "service_message") { // else it is a picture only
				raw.items = append(raw.items, it)
				raw.entries++
			}
		default:
			return true
		}
		return false
	})
	if len(raw.items) == 0 {
		return rawFeed{}, errors.New("this page of Telegram shows no posts; the address is https://t.me/s/ and the name of a channel, and it must be a public one that may be read without the app")
	}
	return raw, nil
}

// telegramPost returns a post as an item.
func telegramPost(post *html.Node) rawItem {
	it := rawItem{id: attributeOf(post, "data-post")}
	preview := "" // of what the post links to
	for c := range post.ChildNodes() {
		walk(c, func(n *html.Node) (descend bool) {
			switch {
			case hasClass(n, "tgme_widget_message_reply"): // what it answers
			case hasClass(n, "tgme_widget_message_text"):
				it.content += markupIn(n)
			case hasClass(n, "tgme_widget_message_date"):
				it.links = []string{attributeOf(n, "href")}
				return true
			case n.Type == html.ElementNode && n.Data == "time":
				it.dates = []string{attributeOf(n, "datetime")}
			case hasClass(n, "tgme_widget_message_forwarded_from_name"):
				it.source = textIn(n) // whose word it is, though its address is Telegram's too
			case hasClass(n, "link_preview_title"):
				preview = textIn(n)
			default:
				return true
			}
			return false
		})
	}
	if it.content == "" {
		it.title = preview
	}
	it.summary = it.content
	if headline, rest, found := strings.Cut(it.content, "<br/>"); found && len(headline) <= 2*maxName && strings.TrimSpace(rest) != "" {
		it.title = headline
	}
	return it
}

// walk calls visit with n and with what is in it, but not with what is in that of
// which visit says that it need not: a page may nest what it likes, and each part
// is to be read once.
func walk(n *html.Node, visit func(*html.Node) (descend bool)) {
	if !visit(n) {
		return
	}
	for c := range n.ChildNodes() {
		walk(c, visit)
	}
}

// markupIn returns what is in n, as it is written.
func markupIn(n *html.Node) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		_ = html.Render(&b, c) // a builder takes all
	}
	return b.String()
}

func hasClass(n *html.Node, class string) bool {
	for _, c := range strings.Fields(attributeOf(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

func attributeOf(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
