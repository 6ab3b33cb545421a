package translit

import (
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestEastAsian(t *testing.T) {
	for _, tt := range []struct{ russian, japanese, korean string }{
		{"Путин", "プーチン", "푸틴"},
		{"Медведев", "メドベージェフ", "메드베데프"},
		{"Пригожин", "プリゴジン", "프리고진"},
		{"Шойгу", "ショイグ", "쇼이구"},
		{"Герасимов", "ゲラシモフ", "게라시모프"},
		{"Лавров", "ラブロフ", "라브로프"},
		{"Лукашенко", "ルカシェンコ", "루카셴코"},
		{"Зеленский", "ゼレンスキー", "젤렌스키"},
		{"Кадыров", "カディロフ", "카디로프"},
		{"Нарышкин", "ナルイシキン", "나리시킨"},
		{"Патрушев", "パトルシェフ", "파트루셰프"},
		{"Суровикин", "スロビキン", "수로비킨"},
		{"Белоусов", "ベロウソフ", "벨로우소프"},
		{"Навальный", "ナワリヌイ", "나발니"},
	} {
		if all := ToJapanese().Spell(tt.russian, 16); !slices.Contains(all, tt.japanese) {
			t.Errorf("%s: %s is not among %v", tt.russian, tt.japanese, all)
		}
		all := ToKorean().Spell(tt.russian, 4)
		for i := range all {
			all[i] = norm.NFC.String(all[i])
		}
		if !slices.Contains(all, tt.korean) {
			t.Errorf("%s: %s is not among %v", tt.russian, tt.korean, all)
		}
	}
}

func TestChineseToKorean(t *testing.T) {
	for _, tt := range []struct {
		syllables []string
		want      string
	}{
		{[]string{"Xi", "Jin", "ping"}, "시진핑"},
		{[]string{"Li", "Shang", "fu"}, "리상푸"},
		{[]string{"Qin", "Gang"}, "친강"},
		{[]string{"Zhang", "You", "xia"}, "장유샤"},
		{[]string{"He", "Wei", "dong"}, "허웨이둥"},
		{[]string{"Dong", "Jun"}, "둥쥔"},
		{[]string{"Wang", "Yi"}, "왕이"},
		{[]string{"Zhao", "Le", "ji"}, "자오러지"},
		{[]string{"Smith"}, ""},
	} {
		if got := ChineseToKorean(tt.syllables); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.syllables, got, tt.want)
		}
	}
}
