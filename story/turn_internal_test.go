package story

import (
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
	"github.com/coupwatch/coupwatch/text/lexicon"
	"github.com/coupwatch/coupwatch/text/lexicon/lexicontest"
)

func TestTellsEnd(t *testing.T) {
	for _, tt := range []struct {
		lang, title string
		want        bool
	}{
		{"en", "rebel colonel halts march on the capital", true},
		{"en", "mutineers surrender at the bridge", true},
		{"en", "mutineers surrendered at the bridge", true},
		{"en", "garrison stands down", true},
		{"en", "colonel will not surrender", false},
		{"en", "envoy urges colonel to halt", false},
		{"en", "garrison stands firm", false},
		{"ru", "полковник остановил колонну", true},
		{"ru", "полковник не остановил колонну", false},
		{"uk", "заколотники здалися", true},
		{"de", "oberst gibt auf", true},
		{"fr", "la mutinerie matée", true},
		{"es", "los amotinados se rinden", true},
		{"en", "the colonel in pictures", false},
	} {
		if got := tellsEnd(gist.TitleWords(news.Report{Item: news.Item{Title: tt.title}}), tt.lang); got != tt.want {
			t.Errorf("%s %q tells an end: %v, want %v", tt.lang, tt.title, got, tt.want)
		}
	}
}

// Each word that ends a rising ends it in a title of its language, and so does
// the example of each line; each word that puts it in doubt takes that back.
func TestEndings(t *testing.T) {
	title := func(s string) string { return gist.TitleWords(news.Report{Item: news.Item{Title: s}}) }
	lexicontest.Entries(t, endings, func(class, language, entry string) bool {
		if class == "not" {
			return !tellsEnd(title(entry+" x surrenders"), "en")
		}
		return tellsEnd(title("x "+entry), language)
	})
	for _, l := range lexicon.Lines(endings) {
		if got := tellsEnd(title(l.Example), l.Language); got != (l.Class != "not") {
			t.Errorf("%s %s %q tells an end: %v", l.Class, l.Language, l.Example, got)
		}
	}
}
