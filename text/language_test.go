package text_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

func TestDetect(t *testing.T) {
	for _, tt := range []struct{ want, in string }{
		{"", ""},
		{"", "2021"},
		{"", "Coup in Mali"},
		{"", "Los Angeles police"},
		{"en", "Soldiers seized the palace in the capital after a night of gunfire"},
		{"fr", "Un coup d'État est en cours au Niger, selon la présidence"},
		{"es", "Militares detienen al presidente de Bolivia por la noche"},
		{"de", "Putsch im Niger: Präsident von der Garde festgesetzt"},
		{"it", "Colpo di Stato in Niger: i militari hanno preso il potere"},
		{"pt", "Golpe no Gabão: militares tomam o poder"},
		{"nl", "Staatsgreep in Gabon: leger neemt de macht over"},
		{"sv", "Kuppförsök i Turkiet, presidenten har flytt från huvudstaden"},
		{"pl", "Zamach stanu w Nigrze: wojsko przejęło władzę i zamknęło granice"},
		{"cs", "Převrat v Nigeru: armáda se ujala moci a zavřela hranice"},
		{"tr", "Darbe girişimi sonrası ordu içinde tasfiye başladı ve bir general gözaltına alındı"},
		{"ru", "Путин уволил генерала"},
		{"ru", "Военные объявили о захвате власти"},
		{"uk", "Президент звільнив міністра оборони"},
		{"uk", "Заколот у столиці: що відомо"},
		{"be", "Прэзідэнт звольніў міністра абароны"},
		{"bg", "Премиерът подаде оставка, съобщи телевизията"},
		{"sr", "Председник је сменио генерала"},
		{"el", "Πραξικόπημα στον Νίγηρα"},
		{"ar", "انقلاب في النيجر"},
		{"fa", "کودتا در نیجر"},
		{"he", "הפיכה בניז'ר"},
		{"zh", "尼日尔发生政变"},
		{"ja", "ニジェールでクーデターが起きた"},
		{"ko", "니제르 쿠데타"},
		{"hi", "नाइजर में तख्तापलट"},
	} {
		if got := text.Detect(tt.in); got != tt.want {
			t.Errorf("Detect(%q) = %q, want %q", tt.in, got, tt.want)
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
