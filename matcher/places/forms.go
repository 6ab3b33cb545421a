package places

import (
	_ "embed" // the forms
	"strings"

	"github.com/coupwatch/coupwatch/matcher/places/data"
)

//go:embed data/forms.tsv
var formsTSV string

// readForms reads what formsgen wrote. All words are parts of the one text, and
// stand in one slice.
func readForms() []Form {
	forms := make([]Form, 0, strings.Count(formsTSV, "\n"))
	words := make([]string, 0, 2*cap(forms)) // 1.3 a form
	for line := range data.Lines(formsTSV) {
		folded, rest, _ := strings.Cut(line, "\t")
		written, rest, _ := strings.Cut(rest, "\t")
		code, rest, _ := strings.Cut(rest, "\t")
		how, lang, _ := strings.Cut(rest, "\t")
		if written == "" {
			written = folded
		}
		first := len(words)
		for more := true; more; {
			var word string
			word, folded, more = strings.Cut(folded, " ")
			words = append(words, word)
		}
		forms = append(forms, Form{
			Words: words[first:len(words):len(words)], Written: written, Code: code, Lang: lang,
			Kind:  Kind(strings.IndexByte("cnp", how[0])),
			Exact: strings.Contains(how, "e"), Only: strings.Contains(how, "o"),
		})
	}
	return forms
}
