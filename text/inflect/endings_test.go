package inflect_test

import (
	"slices"
	"testing"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
)

// TestBases holds that an inflected form leads to the listed one, by the
// endings of its language.
func TestBases(t *testing.T) {
	tests := []struct{ language, inflected, listed string }{
		{"pl", "puczyści", "puczysta"},
		{"pl", "wojskowego", "wojskowy"},
		{"pl", "przewrocie", "przewrót"},
		{"pl", "Senegalu", "Senegal"},
		{"pl", "Nigrze", "Niger"},
		{"pl", "rebelii", "rebelia"},
		{"pl", "Goïty", "Goïta"},
		{"cs", "převratu", "převrat"},
		{"cs", "vojenského", "vojenský"},
		{"cs", "Putinovi", "Putin"},
		{"sk", "vzburou", "vzbura"},
		{"sr", "удара", "udar"},
		{"hr", "pučistima", "pučist"},
		{"sr", "Нигеру", "Niger"},
		{"sr", "на", "na"},
		{"am", "የቻድ", "ቻድ"},
		{"sl", "udarom", "udar"},
		{"bg", "превратът", "преврат"},
		{"bg", "военните", "военен"},
		{"mk", "ударот", "удар"},
		{"lt", "perversmo", "perversmas"},
		{"lt", "Putinui", "Putin"},
		{"lv", "apvērsuma", "apvērsums"},
		{"et", "riigipöörde", "riigipööre"},
		{"et", "Nigeris", "Niger"},
		{"fi", "Nigerissä", "Niger"},
		{"fi", "Turkissa", "Turkki"},
		{"fi", "kaappauksen", "kaappaus"},
		{"hu", "Nigerben", "Niger"},
		{"hu", "Putyinnal", "Putyin"},
		{"hu", "puccsal", "puccs"},
		{"ro", "Rusiei", "Rusia"},
		{"tr", "Nijer'de", "Nijer"},
		{"tr", "Rusya’nın", "Rusya"},
		{"az", "Rusiyada", "Rusiya"},
		{"kk", "Ресейде", "Ресей"},
		{"uz", "Rossiyada", "Rossiya"},
		{"eu", "Errusiako", "Errusia"},
		{"sq", "Nigerit", "Niger"},
		{"el", "πραξικοπήματος", "πραξικόπημα"},
		{"el", "Ρωσίας", "Ρωσία"},
		{"el", "στρατηγού", "στρατηγός"},
		{"ka", "ნიგერში", "ნიგერი"},
		{"ka", "რუსეთის", "რუსეთი"},
		{"hy", "Նիգերում", "Նիգեր"},
		{"hy", "հեղաշրջման", "հեղաշրջում"},
		{"hi", "विद्रोहियों", "विद्रोही"},
		{"bn", "মালিতে", "মালি"},
		{"bn", "রাশিয়ায়", "রাশিয়া"},
		{"fa", "کودتای", "كودتا"},
		{"he", "בניגר", "ניגר"},
		{"ar", "وبوتين", "بوتين"},
		{"am", "የመፈንቅለ", "መፈንቅለ"},
		{"ko", "말리에서", "말리"},
		{"ko", "반란이", "반란"},
		{"ko", "군사쿠데타를", "쿠데타"},
	}
	for _, tt := range tests {
		got := inflect.Bases(tt.language, text.Fold(tt.inflected))
		if !slices.Contains(got, text.Fold(tt.listed)) {
			t.Errorf("%s: Bases(%q) lacks %q: %q", tt.language, tt.inflected, tt.listed, got)
		}
		if !inflect.Declines(tt.language) {
			t.Errorf("Declines(%q) = false", tt.language)
		}
	}
}

// TestBasesAreFew holds that a word has few bases, and that a short word and
// one of a language without endings have none.
func TestBasesAreFew(t *testing.T) {
	for _, lang := range inflect.DeclinedLanguages() {
		for _, word := range []string{"antiterrorista", "перевооружение", "국가안전보장회의"} {
			if got := inflect.Bases(lang, word); len(got) > 40 {
				t.Errorf("%s: Bases(%q) are %d: %q", lang, word, len(got), got)
			}
		}
	}
	for _, tt := range [][2]string{{"en", "coups"}, {"ru", "перевороты"}, {"", "coups"}, {"pl", "na"}, {"ko", "이"}, {"tr", "maliye"}} {
		if got := inflect.Bases(tt[0], tt[1]); len(got) > 0 {
			t.Errorf("%s: Bases(%q) = %q, want none", tt[0], tt[1], got)
		}
	}
}
