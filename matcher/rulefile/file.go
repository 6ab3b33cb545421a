package rulefile

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/folder"
	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
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
	r := &reader{p, node.NewReader(&p.Notebook, p.display(name), text)}
	root := r.Root()
	if root == nil {
		return
	}
	main := name == filepath.Base(p.main)
	r.Fields(root, "the file", slices.Concat(contentKeys, policyKeys), func(key string, n *yaml.Node) {
		if !main && slices.Contains(policyKeys, key) {
			r.Add(n, code.MisplacedKey, key+" cannot be set here", "write it in "+p.main)
			return
		}
		r.section(name, key, n)
	})
}

// section reads what stands under a key of the file.
func (r *reader) section(name, key string, n *yaml.Node) {
	switch key {
	case "version":
		if v := r.Text(n, key); v != "1" && v != "" {
			r.Add(node.Deref(n), code.UnknownVersion, "unknown version "+say.Quote(v), "write version: 1")
		}
	case "include":
		for _, item := range r.Items(n) {
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
	for i, item := range r.List(n, what) {
		if r.Full() {
			return
		}
		read(i, item)
	}
}

// named calls read with the values of the mapping n and their names.
func (r *reader) named(n *yaml.Node, what string, read func(name, n *yaml.Node)) {
	for _, p := range r.Pairs(n, what) {
		if r.Full() {
			return
		}
		read(p.Key, p.Value)
	}
}

// include reads the files that n names.
func (r *reader) include(from string, n *yaml.Node) {
	pattern := r.Text(n, "include")
	if pattern == "" {
		return
	}
	whole := path.Join(path.Dir(from), filepath.ToSlash(pattern))
	if path.IsAbs(pattern) || filepath.IsAbs(pattern) || whole == ".." || strings.HasPrefix(whole, "../") {
		r.Add(n, code.IncludeOutside, "include "+say.Quote(pattern)+" is outside the folder of "+r.main, "move the file there; a symbolic link will do")
		return
	}
	names, err := r.folder.Glob(whole)
	switch {
	case err != nil:
		r.Add(n, code.IncludePattern, "include "+say.Quote(pattern)+" is no pattern", `write the name of a file, or one with * such as rules/*.yaml`)
	case len(names) == 0:
		r.Add(n, code.IncludeMissing, "include "+say.Quote(pattern)+" names no file", "it is looked for beside "+r.Name())
	}
	for _, name := range names {
		if _, known := r.files[name]; known {
			continue // each is read once, whoever includes it
		}
		if len(r.files) > folder.MaxFiles {
			r.Add(n, code.IncludeTooMany, fmt.Sprintf("more than %d files are included", folder.MaxFiles), "")
			return
		}
		r.files[name] = r.At(n)
		text, err := r.folder.Read(name)
		if err != nil {
			r.Add(n, code.IncludeUnread, "include "+say.Quote(r.display(name))+": "+err.Error(), "")
			continue
		}
		r.file(name, text)
	}
}
