package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the lines of functions into docs/architecture.md")

const architectureFile = "../../docs/architecture.md"

// lineLink is a link to a line: the name of a function, a file and a number.
var lineLink = regexp.MustCompile("\\[`(\\w+)`\\]\\(\\.\\./([\\w/]+\\.go)#L(\\d+)\\)")

// aScreen is how many lines above or below the one that a link names a browser
// still shows.
const aScreen = 20

// The links of docs/architecture.md open a screen on which the function begins
// that they name.
func TestArchitectureLinks(t *testing.T) {
	page, err := os.ReadFile(architectureFile)
	if err != nil {
		t.Fatal(err)
	}
	links := 0
	fresh := lineLink.ReplaceAllStringFunc(string(page), func(link string) string {
		links++
		m := lineLink.FindStringSubmatch(link)
		begins := beginningOf(t, m[2], m[1])
		if line, _ := strconv.Atoi(m[3]); !*update && max(line-begins, begins-line) > aScreen {
			t.Errorf("%s begins in line %d of %s, and the link says %s; go test ./cmd/coupwatch -run TestArchitecture -update", m[1], begins, m[2], m[3])
		}
		return fmt.Sprintf("[`%s`](../%s#L%d)", m[1], m[2], begins)
	})
	if links < 5 {
		t.Errorf("%d links to lines, want one for each of the five screens", links)
	}
	if *update {
		if err := os.WriteFile(architectureFile, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// beginningOf returns the line of a file at which a function begins.
func beginningOf(t *testing.T, file, function string) int {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("../..", file))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^func (\(\w+ \*?\w+\) )?`+function+`\(`).FindAllIndex(src, -1)
	if len(found) != 1 {
		t.Fatalf("%s has %d functions called %s, want one", file, len(found), function)
	}
	return 1 + strings.Count(string(src[:found[0][0]]), "\n")
}

// Each room is in the picture of docs/architecture.md.
func TestArchitectureNamesAllRooms(t *testing.T) {
	page, err := os.ReadFile(architectureFile)
	if err != nil {
		t.Fatal(err)
	}
	_, picture, _ := strings.Cut(string(page), "## One picture")
	picture, _, found := strings.Cut(picture, "\n## ")
	if !found || !strings.Contains(picture, "news") {
		t.Fatal("there is no picture")
	}
	for _, l := range layers {
		name := filepath.Base(l.pkg)
		if strings.Contains(l.pkg, "/internal/") && !strings.HasPrefix(l.pkg, "cmd/") || strings.Count(l.pkg, "/") == 2 && !strings.Contains(l.pkg, "internal") || name == "data" {
			continue // a part of the room above it
		}
		if !regexp.MustCompile(`\b` + name + `\b`).MatchString(picture) {
			t.Errorf("the room %s is not in the picture", l.pkg)
		}
	}
}

// mostLines is how many lines of Go a room has, tests aside.
const mostLines = 3_000

// No room has grown too large to be read as one.
func TestRoomsAreNotTooLarge(t *testing.T) {
	lines := map[string]int{}
	err := fs.WalkDir(os.DirFS("../.."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := os.ReadFile(filepath.Join("../..", path))
		lines[filepath.Dir(path)] += bytes.Count(src, []byte("\n"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) < len(layers) {
		t.Errorf("found %d rooms, and layers has %d", len(lines), len(layers))
	}
	for room, n := range lines {
		if n > mostLines {
			t.Errorf("%s has %d lines of Go without tests: which idea of it is a room of its own? See Rules of the house in docs/architecture.md", room, n)
		}
	}
}
