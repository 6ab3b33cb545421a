package matcher

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

// A word that a list has for a language is found within its compounds, as what
// they are and as what they are about.
func TestCompounds(t *testing.T) {
	r, err := Parse("rules.yaml", []byte(`
lists:
  coup:
    de: [putsch, umsturz, meuterei, palastrevolution, =coup, rat, überläufer]
    sv: [kupp, myteri]
    fi: [vallankaappaus, kapina]
    hu: [puccs, zendülés]
    no: [kupp]
    nl: [staatsgreep, muiterij]
    en: [putsch]
rules: [{id: r, match: $coup}]
`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ language, text, want string }{
		{"de", "Ein Putsch, des Putsches, die Putsche", "Putsch | Putsches | Putsche"},
		{"de", "Gegenputsch, Militärputsche und der Augustputsch", "Gegenputsch | Militärputsche | Augustputsch"},
		{"de", "Putschgerüchte und Umsturzpläne, auch Meuterei-Verdacht", "Putschgerüchte | Umsturzpläne | Meuterei"},
		{"de", "Militärputschversuch nach Palastrevolutionsgerüchten", "Militärputschversuch | Palastrevolutionsgerüchten"},
		{"de", "Militaerputsch: Ueberlaeufer und Umsturzplaene", "Militaerputsch | Ueberlaeufer | Umsturzplaene"},
		{"de", "Die Massenmeuterei, der Meuterer", "Massenmeuterei"},
		{"de", "Herr Putschke, Couponhefte und das Fachwerkrathaus", "-"},
		{"de", "Der Verrat und das Beirat", "-"},
		{"sv", "Statskupp: kuppförsök och kuppmakarna, militärkuppen", "Statskupp | kuppförsök | kuppmakarna | militärkuppen"},
		{"sv", "Myteri ombord, ett soldatmyteri", "Myteri | soldatmyteri"},
		{"sv", "Under kupolen, en kuppel", "-"},
		{"fi", "Vallankaappausyritys: sotilasvallankaappauksen johtajat", "Vallankaappausyritys | sotilasvallankaappauksen"},
		{"fi", "Palkkasoturikapina päättyi, kapinallinen", "Palkkasoturikapina | kapinallinen"},
		{"hu", "Puccskísérlet, ellenpuccs és puccsista", "Puccskísérlet | ellenpuccs | puccsista"},
		{"no", "Kuppforsøket og statskuppet", "Kuppforsøket | statskuppet"},
		{"nl", "Staatsgreepplegers en een soldatenmuiterij", "Staatsgreepplegers | soldatenmuiterij"},
		{"en", "Putschgerüchte, counterputsch", "-"},
		{"sv", "Gegenputsch", "-"},
	} {
		got, _ := r.Match(news.Item{Title: tt.text, Language: tt.language})
		if got := draft.Found(got, "r"); got != tt.want {
			t.Errorf("%s %q: found %s, want %s", tt.language, tt.text, got, tt.want)
		}
	}
}

// Only what a list has for a language is found so, and what is exact is not.
func TestCompoundsOfListedWordsOnly(t *testing.T) {
	r, err := Parse("rules.yaml", []byte("lists: {all: [putsch], exact: {de: [=putsch]}}\nrules: [{id: r, match: $all OR $exact OR umsturz}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := r.Match(news.Item{Title: "Gegenputsch, Putschgerüchte und Umsturzpläne", Language: "de"}); ok {
		t.Errorf("found %s", draft.Found(got, "r"))
	}
}
