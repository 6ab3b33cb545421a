package translit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/names/translit"
)

// TestSpell holds what the systems and habits make of a name; the first one
// wanted must come first.
func TestSpell(t *testing.T) {
	named := func(tables []*translit.Table, name string) *translit.Table {
		i := slices.IndexFunc(tables, func(t *translit.Table) bool { return t.Name == name })
		if i < 0 {
			t.Fatalf("there is no %s", name)
		}
		return tables[i]
	}
	ru, uk, be := translit.Russian(), translit.Ukrainian(), translit.Belarusian()
	tests := []struct {
		table *translit.Table
		word  string
		want  string
	}{
		{named(ru, "BGN/PCGN"), "Юрьев", "Yuryev"},
		{named(ru, "BGN/PCGN"), "Щукин", "Shchukin"},
		{named(ru, "passport"), "Юлия", "Iuliia"},
		{named(ru, "ISO 9"), "Жуков", "Žukov"},
		{named(ru, "German press"), "Прохоров", "Prochorow"},
		{named(ru, "German press"), "Гусинский", "Gussinski Gussinskij"},
		{named(ru, "French press"), "Сечин", "Setchine"},
		{named(ru, "French press"), "Герасимов", "Guerassimov"},
		{named(ru, "Spanish press"), "Жириновский", "Zhirinovski Yirinovski"},
		{named(ru, "Dutch press"), "Чубайс", "Tsjoebajs"},
		{named(ru, "Polish press"), "Пушков", "Puszkow"},
		{named(ru, "Czech press"), "Хрущёв", "Chruščjov Chruščov"},
		{named(ru, "Hungarian press"), "Песков", "Peszkov"},
		{named(ru, "Turkish press"), "Шойгу", "Şoygu"},
		{named(ru, "Finnish press"), "Шойгу", "Šoigu"},
		{named(ru, "Scandinavian press"), "Жуков", "Zjukov"},
		{named(uk, "Ukrainian 2010"), "Згурський", "Zghurskyi"},
		{named(uk, "Ukrainian 2010"), "Їжакевич", "Yizhakevych"},
		{named(uk, "German press"), "Зеленський", "Selenskyj"},
		{named(uk, "Polish press"), "Залужний", "Załużnyj Załużny"},
		{named(be, "Belarusian 2007"), "Быкаў", "Bykaŭ"},
		{named(be, "BGN/PCGN Belarusian"), "Ціханоўская", "Tsikhanowskaya"},
		{translit.ToUkrainian(), "Медведев", "Медведєв Мєдвєдєв"},
		{translit.ToUkrainian(), "Кириенко", "Кірієнко Кирієнко"},
		{translit.ToUkrainian(), "Лукьянов", "Лук'янов"},
		{translit.ToBelarusian(), "Тихановский", "Ціханоўскі"},
		{translit.FromUkrainian(), "Сирський", "Сирский Сырский"},
		{translit.FromLatin(), "Shchukin", "Щукин"},
		{translit.FromLatin(), "Zelenskyy", "Зеленский"},
		{named(ru, "BGN/PCGN"), "Кара-Мурза", "Kara-Murza"},
		{named(ru, "BGN/PCGN"), "", ""},
	}
	for _, tt := range tests {
		got := tt.table.Spell(tt.word, 12)
		for i, want := range strings.Fields(tt.want) {
			if i == 0 && got[0] != want || !slices.Contains(got, want) {
				t.Errorf("%s, %s: got %v, want %s", tt.table.Name, tt.word, got, tt.want)
			}
		}
	}
}

// FuzzSpell holds that no word makes more spellings than asked for, or none.
func FuzzSpell(f *testing.F) {
	for _, word := range []string{"Пригожин", "Кара-Мурза", "", "-", "ЬЪ", "Їжак", "a\xff", "ꙮ"} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		for _, table := range slices.Concat(translit.Russian(), translit.Ukrainian(), translit.Belarusian()) {
			if got := table.Spell(word, 5); len(got) == 0 || len(got) > 5 {
				t.Errorf("%s, %q: got %d spellings, want 1 to 5", table.Name, word, len(got))
			}
		}
	})
}
