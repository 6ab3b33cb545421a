package rulefile

import (
	"path/filepath"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/folder"
	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

// A parser reads rules.yaml and the files that it includes into a spec.
type parser struct {
	node.Notebook
	folder   *folder.Folder
	main     string // the name of rules.yaml, as problems tell it
	spec     *spec.Spec
	schedule string // of feeds that have none of their own
	defined
	nested
	pending
	examples []placedExample
}

// defined are the names, and where each is defined: of groups those in groups: and those that entities
// say they are in.
type defined struct {
	files, urls, lists, points, groups, joined, entities, outlets, domains, rules definitions

	feeds map[string]bool // names of feeds
}

// nested is what is within what, by the name of the outer.
type nested struct {
	inner   map[string][]string              // for each list, the lists that are entries of it
	members map[string][]member              // for each group, what is written in it
	joiners map[string][]spec.Member         // for each group, the entities that say they are in it
	within  map[string]map[string]spec.Times // for each group that was asked for, who is in it, and when
}

// pending is what can be settled only when all files are read.
type pending struct {
	mentions  []mention
	routes    []pendingRoute
	wires     []news.Route // those that rules name of themselves
	operators []string
	mutes     []pendingMute
}

func newParser(f *folder.Folder, name string) *parser {
	return &parser{
		folder: f,
		main:   name,
		spec: &spec.Spec{
			Called:    map[string][]string{},
			Lists:     map[string][]query.Node{},
			Points:    map[string][]spec.Row{},
			Languages: map[string]string{},
			Groups:    map[string][]spec.Member{},
			Policy: news.Policy{
				MaxAge:  defaultMaxAge,
				Digest:  news.DigestPlan{At: defaultDigestAt, Zone: time.UTC, To: []string{"email"}, Empty: true},
				Gather:  defaultGather,
				Origins: defaultOrigins,
			},
		},
		schedule: defaultSchedule,
		defined: defined{
			files: definitions{}, urls: definitions{}, lists: definitions{}, points: definitions{}, groups: definitions{}, joined: definitions{},
			entities: definitions{}, outlets: definitions{}, domains: definitions{}, rules: definitions{},
			feeds: map[string]bool{},
		},
		nested: nested{
			inner:   map[string][]string{},
			members: map[string][]member{},
			joiners: map[string][]spec.Member{},
			within:  map[string]map[string]spec.Times{},
		},
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

// A reader reads one file into a parser.
type reader struct {
	*parser
	*node.Reader
}

// definitions are where names are defined.
type definitions map[string]node.Spot

// define notes that name is defined at n, and returns false if it was before,
// which is a problem.
func (r *reader) define(d definitions, what, name string, n *yaml.Node) bool {
	if first, ok := d[name]; ok {
		r.Add(n, code.RepeatedName, what+" "+say.Quote(name)+" stands twice", "the first is at "+first.String())
		return false
	}
	d[name] = r.At(n)
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
	p.warmExamples()
	p.lookUp()
	p.policy()
	for i := range p.spec.Feeds {
		if p.spec.Feeds[i].Schedule == "" {
			p.spec.Feeds[i].Schedule = p.schedule
		}
	}
}
