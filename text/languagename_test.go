package text_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

// The code of a language's name leads back to the name.
func TestLanguageCode(t *testing.T) {
	for name, want := range map[string]string{"Spanish": "es", " ukrainian": "uk", "PERSIAN": "fa", "Chinese": "zh", "Hausa": "ha", "Martian": "", "": ""} {
		if got := text.LanguageCode(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
	for _, code := range []string{"en", "ru", "fr", "ar", "tr", "sw", "am"} {
		if got := text.LanguageCode(text.LanguageName(code)); got != code {
			t.Errorf("%s comes back as %q", code, got)
		}
	}
}
