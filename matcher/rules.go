package matcher

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/matcher/census"
	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/matcher/folder"
	"github.com/coupwatch/coupwatch/matcher/internal/spell"
	"github.com/coupwatch/coupwatch/matcher/rulefile"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

// Rules are what rules.yaml says, ready for matching. They are immutable and
// safe for concurrent use.
type Rules struct {
	spec    *spec.Spec
	program func() *engine.Program // compiles the spec when it is first called
	version string
}

// Problems are all the mistakes in rules.yaml and the files that it includes;
// see [rulefile.Problems].
type Problems = rulefile.Problems

// parse reads text, which is that of rules.yaml, and what it includes of f, and
// tries the examples.
func parse(f *folder.Folder, name, text string) (*Rules, error) {
	said, rules, err := read(f, name, text)
	if err != nil {
		return nil, err
	}
	program := rules.program()
	if err := said.Try(func(e spec.Example) (msg, hint string) { return explain.Try(program, e) }); err != nil {
		return nil, err
	}
	return rules, nil
}

// read is as parse, but tries nothing.
func read(f *folder.Folder, name, text string) (*rulefile.File, *Rules, error) {
	said, err := rulefile.Read(f, name, text)
	if err != nil {
		return nil, nil, err
	}
	r := &Rules{spec: said.Spec, version: f.Hash()}
	r.program = sync.OnceValue(func() *engine.Program { return engine.Compile(r.spec) })
	return said, r, nil
}

// Feeds returns the feeds to read. The caller must not change them.
func (r *Rules) Feeds() []news.Feed { return r.spec.Feeds }

// Version returns a short name of the text of all files that the rules were
// read from, to tell later by which rules something was decided.
func (r *Rules) Version() string { return r.version }

// Policy returns who is told of what. The caller must not change it.
func (r *Rules) Policy() news.Policy { return r.spec.Policy }

// Summary returns how much the rules are.
func (r *Rules) Summary() spec.Summary { return r.spec.Summary() }

// RuleIDs returns the ids of the rules in the order of rules.yaml.
func (r *Rules) RuleIDs() []string { return r.spec.RuleIDs() }

// EntityIDs returns the ids of the entities in the order of rules.yaml.
func (r *Rules) EntityIDs() []string { return r.spec.EntityIDs() }

// Title returns the title of the rule with the given id, or the id itself if
// there is no such rule: a story may have been told under rules since changed.
func (r *Rules) Title(id string) string { return r.spec.Title(id) }

// Severity returns the severity of the rule with the given id before anything lowers
// or raises it, 0 if there is no such rule.
func (r *Rules) Severity(id string) news.Severity { return r.spec.Severity(id) }

// Looks returns what the rule with the given id looks for, as its why says; ""
// if it says nothing.
func (r *Rules) Looks(id string) string { return r.spec.Looks(id) }

// EntityName returns the name of the entity with the given id, of a country
// such as "country:ml" too, or the id itself if there is none.
func (r *Rules) EntityName(id string) string { return r.spec.EntityName(id) }

// Land returns the name of the entity with the given id if it is a country that
// has no code, such as one that few recognise; "" otherwise.
func (r *Rules) Land(id string) string { return r.spec.Land(id) }

// Resolve returns the mutes that m stands for, if its rule, entity or feed is
// written as people know it: an entity or group by its id, with or without
// "@", a country by its name, a feed by its URL, name or publisher. The error
// names what there is instead. A story is left as it is.
func (r *Rules) Resolve(m news.Mute) ([]news.Mute, error) { return r.spec.Resolve(m) }

// Match returns the item as a report and whether any rule matches it; if none
// does, the report has no matches, but still what the item mentions, and which
// rule it all but matched. The same item gives the same report, whatever the
// order of the rules in rules.yaml.
func (r *Rules) Match(it news.Item) (news.Report, bool) { return explain.Match(r.program(), it) }

// Explain returns what every rule makes of the item if w, which may be nil, says
// what is warm. It agrees with [Rules.Match] and [news.Report.Given], but takes
// longer.
func (r *Rules) Explain(it news.Item, w news.Warmth) explain.Explanation {
	return explain.Explain(r.program(), it, w)
}

// Almost returns what kept a rule from matching the item and waking somebody,
// if that was one thing only, also if that is less near than what a report has;
// see [explain.Almost]. What is warm is known by w, which may be nil.
func (r *Rules) Almost(it news.Item, w news.Warmth) (news.NearMiss, bool) {
	return explain.Almost(r.program(), it, w)
}

// Rows returns what the rows of a table of points ask for, as rules.yaml has it;
// nothing if there is no such table.
func (r *Rules) Rows(table string) []string { return r.spec.Rows(table) }

// Named returns what lists and groups are called in queries, such as "$coup" and
// "@juntas", in order.
func (r *Rules) Named() []string { return r.spec.Named() }

// Tally adds up a table of points that a rule asks for: what of it stands in the
// title of an item or in the first sentence below it. It is empty if no rule asks
// for such a table.
func (r *Rules) Tally(table string, it news.Item) engine.Tally {
	return explain.Tally(r.program(), table, it)
}

// NewStats returns stats that have counted nothing yet.
func (r *Rules) NewStats() *explain.Stats { return explain.NewStats(r.program()) }

// NewCensus returns a census of what the rules find in items, whose last day is that
// of now. It makes the rules ready if they are not.
func (r *Rules) NewCensus(now time.Time) *census.Census { return census.New(r.program(), now) }

// Spellings returns those of an entity of rules.yaml, or of a country such as
// "country:ml". The error says if there is none with the id.
func (r *Rules) Spellings(id string) (explain.Spellings, error) {
	return explain.SpellingsOf(r.spec, id)
}

// Parse returns the rules in src, the text of a rules.yaml with the given
// name. Files that it includes are read from the folder of that name.
//
// If there are mistakes, Parse returns all of them as [Problems] and no rules,
// so that a half-read file never decides what is watched. A rule whose
// examples fail is a mistake.
func Parse(name string, src []byte) (*Rules, error) {
	f := folder.New(os.DirFS(filepath.Dir(name)))
	return parse(f, name, string(src))
}

// ParseFS is as [Parse], for the file with the given name in fsys.
func ParseFS(fsys fs.FS, name string) (*Rules, error) {
	sub, err := fs.Sub(fsys, path.Dir(name))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	text, err := folder.ReadFile(sub, path.Base(name))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return parse(folder.New(sub), name, text)
}

// Nearest returns the word of known that is most like got, "" if none is near.
func Nearest(got string, known []string) string { return spell.Nearest(got, known) }

// LostTags returns the tags that rules ask for and that no feed has.
func (r *Rules) LostTags() []spec.LostTag { return r.spec.LostTags() }
