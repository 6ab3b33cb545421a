package text_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

// Each headline of testdata/detect.tsv shows its language, or that it does not.
func TestDetect(t *testing.T) {
	for _, row := range rows(t, "detect.tsv", 2) {
		want, headline := strings.Trim(row[0], "-"), row[1]
		if got := text.Detect(headline); got != want {
			t.Errorf("Detect(%q) = %q, want %q", headline, got, want)
		}
	}
}

// A text that says nothing is in no language.
func TestDetectNothing(t *testing.T) {
	for _, nothing := range []string{"", " ", "…", "12:30", "\u200b", "🙂"} {
		if got := text.Detect(nothing); got != "" {
			t.Errorf("Detect(%q) = %q", nothing, got)
		}
	}
}

// TestLang tests that the language given is taken unless it cannot be.
func TestLang(t *testing.T) {
	for _, tt := range []struct{ in, given, want string }{
		{"Coup in Mali", "", ""},
		{"Coup in Mali", "en-GB", "en"},
		{"Coup in Mali", "fr", "fr"},
		{"Kupp i Niger", "nb_NO", "no"},
		{"Путин уволил генерала", "ru-RU", "ru"},
		{"Путин уволил генерала", "en", "ru"},
		{"Президент звільнив міністра оборони", "ru", "uk"},
		{"Путин уволил всех генералов, чтобы выжить", "uk", "ru"},
		{"Премиерът подаде оставка", "bg", "bg"},
		{"Soldiers seized the palace after a night of gunfire", "ru", "en"},
		{"FSB", "ru", "ru"},
		{"انقلاب في النيجر", "en", "ar"},
		{"انقلاب في النيجر", "fa", "fa"},
	} {
		var doc text.Text
		doc.Set(tt.in, tt.given)
		if got := doc.Lang(); got != tt.want {
			t.Errorf("Lang of %q given as %q = %q, want %q", tt.in, tt.given, got, tt.want)
		}
	}
}
