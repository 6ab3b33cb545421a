package edit_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/rulefile/edit"
)

const several = `version: 1
# what is done
lists:

  # ==== a heading

  # a coup
  # that is one
  coup: [ # world
    coup, putsch,
  ]
  empty-handed: x
# not of it
rules:
- id: coup
  match: $coup # the word

  unless: x

# the other
- {id: mutiny, match: mutiny}
feeds: []
`

func TestBlocks(t *testing.T) {
	want := map[string][2]int{"coup": {7, 11}, "empty-handed": {12, 12}, "rules coup": {15, 18}, "mutiny": {20, 21}}
	blocks := edit.Blocks(several)
	if len(blocks) != len(want) {
		t.Fatalf("got %+v", blocks)
	}
	for _, b := range blocks {
		w, ok := want[b.Section+" "+b.Name]
		if !ok {
			w = want[b.Name]
		}
		if b.Line != w[0] || b.Last != w[1] || b.ByHand != "" {
			t.Errorf("%s %s: lines %d to %d, want %v: %s", b.Section, b.Name, b.Line, b.Last, w, b.ByHand)
		}
		if got := edit.Splice(several, b, b.Text); got != several {
			t.Errorf("%s: put in its own place it makes\n%s", b.Name, got)
		}
	}
}

func TestBlocksByHand(t *testing.T) {
	for _, b := range edit.Blocks("rules: [{id: a, match: x},\n {id: b, match: y}]\n") {
		if b.ByHand == "" {
			t.Errorf("%s could be spliced: %q", b.Name, b.Text)
		}
	}
}

func TestSplice(t *testing.T) {
	blocks := edit.Blocks(several)
	got := edit.Splice(several, blocks[2], "- id: coup\r\n  match: putsch\r\n\r\n")
	want := strings.Replace(several, "- id: coup\n  match: $coup # the word\n\n  unless: x\n", "- id: coup\n  match: putsch\n", 1)
	if got != want {
		t.Errorf("got\n%s", got)
	}
	crlf := "\ufeff" + strings.ReplaceAll(several, "\n", "\r\n")
	if got := edit.Splice(crlf, edit.Blocks(crlf)[2], "- id: coup\n  match: putsch\n"); got != "\ufeff"+strings.ReplaceAll(want, "\n", "\r\n") {
		t.Errorf("with carriage returns: got\n%q", got)
	}
	if got := edit.Splice("rules:\n- id: a", edit.Blocks("rules:\n- id: a")[0], "- id: b"); got != "rules:\n- id: b\n" {
		t.Errorf("at the end: got %q", got)
	}
}

func TestWithin(t *testing.T) {
	b := edit.Blocks(several)[2]
	for lines, ok := range map[string]bool{
		"- id: coup\n  match: putsch\n":                      true,
		"- {id: coup, match: x}\n- {id: second, match: y}\n": true,
		"": true,
		"- id: coup\n  match: x\nroutes: [{to: slack}]\n":       false,
		"- id: coup\n  match: x\nlists: {coup: [x]}\nrules:\n":  false,
		"- id: coup\n  match: [x\n":                             false,
		"feeds: [{url: \"https://a.example/\", name: A}]\n":     false,
		"- {id: &a coup, match: x}\noperators: *a\n":            false,
		"- {id: coup, match: x}\n---\nrules: []\n":              false,
		"- {id: coup, match: x}\n...\n# and nothing after it\n": false,
	} {
		if err := edit.Within(several, edit.Splice(several, b, lines), b.Section); (err == nil) != ok {
			t.Errorf("%q: %v", lines, err)
		}
	}
}

// Every entry of the rules that ship can be taken out and put back.
func TestBlocksShipped(t *testing.T) {
	files, _ := filepath.Glob("../../../rules/*.yaml")
	n := 0
	for _, file := range append(files, "../../../rules.yaml") {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, end := string(src), 0
		for _, b := range edit.Blocks(text) {
			n++
			if b.ByHand != "" || b.Name == "" || b.Line <= end {
				t.Errorf("%s:%d: %s: %s", file, b.Line, b.Name, b.ByHand)
			}
			end = b.Last
			if edit.Splice(text, b, b.Text) != text {
				t.Errorf("%s:%d: %s changes the file", file, b.Line, b.Name)
			}
		}
	}
	if n < 500 {
		t.Errorf("only %d entries", n)
	}
}

// Whatever the text, a block put in its own place changes nothing but how its last
// line ends, and no text makes it panic.
func FuzzSplice(f *testing.F) {
	f.Add(several, "x")
	f.Add("rules:\n- id: a\n  match: |\n    # x\n\n    # y", "- id: b")
	f.Add("lists: {a: [b]}\n", "")
	f.Add("? rules\n:\n- id: a", "\x00")
	f.Fuzz(func(t *testing.T, text, lines string) {
		if strings.Contains(text, "\r") {
			t.Skip()
		}
		for _, b := range edit.Blocks(text) {
			edit.Splice(text, b, lines)
			if b.ByHand != "" {
				continue
			}
			if got := edit.Splice(text, b, b.Text); strings.TrimRight(got, " \t\n") != strings.TrimRight(text, " \t\n") && b.Text != strings.TrimRight(b.Text, " \t\n")+"\n" {
				t.Skip()
			} else if strings.TrimRight(got, " \t\n") != strings.TrimRight(text, " \t\n") {
				t.Errorf("%+v of %q makes %q", b, text, got)
			}
		}
	})
}
