// Package rulefile reads rules.yaml and the files that it includes, and tells
// every mistake in them with its place and a way out. It is the one door of
// YAML; what comes out is a [spec.Spec].
package rulefile

import (
	"fmt"
	"path/filepath"

	"github.com/coupwatch/coupwatch/matcher/folder"
	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

// A Problem is one mistake in rules.yaml or a file that it includes.
type Problem = node.Problem

// Problems are all the mistakes in them, by file, line and column.
type Problems = node.Problems

// A File is what rules.yaml and the files that it includes say.
type File struct {
	*spec.Spec
	parser *parser
}

// Read reads text, which is that of rules.yaml, and what it includes of f.
// If there are mistakes it returns all of them as [Problems].
func Read(f *folder.Folder, name, text string) (*File, error) {
	if len(text) > folder.MaxFile {
		return nil, fmt.Errorf("%s: %w", name, folder.ErrTooLarge)
	}
	base := filepath.Base(name)
	f.Keep(base, text)
	p := newParser(f, name)
	p.files[base] = node.Spot{}
	p.file(base, text)
	p.finish()
	if err := p.Err(); err != nil {
		return nil, err
	}
	return &File{p.spec, p}, nil
}

// Try does check for each example of a rule, and returns as [Problems] what it
// says is wrong with it, and what to do.
func (f *File) Try(check func(spec.Example) (msg, hint string)) error {
	p := f.parser
	for _, e := range p.examples {
		if p.Full() {
			break
		}
		p.lay(&e)
		if msg, hint := check(e.Example); msg != "" {
			p.AddAt(e.at, code.ExampleFails, msg, hint)
		}
	}
	return p.Err()
}
