package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/matcher/places"
)

// The forms of the program are those of the tables and of the folding of today, and
// are read as they were written.
func TestTableIsFresh(t *testing.T) {
	forms := allForms()
	got, err := os.ReadFile("../data/forms.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if want := table(forms); !bytes.Equal(got, want) {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		t.Errorf("data/forms.tsv is not that of its tables from line %d on; go generate -run formsgen ./matcher/places", 1+bytes.Count(want[:at], []byte("\n")))
	}
	if diff := cmp.Diff(forms, places.Forms()); diff != "" {
		t.Errorf("forms are read otherwise than made:\n%s", diff)
	}
}
