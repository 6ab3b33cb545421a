package decline

import (
	"strings"
	"testing"
)

// Each case of an office leads back to the nominative; what is no office, or
// stands in the nominative, to nothing.
func TestNominative(t *testing.T) {
	for _, tt := range []struct{ written, word, gender string }{
		{"президента", "президент", "m"},
		{"Президентом", "президент", "m"},
		{"кремля", "кремль", "m"},
		{"министерству", "министерство", "n"},
		{"командованием", "командование", "n"},
		{"прокуратурой", "прокуратура", "f"},
		{"армии", "армия", "f"},
		{"командующего", "командующий", "m"},
		{"властям", "власти", "p"},
		{"военными", "военные", "p"},
		{"речникові", "речник", "m"},
		{"міністерства", "міністерство", "n"},
		{"командуванню", "командування", "n"},
		{"розвідкою", "розвідка", "f"},
		{"поліцією", "поліція", "f"},
		{"поліції", "поліція", "f"},
		{"військ", "війська", "p"},
		{"держприкордонслужбі", "держприкордонслужба", "f"}, // the last part of a compound
		{"минобороны", "", ""},
		{"президент", "", ""},
		{"суде", "суд", "m"},
		{"штабу", "штаб", "m"},
		{"Варкуна", "", ""},
		{"", "", ""},
	} {
		f, ok := Nominative(tt.written)
		if f.Word != tt.word || f.Gender != tt.gender || ok != (tt.word != "") {
			t.Errorf("%q is %q (%s), want %q (%s)", tt.written, f.Word, f.Gender, tt.word, tt.gender)
		}
	}
}

// No other case of an office is taken for that of another, and no nominative
// for a case, but for a Ukrainian word that is the Russian one without its last
// letter.
func TestCasesAreOfOneOffice(t *testing.T) {
	for how, words := range offices {
		for _, word := range strings.Fields(words) {
			if f, ok := Nominative(word); ok && f.Word != word {
				t.Errorf("%s: %q, a nominative, is taken for a case of %q", how, word, f.Word)
			}
			e := endings[how]
			for _, ending := range e.oblique {
				form := strings.TrimSuffix(word, e.nominative) + ending
				if f, ok := Nominative(form); ok && f.Word != word && f.Word != word+"ь" {
					t.Errorf("%q, a case of %q, is taken for one of %q", form, word, f.Word)
				}
			}
		}
	}
}

func TestAgree(t *testing.T) {
	for _, tt := range []struct{ word, gender, language, want string }{
		{"верховного", "m", "ru", "верховный"},
		{"верховной", "f", "ru", "верховная"},
		{"национальному", "n", "ru", "национальное"},
		{"вооруженных", "p", "ru", "вооруженные"},
		{"российского", "m", "ru", "российский"},
		{"российских", "p", "ru", "российские"},
		{"генеральному", "m", "uk", "генеральний"},
		{"національної", "f", "uk", "національна"},
		{"збройних", "p", "uk", "збройні"},
		{"его", "m", "ru", "его"}, // too short for an adjective
		{"Мали", "f", "ru", "Мали"},
	} {
		if got := Agree(tt.word, tt.gender, tt.language); got != tt.want {
			t.Errorf("%q with a %s noun in %s is %q, want %q", tt.word, tt.gender, tt.language, got, tt.want)
		}
	}
}

func TestRecase(t *testing.T) {
	for _, tt := range []struct{ written, word, want string }{
		{"Президента", "президент", "Президент"},
		{"президента", "президент", "президент"},
		{"Єдиного", "єдиний", "Єдиний"},
		{"", "суд", "суд"},
	} {
		if got := Recase(tt.written, tt.word); got != tt.want {
			t.Errorf("%q as in %q is %q, want %q", tt.word, tt.written, got, tt.want)
		}
	}
}

// A surname ends as one, unless it is a town's name.
func TestIsSurname(t *testing.T) {
	for word, want := range map[string]bool{
		"варкунов": true, "варкунова": true, "бабченко": true, "залужный": false, "брындзевич": true, "вишневський": true, "гамсахурдишвили": true,
		"харьков": false, "київ": false, "псков": false, "штаб": false, "ов": false,
	} {
		if IsSurname(word) != want {
			t.Errorf("%q is a surname: %v, want %v", word, !want, want)
		}
	}
}

func TestEndsObliquely(t *testing.T) {
	for word, want := range map[string]bool{
		"президента": true, "президентом": true, "речникові": true, "министров": true, "песков": false, "президент": false, "кремль": false,
	} {
		if EndsObliquely(word) != want {
			t.Errorf("%q stands in another case: %v, want %v", word, !want, want)
		}
	}
}

func TestNumberAndDative(t *testing.T) {
	for word, want := range map[string][2]bool{
		"прокуроры": {true, false}, "министры": {true, false}, "міністри": {true, false}, "прокурор": {false, false}, "министра": {false, false},
		"президенту": {false, true}, "міністрові": {true, true}, "президент": {false, false},
	} {
		if got := [2]bool{IsPlural(word), EndsInDative(word)}; got != want {
			t.Errorf("%q is plural, in the dative: %v, want %v", word, got, want)
		}
	}
}
