package names_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/names"
	"github.com/coupwatch/coupwatch/text"
)

// FuzzForms holds that whatever rules.yaml lists as a name costs no panic, and
// that forms are folded as the words of a text are.
func FuzzForms(f *testing.F) {
	f.Add("Sergei Beseda", "Сергей Беседа", "person", "ФСБ")
	f.Add("-", "- -", "person", "«»")
	f.Add("al- el-", "І'", "city", "А.")
	f.Add("X", "Имя Отчество Фамилия Ещё", "office", "\xff")
	f.Fuzz(func(t *testing.T, latin, native, kind, alias string) {
		if len(latin)+len(native)+len(alias) > 200 {
			t.Skip("too long for a name")
		}
		for _, form := range names.Forms(names.Name{Latin: latin, Native: native, Kind: kind, Aliases: []string{alias}}) {
			if len(form.Words) == 0 {
				t.Errorf("%+v has no words", form)
			}
			for _, word := range form.Words {
				if got := text.Fold(word); word == "" || len(text.Words(word)) == 1 && text.Fold(got) != got {
					t.Errorf("%+v: word %q folds to %q", form, word, got)
				}
			}
		}
	})
}
