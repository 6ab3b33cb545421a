package node

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/folder"
	"github.com/coupwatch/coupwatch/matcher/internal/code"
)

// Root returns the root of the file, or nil if the file is no YAML or none
// that should be read.
func (r *Reader) Root() *yaml.Node {
	if s, ok := unprintable(r.src); ok {
		r.book.AddAt(s.at, s.code, s.msg, s.hint)
		return nil
	}
	var doc yaml.Node
	if err := yaml.Load([]byte(r.src.text), &doc); err != nil {
		r.unread(err)
		return nil
	}
	if len(doc.Content) == 0 || Empty(doc.Content[0]) {
		r.book.AddAt(Spot{r.src, 1, 1}, code.EmptyFile, "the file is empty", "it needs feeds: and rules:")
		return nil
	}
	root := doc.Content[0]
	if size(root, map[*yaml.Node]int{}) > maxNodes {
		r.Add(root, code.TooManyAliases, "an alias (*name) stands for itself, or all of them for more than can be read", "write out what they stand for")
		return nil
	}
	return root
}

// maxNodes is how many values a file may have when all aliases are written
// out; a file of folder.MaxFile bytes without aliases has fewer.
const maxNodes = folder.MaxFile

// size returns how many nodes n stands for, or more than maxNodes if n is
// within itself.
func size(n *yaml.Node, known map[*yaml.Node]int) int {
	if n, ok := known[n]; ok {
		return n
	}
	known[n] = maxNodes + 1 // as long as it is not known
	sum := 1
	if n.Kind == yaml.AliasNode {
		sum = size(n.Alias, known)
	}
	for _, c := range n.Content {
		sum = min(sum+size(c, known), maxNodes+1)
	}
	known[n] = sum
	return sum
}

// unprintable returns the first place at which the text has what no text may
// have, if there is one.
func unprintable(s *source) (slip, bool) {
	for i, c := range s.text {
		switch {
		case c == utf8.RuneError && !strings.HasPrefix(s.text[i:], "\ufffd"):
			return slip{s.place(i, 1), code.NotUTF8, "this is no UTF-8", "save the file as UTF-8"}, true
		case c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7f:
			return slip{s.place(i, 1), code.ControlCharacter, fmt.Sprintf("the character %U cannot stand in a text file", c), "take it away"}, true
		}
	}
	return slip{}, false
}

// unread notes why the text could not be read: it is no YAML, or not one
// document.
func (r *Reader) unread(err error) {
	var load *yaml.LoadError
	switch i := strings.LastIndex(r.src.text, "\n---"); {
	case strings.Contains(err.Error(), "no documents"):
		r.book.AddAt(Spot{r.src, 1, 1}, code.EmptyFile, "the file is empty", "it needs feeds: and rules:")
	case strings.Contains(err.Error(), "single document") && i >= 0:
		r.book.AddAt(r.src.place(i+1, 1), code.SeveralDocuments, "the file has several documents, with --- between them", "write one")
	case errors.As(err, &load):
		r.broken(load)
	default:
		r.book.AddAt(Spot{r.src, 1, 1}, code.NotYAML, "this is no YAML", "")
	}
}
