package answers

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/explain"
)

func TestCutter(t *testing.T) {
	c := newCutter(explain.Spell("Sergei Beseda", "Сергей Беседа", "person").Forms)
	d := newCutter(explain.Spell("Mahamat Idriss Déby", "", "person").Forms)
	tests := []struct {
		cutter               cutter
		name, given, surname string
	}{
		{c, "Сергея Беседы", "Сергея", "Беседы"},
		{c, "Беседы Сергея", "Сергея", "Беседы"},
		{c, "С. Беседа", "С.", "Беседа"},
		{c, "Sergey Beseda", "Sergey", "Beseda"},
		{c, "Sergiejem Besedą", "Sergiejem", "Besedą"}, // alone it is spelled like another
		{d, "Mahamat Idriss Déby", "Mahamat Idriss", "Déby"},
		{c, "General Armageddon", "", ""},
		{c, "Beseda", "", ""},
	}
	for _, tt := range tests {
		given, surname, ok := tt.cutter.split(tt.name)
		if given != tt.given || surname != tt.surname || ok != (tt.surname != "") {
			t.Errorf("%q is parted into %q and %q, %v, want %q and %q", tt.name, given, surname, ok, tt.given, tt.surname)
		}
	}
}

func TestMakers(t *testing.T) {
	inOrder := []string{"as written", "alias", "Russian nominative", "Russian genitive, initial", "Ukrainian dative", "BGN/PCGN", "German press, declined"}
	for i, how := range inOrder {
		for j, other := range inOrder {
			if got := compareMakers(how, other); got < 0 != (i < j) {
				t.Errorf("%q and %q compare as %d, want them in the order %d, %d", how, other, got, i, j)
			}
		}
	}
	if maker, number := makerOf("Belarusian locative, initial"); maker != "Belarusian" || number != 5 {
		t.Errorf("the maker is %q, the case %d, want Belarusian, 5", maker, number)
	}
}
