package enginetest

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

// CheckPlaceholders fails a test if a query of the package that is tested has its
// placeholders out of order, or if there are fewer queries than atLeast.
//
// For SQLite $1 is the name of a parameter and not its number: the driver
// fills parameters in the order in which they first appear. A query that has
// $2 before $1 is right in PostgreSQL and silently wrong in SQLite.
func CheckPlaceholders(t *testing.T, atLeast int) {
	t.Helper()
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
	if queries < atLeast {
		t.Errorf("found %d queries with placeholders, want %d at least", queries, atLeast)
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
// What row.List(2, n) adds to a query, it adds in order.
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
