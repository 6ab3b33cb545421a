package text_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

func TestFold(t *testing.T) {
	tests := []struct{ in, want string }{
		{"COUP", "coup"},
		{"naïve", "naive"},
		{"Ångström", "angstrom"},
		{"Straße", "strasse"},
		{"STRAẞE", "strasse"},
		{"Ærø", "aero"},
		{"Œuvre", "oeuvre"},
		{"Łódź", "lodz"},
		{"Đorđević", "dordevic"},
		{"ışık", "isik"},
		{"İstanbul", "istanbul"},
		{"Þórður", "thordur"},
		{"Nguyễn", "nguyen"},
		{"ﬁre", "fire"},
		{"ｃｏｕｐ", "coup"},
		{"𝐜𝐨𝐮𝐩", "coup"},
		{"ⓒⓞⓤⓟ", "coup"},
		{"１２３", "123"},
		{"٢٠٢١", "2021"},
		{"co\u00adup", "coup"},
		{"c\u200bo\u2060u\ufeffp", "coup"},
		{"d’Or", "d or"},
		{"О’Генри", "о'генри"},
		{"Ёлка", "елка"},
		{"е\u0308лка", "елка"},
		{"Андрей", "андрей"},
		{"Андреи\u0306", "андрей"},
		{"Київ", "київ"},
		{"Киі\u0308в", "київ"},
		{"Ґалаґан", "ґалаґан"},
		{"Пу\u0301тин", "путин"},
		{"Ўладзімір", "ўладзімір"},
		{"Αθήνα", "αθηνα"},
		{"λόγος", "λογοσ"},
		{"mali's", "mali"},
		{"Mali’s", "mali"},
		{"U.S.", "us"},
		{"c\u043eup", "coup"},           // a Cyrillic о in a Latin word
		{"\u0441\u043eu\u0440", "coup"}, // only u is Latin, but nothing in Cyrillic looks like it
		{"генералa", "генерала"},        // a Latin a in a Cyrillic word
		{"Рutіn", "putin"},              // Cyrillic Р and і
		{"C\u039fUP", "coup"},           // a Greek Ο
		{"Zвезда", "zвезда"},            // no letter looks like Z
		{"pro-Russian", "pro russian"},  // two words
		{"ファイル", "フ ァ イ ル"},             // four words
		{"\u1112\u1161\u11ab", "한"},     // Korean letters are composed
	}
	for _, tt := range tests {
		if got := text.Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if got := text.Fold(tt.want); got != tt.want {
			t.Errorf("Fold(%q) = %q, want no change", tt.want, got)
		}
	}
}
