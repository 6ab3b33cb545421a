package places_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/text"
)

// index finds forms by their words.
func index(t *testing.T) map[string][]places.Form {
	t.Helper()
	byWords := map[string][]places.Form{}
	for _, f := range places.Forms() {
		k := strings.Join(f.Words, " ")
		byWords[k] = append(byWords[k], f)
	}
	if len(byWords) < 5000 {
		t.Fatalf("only %d forms", len(byWords))
	}
	return byWords
}

func TestForms(t *testing.T) {
	tests := []struct {
		written string
		code    string
		kind    places.Kind
		exact   bool
	}{
		// English
		{"Mali", "ml", places.Country, true},
		{"Malian", "ml", places.Nationality, true},
		{"Malians", "ml", places.Nationality, true},
		{"Bamako", "ml", places.Capital, true},
		{"Burma", "mm", places.Country, true},
		{"Swaziland", "sz", places.Country, true},
		{"Ivory Coast", "ci", places.Country, true},
		{"eSwatini", "sz", places.Country, true},
		{"Burkina", "bf", places.Country, true},
		{"C.A.R.", "cf", places.Country, true},
		{"N. Korea", "kp", places.Country, true},
		{"S Sudan", "ss", places.Country, true},
		{"DR Congo", "cd", places.Country, true},
		{"Guinea-Bissau", "gw", places.Country, true},
		{"Equatorial Guinea", "gq", places.Country, true},
		{"US", "us", places.Country, true},
		{"U.S.", "us", places.Country, true},
		{"UAE", "ae", places.Country, true},
		{"Georgia", "ge", places.Country, true},
		{"Turkey", "tr", places.Country, true},
		{"Polish", "pl", places.Nationality, true},
		{"Nigerien", "ne", places.Nationality, false},
		{"Nigerian", "ng", places.Nationality, false},
		{"Kyiv", "ua", places.Capital, true},
		{"Kiev", "ua", places.Capital, true},
		{"Congolese", "cd", places.Nationality, false},
		{"Congolese", "cg", places.Nationality, false},
		{"Bosnia and Herzegovina", "ba", places.Country, true},
		// Russian
		{"Мали", "ml", places.Country, true},
		{"малийского", "ml", places.Nationality, false},
		{"малийцам", "ml", places.Nationality, false},
		{"Нигера", "ne", places.Country, true},
		{"Нигерии", "ng", places.Country, true},
		{"России", "ru", places.Country, true},
		{"россиян", "ru", places.Nationality, false},
		{"российской", "ru", places.Nationality, false},
		{"Москвы", "ru", places.Capital, true},
		{"Боснии и Герцеговины", "ba", places.Country, true},
		{"Центрально-Африканской Республики", "cf", places.Country, true},
		{"Саудовской Аравии", "sa", places.Country, true},
		{"Объединённых Арабских Эмиратов", "ae", places.Country, true},
		{"Соединённых Штатов", "us", places.Country, true},
		{"США", "us", places.Country, true},
		{"ЦАР", "cf", places.Country, true},
		{"Белоруссии", "by", places.Country, true},
		{"Израиля", "il", places.Country, true},
		{"Беларусью", "by", places.Country, true},
		{"Киргизии", "kg", places.Country, true},
		{"Казахстаном", "kz", places.Country, true},
		{"Вашингтона", "us", places.Capital, true},
		{"Астане", "kz", places.Capital, true},
		// Ukrainian and Belarusian
		{"Малі", "ml", places.Country, true},
		{"Росією", "ru", places.Country, true},
		{"російських", "ru", places.Nationality, false},
		{"росіян", "ru", places.Nationality, false},
		{"Білорусі", "by", places.Country, true},
		{"Сполучених Штатів", "us", places.Country, true},
		{"Києва", "ua", places.Capital, true},
		{"Україною", "ua", places.Country, true},
		{"Расіі", "ru", places.Country, true},
		// French, Spanish, German, Portuguese, Italian, Polish, Turkish
		{"Tchad", "td", places.Country, true},
		{"maliennes", "ml", places.Nationality, false},
		{"Moscou", "ru", places.Capital, true},
		{"Malí", "ml", places.Country, true},
		{"malienses", "ml", places.Nationality, false},
		{"rusas", "ru", places.Nationality, false},
		{"Pekín", "cn", places.Capital, true},
		{"Russlands", "ru", places.Country, true},
		{"russischen", "ru", places.Nationality, false},
		{"Moskau", "ru", places.Capital, true},
		{"Rússia", "ru", places.Country, true},
		{"russas", "ru", places.Nationality, false},
		{"Ciad", "td", places.Country, true},
		{"russi", "ru", places.Nationality, false},
		{"Rosji", "ru", places.Country, true},
		{"rosyjskiego", "ru", places.Nationality, false},
		{"Waszyngton", "us", places.Capital, true},
		{"Rusya", "ru", places.Country, true},
		// Arabic, Chinese, Japanese
		{"مالي", "ml", places.Country, false},
		{"والسودان", "sd", places.Country, false},
		{"السودانية", "sd", places.Nationality, false},
		{"الخرطوم", "sd", places.Capital, false},
		{"马里", "ml", places.Country, false},
		{"北京", "cn", places.Capital, false},
		{"ロシア", "ru", places.Country, false},
	}
	byWords := index(t)
	for _, tt := range tests {
		found := byWords[text.Fold(tt.written)]
		i := slices.IndexFunc(found, func(f places.Form) bool { return f.Code == tt.code })
		if i < 0 {
			t.Errorf("%s: got %v, want a form for %s", tt.written, found, tt.code)
			continue
		}
		if f := found[i]; f.Kind != tt.kind || f.Exact != tt.exact {
			t.Errorf("%s: got %v, exact %v, want %v, exact %v", tt.written, f.Kind, f.Exact, tt.kind, tt.exact)
		}
	}
}

// TestGuards holds which words do not name a country.
func TestGuards(t *testing.T) {
	byWords := index(t)
	if china := byWords["china"]; len(china) != 1 || china[0].Code != "cn" {
		t.Errorf("China: got %v, want one country", china)
	}
	for _, written := range []string{"New Mexico", "Guinea pig", "Washington Post", "Paris Hilton", "Northern Ireland"} {
		found := byWords[text.Fold(written)]
		if len(found) != 1 || found[0].Code != "" {
			t.Errorf("%s: got %v, want a form without a code", written, found)
		}
	}
	for written, lang := range map[string]string{"Island": "de", "Şam": "tr", "Irã": "pt", "Indiana": "it", "Roma": "it"} {
		for _, f := range byWords[text.Fold(written)] {
			if !f.Only || f.Lang == "en" {
				t.Errorf("%s: got %+v, want it only in texts in its language", written, f)
			}
		}
		if !slices.ContainsFunc(byWords[text.Fold(written)], func(f places.Form) bool { return f.Lang == lang }) && lang != "" {
			t.Errorf("%s: got no form in %s", written, lang)
		}
	}
	for _, written := range []string{"male", "Victoria", "Scotland", "Wales", "to go", "Kremlin"} {
		if found := byWords[text.Fold(written)]; len(found) > 0 {
			t.Errorf("%s: got %v, want none", written, found)
		}
	}
	ordinary := strings.Fields("polish china turkey chad jordan cuba mali us uk guinea swiss dutch danish peru niger oman lima sofia japan brazil panama rome")
	for _, word := range ordinary {
		for _, f := range byWords[word] {
			if !f.Exact {
				t.Errorf("%s: got a form that wants no capitals: %+v", word, f)
			}
		}
	}
	for _, f := range places.Forms() {
		latin := strings.ContainsFunc(f.Written, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
		if latin && f.Kind != places.Nationality && f.Code != "" && !f.Exact {
			t.Errorf("%s: got a name in Latin letters that wants no capitals", f.Written)
		}
	}
}

// TestCoverage holds that every member of the United Nations is known in nine
// languages, and tells what is not.
func TestCoverage(t *testing.T) {
	have := map[string]map[places.Kind]map[string]bool{}
	for _, f := range places.Forms() {
		if have[f.Code] == nil {
			have[f.Code] = map[places.Kind]map[string]bool{places.Country: {}, places.Nationality: {}, places.Capital: {}}
		}
		have[f.Code][f.Kind][f.Lang] = true
	}
	members := places.Region("un")
	if len(members) != 193 {
		t.Fatalf("got %d members of the United Nations, want 193", len(members))
	}
	for _, code := range members {
		if places.Name(code) == "" {
			t.Errorf("%s: got no name", code)
		}
		for _, lang := range []string{"en", "ru", "uk", "ar", "zh"} {
			if !have[code][places.Country][lang] && lang != "uk" {
				t.Errorf("%s: got no name in %s", places.Name(code), lang)
			}
		}
		for _, lang := range []string{"en", "ru", "uk", "fr"} {
			if !have[code][places.Nationality][lang] {
				t.Logf("%s: no nationality of its own in %s", places.Name(code), lang)
			}
		}
		capitals := 0
		for _, lang := range []string{"en", "ru", "uk", "ar", "zh", "be"} {
			if have[code][places.Capital][lang] || have[code][places.Country][lang] && lang != "en" {
				capitals++
			}
		}
		if capitals < 5 {
			t.Errorf("%s: got a capital in %d of 6 languages that have their own, want at least 5", places.Name(code), capitals)
		}
	}
}

func TestCode(t *testing.T) {
	for name, want := range map[string]string{
		"Mali": "ml", "mali": "ml", "ML": "ml", "mli": "ml", "Republic of Mali": "ml", "Burma": "mm", "USA": "us", "usa": "us",
		"Russia": "ru", "DR Congo": "cd", "Congo": "cg", "Ivory Coast": "ci", "Côte d'Ivoire": "ci", "Turkey": "tr", "Türkiye": "tr",
		"Atlantis": "", "": "",
	} {
		got, ok := places.Code(name)
		if got != want || ok != (want != "") {
			t.Errorf("Code(%q): got %q, %v, want %q", name, got, ok, want)
		}
	}
	for code, want := range map[string]string{"ml": "Mali", "ML": "Mali", "xx": "", "": ""} {
		if got := places.Name(code); got != want {
			t.Errorf("Name(%q): got %q, want %q", code, got, want)
		}
	}
}

func TestRegion(t *testing.T) {
	for name, want := range map[string]string{
		"sahel": "bf ml mr ne td", "caucasus": "am az ge", "Central Asia": "kg kz tj tm uz", "central-asia": "kg kz tj tm uz",
		"gcc": "ae bh kw om qa sa", "baltics": "ee lt lv", "atlantis": "", "": "",
	} {
		if got := strings.Join(places.Region(name), " "); got != want {
			t.Errorf("Region(%q): got %q, want %q", name, got, want)
		}
	}
	for name, member := range map[string]string{
		"africa": "ml", "western-africa": "ml", "Western Africa": "sn", "eu": "pl", "post-soviet": "ge", "middle-east": "sy",
		"latin-america": "pe", "balkans": "rs", "europe": "ua", "asia": "mm",
	} {
		if !slices.Contains(places.Region(name), member) {
			t.Errorf("Region(%q): got %v, want one with %s", name, places.Region(name), member)
		}
	}
	names := places.Regions()
	if len(names) < 30 || !slices.IsSorted(names) {
		t.Errorf("got regions %v, want at least 30 in order", names)
	}
	for _, name := range names {
		for _, code := range places.Region(name) {
			if places.Name(code) == "" {
				t.Errorf("region %s has %q, which is no country", name, code)
			}
		}
	}
}

func TestFormsAreOrdered(t *testing.T) {
	forms := places.Forms()
	byLang, byKind := map[string]int{}, map[places.Kind]int{}
	for i, f := range forms {
		byLang[f.Lang]++
		byKind[f.Kind]++
		if i > 0 && slices.Compare(forms[i-1].Words, f.Words) > 0 {
			t.Fatalf("%q stands after %q", f.Written, forms[i-1].Written)
		}
		if len(f.Words) == 0 {
			t.Errorf("%q has no words", f.Written)
		}
	}
	t.Logf("%d forms, by kind %v, by language %v", len(forms), byKind, byLang)
}
