package search_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/matcher/search"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/keys"
)

const rulesText = `
feeds:
  - {url: "https://a.example/rss", name: Alpha Wire}
lists:
  coup: [coup, putsch, palace revolution, переворот, golpe de Estado, 政变, انقلاب]
  german: {de: [Putsch, Umsturz]}
  both: [$coup, $german]
entities:
  - {id: beseda, kind: person, name: Sergei Beseda, native: Сергей Беседа, groups: [siloviki]}
  - {id: fsb, kind: agency, name: FSB, native: ФСБ, groups: [siloviki]}
groups:
  watched: ["@siloviki", Mali, Niger]
points:
  signs: {coup: 30, plot: 20}
rules:
  - {id: coup, title: Coup, severity: high, match: $coup}
`

func rules(t testing.TB) *matcher.Rules {
	t.Helper()
	r, err := matcher.Parse("rules.yaml", []byte(strings.TrimSpace(rulesText)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// passes reports whether an entry has what a sieve asks for, as an index does.
func passes(s keys.Sieve, e keys.Entry) bool {
	all := slices.Concat(e.Words, e.More)
	switch s.Op {
	case keys.Key:
		return slices.Contains(all, s.Keys[0])
	case keys.Prefix:
		return slices.ContainsFunc(all, func(k string) bool { return strings.HasPrefix(k, s.Keys[0]) })
	case keys.Row:
		return strings.Contains(" "+strings.Join(e.Words, " ")+" ", " "+strings.Join(s.Keys, " ")+" ")
	case keys.All:
		return !slices.ContainsFunc(s.Of, func(of keys.Sieve) bool { return !passes(of, e) })
	case keys.Any:
		return slices.ContainsFunc(s.Of, func(of keys.Sieve) bool { return passes(of, e) })
	}
	return true
}

// What queries find, where, and that the sieve lets it through.
func TestFind(t *testing.T) {
	r := rules(t)
	for _, tt := range []struct{ query, language, title, found string }{
		{"coup", "en", "Two coups in a year", "coups"},
		{"coups", "en", "A coup in Mali", "coup"},
		{"=coups", "en", "A coup in Mali", "-"},
		{"army coup", "en", "Coup: armies march", "armies Coup"},
		{`army "in a year"`, "en", "Two coups in a year by the army", "in a year army"},
		{"AT&T strike", "en", "Strikes at AT&T", "AT&T Strikes"},
		{"Côte d'Ivoire", "fr", "Élections en Côte d'Ivoire", "Côte d'Ivoire"},
		{"$coup NEAR/5 @mali", "", "", "unknown"},
		{"$coup NEAR/5 @country:ml", "en", "A coup is feared in Mali", "coup Mali"},
		{"$coup NEAR/2 @country:ml", "en", "A coup is greatly feared by many in Mali", "-"},
		{"@watched", "ru", "В Малийской столице тихо", "Малийской"},
		{"@watched", "ru", "Генерала Сергея Беседу уволили", "Сергея Беседу"},
		{"@beseda NOT war", "en", "Serguei Besseda at war", "-"},
		{"@fsb", "ru", "Источник в ФСБ", "ФСБ"},
		{"переворот", "ru", "О перевороте молчат", "перевороте"},
		{"政变", "zh", "马里发生政变", "政变"},
		{"$coup", "ar", "الانقلاب في مالي", "الانقلاب"},
		{"$german", "de", "Ein Militärputsch in der Hauptstadt und der Sturz", "Militärputsch"},
		{"$german", "de", "Die Putschgerüchte nehmen zu und die Armee schweigt", "Putschgerüchte"},
		{"put*", "en", "The putschists fled", "putschists"},
		{"wom?n coup", "", "", "unknown"},
		{"wom?n AND coup", "en", "Women against a coup", "Women coup"},
		{"title:coup", "en", "No news of it", "-"},
		{"lang:ru AND переворот", "ru", "Переворот", "Переворот"},
		{"POINTS($signs) >= 50", "en", "A coup plot", "coup plot"},
		{"@countries", "en", "Rain in Chad", "Chad"},
		{"SENTENCE(coup AND army)", "en", "A coup. The army sleeps", "-"},
	} {
		q, err := r.Search(tt.query)
		if err != nil {
			if tt.found != "unknown" {
				t.Errorf("%s: %v", tt.query, err)
			}
			continue
		}
		it := news.Item{ID: "x", Title: tt.title, Language: tt.language}
		spans, found := q.Find(it)
		var words []string
		for _, s := range spans {
			words = append(words, it.Text(s.Field)[s.Start:s.End])
		}
		want := strings.Fields(tt.found)
		if got := strings.Fields(strings.Join(words, " ")); found == (tt.found == "-") || found && !sameWords(got, want) {
			t.Errorf("%s in %q: found %q (%t), want %q", tt.query, tt.title, got, found, want)
		}
		if found && !passes(q.Sieve(), r.NewClerk().File(it).Entry) {
			t.Errorf("%s: %q does not pass the sieve %v of %v", tt.query, tt.title, q.Sieve(), r.NewClerk().File(it))
		}
	}
}

func sameWords(a, b []string) bool {
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// Mistakes are told with their place and a way out.
func TestMistakes(t *testing.T) {
	r := rules(t)
	for text, want := range map[string]string{
		"":                        "0-0 nothing is asked for",
		"a OR":                    "2-4",
		"coup NEAR/5 @besedda":    `12-20 unknown entity or group "@besedda"; did you mean "@beseda"?`,
		"$cuop":                   `0-5 unknown list "$cuop"; did you mean "$coup"?`,
		"POINTS($sings) >= 3":     `0-19 unknown table of points "$sings"; did you mean "$signs"?`,
		"@mali":                   `0-5 unknown entity or group "@mali"; did you mean "@country:ml"?`,
		"WARM(@beseda, 2d)":       "0-17 WARM asks",
		`"never closed`:           "0-1",
		strings.Repeat("a ", 9e3): "4000-18000 the query is too long",
	} {
		_, err := r.Search(text)
		mistakes := search.Mistakes(err)
		if len(mistakes) == 0 {
			t.Errorf("%.40q: %v, want mistakes", text, err)
			continue
		}
		m := mistakes[0]
		if got := place(m.Pos, m.End) + " " + m.Error(); !strings.HasPrefix(got, want) {
			t.Errorf("%.40q: got %q, want %q", text, got, want)
		}
	}
}

func place(from, to int) string {
	return strings.Trim(strings.Join(strings.Fields(strings.NewReplacer("[", "", "]", "").Replace(strings.Join([]string{itoa(from), itoa(to)}, "-"))), ""), " ")
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// Whatever a query finds in an item, its sieve lets through, in all languages for
// which the rules that ship have terms.
func TestSieveOfShippedRules(t *testing.T) {
	longtest.Alone(t)
	r, err := matcher.Read("../../rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	each := 64
	if longtest.Wanted() {
		each = 16
	}
	var queries []*search.Query
	for i, named := range r.Named() {
		if i%each != 0 && named != "$coup" && named != "$coup-abroad" && named != "$power-abroad" {
			continue // to make them all ready takes half a minute
		}
		q, err := r.Search(named)
		if err != nil {
			t.Fatalf("%s: %v", named, err)
		}
		queries = append(queries, q)
	}
	items := append(draft.Mixed(), headlines()...)
	checkSieves(t, r.NewClerk(), queries, items)
}

func headlines() (items []news.Item) {
	for language, titles := range map[string][]string{
		"en": {"Soldiers toppled the government of Mali overnight", "Generals of the FSB dismissed", "A mutinous brigade fired at the palace"},
		"ru": {"Военные свергли правительство", "О подготовке переворота в Нигере говорят источники", "Шойгу отправлен в отставку"},
		"uk": {"Військові повалили уряд", "Спробу перевороту відбито"},
		"de": {"Der Militärputsch ist gescheitert", "Umstürzler verhaftet, die Armee meutert"},
		"fr": {"Des mutins renversent le président du Niger", "Les putschistes parlent"},
		"es": {"Los golpistas detienen al presidente", "Un intento de golpe de Estado en Bolivia"},
		"tr": {"Darbe girişiminden sonra generaller tutuklandı", "Ordunun darbesinden söz ediliyor"},
		"ar": {"انقلاب عسكري في النيجر", "والانقلابيون يعتقلون الرئيس"},
		"zh": {"尼日尔军人发动政变", "国防部长被免职"},
		"pl": {"Zamachu stanu nie było", "Wojskowi obalili prezydenta"},
		"fi": {"Vallankaappauksesta puhutaan", "Armeija kaappasi vallan"},
		"hu": {"Puccskísérletet hajtottak végre a katonák"},
		"hi": {"सेना ने तख्तापलट किया"},
		"fa": {"کودتای نظامی در نیجر"},
		"ko": {"군부 쿠데타 발생"},
		"sw": {"Jeshi lapindua serikali ya Niger"},
	} {
		for _, title := range titles {
			items = append(items, news.Item{Title: title, Language: language}, news.Item{Title: title})
		}
	}
	return items
}

func checkSieves(t *testing.T, clerk *search.Clerk, queries []*search.Query, items []news.Item) {
	t.Helper()
	found, kept, all := 0, 0, 0
	for _, it := range items {
		e := clerk.File(it).Entry
		for _, q := range queries {
			all++
			pass := passes(q.Sieve(), e)
			if pass {
				kept++
			}
			if _, ok := q.Find(it); ok {
				if found++; !pass {
					t.Errorf("%s finds %q (%s), which does not pass its sieve", q, it.Title, it.Language)
				}
			}
		}
	}
	t.Logf("%d found, %d let through, of %d", found, kept, all)
	if found < 100 {
		t.Errorf("only %d found: that tells nothing", found)
	}
}

// No text is more than a mistake, and a sieve never loses what the query finds.
func FuzzQuery(f *testing.F) {
	for _, s := range []string{"coup", `a "b c" d`, "$coup NEAR/12 (@watched OR @countries)", "a* OR ?b", "-x", "NOT y", "政变 انقلاب", "\x00\xff", "((((", "title:(a b)", "C++ AT&T \"", "POINTS($signs) < 3", "FIRST(_)", "word wo?d =Word"} {
		f.Add(s)
	}
	r := rules(f)
	items := append(draft.Mixed()[:40], headlines()...)
	var entries []keys.Entry
	clerk := r.NewClerk()
	for _, it := range items {
		entries = append(entries, clerk.File(it).Entry)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := r.Search(text)
		if err != nil {
			if len(search.Mistakes(err)) == 0 {
				t.Fatalf("%q: %v is no mistake with a place", text, err)
			}
			return
		}
		for i, it := range items {
			spans, found := q.Find(it)
			for _, s := range spans {
				_ = it.Text(s.Field)[s.Start:s.End]
			}
			if found && !passes(q.Sieve(), entries[i]) {
				t.Fatalf("%q finds %q, which does not pass its sieve", text, it.Title)
			}
		}
	})
}
