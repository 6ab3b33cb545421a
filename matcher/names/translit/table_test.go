package translit_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/coupwatch/coupwatch/matcher/names/translit"
)

// rows returns the rows of a table in testdata: system, name, spelling.
func rows(t *testing.T, file string) (all [][3]string) {
	t.Helper()
	src, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(src)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 {
			all = append(all, [3]string(f))
		} else if !strings.HasPrefix(line, "#") {
			t.Fatalf("%s: no row: %s", file, line)
		}
	}
	if len(all) < 80 {
		t.Fatalf("%s has %d rows", file, len(all))
	}
	return all
}

// Each name is written as its row says, by the system that it names.
func TestSpellTables(t *testing.T) {
	for file, tables := range map[string][]*translit.Table{"russian.tsv": translit.Russian(), "ukrainian.tsv": translit.Ukrainian()} {
		for _, row := range rows(t, file) {
			system, name, want := row[0], row[1], row[2]
			i := slices.IndexFunc(tables, func(t *translit.Table) bool { return t.Name == system })
			if i < 0 {
				t.Fatalf("%s: no %s", file, system)
			}
			if got := tables[i].Spell(name, 12); !slices.Contains(got, want) {
				t.Errorf("%s: %s is %q, want %q among them", system, name, got, want)
			}
		}
	}
}

// Every system writes every name in letters of its own alphabet, with as many
// capitals, each spelling once, and the fewer spellings are the first of the more.
func TestSpellingsAreWhole(t *testing.T) {
	var names []string
	for _, file := range []string{"russian.tsv", "ukrainian.tsv"} {
		for _, row := range rows(t, file) {
			names = append(names, row[1])
		}
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		for _, table := range slices.Concat(translit.Russian(), translit.Ukrainian()) {
			all := table.Spell(name, 12)
			for i, s := range all {
				if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) && !strings.ContainsAny(name, "ҐґЄєЇїІіЁё") {
					t.Errorf("%s: %s is %q", table.Name, name, s)
				}
				if slices.Contains(all[:i], s) {
					t.Errorf("%s: %s is %q twice", table.Name, name, s)
				}
				if first := []rune(s)[0]; !unicode.IsUpper(first) {
					t.Errorf("%s: %s is %q, without a capital", table.Name, name, s)
				}
			}
			if few := table.Spell(name, 2); !slices.Equal(few, all[:min(len(few), len(all))]) {
				t.Errorf("%s: the first spellings of %s are %q, and of more %q", table.Name, name, few, all)
			}
		}
	}
}

// What English writes of a Russian name is read back as that name.
func TestRoundTrip(t *testing.T) {
	tables := translit.Russian()
	english := tables[slices.IndexFunc(tables, func(t *translit.Table) bool { return t.Name == "English press" })]
	lost := 0
	for _, name := range strings.Fields(`Пригожин Шойгу Герасимов Лавров Кадыров Песков Патрушев Нарышкин Бортников Суровикин Навальный Зеленский Ходорковский Жуков
		Щукин Чубайс Хабаров Медведев Володин Мишустин Собянин Бастрыкин Золотов Белоусов Грызлов Матвиенко Якунин Сечин Греф Силуанов Набиуллина Захарова`) {
		found := false
		for _, latin := range english.Spell(name, 6) {
			found = found || slices.Contains(translit.FromLatin().Spell(latin, 12), name)
		}
		if !found {
			lost++
			t.Logf("%s is lost: %q", name, english.Spell(name, 6))
		}
	}
	if lost > 2 {
		t.Errorf("%d names are lost", lost)
	}
}

// A name that Ukrainian makes of a Russian one is made back of it.
func TestRoundTripOfNeighbours(t *testing.T) {
	for _, tt := range []struct {
		name     string
		to, from *translit.Table
		words    string
	}{
		{"Ukrainian", translit.ToUkrainian(), translit.FromUkrainian(), "Пригожин Лавров Герасимов Кадыров Песков Патрушев Зеленский Медведев Навальный Суровикин Путин Орлов Белоусов"},
		{"Belarusian", translit.ToBelarusian(), translit.FromBelarusian(), "Пригожин Лавров Путин Кадыров Песков Зеленский Орлов Тихановский"},
	} {
		for name := range strings.FieldsSeq(tt.words) {
			found := false
			for _, theirs := range tt.to.Spell(name, 12) {
				found = found || slices.Contains(tt.from.Spell(theirs, 24), name)
			}
			if !found {
				t.Errorf("%s: %s becomes %q and is not made back", tt.name, name, tt.to.Spell(name, 12))
			}
		}
	}
}
