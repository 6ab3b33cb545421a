package inflect_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
)

func TestStem(t *testing.T) {
	tests := []struct{ lang, same string }{
		{"en", "coup coups"},
		{"en", "defect defects defected defecting defection defections"},
		{"en", "dismiss dismisses dismissed dismissing"},
		{"en", "mutiny mutinies mutinied mutineers"},
		{"en", "flee fled fleeing flees"},
		{"en", "overthrow overthrew overthrown overthrowing"},
		{"en", "rumour rumours rumoured"},
		{"en", "organisation organisations organisational"},
		{"en", "destabilise destabilises destabilised destabilising destabilisation"},
		{"en", "general generals"},
		{"en", "spy spies"},
		{"ru", "переворот переворота переворотом перевороты переворотов"},
		{"ru", "генерал генерала генералу генералом генералы генералов"},
		{"ru", "взрыв взрыва взрывы взрывов"},
		{"ru", "режим режима режимом"},
		{"ru", "бандит бандиты бандитов"},
		{"ru", "арестован арестована арестованы"},
		{"es", "destitución destituciones"},
		{"es", "general generales"},
		{"fr", "général générale"},
		{"fr", "arrêté arrêtés arrêtée"},
		{"fr", "autorité autorités"},
		{"de", "putsch putsche"},
		{"de", "minister ministern ministers"},
		{"it", "generale generali"},
		{"pt", "demissão demissões"},
		{"nl", "generaal generaals"},
		{"sv", "kupp kuppen"},
		{"tr", "general generaller"},
		{"xx", "coup"},
	}
	for _, tt := range tests {
		first := ""
		for i, word := range strings.Fields(tt.same) {
			stem := inflect.Stem(tt.lang, text.Fold(word))
			if i == 0 {
				first = stem
			} else if stem != first {
				t.Errorf("%s: stem of %s is %s, want %s", tt.lang, word, stem, first)
			}
		}
	}
}

// TestStemSpelling tests that British and American spellings have one stem.
func TestStemSpelling(t *testing.T) {
	for _, tt := range []struct{ british, letters, american string }{
		{"rumour", "our", "or"},
		{"rumours", "our", "or"},
		{"armoured", "our", "or"},
		{"neighbouring", "our", "or"},
		{"defence", "nce", "nse"},
		{"offences", "nce", "nse"},
		{"centres", "res", "ers"},
		{"programmes", "mme", "m"},
		{"organisation", "is", "iz"},
		{"organised", "is", "iz"},
		{"destabilising", "is", "iz"},
		{"mobilisation", "is", "iz"},
		{"authorities", "", ""},
	} {
		american := strings.Replace(tt.british, tt.letters, tt.american, 1)
		if got, want := inflect.Stem("en", american), inflect.Stem("en", tt.british); got != want {
			t.Errorf("stem of %s is %s, want %s as of %s", american, got, want, tt.british)
		}
	}
}

// TestStemApart tests that words which Porter's stemmer takes for forms of one
// are told apart.
func TestStemApart(t *testing.T) {
	for _, pair := range []string{
		"organisation organ", "organisation organise", "university universe", "university universal", "general generous", "general generally",
		"general generation", "executive execute", "intelligence intelligent", "security secure", "major majority", "import important",
		"policy police", "president preside", "position positive", "admiral admired", "corporal corporate", "emergency emerge",
		"personnel personal", "object objective", "operation operative", "desert dessert", "department depart", "quit quite",
		"army arm", "minister ministry", "parade paradise", "coup coupe", "coup couple", "public publicity", "party part",
	} {
		a, b, _ := strings.Cut(pair, " ")
		if inflect.Stem("en", a) == inflect.Stem("en", b) {
			t.Errorf("%s and %s have one stem, %s", a, b, inflect.Stem("en", a))
		}
	}
}

func TestStemLeavesAlone(t *testing.T) {
	for _, word := range []string{"", "us", "g7", "5,500", "155mm", "政", "d'or s", "i"} {
		for _, lang := range []string{"en", "ru", "uk", "be", "ar", "ta", "zh", ""} {
			if got := inflect.Stem(lang, word); got != word {
				t.Errorf("Stem(%q, %q) = %q, want no change", lang, word, got)
			}
		}
	}
}

func TestStemLanguages(t *testing.T) {
	for _, tt := range []struct{ word, want string }{
		{"coup", "en fr es de it pt nl sv da no fi hu ro tr ga"},
		{"переворот", "ru uk be sr hr bs"},
		{"انقلاب", "ar"},
		{"政", ""},
		{"2021", ""},
		{"", ""},
	} {
		if got := strings.Join(inflect.StemLanguages(tt.word), " "); got != tt.want {
			t.Errorf("StemLanguages(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestStemConcurrently(t *testing.T) {
	words := text.Words("Soldiers loyal to the dismissed head of the guard surrounded the palace. Верные начальнику гвардии окружили дворец, заявил представитель штаба.")
	want := make([]string, len(words))
	for i, w := range words {
		for _, lang := range inflect.StemLanguages(w) {
			want[i] += inflect.Stem(lang, w)
		}
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i, w := range words {
				got := ""
				for _, lang := range inflect.StemLanguages(w) {
					got += inflect.Stem(lang, w)
				}
				if got != want[i] {
					t.Errorf("stems of %s are %s, want %s", w, got, want[i])
				}
			}
		})
	}
	wg.Wait()
}
