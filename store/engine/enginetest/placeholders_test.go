package enginetest

import "testing"

func TestPlaceholders(t *testing.T) {
	for query, want := range map[string][2]int{
		"SELECT 1":              {0, 0},
		"$1 $2 $1 $3":           {3, 0},
		"$2 $1":                 {0, 2},
		"$1 $3":                 {1, 3},
		"$1 $2 $3 … $9 $10 $11": {3, 9},
	} {
		last, unordered := placeholders(query)
		if got := [2]int{last, unordered}; got != want {
			t.Errorf("placeholders(%q) = %v, want %v", query, got, want)
		}
	}
}
