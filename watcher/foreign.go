package watcher

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// readAsWritten gives the items the language that they are in, if it is beyond
// doubt another one than that of the feed, and says so: a rule for English
// finds nothing in English texts that are read as Russian. An item that names
// a language of its own keeps it.
func (d *Document) readAsWritten(f news.Feed) {
	texts := make([]string, 0, len(d.Items))
	for _, it := range d.Items {
		if it.Language == d.Language {
			texts = append(texts, it.Title+"\n"+it.Summary)
		}
	}
	found := text.Foreign(texts, d.Language)
	if found == "" {
		return
	}
	for i := range d.Items {
		if d.Items[i].Language == d.Language {
			d.Items[i].Language = found
		}
	}
	says := "as the feed itself says"
	if f.Language != "" {
		says = fmt.Sprintf("language: %s in rules.yaml", f.Language)
	}
	written := text.LanguageName(found)
	d.Foreign = fmt.Sprintf("its texts are %s, not %s (%s); they are read as %s", written, text.LanguageName(d.Language), says, written)
}

// leastTelling is how many bytes beyond ASCII tell of a charset.
const leastTelling = 8

// garbled says that the charset that rules.yaml gives a feed is not that of data,
// which it made text of; "" if nothing speaks against it. A text in another charset
// is no valid UTF-8 by chance.
func garbled(data, text []byte, f news.Feed) string {
	is := strings.EqualFold(f.Charset, "utf-8") || strings.EqualFold(f.Charset, "utf8")
	beyond := 0
	for _, b := range data {
		if b >= utf8.RuneSelf {
			beyond++
		}
	}
	const lost = "\uFFFD" // stands for what could not be read
	switch {
	case f.Charset == "" || beyond < leastTelling:
		return ""
	case !is && utf8.Valid(data):
		return fmt.Sprintf("charset: %s in rules.yaml garbles it, for it is in UTF-8; leave charset out", f.Charset)
	case bytes.Count(text, []byte(lost)) >= leastTelling && !bytes.Contains(data, []byte(lost)):
		return fmt.Sprintf("charset: %s in rules.yaml cannot read it; leave charset out, and the text itself tells", f.Charset)
	}
	return ""
}
