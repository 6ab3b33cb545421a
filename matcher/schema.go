package matcher

//go:generate go run ./internal/schemagen ../rules.schema.json

// A Summary counts what is in rules.yaml and the files that it includes.
type Summary struct {
	Feeds    int // without those that are disabled
	Rules    int // likewise
	Lists    int
	Terms    int // entries of all lists
	Entities int
}

// Summary returns how much the rules are.
func (r *Rules) Summary() Summary {
	s := Summary{
		Feeds:    len(r.spec.feeds),
		Rules:    len(r.spec.rules),
		Lists:    len(r.spec.lists) - len(r.spec.languages),
		Entities: len(r.spec.entities),
	}
	for _, terms := range r.spec.lists {
		s.Terms += len(terms)
	}
	s.Terms -= len(r.spec.languages) // each is an entry of the list that it is in
	return s
}
