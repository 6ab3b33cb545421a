package attribution

import (
	"os"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

// All cases of a surname of testdata/names.txt have one key, and no two
// surnames have the same unless they are of a man and his wife.
func TestPersonKey(t *testing.T) {
	src, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	for line := range strings.Lines(string(src)) {
		names := strings.Fields(line)
		if strings.HasPrefix(line, "#") || len(names) == 0 {
			continue
		}
		want := personKey(text.Fold(names[0]))
		for _, name := range names[1:] {
			if got := personKey(text.Fold(name)); got != want {
				t.Errorf("the key of %s is %s, and that of %s is %s", names[0], want, name, got)
			}
		}
		if other := keys[want]; other != "" && !strings.HasPrefix(names[0], other) && !strings.HasPrefix(other, names[0]) && want != personKey(text.Fold(other)) {
			t.Errorf("%s and %s have one key, %s", other, names[0], want)
		}
		keys[want] = names[0]
	}
	if len(keys) < 40 {
		t.Errorf("%d surnames", len(keys))
	}
}

// What a name's ending says of its case: no subject stands in another than the
// nominative.
func TestIsOblique(t *testing.T) {
	for _, tt := range []struct {
		what, names string
		want        bool
	}{
		{"nominative of men", "орлов песков пригожин зеленський ходорковский буданов макрон лебедь шевченко гайдай", false},
		{"nominative of women", "орлова захарова ильина толстая лещенко меркель", false},
		{"dative of men", "орлову пригожину зеленському ходорковскому макрону", true},
		{"instrumental", "орловым пригожиным макроном зеленским", true},
		{"genitive of adjectives", "ходорковского зеленського толстого", true},
		{"genitive and instrumental of women", "орловой захаровой толстой", true},
		{"Ukrainian dative", "буданові орлові гайдаєві", true},
		{"genitive of foreign men", "макрона байдена трампа", true},
		{"plural", "орловыми зоринами зоринам зоринах", true},
		{"Latin letters", "orlova macronu", false},
	} {
		for name := range strings.FieldsSeq(tt.names) {
			if got := isOblique(text.Fold(name)); got != tt.want {
				t.Errorf("%s: %s is oblique: %t", tt.what, name, got)
			}
		}
	}
}

// Endings tell how many a verb has as its subject, and what is an adjective, a
// plural, a patronymic or whose something is.
func TestEndings(t *testing.T) {
	for _, tt := range []struct {
		what  string
		is    func(string) bool
		yes   string
		never string
	}{
		{"a verb in the plural", isPluralVerb, "сообщили заявляют говорят пишут кажуть повідомляють", "сообщил заявляет сказал каже"},
		{"a noun in the plural", isPlural, "власти силы солдаты", "армия генерал"},
		{"an adjective", isAdjective, "российский местные бывшая военное старий нові", "солдат"},
		{"a patronymic", isPatronymic, "иванович ивановна ивановича сергійович", "иванов орлова"},
		{"a genitive", isGenitive, "москвы армии росії", "москва kremli"},
		{"a kind of place", isPlaceNoun, "штата города области округу", "штат город суд"},
	} {
		for w := range strings.FieldsSeq(tt.yes) {
			if !tt.is(text.Fold(w)) {
				t.Errorf("%s is not %s", w, tt.what)
			}
		}
		for w := range strings.FieldsSeq(tt.never) {
			if tt.is(text.Fold(w)) {
				t.Errorf("%s is %s", w, tt.what)
			}
		}
	}
}

// What stands between two words is told mark by mark.
func TestMarks(t *testing.T) {
	for gap, want := range map[string]mark{
		" ": 0, "": 0, "\t": 0, "  ": 0,
		", ": comma, "، ": comma, " ,": comma,
		" — ": dash, " – ": dash, " - ": dash, "-": 0, "–": dash,
		": ": colon, "; ": colon,
		" (": bracket, ") ": bracket, "[": bracket, "]": bracket,
		". ": stop, "! ": stop, "… ": stop, "? ": asked,
		"\n": newline, "\n\n": newline, ".\n": stop | newline,
		"'s ": possessive, "’s ": possessive, "'S ": possessive, "’S ": possessive,
		" “": quoted, "” ": quoted, " «": quoted, "» ": quoted, " „": quoted, " ‘": quoted, "' ": quoted, "\" ": quoted, "` ": quoted,
		",” ": comma | quoted, "”, ": comma | quoted, "”: ": quoted | colon, "?” ": asked | quoted,
		".” — ": stop | quoted | dash, "’s “": possessive | quoted, " (“": bracket | quoted,
	} {
		if got := marks(gap); got != want {
			t.Errorf("%q is the marks %b, want %b", gap, got, want)
		}
	}
}

// Words that may be said of one person are alike, and others are not.
func TestAlike(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"analyst", "analyst", true},
		{"analyst", "historian", true},
		{"dissident", "activist", true},
		{"reporter", "editor", true},
		{"officer", "spy", true},
		{"chief", "leader", true},
		{"senator", "deputy", true},
		{"политолог", "эксперт", true},
		{"політолог", "експерт", true},
		{"analyst", "activist", false},
		{"officer", "reporter", false},
		{"эксперт", "журналист", false},
		{"", "analyst", false},
	} {
		if got := alike(tt.a, tt.b); got != tt.want || alike(tt.b, tt.a) != got {
			t.Errorf("%q and %q are alike: %t", tt.a, tt.b, got)
		}
	}
}

// People without a name are told of as such, but for those of whom the text says
// so itself.
func TestUnnamed(t *testing.T) {
	for words, want := range map[string]string{
		"officer":             "unnamed officer",
		"two officers":        "unnamed two officers",
		"anonymous officer":   "anonymous officer",
		"Unidentified gunmen": "Unidentified gunmen",
		"анонимный источник":  "анонимный источник",
		"неназванный офицер":  "неназванный офицер",
		"анонімні джерела":    "анонімні джерела",
		"источник":            "unnamed источник",
	} {
		if got := unnamed(words); got != want {
			t.Errorf("unnamed(%q) = %q, want %q", words, got, want)
		}
	}
}
