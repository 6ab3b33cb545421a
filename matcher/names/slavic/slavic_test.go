package slavic_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/names/slavic"
)

// TestDecline holds the cases, in the order genitive, dative, accusative,
// instrumental, locative, vocative. Of several ways the first is tested, or
// that which the test names.
func TestDecline(t *testing.T) {
	tests := []struct {
		word  string
		lang  slavic.Lang
		class slavic.Class
		want  string
	}{
		{"Пригожин", slavic.Russian, slavic.MaleSurname, "Пригожина Пригожину Пригожина Пригожиным Пригожине"},
		{"Соловьёв", slavic.Russian, slavic.MaleSurname, "Соловьёва Соловьёву Соловьёва Соловьёвым Соловьёве"},
		{"Беседа", slavic.Russian, slavic.MaleSurname, "Беседы Беседе Беседу Беседой Беседе"},
		{"Дюжа", slavic.Russian, slavic.MaleSurname, "Дюжи Дюже Дюжу Дюжей Дюже"},
		{"Зеленский", slavic.Russian, slavic.MaleSurname, "Зеленского Зеленскому Зеленского Зеленским Зеленском"},
		{"Навальный", slavic.Russian, slavic.MaleSurname, "Навального Навальному Навального Навальным Навальном"},
		{"Толстой", slavic.Russian, slavic.MaleSurname, "Толстого Толстому Толстого Толстым Толстом"},
		{"Цой", slavic.Russian, slavic.MaleSurname, "Цоя Цою Цоя Цоем Цое"},
		{"Лукашенко", slavic.Russian, slavic.MaleSurname, "Лукашенко Лукашенко Лукашенко Лукашенко Лукашенко"},
		{"Шойгу", slavic.Russian, slavic.MaleSurname, "Шойгу Шойгу Шойгу Шойгу Шойгу"},
		{"Черных", slavic.Russian, slavic.MaleSurname, "Черных Черных Черных Черных Черных"},
		{"Бабич", slavic.Russian, slavic.MaleSurname, "Бабича Бабичу Бабича Бабичем Бабиче"},
		{"Пашинян", slavic.Russian, slavic.MaleSurname, "Пашиняна Пашиняну Пашиняна Пашиняном Пашиняне"},
		{"Кара-Мурза", slavic.Russian, slavic.MaleSurname, "Кара-Мурзы Кара-Мурзе Кара-Мурзу Кара-Мурзой Кара-Мурзе"},
		{"Захарова", slavic.Russian, slavic.FemaleSurname, "Захаровой Захаровой Захарову Захаровой Захаровой"},
		{"Тихановская", slavic.Russian, slavic.FemaleSurname, "Тихановской Тихановской Тихановскую Тихановской Тихановской"},
		{"Пашинян", slavic.Russian, slavic.FemaleSurname, "Пашинян Пашинян Пашинян Пашинян Пашинян"},
		{"Сергей", slavic.Russian, slavic.MaleGiven, "Сергея Сергею Сергея Сергеем Сергее"},
		{"Евгений", slavic.Russian, slavic.MaleGiven, "Евгения Евгению Евгения Евгением Евгении"},
		{"Пётр", slavic.Russian, slavic.MaleGiven, "Петра Петру Петра Петром Петре"},
		{"Илья", slavic.Russian, slavic.MaleGiven, "Ильи Илье Илью Ильей Илье"},
		{"Мария", slavic.Russian, slavic.FemaleGiven, "Марии Марии Марию Марией Марии"},
		{"Любовь", slavic.Russian, slavic.FemaleGiven, "Любови Любови Любовь Любовью Любови"},
		{"Зеленський", slavic.Ukrainian, slavic.MaleSurname, "Зеленського Зеленському Зеленського Зеленським Зеленському Зеленський"},
		{"Путін", slavic.Ukrainian, slavic.MaleSurname, "Путіна Путіну Путіна Путіним Путіні Путіне"},
		{"Порошенко", slavic.Ukrainian, slavic.MaleSurname, "Порошенка Порошенку Порошенка Порошенком Порошенкові Порошенке"},
		{"Козак", slavic.Ukrainian, slavic.MaleSurname, "Козака Козаку Козака Козаком"},
		{"Сергій", slavic.Ukrainian, slavic.MaleGiven, "Сергія Сергію Сергія Сергієм Сергії Сергію"},
		{"Ольга", slavic.Ukrainian, slavic.FemaleGiven, "Ольги Ользі Ольгу Ольгою Ользі Ольго"},
		{"Лукашэнка", slavic.Belarusian, slavic.MaleSurname, "Лукашэнкі Лукашэнку Лукашэнку Лукашэнкам Лукашэнку"},
		{"Пуцін", slavic.Belarusian, slavic.MaleSurname, "Пуціна Пуціну Пуціна Пуціным Пуціне"},
		{"Ціханоўская", slavic.Belarusian, slavic.FemaleSurname, "Ціханоўскай Ціханоўскай Ціханоўскую Ціханоўскай Ціханоўскай"},
		{"Ростов-на-Дону", slavic.Russian, slavic.Noun, "Ростова-на-Дону Ростову-на-Дону Ростов-на-Дону Ростовом-на-Дону Ростове-на-Дону"},
		{"Харків", slavic.Ukrainian, slavic.Noun, "Харкова Харкову Харків Харковом Харкові Харкове"},
		{"ФСБ", slavic.Russian, slavic.Noun, "ФСБ ФСБ ФСБ ФСБ ФСБ"},
	}
	for _, tt := range tests {
		p := slavic.Decline(tt.word, tt.lang, tt.class)
		if got := strings.Join(p[slavic.Nominative], " "); got != tt.word {
			t.Errorf("%s: got nominative %q", tt.word, got)
		}
		for i, want := range strings.Fields(tt.want) {
			c := slavic.Genitive + slavic.Case(i)
			if strings.HasSuffix(want, "-") {
				continue
			}
			if len(p[c]) == 0 || p[c][0] != want {
				t.Errorf("%v %s, %v: got %v, want %s first", tt.lang, tt.word, c, p[c], want)
			}
		}
	}
}

func TestPhrase(t *testing.T) {
	tests := []struct {
		phrase string
		lang   slavic.Lang
		want   []string
	}{
		{"Федеральная служба безопасности", slavic.Russian, []string{"Федеральной службы безопасности", "Федеральную службу безопасности"}},
		{"Главное разведывательное управление", slavic.Russian, []string{"Главного разведывательного управления", "Главным разведывательным управлением"}},
		{"Вооружённые силы", slavic.Russian, []string{"Вооружённых сил", "Вооружёнными силами"}},
		{"Совет безопасности", slavic.Russian, []string{"Совета безопасности", "Совету безопасности"}},
		{"Министерство обороны", slavic.Russian, []string{"Министерства обороны", "Министерством обороны"}},
		{"Генеральний штаб", slavic.Ukrainian, []string{"Генерального штабу", "Генеральним штабом"}},
		{"Верховна Рада", slavic.Ukrainian, []string{"Верховної Ради", "Верховну Раду"}},
		{"Збройні сили України", slavic.Ukrainian, []string{"Збройних сил України", "Збройними силами України"}},
	}
	for _, tt := range tests {
		got := map[string]bool{}
		for _, d := range slavic.Phrase(strings.Fields(tt.phrase), tt.lang) {
			got[strings.Join(d.Words, " ")] = true
		}
		for _, want := range append(tt.want, tt.phrase) {
			if !got[want] {
				t.Errorf("%s: got %v, want %q among them", tt.phrase, got, want)
			}
		}
	}
}
