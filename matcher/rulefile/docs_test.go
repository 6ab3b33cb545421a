package rulefile_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// Every example of docs/rules.md is a rules.yaml that loads and that editors
// accept; those marked "bad" have the problems that are shown below them.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile("../../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	s := compiledSchema(t)
	good, bad := 0, 0
	blocks := fenced(string(text))
	for i, b := range blocks {
		fsys := fstest.MapFS{
			"rules.yaml":        {Data: []byte(b.text)},
			"lists.yaml":        {Data: []byte("lists: {coup: coup}")},
			"rules/africa.yaml": {Data: []byte("rules: [{id: coup, match: $coup}]")},
		}
		switch b.kind {
		case "yaml":
			good++
			if _, err := read(fsys); err != nil {
				t.Errorf("line %d: %v", b.line, err)
			}
			if err := checkSchema(t, s, b.text); err != nil {
				t.Errorf("line %d: %v", b.line, err)
			}
		case "yaml bad":
			bad++
			_, err := read(fsys)
			if err == nil {
				t.Errorf("line %d: it loads, but is said to be bad", b.line)
				continue
			}
			if diff := cmp.Diff(blocks[i+1].text, err.Error()+"\n"); diff != "" {
				t.Errorf("line %d: problems (-docs +got):\n%s", b.line, diff)
			}
		}
	}
	if good < 10 || bad < 3 {
		t.Errorf("%d good and %d bad examples, want more", good, bad)
	}
}

// Every key is explained.
func TestDocsNameEveryKey(t *testing.T) {
	text, err := os.ReadFile("../../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "Feed", "Page", "Defaults", "Entity", "Rule", "Condition", "Change", "Example", "Route", "Digest", "Stories", "Mute", "Outlet"} {
		for key := range subschema(t, name).Properties {
			if !strings.Contains(string(text), "`"+key+"`") && !strings.Contains(string(text), key+":") {
				t.Errorf("docs/rules.md does not name %s of %s", key, name)
			}
		}
	}
}

// A block is a fenced part of a Markdown text.
type block struct {
	kind string // what stands after the fence
	line int
	text string
}

func fenced(text string) []block {
	var blocks []block
	open := false
	for i, line := range strings.SplitAfter(text, "\n") {
		switch fence, isFence := strings.CutPrefix(strings.TrimSpace(line), "```"); {
		case isFence && !open:
			blocks = append(blocks, block{kind: fence, line: i + 1})
			open = true
		case isFence:
			open = false
		case open:
			blocks[len(blocks)-1].text += line
		}
	}
	return blocks
}
