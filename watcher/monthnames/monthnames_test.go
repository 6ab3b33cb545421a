package monthnames_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/watcher/monthnames"
)

func TestOf(t *testing.T) {
	for _, tt := range []struct {
		word, language string
		want           int
	}{
		{"Οκτωβρίου", "el", 10},
		{"Οκτώβριος", "el", 10},
		{"októbra", "sk", 10},
		{"október", "hu", 10},
		{"ок.", "bg", 0},
		{"févr.", "fr", 2},
		{"d’octubre", "ca", 10},
		{"באוקטובר", "he", 10},
		{"أكتوبر", "ar", 10},
		{"غشت", "ar", 8},
		{"جويلية", "ar", 7},
		{"เมษายน", "th", 4},
		{"červen", "cs", 6},
		{"července", "cs", 7},
		{"listopad", "hr", 10},
		{"listopad", "cs", 11},
		{"listopad", "", 0}, // they differ
		{"қазан", "", 10},
		{"oktober", "xx", 10},
		{"oktober", "el", 0}, // not in that language
		{"coup", "", 0},
		{"", "", 0},
	} {
		if got := monthnames.Of(tt.word, tt.language); got != tt.want {
			t.Errorf("Of(%q, %q) = %d, want %d", tt.word, tt.language, got, tt.want)
		}
	}
}
