// Package data has no code: its files are embedded by package places. This
// holds that they are well-formed, which nobody would see at run time.
package data_test

import (
	"os"
	"strings"
	"testing"
)

// rows returns the lines of a file that are no comments, by number.
func rows(t *testing.T, file string) map[int]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all := map[int]string{}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		if line = strings.TrimRight(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			all[n] = line
		}
	}
	if len(all) < 10 {
		t.Fatalf("%s: only %d lines", file, len(all))
	}
	return all
}

// codes returns the codes of the countries.
func codes(t *testing.T) map[string]bool {
	known := map[string]bool{}
	for _, row := range rows(t, "countries.tsv") {
		code, _, _ := strings.Cut(row, "\t")
		known[code] = true
	}
	return known
}

func TestFields(t *testing.T) {
	known := codes(t)
	for file, fields := range map[string]int{
		"countries.tsv": 11, "capitals.tsv": 3, "capitals-by-hand.tsv": 6, "nationalities.tsv": 8, "aliases.tsv": 4,
	} {
		for n, row := range rows(t, file) {
			f := strings.Split(row, "\t")
			if len(f) != fields {
				t.Errorf("%s:%d: %d fields, want %d: %q", file, n, len(f), fields, row)
			}
			if !known[f[0]] {
				t.Errorf("%s:%d: no country has the code %q", file, n, f[0])
			}
		}
	}
}

// TestAliases holds that each name is given once in a language, of a kind that
// there is.
func TestAliases(t *testing.T) {
	seen := map[string]bool{}
	for n, row := range rows(t, "aliases.tsv") {
		f := strings.Split(row, "\t")
		if len(f) != 4 || !strings.Contains("c n p", f[1]) {
			t.Errorf("aliases.tsv:%d: no kind of name: %q", n, row)
			continue
		}
		for name := range strings.SplitSeq(f[3], "|") {
			k := f[0] + f[1] + f[2] + name
			if name == "" || seen[k] {
				t.Errorf("aliases.tsv:%d: %q is empty or there already", n, name)
			}
			seen[k] = true
		}
	}
}
