package attribution

import (
	_ "embed" // the lexicon
	"slices"
	"strings"
	"sync"

	"github.com/coupwatch/coupwatch/story/outlets"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon"
)

// A kind is what a word may be to an attribution, as a set.
type kind uint32

const (
	says        kind = 1 << iota // a verb: what its subject says
	tells                        // such a verb whose object hears it: "told the BBC"
	publishes                    // such a verb of outlets: "reported"
	thinks                       // such a verb of persons only: "believes"
	nominal                      // such a verb that may be a noun too: "claims"
	passive                      // a participle that names its doer with "by": "quoted by"
	rumoured                     // a participle that needs no doer: "it is claimed"
	helper                       // may stand between subject and verb: "has", "also", "on Tuesday"
	being                        // a form of "to be"
	negative                     // takes the verb back: "not"
	unreal                       // so does this: "would", "if", "to"
	article                      // "the", "his": what follows is known
	indefinite                   // "a", "some": what follows is not
	preposition                  // joins a noun to what is said of it: "of", "from"
	joiner                       // "and": the subject is that of the verb before
	ender                        // ends a noun: "that", "when"
	relative                     // "who"
	pronoun                      // "he"
	plural                       // "they"
	role                         // what a person is: "analyst"
	office                       // such a role that one person has: "minister"
	title                        // such a role that stands before names: "Mr", "General"
	group                        // people without names: "officials", "sources"
	body                         // an institution: "ministry", "police"
	medium                       // "newspaper", "television"
	media                        // several of them: "media", "outlets"
	report                       // what is cited for its author: "report", "letters"
	particle                     // of a name: "van", "bin"
	common                       // no name, though it may have a capital: "Tuesday", "But"
	land                         // a country, after which another name begins
	transitive                   // an English verb with an object, which its subject cannot follow
	inverts                      // a verb of a language in which the subject may follow freely
)

// anyVerb are the kinds of verbs of speech.
const anyVerb = says | tells | publishes | thinks

// closed are the kinds of words that are no part of a name even with a capital.
const closed = anyVerb | helper | being | negative | unreal | article | indefinite | preposition | joiner | ender |
	relative | pronoun | plural | role | office | title | group | common

// kindNames are the names of the kinds in lexicon.tsv, in their order.
var kindNames = strings.Fields(`says tells publishes thinks nominal passive rumoured helper being negative unreal article indefinite
	preposition joiner ender relative pronoun plural role office title group body medium media report particle common land transitive inverts`)

//go:embed lexicon.tsv
var source string

// kindsOf returns the kinds that a class of lexicon.tsv names.
func kindsOf(class string) kind {
	var k kind
	for name := range strings.FieldsSeq(class) {
		i := slices.Index(kindNames, name)
		if i < 0 {
			panic("lexicon.tsv: unknown kind " + name)
		}
		k |= 1 << i
	}
	return k
}

// pasts are the endings for which "*" and "%" stand.
var pasts = map[byte][]string{'*': {"", "а", "и", "о"}, '%': {"", "ла", "ли", "ло"}}

// A wordList is what lexicon.tsv says of words.
type wordList struct {
	exact, stemmed map[string]kind   // the kinds of each folded word and of each stem
	nominatives    map[string]string // from the stems of institutions to how people know them
}

// listed are the words of the lexicon, read when the first text is. They are never
// changed.
var listed = sync.OnceValue(func() *wordList {
	all := &wordList{map[string]kind{}, map[string]kind{}, map[string]string{}}
	for _, l := range lexicon.Lines(source) {
		is := kindsOf(l.Class)
		for _, w := range l.Words {
			if w, inflected := strings.CutPrefix(w, "~"); inflected {
				stem := outlets.Stem(text.Fold(w))
				all.stemmed[stem] |= is
				if is == body {
					all.nominatives[stem] = w
				}
				continue
			}
			for _, form := range forms(w) {
				all.exact[text.Fold(form)] |= is
			}
		}
	}
	return all
})

// forms returns the forms of a verb of the lexicon.
func forms(w string) []string {
	last := w[len(w)-1]
	endings, found := pasts[last]
	if !found {
		return []string{w}
	}
	base := w[:len(w)-1]
	all := []string{base}
	for _, e := range endings {
		all = append(all, strings.TrimSuffix(base, map[byte]string{'%': "в"}[last])+e)
	}
	return all
}

// kindOf returns what a folded word with the given stem may be.
func kindOf(folded, stem string) kind {
	all := listed()
	k := all.exact[folded]
	if k&ender != 0 {
		return k
	}
	return k | all.stemmed[stem]
}
