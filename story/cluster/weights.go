package cluster

import "github.com/coupwatch/coupwatch/story/gist"

// Weights are all figures by which reports join stories. [Default] has those
// that folded the labelled news of five months best, and did as well on three
// others. What is no share, score or number of days says its unit.
type Weights struct {
	Words       gist.Weights
	Shared      Shared
	Apart       Apart
	Thresholds  Thresholds
	Main        Main
	Hub         Hub
	Fade        Fade
	Rarity      Rarity
	Find        Find
	Development Development
	Warm        Warm
}

// Shared is what is added to the score for what a report and a story have in
// common.
type Shared struct {
	BestCosine  float64 // times the cosine of the words with those of the report most like it
	MeanCosine  float64 // times that with all reports of the story: one chance likeness is not enough
	Names       float64 // times how rare the names are that both have
	NamesAbroad float64 // the same in addition, between languages: no word can be shared, and names must tell alone
	Country     float64 // times how seldom in the news a country is that both are about
	OnlyCountry float64 // the same in addition, if no other story of these days is about it
	Rule        float64 // times how special a rule is that found both
	AnyKind     float64 // the share of what a country says where the rules say nothing: two events of any kind in one country are common
	Voice       float64 // somebody by the same name says so in both
}

// Apart is what is taken off the score for what sets a report and a story apart.
type Apart struct {
	NoCountry    float64 // both are about countries and share none
	OtherCountry float64 // each is also about a country of its own
	Voices       float64 // others by name claim it: two claims by different people are usually two events
	Unsure       float64 // nothing rare is shared, neither a name nor a country seldom in the news
	NothingRare  float64 // less sure than this, more must be shared than words that rules look for
	NameSureness float64 // how sure the rarest name makes, as against the rarest country: a man may do several things
	Graver       float64 // the report is graver than the story ever was
	OtherEvent   float64 // the report tells, of somebody else, of a kind of event that the story never told
	Awakening    float64 // the report is worth an alert and no report of the story was
	Hardly       float64 // a story that is about a country by no more than this share is silent of it
}

// Thresholds are the scores from which on something is so.
type Thresholds struct {
	Join      float64 // a report joins a story
	Link      float64 // whatever the time, the story is linked that it does not join
	Duplicate float64 // a report is a copy of a development
	Warm      float64 // a warm story keeps a report that no rule found
	Unite     float64 // two stories are one, by how like the reports of each are to the other on average
}

// Main says what is mainly of a story.
type Main struct {
	Rule    float64 // the share of reports that a main rule matched gravest
	Name    float64 // the share of reports that have a main name
	Country float64 // how much a report or a story is about a country that it is mainly about
}

// Hub is how much a story draws of which much is told at once: the commoner an
// event makes its own words, the less they say.
type Hub struct {
	Pull      float64 // what is added to the score at the most for what is told of it in a day
	Full      float64 // the logarithm to base 2 of how many reports a day draw that
	Great     float64 // what is added in addition at the most for how hot it is: the greater of two pieces of one event draws more
	GreatFrom float64 // reports worth an alert, cooled: with no more nothing is added
	GreatFull float64 // the logarithm to base 2 of how many times hotter draws all
	OtherKind float64 // the share of both that is left where the kind of event is not the same
	Nameless  float64 // and where no main name is
}

// Fade is how the score fades with the days since the story was last told.
type Fade struct {
	Days       float64 // in which it falls to a third, for a story of one report
	Growth     float64 // the share by which that takes longer each time the reports double: great events last
	Floor      float64 // the share that never fades
	MaxGapDays float64 // after which nothing joins any more
}

// Rarity is how rare something is: its IDF, log(stories / stories that have it).
// Priors are stories that are supposed beside those that are known, so that
// the first day decides as the hundredth. What is less rare than a floor says
// nothing, and what is rarer by a range all that it can.
type Rarity struct {
	Stories     float64 // prior: of all
	BusyCountry float64 // prior: about a country that is in the news every day
	Country     float64 // prior: about another country
	CommonWord  float64 // prior: with a word that is in the news every day
	Word        float64 // prior: with another word or name
	Rule        float64 // prior: of a rule
	PlaceFloor  float64
	PlaceRange  float64
	RuleFloor   float64
	RuleRange   float64
	NameFloor   float64
	NameRange   float64
}

// Find is what countries count for when candidates are looked for, as against
// the square of the weight of a word.
type Find struct {
	Country    float64 // times the square of how seldom it is in the news
	AnyCountry float64 // in addition, so that each story of it is a candidate
}

// Development is how like a report is to a development of its story.
type Development struct {
	Best       float64 // the share of the cosine with the report most like it, as against that with all
	FadeDays   float64 // in which the likeness falls to a third: tomorrow the same words tell what is new
	OftenWord  float64 // what is left of a word that half of the story's reports have
	OtherNames float64 // what is left of the cosine with a report that names others, beside the main names of the story
}

// Warm is how warm a story keeps reports of its country that no rule found.
type Warm struct {
	Best        float64 // times the cosine with the report most like it
	Mean        float64 // times that with all
	Names       float64
	Country     float64
	CoolingDays float64 // in which heat falls to a third
	MinHeat     float64 // reports worth an alert, cooled: with fewer a story warms nothing
	FullHeat    float64 // with fewer it warms the less
}

// Default returns the figures in use. Small changes to any of them change
// little.
func Default() Weights {
	return Weights{
		Words:       gist.Weights{Title: 5, Country: 0.65, Rule: 1.1, CountryInText: 0.5},
		Shared:      Shared{BestCosine: 0.53, MeanCosine: 0.45, Names: 0.07, NamesAbroad: 0.50, Country: 0.35, OnlyCountry: 0.15, Rule: 0.17, AnyKind: 0.35, Voice: 0.15},
		Apart:       Apart{NoCountry: 0.64, OtherCountry: 0.27, Voices: 0.70, Unsure: 0.10, NothingRare: 0.05, NameSureness: 0.5, Graver: 0.05, OtherEvent: 0.3, Awakening: 0.15, Hardly: 0.1},
		Thresholds:  Thresholds{Join: 0.325, Link: 0.30, Duplicate: 0.21, Warm: 0.75, Unite: 0.45},
		Main:        Main{Rule: 0.15, Name: 0.35, Country: 0.5},
		Hub:         Hub{Pull: 0.30, Full: 4, Great: 0.15, GreatFrom: 12, GreatFull: 4, OtherKind: 0.2, Nameless: 0.3},
		Fade:        Fade{Days: 6, Growth: 0.4, Floor: 0.03, MaxGapDays: 24},
		Rarity:      Rarity{Stories: 70, BusyCountry: 17, Country: 0.8, CommonWord: 20, Word: 0.7, Rule: 6, PlaceFloor: 0.63, PlaceRange: 1.44, RuleFloor: 0.75, RuleRange: 0.85, NameFloor: 2.2, NameRange: 1.8},
		Find:        Find{Country: 4, AnyCountry: 0.1},
		Development: Development{Best: 0.8, FadeDays: 0.9, OftenWord: 0.72, OtherNames: 0.8},
		Warm:        Warm{Best: 1.3, Mean: 1.2, Names: 0.1, Country: 0.2, CoolingDays: 12, MinHeat: 1.5, FullHeat: 10},
	}
}
