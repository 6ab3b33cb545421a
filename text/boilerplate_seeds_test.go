package text_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

// TestBoilerplateOfPages measures what share of the boilerplate of real pages is
// flagged, and of their reports.
func TestBoilerplateOfPages(t *testing.T) {
	shared := filepath.Join("..", "..", "shared")
	data, err := os.ReadFile(filepath.Join(shared, "data", "seeds-expected.json"))
	if err != nil {
		t.Skip("the pages are not here: ", err)
	}
	var expected struct {
		Articles []struct {
			File        string
			Boilerplate []string
		}
	}
	if err := json.Unmarshal(data, &expected); err != nil {
		t.Fatal(err)
	}
	var boilerplate, flagged, report, wrong int
	for _, page := range expected.Articles {
		body, err := os.ReadFile(filepath.Join(shared, "seeds", page.File))
		if err != nil {
			t.Fatal(err)
		}
		var doc text.Text
		doc.Set(string(body), "en")
		isBoilerplate := boilerplateOf(&doc, page.Boilerplate)
		var missed, mistaken []string
		for i := range doc.Len() {
			got := doc.Flags(i)&text.Boilerplate != 0
			switch {
			case isBoilerplate[i] && got:
				boilerplate++
				flagged++
			case isBoilerplate[i]:
				boilerplate++
				missed = append(missed, string(doc.Word(i)))
			case got:
				report++
				wrong++
				mistaken = append(mistaken, string(doc.Word(i)))
			default:
				report++
			}
		}
		t.Logf("%s: missed %q, mistaken %q", page.File, missed, mistaken)
	}
	if boilerplate == 0 || report == 0 {
		t.Fatal("no cases")
	}
	recall, mistakes := float64(flagged)/float64(boilerplate), float64(wrong)/float64(report)
	t.Logf("flagged %.3f of %d words of boilerplate, %.4f of %d words of reports", recall, boilerplate, mistakes, report)
	if recall < 0.9 || mistakes > 0.01 {
		t.Errorf("flagged %.3f of boilerplate and %.4f of reports, want 0.9 or more and 0.01 or less", recall, mistakes)
	}
}

// boilerplateOf reports for each word of doc whether it is in one of passages.
func boilerplateOf(doc *text.Text, passages []string) []bool {
	is := make([]bool, doc.Len())
	words := make([]string, doc.Len())
	for i := range words {
		words[i] = string(doc.Word(i))
	}
	for _, passage := range passages {
		want := text.Words(strings.TrimSpace(passage))
		for i := 0; i+len(want) <= len(words); i++ {
			if slices.Equal(words[i:i+len(want)], want) {
				for k := range want {
					is[i+k] = true
				}
			}
		}
	}
	return is
}
