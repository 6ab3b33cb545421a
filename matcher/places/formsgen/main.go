// Formsgen writes every form of the names of the countries, of their peoples and
// of their capitals: what [places.Forms] reads. It takes longer to decline them all
// than to do the rest of what a short command does.
//
//	go generate -run formsgen ./matcher/places
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/matcher/places/data"
)

func main() {
	if err := os.WriteFile("data/forms.tsv", table(allForms()), 0o600); err != nil {
		log.Fatal(err)
	}
}

func allForms() []places.Form {
	b := builder{byKey: map[string]int{}}
	for _, c := range data.Countries() {
		b.addCountry(c)
	}
	b.addAliases()
	b.addNationalities()
	b.addCapitals()
	b.addShields()
	return b.sorted()
}

// table returns forms as lines: the words, how they are written if otherwise, the
// code, what the form is and how it counts, and its language.
func table(forms []places.Form) []byte {
	b := bytes.NewBufferString("# Made by formsgen of the other files: go generate -run formsgen ./matcher/places\n")
	for _, f := range forms {
		words, written := strings.Join(f.Words, " "), f.Written
		if written == words {
			written = ""
		}
		how := [...]string{places.Country: "c", places.Nationality: "n", places.Capital: "p"}[f.Kind]
		if f.Exact {
			how += "e"
		}
		if f.Only {
			how += "o"
		}
		fmt.Fprintf(b, "%s\t%s\t%s\t%s\t%s\n", words, written, f.Code, how, f.Lang)
	}
	return b.Bytes()
}
