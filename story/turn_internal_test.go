package story

import (
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
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
