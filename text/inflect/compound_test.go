package inflect_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/text/inflect"
)

func TestRespelled(t *testing.T) {
	for _, tt := range [][3]string{
		{"de", "militaerputsch", "militarputsch"},
		{"de", "geruechte", "geruchte"},
		{"de", "umsturzplaene", "umsturzplane"},
		{"de", "goering", "goring"},
		{"de", "neue", "neue"},
		{"de", "trauer", "trauer"},
		{"de", "quelle", "quelle"},
		{"de", "putsch", "putsch"},
		{"en", "true", "true"},
	} {
		if got := inflect.Respelled(tt[0], tt[1]); got != tt[2] {
			t.Errorf("Respelled(%s, %s) = %s, want %s", tt[0], tt[1], got, tt[2])
		}
	}
}

func TestLinks(t *testing.T) {
	for lang, want := range map[string]bool{"de": true, "sv": true, "fi": true, "hu": true, "en": false, "fr": false, "": false} {
		if got := inflect.Links(lang) != nil; got != want {
			t.Errorf("Links(%q): %t, want %t", lang, got, want)
		}
	}
}
