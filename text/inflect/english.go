package inflect

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// stemEnglish returns the stem of a folded English word: that of Porter's
// second stemmer, save for words that it would take for forms of others, for
// irregular verbs and for what is spelt in two ways.
func stemEnglish(folded string) string {
	word := american(folded)
	if stem, ok := englishStems[word]; ok {
		return stem
	}
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return env.Current()
}

// englishApart lists words that have a stem of their own, as have their
// plurals, where Porter's stemmer gives them that of another word. What is
// told apart is what a news desk minds: the intelligence service from
// intelligent people, executives from the executed.
const englishApart = `
accession activism activist admiral admiralty attendant auditor capitalism capitalist candidate celebrity
civilian commune communal communism communist authority competent composer conservation conservative contention convention conversation
cooper coronation corporal corporate corporation defendant defensive department deposition
detective expertise disorderly dominion emergency emirate engineer engineering executive experiment fabricate federation finale
generally generation generator generational generic
gravely harris hospitality humane humanity humanitarian importance important importantly informal initiative
integrity intelligence intelligent international ironic
liberal liberty lively majority marina mars mineral minority manning margin mobility morale morality
nationality nationalist nationalism nativity negotiable objective objectively operative opera opposition organ organic
organism organist paradise particular personal personality personally personnel
policy political politically politician politics populism populist population populous portable positive positively possession
presentation procession property publication publicity publish recession
relation relative relatively reservation respective respectively responsible responsibility
revelation royalty secretary secretion security securities several
severally socialism socialist special speciality statement stately stationary stationery succession successor successive quite
universal universe university vacation virtual
coupe couple coupon`

// englishIrregular lists forms that begin otherwise than the word whose stem
// they have, which comes first.
const englishIrregular = `
flee fled fleeing flees
overthrow overthrew overthrown overthrowing overthrows
lead led leads leading
shoot shot shoots shooting
steal stole stolen steals stealing
fight fought fights fighting
withdraw withdrew withdrawn withdraws withdrawing
take took taken takes taking
overtake overtook overtaken
seek sought seeks seeking
hide hid hidden hides hiding
break broke broken breaks breaking
fall fell fallen falls falling
rise rose risen rises rising
hold held holds holding
lose lost loses losing
quit quitting quits quitted
swear swore sworn swears swearing
strike struck strikes striking
forbid forbade forbidden
man men
woman women
coup coups
authorise authorises authorised authorising authorisation authorisations
civilisation civilisations civilised
cooperate cooperates cooperated cooperating cooperation
designate designates designated designating designation designations
generate generates generated generating generative
witness witnesses witnessed witnessing
preside presided presides presiding
president presidents presidential presidency presidencies
execute executes executed executing execution executions executioner executioners
organise organises organised organising organiser organisers
organisation organisations organisational
secure secures secured securing securely
oppose opposes opposed opposing
mobilise mobilises mobilised mobilising mobilisation mobilisations
liberate liberates liberated liberating liberation liberator liberators
spy spies spied spying
traitor traitors traitorous
mutiny mutinies mutinied mutinying mutinous mutineer mutineers`

// englishStems holds the stems of both lists, in American spelling. It is never
// changed.
var englishStems = func() map[string]string {
	stems := map[string]string{}
	for _, word := range strings.Fields(englishApart) {
		plural := word + "s"
		if noun, ok := strings.CutSuffix(word, "y"); ok {
			plural = noun + "ies"
		}
		stems[american(word)], stems[american(plural)] = word, word
	}
	for _, line := range strings.Split(strings.TrimSpace(englishIrregular), "\n") {
		forms := strings.Fields(line)
		for _, form := range forms {
			stems[american(form)] = american(forms[0])
		}
	}
	return stems
}()

// american returns a word in American spelling, as far as [britishBeginnings]
// and the endings of verbs in -ise go. What comes of words in -ise that are no
// such verbs, such as surprise, is wrong, but the same for all their forms.
func american(word string) string {
	for _, s := range britishBeginnings {
		for _, beginning := range s.of {
			if rest, ok := strings.CutPrefix(word, beginning); ok {
				return strings.Replace(beginning, s.british, s.american, 1) + rest
			}
		}
	}
	const shortest = 7 // lest "rise" and the like are taken for such verbs
	if len(word) < shortest {
		return word
	}
	for _, ending := range [...]string{"ise", "ised", "ises", "ising", "iser", "isers", "isation", "isations", "isational"} {
		if base, ok := strings.CutSuffix(word, ending); ok {
			return base + "iz" + ending[2:]
		}
	}
	return word
}

// britishBeginnings lists how words begin in British spelling, and the letters
// that American spelling has in the place of others.
var britishBeginnings = []struct {
	british, american string
	of                []string
}{
	{"our", "or", []string{"rumour", "armour", "labour", "harbour", "favour", "honour", "behaviour", "neighbour", "saviour"}},
	{"nce", "nse", []string{"defence", "offence", "licence"}},
	{"mme", "m", []string{"programme"}},
	{"re", "er", []string{"centre", "theatre"}},
	{"sc", "sk", []string{"sceptic"}},
}
