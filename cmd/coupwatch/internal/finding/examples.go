package finding

import (
	"errors"
	"slices"

	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/web/find"
)

// Examples implements [find.Archive]. Those that ask for what the rules have not are
// left out.
func (a *Archive) Examples() []find.Example {
	named := a.rules().Named()
	all := []find.Example{
		{Query: `general dismissed`, Finds: "both words, in all their forms"},
		{Query: `"state of emergency"`, Finds: "these words side by side"},
		{Query: `mutin*`, Finds: "all that begins so"},
		{Query: `$coup NEAR/12 @countries`, Finds: "a word of the list $coup at most twelve words from any country"},
		{Query: `title:(minister AND @country:ml)`, Finds: "both in the headline"},
		{Query: `(army OR soldiers) AND NOT football`, Finds: "one of them, and not the other"},
		{Query: `lang:ru AND переворот`, Finds: "Russian items only, in all cases of the word"},
	}
	return slices.DeleteFunc(all, func(x find.Example) bool {
		return x.Query[0] == '$' && !slices.Contains(named, "$coup")
	})
}

func isUnknown(err error) bool {
	return errors.Is(err, store.ErrUnknown) || errors.Is(err, store.ErrAmbiguous)
}
