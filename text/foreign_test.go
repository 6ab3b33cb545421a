package text_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

func TestForeign(t *testing.T) {
	english := []string{
		"Officers seized the palace in the capital and have closed the border, it was said on Monday",
		"The price of bread is up for the third time in a year, and the shops are at a loss",
		"A strike by teachers has shut most schools after talks with the ministry broke down",
		"Rain will fall over the north by the end of the week, say those who watch the skies",
	}
	french := []string{
		"Des officiers ont pris le palais de la capitale et les routes sont fermées pour la nuit",
		"Le prix du pain est en hausse pour la troisième fois dans une année, selon les marchands",
		"Une grève des enseignants a fermé plus de la moitié des écoles du pays après un échec",
	}
	russian := []string{
		"Офицеры заняли дворец в столице и закрыли все дороги, рассказали об этом жители",
		"Цены на хлеб выросли в третий раз за год, объявили продавцы и покупатели этого рынка",
		"Учителя бастуют, и большинство школ закрыты после провала переговоров, сказал мэр",
		"Дожди ожидаются на севере страны к концу недели, говорят те, кто изучает небо",
	}
	ukrainian := []string{
		"Офіцери зайняли палац у столиці й закрили всі дороги, розповіли про це її жителі",
		"Ціни на хліб зросли втретє за рік, оголосили продавці, а покупці її ринків невдоволені",
		"Учителі страйкують, і більшість шкіл зачинено після того, як не вдалися їхні перемовини",
		"Дощі очікуються на півночі країни до кінця тижня, кажуть ті, хто вивчає небо, є й інші",
	}
	swahili := []string{strings.Repeat("Rais wa nchi na waziri wa ulinzi walikutana na wakuu wa jeshi kwa siku ya pili ", 4)}
	for _, tt := range []struct {
		name, given, want string
		texts             []string
	}{
		{"English given as Russian", "ru", "en", english},
		{"English given as French", "fr-FR", "en", english},
		{"English given as a language without a list", "sw", "en", english},
		{"French given as English", "en", "fr", french},
		{"Russian given as English", "en", "ru", russian},
		{"Russian given as Ukrainian", "uk", "ru", russian},
		{"Ukrainian given as Russian", "ru", "uk", ukrainian},
		{"English given rightly", "en-GB", "", english},
		{"Russian given rightly", "ru", "", russian},
		{"Swahili given rightly", "sw", "", swahili},
		{"not given", "", "", english},
		{"one short text", "ru", "", english[:1]},
		{"two languages", "en", "", append(append([]string{}, french...), english...)},
		{"two scripts", "ru", "", append(append([]string{}, russian...), english...)},
		{"near kin", "pcm", "", english},
		{"Cyrillic of a neighbour", "ky", "", russian},
	} {
		if got := text.Foreign(tt.texts, tt.given); got != tt.want {
			t.Errorf("%s: Foreign = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLanguageName(t *testing.T) {
	for tag, want := range map[string]string{"": "", "ru": "Russian", "en-GB": "British English", "q!": "q!"} {
		if got := text.LanguageName(tag); got != want {
			t.Errorf("LanguageName(%q) = %q, want %q", tag, got, want)
		}
	}
}
