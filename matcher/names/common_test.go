package names

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

var update = flag.Bool("update", false, "write common-spelled.txt")

// The surnames of common-spelled.txt are those of common.txt in all their spellings,
// and each is found, and nothing beside them.
func TestCommonSpelled(t *testing.T) {
	all := map[string]bool{}
	for section, word := range commonWords() {
		if section == "words" || section == "given" {
			continue
		}
		all[text.Fold(word)] = true
		if isCyrillic(word) {
			c := newCollector()
			newPerson(word).addForms(c)
			for k := range c.byWords {
				all[k] = true
			}
		}
	}
	want := strings.Join(slices.Sorted(maps.Keys(all)), "\n") + "\n"
	if *update {
		if err := os.WriteFile("common-spelled.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != surnamesSpelled {
		t.Error("common-spelled.txt is not that of common.txt; go test ./matcher/names -run CommonSpelled -update")
	}
	for word := range all {
		if !isCommonSurname(word) {
			t.Errorf("%q is not found", word)
		}
		for _, near := range []string{word + "a", word[:len(word)-1], "\x00" + word, word + "\n"} {
			if isCommonSurname(near) != all[near] {
				t.Errorf("%q is found, and is none", near)
			}
		}
	}
}
