package fulltext

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// What makes a text that of the item: so long, so much longer than the summary,
// and with so large a share of the words of the title.
const (
	leastText  = 250 // bytes
	leastMore  = 1.2
	leastTitle = 0.3
)

// doubt says why what was found at an address is not what the item tells at
// greater length, but what an outlet shows to whom it does not let in, or has in
// place of a page that is gone; nil if there is no reason to think so.
func doubt(it news.Item, found Article, doc []byte, address string) error {
	if keeper := fetch.Gatekeeper(doc); keeper != "" && len(found.Text) < 2*leastText {
		return errors.New(keeper + " keeps programs out of this site")
	}
	if isFront(address) && !isFront(it.Link) {
		return errors.New("the site sends on to its front page")
	}
	if len(found.Text) < leastText || float64(len(found.Text)) < leastMore*float64(len(it.Summary)) {
		return fmt.Errorf("the page has no more text than the feed (%d bytes): it may want a subscription or a consent, or be made by a program in the browser", len(found.Text))
	}
	if Common(it.Title, found.Title+" "+found.Text) < leastTitle {
		return fmt.Errorf("the page tells of something else: %q", excerpt(found.Title+" "+found.Text))
	}
	return nil
}

// isFront reports whether an address is that of a whole site.
func isFront(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.RawQuery == "" && strings.Trim(u.Path, "/") == ""
}

// excerpt returns the beginning of a text, for a message.
func excerpt(s string) string {
	s = strings.TrimSpace(s)
	for i := range s {
		if i >= 60 {
			return s[:i] + "…"
		}
	}
	return s
}

// Common returns which share of the words of a title a text has; 1 if the title
// has none. In scripts that leave no blanks between words, each character is one.
func Common(title, text string) float64 {
	in := map[string]bool{}
	for _, w := range words(text) {
		in[w] = true
	}
	all := words(title)
	if len(all) == 0 {
		return 1
	}
	common := 0
	for _, w := range all {
		if in[w] {
			common++
		}
	}
	return float64(common) / float64(len(all))
}

// words returns the words of a text, in lower case, without the short ones that
// stand in every text.
func words(s string) (all []string) {
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) }) {
		runes := []rune(w)
		switch {
		case unicode.In(runes[0], unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			for _, r := range runes {
				all = append(all, string(r))
			}
		case len(runes) > 3:
			all = append(all, string(runes[:min(len(runes), 5)])) // without its ending
		}
	}
	return all
}
