package main

// File is a rules.yaml, or a file that one includes: what coupwatch reads,
// what it looks for, and who hears of it.
type File struct {
	// The version of this format: 1.
	Version int `yaml:"version" jsonschema:"enum=1"`
	// Further files to read, beside this one or in folders within: names, or
	// patterns such as rules/*.yaml. They may hold feeds, lists, groups,
	// entities, outlets, rules and further includes.
	Include Texts `yaml:"include"`
	// The feeds to read.
	Feeds []Feed `yaml:"feeds"`
	// What holds for feeds and items that say nothing else. In rules.yaml only.
	Defaults Defaults `yaml:"defaults"`
	// Words and phrases by name. Queries ask for any entry of a list by $name.
	Lists map[string]Terms `yaml:"lists"`
	// Tables that POINTS($table) adds up: what is worth how much where it stands
	// in the title of an item or in the first sentence below it. A row is a
	// $list, an @entity, a word, QUESTION or PAST_YEAR, and a whole number, below
	// 0 if it speaks against.
	Points map[string]map[string]int `yaml:"points"`
	// Entities and countries by the name of their group. Queries ask for any
	// member by @name.
	Groups map[string]Members `yaml:"groups"`
	// People, agencies and the like. They are found in every spelling and
	// script; queries ask for one by @id.
	Entities []Entity `yaml:"entities"`
	// What to look for.
	Rules []Rule `yaml:"rules"`
	// Who publishes what, beside the outlets that coupwatch knows.
	Outlets []Outlet `yaml:"outlets"`
	// What people hear of stories that they were told. In rules.yaml only.
	Stories Stories `yaml:"stories"`
	// Who hears of what. Every route that fits a story is taken. If there are
	// none, all from medium severity on goes to slack. In rules.yaml only.
	Routes []Route `yaml:"routes"`
	// The channels on which coupwatch tells of its own troubles, such as feeds
	// that fell silent. If left out, those of the first route. In rules.yaml
	// only.
	Operators Channels `yaml:"operators"`
	// What is to interrupt nobody for a time, though the digest still lists it.
	// In rules.yaml only.
	Mutes []Mute `yaml:"mutes"`
	// The daily digest. In rules.yaml only.
	Digest Digest `yaml:"digest"`
}

// Feed is an RSS, Atom or JSON feed to read.
type Feed struct {
	// The address, with http or https.
	URL string `yaml:"url" jsonschema:"required,format=uri,pattern=^[hH][tT][tT][pP][sS]?://"`
	// The name, as people see it.
	Name Text `yaml:"name" jsonschema:"required"`
	// Whose feed it is. Feeds of one publisher count as one origin. If left
	// out, the name.
	Publisher Text `yaml:"publisher"`
	// The language, such as en or ru. If left out, coupwatch tells it by the
	// text.
	Language Language `yaml:"language"`
	// When to read it: "@every 5m", or five fields as cron has them, in UTC. If
	// left out, that of defaults.
	Schedule Schedule `yaml:"schedule"`
	// Free words that rules and routes may ask for.
	Tags Texts `yaml:"tags"`
	// True to leave it alone without deleting it.
	Disabled bool `yaml:"disabled"`
}

// Defaults is what holds for feeds and items that say nothing else.
type Defaults struct {
	// When feeds are read: "@every 10m", or five fields as cron has them, in
	// UTC. If left out, every ten minutes.
	Schedule Schedule `yaml:"schedule"`
	// How old an item may be, when it is first read, to interrupt anyone. An
	// older one is told by the digest at most. If left out, 24h.
	MaxAge Duration `yaml:"max_age"`
}

// Entity is someone or something that rules ask for by @id.
type Entity struct {
	// The name in queries and routes: letters and digits, and - or _ between
	// them.
	ID Name `yaml:"id" jsonschema:"required"`
	// What it is, which tells how its name is inflected and shortened. If left
	// out, a person.
	Kind string `yaml:"kind" jsonschema:"enum=person,enum=agency,enum=office,enum=organisation,enum=country,enum=city,enum=outlet"`
	// The name as people know it, in Latin letters: Sergei Beseda.
	Name Text `yaml:"name" jsonschema:"required"`
	// The name in its own script: Сергей Беседа. All cases of it and all usual
	// romanisations are found.
	Native Text `yaml:"native"`
	// Other names, such as nicknames and abbreviations.
	Aliases Texts `yaml:"aliases"`
	// Spellings that are not to be recognised, because they mean something
	// else.
	Exclude Texts `yaml:"exclude"`
	// Groups that it is in. Queries ask for any member by @group.
	Groups Texts `yaml:"groups"`
	// The country that it belongs to: an English name, or a code of two letters.
	Country Text `yaml:"country"`
	// What must stand near its surname alone, if that is common: a query.
	Helper Query `yaml:"helper"`
}

// Rule is one thing to look for.
type Rule struct {
	// The name in routes and reports: letters and digits, and - or _ between
	// them.
	ID Name `yaml:"id" jsonschema:"required"`
	// The name as people see it. If left out, the id.
	Title Text `yaml:"title"`
	// What it looks for, for people who are woken by it: "soldiers who turn on
	// their commanders".
	Why Text `yaml:"why"`
	// How loudly to tell of it: low is for the digest only; medium and high
	// interrupt; critical is not held back by quiet hours. If left out, medium.
	Severity Severity `yaml:"severity"`
	// What to look for: a query.
	Match Query `yaml:"match" jsonschema:"required"`
	// What takes a hit away where it stands near: a query, or several. Near is
	// within 12 words if nothing else is said.
	Unless Conditions `yaml:"unless"`
	// What makes a hit less severe where it stands near. Has the last word over
	// raise.
	Lower Changes `yaml:"lower"`
	// What makes a hit more severe where it stands near.
	Raise Changes `yaml:"raise"`
	// The languages of the items that it is for. If left out, all.
	Languages Languages `yaml:"languages"`
	// The tags of the feeds that it is for: any one of them. If left out, all
	// feeds.
	Tags Texts `yaml:"tags"`
	// The feeds that it is for: their names, or publishers for all feeds of
	// these. If left out, all feeds.
	Feeds Texts `yaml:"feeds"`
	// Channels that hear of its stories, from medium severity on, in addition to
	// those of the routes.
	Routes Channels `yaml:"routes"`
	// Titles that the rule must match, and some that it must not. The file is
	// not loaded unless they all come out so.
	Examples Examples `yaml:"examples"`
	// True to leave it alone without deleting it.
	Disabled bool `yaml:"disabled"`
}

// Condition is something that stands near a hit.
type Condition struct {
	// What stands there: a query.
	When Query `yaml:"when" jsonschema:"required"`
	// How near: a number of words, sentence for the same sentence, or item for
	// anywhere in the item. If left out, 12 words.
	Near Near `yaml:"near"`
}

// Change is another severity where something stands near a hit.
type Change struct {
	// The other severity: below that of the rule for lower, above it for raise.
	To Severity `yaml:"to" jsonschema:"required"`
	// What stands there: a query.
	When Query `yaml:"when" jsonschema:"required"`
	// How near: a number of words, sentence for the same sentence, or item for
	// anywhere in the item. If left out, 12 words.
	Near Near `yaml:"near"`
}

// Examples are what a rule must match and what it must not.
type Examples struct {
	// What the rule must match, and not lower to low.
	Match ExampleList `yaml:"match"`
	// What the rule must not match, or lower to low.
	Ignore ExampleList `yaml:"ignore"`
}

// Example is an item. It needs a title, a summary or a body.
type Example struct {
	// The title.
	Title Text `yaml:"title"`
	// The summary.
	Summary Text `yaml:"summary"`
	// The full text.
	Body Text `yaml:"body"`
	// When it was published, such as 2026-08-22. If left out, after every year
	// that it may name.
	Published Text `yaml:"published"`
	// Its language. If left out, that of the feed or of the rule if it has one,
	// or else coupwatch tells it by the text.
	Language Language `yaml:"language"`
	// The name of the feed that carries it.
	Feed Text `yaml:"feed"`
	// The severity that it must match with. If left out, any above low. Not for
	// examples to ignore.
	Severity Severity `yaml:"severity"`
}

// Route says who hears of which stories. Conditions left out are met by every
// story; the others must all be met.
type Route struct {
	// The channels: slack, "slack:C0123ABCD", email,
	// "email:desk@example.org", chat, "chat:desk", webhook or console; one or
	// several.
	To Channels `yaml:"to" jsonschema:"required"`
	// The least severity. If left out, medium.
	Severity Severity `yaml:"severity"`
	// Ids of rules: one of them matched.
	Rules Texts `yaml:"rules"`
	// Entities, groups or countries: one of them is named.
	Entities Members `yaml:"entities"`
	// Tags of feeds: one of the reports came by such a feed.
	Tags Texts `yaml:"tags"`
	// How many alerts a channel may take in an hour by this route, or off for
	// any number; the digest tells of the others. Critical ones are always told.
	// If left out, 20.
	Limit CountOrOff `yaml:"limit"`
	// Hours of the day in which only critical stories are told at once; the
	// others wait for the end.
	Quiet Quiet `yaml:"quiet"`
}

// Quiet is hours of the day. They may span midnight.
type Quiet struct {
	// When they begin: "22:00".
	From Clock `yaml:"from" jsonschema:"required"`
	// When they end: "07:00".
	To Clock `yaml:"to" jsonschema:"required"`
	// The time zone, such as Europe/Kyiv. If left out, UTC.
	Timezone Zone `yaml:"timezone"`
}

// Digest is one message a day that tells of all stories.
type Digest struct {
	// The time of day: "07:00", which is also what holds if it is left out.
	At Clock `yaml:"at"`
	// The time zone, such as Europe/Kyiv. If left out, UTC.
	Timezone Zone `yaml:"timezone"`
	// The channels; [] for no digest. If left out, email.
	To Channels `yaml:"to"`
	// False for none on a day without stories. If left out, one line says that
	// all is quiet, and how much was read.
	Empty bool `yaml:"empty"`
}

// Stories is what people hear of stories that they were told.
type Stories struct {
	// How long what is new in a story is gathered into one message, in the
	// thread of the one that told it; off for not telling it. If left out, 15m.
	Gather DurationOrOff `yaml:"gather"`
	// When so many independent origins tell a story, people are told so; off
	// for never. If left out, 3.
	Origins CountOrOff `yaml:"origins"`
}

// Mute keeps people from being interrupted by some reports, which the digest
// still lists. One of story, rule, entity and feed says which.
type Mute struct {
	// The id of a story.
	Story Text `yaml:"story"`
	// The id of a rule: reports that no other rule matched.
	Rule Text `yaml:"rule"`
	// An entity, group or country: reports that name it.
	Entity Text `yaml:"entity"`
	// The name of a feed, or a publisher for all feeds of it.
	Feed Text `yaml:"feed"`
	// When it ends: 2026-12-01, which is the first moment of that day in UTC,
	// or 2026-12-01T06:00:00Z. If left out, never.
	Until Text `yaml:"until"`
	// Why, for people.
	Why Text `yaml:"why"`
}

// Outlet is who publishes, or is quoted as publishing.
type Outlet struct {
	// The name as people know it: The Times.
	Name Text `yaml:"name" jsonschema:"required"`
	// Where it publishes: thetimes.co.uk. Those below are its as well.
	Domains Domains `yaml:"domains"`
	// Other names: Times of London.
	Aliases Texts `yaml:"aliases"`
	// The outlets of one family are one voice. If left out, it stands alone.
	Family Text `yaml:"family"`
}
