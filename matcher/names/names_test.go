package names_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/names"
)

func TestForms(t *testing.T) {
	tests := []struct {
		name    names.Name
		want    []string // folded
		wantNot []string
	}{
		{
			names.Name{Native: "Сергей Беседа", Kind: "person"},
			[]string{
				"sergei beseda", "sergey beseda", "serghei beseda", "serguei besseda", "besedy", "беседу", "беседы",
				"бєсєди", "сергея беседы", "беседа сергей", "с беседой", "s beseda", "beseda sergey",
			},
			[]string{"сергей", "беседой сергей беседа", "с"},
		},
		{
			names.Name{Native: "Пригожин", Kind: "person"},
			[]string{
				"prigozhin", "prigozjin", "prigozin", "prigojine", "prigoschin", "prigozyn", "prigozhyn", "prigoyin",
				"пригожина", "пригожину", "пригожиным", "пригожине", "пригожиним",
			},
			[]string{"пригожиной", "пригожины", "пригожиных"},
		},
		{
			names.Name{Native: "Мария Захарова", Kind: "person"},
			[]string{"марии захаровой", "марию захарову", "захаровой", "марії захаровій", "maria sacharowa"},
			[]string{"захарова мария захарова", "захаровым", "захарову марии"},
		},
		{
			names.Name{Native: "Евгений Викторович Пригожин", Kind: "person"},
			[]string{
				"евгения викторовича пригожина", "пригожин евгений викторович", "ев пригожин", "е в пригожина",
				"yevgeny viktorovich prigozhin", "євген вікторович пригожин",
			},
			nil,
		},
		{
			names.Name{Native: "Пригожин Евгений Викторович", Kind: "person"},
			[]string{"евгения викторовича пригожина", "евгений пригожин", "пригожин"},
			[]string{"евгения", "викторовича"},
		},
		{
			names.Name{Latin: "Sergei Surovikin", Kind: "person"},
			[]string{"сергея суровикина", "суровикиным", "sourovikine", "сергій суровікін"},
			nil,
		},
		{
			names.Name{Latin: "Volodymyr Zelensky", Kind: "person"},
			[]string{"зеленський", "зеленского", "selenskyj", "володимира зеленського"},
			nil,
		},
		{
			names.Name{Latin: "Alexander Stubb", Kind: "person"},
			[]string{"alexander stubb", "a stubb", "stubb"},
			[]string{"александр стубб", "stubbs"},
		},
		{
			names.Name{Latin: "Xi Jinping", Native: "习近平", Kind: "person"},
			[]string{"xi jinping", "xi", "习 近 平"},
			[]string{"jinping"},
		},
		{
			names.Name{Latin: "Federal Security Service", Native: "Федеральная служба безопасности", Aliases: []string{"FSB", "ФСБ"}, Kind: "agency"},
			[]string{"federal security service", "федеральной службы безопасности", "федеральную службу безопасности", "fsb", "фсб"},
			[]string{"федеральной службы", "служба безопасности"},
		},
		{
			names.Name{Latin: "Ministry of Defence", Native: "Міністерство оборони", Kind: "office"},
			[]string{"міністерства оборони", "міністерством оборони", "міністерству оборони"},
			nil,
		},
		{
			names.Name{Latin: "Kremlin", Native: "Кремль", Kind: "office"},
			[]string{"kremlin", "кремля", "кремлю", "кремлем", "кремле"},
			nil,
		},
		{
			names.Name{Latin: "General Staff", Native: "Генеральный штаб", Kind: "agency"},
			[]string{"генерального штаба", "генеральному штабу", "генеральным штабом", "генеральном штабе"},
			nil,
		},
		{
			names.Name{Native: "Ростов-на-Дону", Kind: "city"},
			[]string{"ростов на дону", "ростова на дону", "ростове на дону", "rostov na donu", "rostow na donu"},
			nil,
		},
		{
			names.Name{Native: "Харків", Latin: "Kharkiv", Kind: "city"},
			[]string{"харьков", "харькове", "харкова", "харків", "kharkiv", "charkiw", "charkiv", "jarkiv"},
			nil,
		},
		{
			names.Name{Latin: "Hakan Fidan", Kind: "person", Aliases: []string{"Хакан Фидан"}, Exclude: []string{"Fidan"}},
			[]string{"hakan fidan", "хакана фидана"},
			[]string{"fidan"},
		},
		{
			names.Name{Latin: "Sergei Surovikin", Kind: "person", Aliases: []string{"Генерал Армагеддон"}},
			[]string{"surovikin", "генерал армагеддон", "генерала армагеддона"},
			[]string{"армагеддон", "армагеддона", "armageddon"},
		},
		{names.Name{}, nil, []string{""}},
	}
	for _, tt := range tests {
		t.Run(tt.name.Latin+tt.name.Native, func(t *testing.T) {
			f := newFinder(tt.name)
			for _, words := range tt.want {
				if _, ok := f[words]; !ok {
					t.Errorf("%q is not found", words)
				}
			}
			for _, words := range tt.wantNot {
				if form, ok := f[words]; ok {
					t.Errorf("%q is found: %+v", words, form)
				}
			}
		})
	}
}

// TestFlags holds what a form asks of the text around it.
func TestFlags(t *testing.T) {
	tests := []struct {
		name                 names.Name
		words                string
		exact, alone, common bool
	}{
		{names.Name{Native: "Сергей Беседа", Kind: "person"}, "сергей беседа", false, false, false},
		{names.Name{Native: "Сергей Беседа", Kind: "person"}, "с беседой", true, false, false},
		{names.Name{Native: "Сергей Беседа", Kind: "person"}, "беседу", true, true, true},
		{names.Name{Native: "Сергей Беседа", Kind: "person"}, "beseda", true, true, false},
		{names.Name{Native: "Леонид Волков", Kind: "person"}, "wolkow", true, true, true},
		{names.Name{Native: "Пригожин", Kind: "person"}, "пригожина", true, true, false},
		{names.Name{Latin: "Xi Jinping", Kind: "person"}, "xi", true, true, true},
		{names.Name{Latin: "Security Service", Aliases: []string{"GRU"}}, "gru", true, false, false},
		{names.Name{Latin: "Security Service", Aliases: []string{"GRU"}}, "security service", false, false, false},
		{names.Name{Latin: "Meduza", Kind: "outlet"}, "meduza", true, false, false},
	}
	for _, tt := range tests {
		form, ok := newFinder(tt.name)[tt.words]
		if !ok {
			t.Errorf("%q is not found", tt.words)
			continue
		}
		if form.Exact != tt.exact || form.Alone != tt.alone || form.Common != tt.common {
			t.Errorf("%q: got exact %v, alone %v, common %v, want %v, %v, %v", tt.words,
				form.Exact, form.Alone, form.Common, tt.exact, tt.alone, tt.common)
		}
	}
}

// TestFormsAreBounded holds that no person has too many forms for the engine,
// that they are sorted, and that nothing depends on chance.
func TestFormsAreBounded(t *testing.T) {
	const most = 1550
	total, largest := 0, 0
	all := samples(t)
	for _, s := range all {
		forms := names.Forms(s.name)
		total += len(forms)
		largest = max(largest, len(forms))
		if len(forms) == 0 || len(forms) > most {
			t.Errorf("%s: got %d forms, want 1 to %d", s.name.Latin, len(forms), most)
		}
		key := func(f names.Form) string { return strings.Join(f.Words, " ") }
		if !slices.IsSortedFunc(forms, func(a, b names.Form) int { return strings.Compare(key(a), key(b)) }) {
			t.Errorf("%s: forms are not sorted", s.name.Latin)
		}
		again := names.Forms(s.name)
		if !slices.EqualFunc(forms, again, func(a, b names.Form) bool {
			return key(a) == key(b) && a.Exact == b.Exact && a.Alone == b.Alone && a.Common == b.Common && a.How == b.How && a.Written == b.Written
		}) {
			t.Errorf("%s: two calls gave different forms", s.name.Latin)
		}
	}
	t.Logf("%d names: %d forms each on average, %d at most", len(all), total/len(all), largest)
}

func TestCommon(t *testing.T) {
	for surname, want := range map[string]bool{
		"Smith": true, "Wagner": true, "Белый": true, "белого": true, "Волков": true, "Wolkow": true,
		"Li": true, "Kim": true, "Цой": true, "Роман": true, "Ivanov": true, "Иванова": true, "Іванов": true,
		"Traoré": true, "Пригожин": false, "Shoigu": false, "Шойгу": false, "Zelensky": false, "Milley": false, "": true,
	} {
		if got := names.Common(surname); got != want {
			t.Errorf("Common(%q): got %v, want %v", surname, got, want)
		}
	}
}

func BenchmarkForms(b *testing.B) {
	n := names.Name{Latin: "Yevgeny Prigozhin", Native: "Евгений Викторович Пригожин", Kind: "person"}
	b.ReportAllocs()
	for b.Loop() {
		names.Forms(n)
	}
}
