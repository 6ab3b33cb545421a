package search

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/keys"
)

// Version tells entries that [File] makes from those of other programs: it changes
// when an item is filed under other keys than before.
const Version = 1

// A Clerk files items. It is for one goroutine at a time; make one with [NewClerk].
type Clerk struct {
	program *engine.Program
	filer   keys.Filer
	seen    map[string]bool
}

// NewClerk returns a clerk who knows the countries as a program does.
func NewClerk(p *engine.Program) *Clerk { return &Clerk{program: p} }

// A Filed says under what an item is found.
type Filed struct {
	keys.Entry
	Language  string   // in which it is read, or ""
	Countries []string // two-letter codes of those it names, sorted
}

// File says under what an item is found. Its matches are not looked at.
func (c *Clerk) File(it news.Item) (f Filed) {
	s := c.program.Read(it)
	defer s.Release()
	f.Language = s.Language
	c.seen = map[string]bool{}
	s.EachWord(func(language string, folded []byte) {
		word := string(folded)
		f.Words = append(f.Words, keys.Word(word))
		if c.seen[word] {
			return
		}
		c.seen[word] = true
		for _, key := range c.filer.Forms(language, word) {
			c.add(&f.Entry, key)
		}
	})
	c.add(&f.Entry, keys.Language(f.Language))
	c.add(&f.Entry, keys.Feed(it.Feed))
	for _, tag := range it.Tags {
		c.add(&f.Entry, keys.Tag(tag))
	}
	for _, g := range s.Sightings {
		code, is := strings.CutPrefix(s.Names[g.Name].ID, spec.AsCountry)
		if !is {
			continue
		}
		c.add(&f.Entry, keys.Country(code)) // also where it is doubtful: a query may know better
		c.add(&f.Entry, keys.Country(anyCountry))
		if g.Doubt == engine.NoDoubt && !slices.Contains(f.Countries, code) {
			f.Countries = append(f.Countries, code)
		}
	}
	slices.Sort(f.Countries)
	return f
}

// add adds a key unless the entry has it.
func (c *Clerk) add(e *keys.Entry, key string) {
	if !c.seen[key] {
		c.seen[key] = true
		e.More = append(e.More, key)
	}
}
