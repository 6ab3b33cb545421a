package rulefile

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/folder"
	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
)

// The keys of a file. Those of policy stand in rules.yaml only, so that
// nobody need look elsewhere for who hears what.
var (
	contentKeys = []string{"version", "include", "feeds", "lists", "points", "groups", "entities", "outlets", "rules"}
	policyKeys  = []string{"defaults", "stories", "routes", "operators", "mutes", "digest"}
)

// file reads the file with the given name in the folder.
func (p *parser) file(name, text string) {
	text = strings.TrimPrefix(text, "\ufeff")
	r := &reader{parser: p, src: newSource(p.display(name), text)}
	root := r.yaml()
	if root == nil {
		return
	}
	main := name == filepath.Base(p.main)
	r.fields(root, "the file", slices.Concat(contentKeys, policyKeys), func(key string, n *yaml.Node) {
		if !main && slices.Contains(policyKeys, key) {
			r.add(n, code.MisplacedKey, key+" cannot be set here", "write it in "+p.main)
			return
		}
		r.section(name, key, n)
	})
}

// section reads what stands under a key of the file.
func (r *reader) section(name, key string, n *yaml.Node) {
	switch key {
	case "version":
		if v := r.text(n, key); v != "1" && v != "" {
			r.add(deref(n), code.UnknownVersion, "unknown version "+say.Quote(v), "write version: 1")
		}
	case "include":
		for _, item := range r.items(n) {
			r.include(name, item)
		}
	case "feeds":
		r.each(n, key, r.feed)
	case "lists":
		r.named(n, key, r.termList)
	case "points":
		r.named(n, key, r.pointTable)
	case "groups":
		r.named(n, key, r.group)
	case "entities":
		r.each(n, key, r.entity)
	case "outlets":
		r.each(n, key, r.outlet)
	case "rules":
		r.each(n, key, r.rule)
	case "defaults":
		r.defaults(n)
	case "stories":
		r.stories(n)
	case "routes":
		r.each(n, key, r.route)
	case "operators":
		r.operators = r.channels(n, key)
	case "mutes":
		r.each(n, key, r.mute)
	case "digest":
		r.digest(n)
	}
}

// each calls read with the entries of the list n and their numbers from 0.
func (r *reader) each(n *yaml.Node, what string, read func(int, *yaml.Node)) {
	for i, item := range r.list(n, what) {
		if r.full() {
			return
		}
		read(i, item)
	}
}

// named calls read with the values of the mapping n and their names.
func (r *reader) named(n *yaml.Node, what string, read func(name, n *yaml.Node)) {
	for _, p := range r.pairs(n, what) {
		if r.full() {
			return
		}
		read(p.key, p.value)
	}
}

// include reads the files that n names.
func (r *reader) include(from string, n *yaml.Node) {
	pattern := r.text(n, "include")
	if pattern == "" {
		return
	}
	whole := path.Join(path.Dir(from), filepath.ToSlash(pattern))
	if path.IsAbs(pattern) || filepath.IsAbs(pattern) || whole == ".." || strings.HasPrefix(whole, "../") {
		r.add(n, code.IncludeOutside, "include "+say.Quote(pattern)+" is outside the folder of "+r.main, "move the file there; a symbolic link will do")
		return
	}
	names, err := r.folder.Glob(whole)
	switch {
	case err != nil:
		r.add(n, code.IncludePattern, "include "+say.Quote(pattern)+" is no pattern", `write the name of a file, or one with * such as rules/*.yaml`)
	case len(names) == 0:
		r.add(n, code.IncludeMissing, "include "+say.Quote(pattern)+" names no file", "it is looked for beside "+r.src.name)
	}
	for _, name := range names {
		if _, known := r.files[name]; known {
			continue // each is read once, whoever includes it
		}
		if len(r.files) > folder.MaxFiles {
			r.add(n, code.IncludeTooMany, fmt.Sprintf("more than %d files are included", folder.MaxFiles), "")
			return
		}
		r.files[name] = r.src.at(n)
		text, err := r.folder.Read(name)
		if err != nil {
			r.add(n, code.IncludeUnread, "include "+say.Quote(r.display(name))+": "+err.Error(), "")
			continue
		}
		r.file(name, text)
	}
}

// yaml returns the root of the file, or nil if the file is no YAML or none
// that should be read.
func (r *reader) yaml() *yaml.Node {
	if s, ok := unprintable(r.src); ok {
		r.notebook.add(s.at, s.code, s.msg, s.hint)
		return nil
	}
	var doc yaml.Node
	if err := yaml.Load([]byte(r.src.text), &doc); err != nil {
		r.unread(err)
		return nil
	}
	if len(doc.Content) == 0 || empty(doc.Content[0]) {
		r.notebook.add(spot{r.src, 1, 1}, code.EmptyFile, "the file is empty", "it needs feeds: and rules:")
		return nil
	}
	root := doc.Content[0]
	if size(root, map[*yaml.Node]int{}) > maxNodes {
		r.add(root, code.TooManyAliases, "an alias (*name) stands for itself, or all of them for more than can be read", "write out what they stand for")
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
func (r *reader) unread(err error) {
	var load *yaml.LoadError
	switch i := strings.LastIndex(r.src.text, "\n---"); {
	case strings.Contains(err.Error(), "no documents"):
		r.notebook.add(spot{r.src, 1, 1}, code.EmptyFile, "the file is empty", "it needs feeds: and rules:")
	case strings.Contains(err.Error(), "single document") && i >= 0:
		r.notebook.add(r.src.place(i+1, 1), code.SeveralDocuments, "the file has several documents, with --- between them", "write one")
	case errors.As(err, &load):
		r.broken(load)
	default:
		r.notebook.add(spot{r.src, 1, 1}, code.NotYAML, "this is no YAML", "")
	}
}
