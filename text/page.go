package text

import "strings"

// Page returns the headline and the text of an article on a web page, as plain
// text. It takes what is marked as the article or as the main part, and else
// the whole page, whose menus and teasers are then part of the text.
func Page(html string) (title, body string) {
	lower := strings.ToLower(html) // of the same length where it matters: tags are ASCII
	if len(lower) != len(html) {
		lower = html
	}
	part := func(tag string, from int) (start, end int, found bool) {
		i := strings.Index(lower[from:], "<"+tag)
		if i < 0 {
			return 0, 0, false
		}
		i += from + len(tag) + 1
		open := strings.IndexByte(lower[i:], '>')
		if open < 0 {
			return 0, 0, false
		}
		start = i + open + 1
		if end = strings.Index(lower[start:], "</"+tag); end < 0 {
			return start, len(html), true
		}
		return start, start + end, true
	}
	for _, tag := range []string{"title", "h1"} { // the page's own headline is better than the window's title
		if start, end, found := part(tag, 0); found {
			if t := Plain(html[start:end]); t != "" {
				title = t
			}
		}
	}
	for _, tag := range []string{"article", "main", "body"} {
		if start, end, found := part(tag, 0); found {
			return title, Plain(html[start:end])
		}
	}
	return title, Plain(html)
}
