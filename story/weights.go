package story

// What the parts of a likeness weigh. These are the figures that folded the
// labelled news of five months best and did as well on three others; see
// TestFolding. Small changes to any of them change little.
const (
	// How like a report is to a story.
	bestCosine    = 0.53 // of the words with those of the report most like it
	meanCosine    = 0.45 // of the words with those of all its reports
	namesShared   = 0.07
	sameCountry   = 0.35
	onlyCountry   = 0.15 // in addition if no other open story is about it
	sameRule      = 0.17
	anyKind       = 0.35 // of what a country says, where the rules say nothing
	noCountry     = 0.64 // taken off where both are about countries and share none
	otherCountry  = 0.27 // taken off where each is also about a country of its own
	sameVoice     = 0.15 // somebody by the same name says so in both
	otherVoices   = 0.70 // taken off a claim where others by name say so, the less the surer it is otherwise
	unsure        = 0.10 // taken off where nothing rare is shared: no name, no country seldom in the news
	nothingRare   = 0.05 // less sure than this, more must be shared than words that rules look for
	graver        = 0.05 // taken off as well where the report is graver than the story ever was
	awakening     = 0.15 // taken off where the report is worth an alert and no report of the story was
	joinThreshold = 0.325
	linkThreshold = 0.30 // from here on a story is linked, whatever the time

	// How much a hub draws; see hub.
	hubPull      = 0.30
	hubFull      = 4.0  // the logarithm of how many reports a day draw all they can
	hubOtherKind = 0.2  // of it, where no rule is the same
	hubNameless  = 0.3  // of it, where no main name is
	mainRule     = 0.15 // what share of a story's reports a main rule matched gravest
	mainName     = 0.35 // in how many of a story's reports a main name is

	// Between languages no word can be shared, and names must tell alone.
	namesAbroad = 0.50

	// How likeness fades with the days since the story was last told.
	decayDays   = 6.0  // in which it fades to a third, for one report
	decayGrowth = 0.4  // longer by this share each time its reports double
	decayFloor  = 0.03 // what never fades
	maxGapDays  = 24.0 // when nothing joins any more

	// How rare something is: its IDF, log(stories / stories that have it), with these priors.
	priorStories       = 70.0 // stories that are supposed beside those known
	dfPriorBusyCountry = 17.0 // how many of them are about a country that is in the news every day
	dfPriorCountry     = 0.8  // about another country
	dfPriorCommonWord  = 20.0 // have a word that is in the news every day
	dfPriorWord        = 0.7  // have another word or name
	placeFloor         = 0.63 // a country less rare than this says nothing
	placeRange         = 1.44 // and one rarer by this all it can
	dfPriorRule        = 6.0  // stories that are supposed to be of a rule
	ruleFloor          = 0.75 // a rule less rare than this says nothing
	ruleRange          = 0.85
	nameFloor          = 2.2 // the same for a name
	nameRange          = 1.8
	nameSureness       = 0.5 // how sure a name makes, beside a country

	// How much a word says about a report.
	titleWord   = 5.0 // in the title, as against one in the text
	countryWord = 0.65
	ruleWord    = 1.1

	// How like a report is to a development of its story.
	bestOfDevelopment    = 0.8  // the cosine with the report most like it, as against that with all
	developmentDecayDays = 0.9  // days in which it fades to a third
	oftenWord            = 0.72 // of a word that half of the story's reports have
	duplicateThreshold   = 0.21

	// How warm a story keeps a report of its country.
	warmBest      = 1.3
	warmMean      = 1.2
	warmNames     = 0.1
	warmCountry   = 0.2
	warmThreshold = 0.75
	coolingDays   = 12.0 // days in which heat falls to a third
	minHeat       = 1.5  // with less heat than this a story warms nothing
	fullHeat      = 10.0 // with less than this it warms the less
	mainly        = 0.5  // how much a report or a story must be about a country to be mainly about it
)
