package text_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// rows returns the rows of a table in testdata: fields with tabs between, where
// \n, \t, \u200b and the like stand for what one cannot see. What begins with "#"
// is a comment.
func rows(t testing.TB, file string, fields int) [][]string {
	t.Helper()
	src, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for line := range strings.Lines(string(src)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != fields {
			t.Fatalf("%s: %d fields, want %d: %s", file, len(row), fields, line)
		}
		for i, f := range row {
			if strings.Contains(f, `\`) {
				if row[i], err = strconv.Unquote(`"` + strings.ReplaceAll(f, `"`, `\"`) + `"`); err != nil {
					t.Fatalf("%s: %v: %s", file, err, line)
				}
			}
		}
		all = append(all, row)
	}
	if len(all) == 0 {
		t.Fatalf("%s has no rows", file)
	}
	return all
}
