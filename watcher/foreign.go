package watcher

import (
	"fmt"

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
