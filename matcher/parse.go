package matcher

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/news"
)

// Parse returns the rules in src, the text of a rules.yaml with the given
// name. Files that it includes are read from the folder of that name.
//
// If there are mistakes, Parse returns all of them as [Problems] and no rules,
// so that a half-read file never decides what is watched. A rule whose
// examples fail is a mistake.
func Parse(name string, src []byte) (*Rules, error) {
	f := newFolder(os.DirFS(filepath.Dir(name)))
	return parse(f, name, string(src))
}

// ParseFS is as [Parse], for the file with the given name in fsys.
func ParseFS(fsys fs.FS, name string) (*Rules, error) {
	sub, err := fs.Sub(fsys, path.Dir(name))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	text, err := readFile(sub, path.Base(name))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return parse(newFolder(sub), name, text)
}

// parse reads text, which is that of rules.yaml, and what it includes of f.
func parse(f *folder, name, text string) (*Rules, error) {
	if len(text) > maxFile {
		return nil, fmt.Errorf("%s: %w", name, errTooLarge)
	}
	base := filepath.Base(name)
	f.keep(base, text)
	p := newParser(f, name)
	p.files[base] = spot{}
	p.file(base, text)
	p.finish()
	if err := p.err(); err != nil {
		return nil, err
	}
	rules := compile(p.spec)
	rules.version = f.hash()
	for _, e := range p.examples {
		if !p.full() {
			p.try(rules, e)
		}
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	return rules, nil
}

// A parser reads rules.yaml and the files that it includes into a spec.
type parser struct {
	notebook
	folder *folder
	main   string // the name of rules.yaml, as problems tell it
	spec   *spec

	// Where names are defined; of groups those in groups: and those that
	// entities say they are in.
	files, urls, lists, groups, joined, entities, outlets, domains, rules definitions

	inner     map[string][]string // for each list, the lists that are entries of it
	members   map[string][]member // for each group, what is written in it
	joiners   map[string][]string // for each group, the entities that say they are in it
	feeds     map[string]bool     // names of feeds
	mentions  []mention
	examples  []example
	routes    []pendingRoute
	wires     []news.Route // those that rules name of themselves
	operators []string
	mutes     []pendingMute
	schedule  string // of feeds that have none of their own
}

func newParser(f *folder, name string) *parser {
	return &parser{
		folder: f,
		main:   name,
		spec: &spec{
			called:    map[string][]string{},
			lists:     map[string][]query.Node{},
			languages: map[string]string{},
			groups:    map[string][]string{},
			policy: news.Policy{
				MaxAge:  defaultMaxAge,
				Digest:  news.DigestPlan{At: defaultDigestAt, Zone: time.UTC, To: []string{"email"}, Empty: true},
				Gather:  defaultGather,
				Origins: defaultOrigins,
			},
		},
		files: definitions{}, urls: definitions{}, lists: definitions{}, groups: definitions{},
		joined: definitions{}, entities: definitions{}, outlets: definitions{}, domains: definitions{}, rules: definitions{},
		inner:    map[string][]string{},
		members:  map[string][]member{},
		joiners:  map[string][]string{},
		feeds:    map[string]bool{},
		schedule: defaultSchedule,
	}
}

// The policy of a rules.yaml that says nothing about it.
const (
	defaultSchedule = "@every 10m"
	defaultMaxAge   = 24 * time.Hour
	defaultDigestAt = 7 * time.Hour
	defaultGather   = 15 * time.Minute
	defaultOrigins  = 3
	defaultLimit    = 20 // alerts an hour
	defaultSeverity = news.Medium
)

// definitions are where names are defined.
type definitions map[string]spot

// define notes that name is defined at n, and returns false if it was before,
// which is a problem.
func (r *reader) define(d definitions, what, name string, n *yaml.Node) bool {
	if first, ok := d[name]; ok {
		r.add(n, what+" "+quote(name)+" stands twice", "the first is at "+first.String())
		return false
	}
	d[name] = r.src.at(n)
	return true
}

// display returns the name of a file of the folder as problems tell it.
func (p *parser) display(name string) string {
	if name == filepath.Base(p.main) {
		return p.main
	}
	return filepath.Join(filepath.Dir(p.main), filepath.FromSlash(name))
}

// finish settles what could not be settled before all files were read.
func (p *parser) finish() {
	p.noLoops()
	p.gather()
	p.lookUp()
	p.policy()
	for i := range p.spec.feeds {
		if p.spec.feeds[i].Schedule == "" {
			p.spec.feeds[i].Schedule = p.schedule
		}
	}
}

// oneLine returns s without line breaks and with single spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
