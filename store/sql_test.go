package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// For SQLite $1 is the name of a parameter and not its number: the driver
// fills parameters in the order in which they first appear. A query that has
// $2 before $1 is right in PostgreSQL and silently wrong in SQLite.
func TestPlaceholdersAppearInOrder(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	queries := 0
	positions := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(positions, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			text := literals(e)
			last, unordered := placeholders(text)
			if unordered > 0 {
				t.Errorf("%s: $%d appears before $%d", positions.Position(n.Pos()), unordered, last+1)
			}
			if last > 0 {
				queries++
			}
			return text == "" // what is joined is looked at once, as a whole
		})
	}
	if queries < 20 {
		t.Errorf("found %d queries with placeholders, want 20 at least", queries)
	}
}

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

// placeholders returns the number of placeholders of query that first appear
// in order, and the first that does not, 0 for none.
func placeholders(query string) (last, unordered int) {
	for _, m := range regexp.MustCompile(`\$(\d+)`).FindAllStringSubmatch(query, -1) {
		n, _ := strconv.Atoi(m[1]) // digits
		if n > last+1 {
			return last, n
		}
		last = max(last, n)
	}
	return last, 0
}

// literals returns the strings in e, joined as they are with +, or "".
// What list(2, n) adds to a query, it adds in order.
func literals(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			return e.Value
		}
	case *ast.BinaryExpr:
		return literals(e.X) + literals(e.Y)
	}
	return ""
}
