package gist

import (
	_ "embed" // the table
	"slices"
	"sync"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
	"github.com/coupwatch/coupwatch/text/lexicon"
)

//go:embed event.tsv
var events string

// eventOf has what kind of event a stem tells, by language.
var eventOf = sync.OnceValue(func() map[string]map[string]string {
	of := map[string]map[string]string{}
	for _, l := range lexicon.Lines(events) {
		if of[l.Language] == nil {
			of[l.Language] = map[string]string{}
		}
		for _, w := range l.Words {
			of[l.Language][inflect.Stem(l.Language, text.Fold(w))] = "~" + l.Class
		}
	}
	return of
})

// Events returns the kinds of event that g tells by its words, sorted: those that
// its title names, or else its opening. A kind begins with "~", which no rule does.
func Events(g news.Gist, w Weights) (kinds []string, inTitle bool) {
	var title, below []string
	least := w.Title * min(w.Country, w.Rule, 1)
	of := eventOf()[g.Language]
	for _, x := range g.Words {
		kind := of[x.Text]
		switch {
		case kind == "":
		case x.Weight >= least:
			title = With(title, kind)
		default:
			below = With(below, kind)
		}
	}
	if inTitle = len(title) > 0; !inTitle {
		title = below
	}
	slices.Sort(title)
	return title, inTitle
}
