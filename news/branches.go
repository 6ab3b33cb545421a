package news

import "slices"

// A Branch is an outlet through which an [Origin] is told, and who has it from
// there.
type Branch struct {
	Via     string   // "" for those who have it from the origin itself
	Sources []Source // in order of arrival
}

// Branches returns who of a story's sources tells what an origin says, and
// through whom: first those who have it from the origin itself, which may be
// nobody.
func (o Origin) Branches(sources []Source) []Branch {
	branches := []Branch{{}}
	for _, via := range o.Via {
		if via != o.Name {
			branches = append(branches, Branch{Via: via})
		}
	}
	for _, x := range sources {
		if !slices.Contains(x.Origins, o.Name) || x.Publisher == o.Name {
			continue
		}
		if slices.ContainsFunc(branches[1:], func(b Branch) bool { return b.Via == x.Publisher }) {
			continue // it stands there as an outlet
		}
		at := 1 + slices.IndexFunc(branches[1:], func(b Branch) bool { return slices.Contains(x.Via, b.Via) }) // 0 for none
		branches[at].Sources = append(branches[at].Sources, x)
	}
	return branches
}

// Publishers returns their names.
func (b Branch) Publishers() []string {
	var names []string
	for _, s := range b.Sources {
		names = append(names, s.Publisher)
	}
	return names
}
