package spec

import (
	"slices"

	"github.com/coupwatch/coupwatch/matcher/internal/spell"
	"github.com/coupwatch/coupwatch/matcher/query"
)

// A LostTag is a tag that is asked for and that no feed has, so that nothing comes
// of it. It is no mistake: the feed may come later.
type LostTag struct {
	In   string // who asks for it, such as "rule defection"
	Tag  string
	Near string // the tag of a feed that may be meant, or ""
}

// LostTags returns the tags that rules ask for and that no feed has, each once for
// a rule, in the order of rules.yaml.
func (s *Spec) LostTags() []LostTag {
	var known []string
	for _, f := range s.Feeds {
		known = append(known, f.Tags...)
	}
	var lost []LostTag
	ask := func(in, tag string) {
		if l := (LostTag{in, tag, spell.Nearest(tag, known)}); !slices.Contains(known, tag) && !slices.Contains(lost, l) {
			lost = append(lost, l)
		}
	}
	for _, r := range s.Rules {
		for _, tag := range r.Tags {
			ask("rule "+r.ID, tag)
		}
	}
	for _, q := range s.queries() {
		for part := range query.All(q.Node) {
			if m, ok := part.(*query.Meta); ok && m.Key == "tag" {
				ask(q.In, m.Value)
			}
		}
	}
	return lost
}
