package names_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/names"
	"github.com/coupwatch/coupwatch/text"
)

// A sample is a name and how papers spell it, by language.
type sample struct {
	name      names.Name
	spellings map[string][]string
}

// samples reads testdata/spellings.tsv.
func samples(t *testing.T) []sample {
	t.Helper()
	data, err := os.ReadFile("testdata/spellings.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var all []sample
	for line := range strings.Lines(string(data)) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || len(fields) < 3 {
			continue
		}
		s := sample{names.Name{Latin: fields[0], Native: strings.Trim(fields[1], "-"), Kind: "person"}, map[string][]string{}}
		for _, field := range fields[2:] {
			lang, spellings, ok := strings.Cut(field, ":")
			if !ok {
				t.Fatalf("%s: no language in %q", fields[0], field)
			}
			s.spellings[lang] = strings.Split(spellings, "|")
		}
		all = append(all, s)
	}
	if len(all) < 60 {
		t.Fatalf("only %d names in testdata", len(all))
	}
	return all
}

// A finder knows the forms of a name.
type finder map[string]names.Form

func newFinder(n names.Name) finder {
	f := finder{}
	for _, form := range names.Forms(n) {
		f[strings.Join(form.Words, " ")] = form
	}
	return f
}

// finds reports whether the whole spelling is a form; a preposition before a
// Russian name is not part of it.
func (f finder) finds(spelling string) bool {
	words := text.Words(strings.TrimPrefix(spelling, "о "))
	_, ok := f[strings.Join(words, " ")]
	return ok
}

// TestRecall holds how many spellings of the papers are found, each as a
// whole, by the entry with both names and by the native name alone.
func TestRecall(t *testing.T) {
	for _, variant := range []struct {
		name  string
		entry func(names.Name) names.Name
	}{
		{"both names", func(n names.Name) names.Name { return n }},
		{"native only", func(n names.Name) names.Name {
			if n.Native != "" {
				n.Latin = ""
			}
			return n
		}},
		{"Latin only", func(n names.Name) names.Name { n.Native = ""; return n }},
	} {
		t.Run(variant.name, func(t *testing.T) {
			found, total := map[string]int{}, map[string]int{}
			for _, s := range samples(t) {
				f := newFinder(variant.entry(s.name))
				for lang, spellings := range s.spellings {
					for _, spelling := range spellings {
						total[lang]++
						if f.finds(spelling) {
							found[lang]++
						} else {
							t.Logf("%s: %s: %q is not found", s.name.Latin, lang, spelling)
						}
					}
				}
			}
			check(t, found, total, variant.name == "Latin only")
		})
	}
}

// check fails where less than 95 % was found, or in sum 90 % if lenient.
func check(t *testing.T, found, total map[string]int, lenient bool) {
	t.Helper()
	var langs []string
	hits, all := 0, 0
	for lang := range total {
		langs = append(langs, lang)
		hits += found[lang]
		all += total[lang]
	}
	slices.Sort(langs)
	for _, lang := range langs {
		recall := float64(found[lang]) / float64(total[lang])
		t.Logf("%s: %.3f (%d of %d)", lang, recall, found[lang], total[lang])
		if recall < 0.95 && !lenient {
			t.Errorf("recall of %s spellings: got %.3f, want at least 0.95", lang, recall)
		}
	}
	recall := float64(hits) / float64(all)
	t.Logf("all: %.3f (%d of %d)", recall, hits, all)
	if recall < 0.90 {
		t.Errorf("recall of all spellings: got %.3f, want at least 0.90", recall)
	}
}
