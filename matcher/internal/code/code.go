// Package code has the codes of the problems of rules.yaml: short names that stay
// the same while the words of a message change. Programs tell problems apart by
// them, and people look them up in docs/problems.md.
//
// A new code is a constant, a row of [Table], a case in rulefile/testdata/bad, and
// a row of docs/problems.md, which go test ./matcher/rulefile -update writes.
package code

// A Code names a kind of problem.
type Code string

// The codes. Each stands in [Table], which says what it means.
const (
	// Of the text of a file.
	NotUTF8          Code = "not-utf8"
	ControlCharacter Code = "control-character"
	Tab              Code = "tab"
	OddSpace         Code = "odd-space"
	Misaligned       Code = "misaligned"
	TooFarRight      Code = "too-far-right"
	GluedDash        Code = "glued-dash"
	LostDash         Code = "lost-dash"
	OpenQuote        Code = "open-quote"
	Apostrophe       Code = "apostrophe"
	AfterValue       Code = "after-value"
	ValueStart       Code = "value-start"
	ColonInValue     Code = "colon-in-value"
	MissingComma     Code = "missing-comma"
	MissingColon     Code = "missing-colon"
	Backslash        Code = "backslash"
	ListStart        Code = "list-start"
	BesideBlock      Code = "beside-block"
	NotYAML          Code = "not-yaml"
	TooDeep          Code = "too-deep"
	EmptyFile        Code = "empty-file"
	SeveralDocuments Code = "several-documents"
	TooManyAliases   Code = "too-many-aliases"

	// Of the files.
	UnknownVersion Code = "unknown-version"
	MisplacedKey   Code = "misplaced-key"
	IncludeOutside Code = "include-outside"
	IncludePattern Code = "include-pattern"
	IncludeMissing Code = "include-missing"
	IncludeTooMany Code = "include-too-many"
	IncludeUnread  Code = "include-unread"
	MoreProblems   Code = "more-problems"

	// Of shapes.
	UnknownKey  Code = "unknown-key"
	RepeatedKey Code = "repeated-key"
	MissingKey  Code = "missing-key"
	OddKey      Code = "odd-key"
	NotMapping  Code = "not-a-mapping"
	NotList     Code = "not-a-list"
	NotText     Code = "not-text"
	NotFlag     Code = "not-a-flag"
	EmptyValue  Code = "empty-value"
	NullEntry   Code = "null-entry"

	// Of names.
	BadName         Code = "bad-name"
	ReservedName    Code = "reserved-name"
	RepeatedName    Code = "repeated-name"
	ContainsItself  Code = "contains-itself"
	UnknownEntity   Code = "unknown-entity"
	UnknownList     Code = "unknown-list"
	UnknownTable    Code = "unknown-table"
	UnknownRule     Code = "unknown-rule"
	UnknownFeed     Code = "unknown-feed"
	UnknownKind     Code = "unknown-kind"
	UnknownSeverity Code = "unknown-severity"
	UnknownCountry  Code = "unknown-country"
	UnknownLanguage Code = "unknown-language"
	UnknownZone     Code = "unknown-time-zone"
	UnknownChannel  Code = "unknown-channel"

	// Of values.
	BadURL          Code = "bad-url"
	BadSelector     Code = "bad-selector"
	BadSchedule     Code = "bad-schedule"
	BadHeader       Code = "bad-header"
	BadLogin        Code = "bad-login"
	BadSecret       Code = "bad-secret"
	BadProxy        Code = "bad-proxy"
	BadCharset      Code = "bad-charset"
	BadFullText     Code = "bad-fulltext"
	BadIdentity     Code = "bad-identity"
	BadDomain       Code = "bad-domain"
	BadDate         Code = "bad-date"
	EmptyTime       Code = "empty-time"
	TimeOfNothing   Code = "time-of-nothing"
	BadClock        Code = "bad-time-of-day"
	BadDuration     Code = "bad-duration"
	BadNumber       Code = "bad-number"
	BadRow          Code = "bad-row"
	EmptyQuiet      Code = "empty-quiet"
	MuteOfNothing   Code = "mute-of-nothing"
	MuteOfSeveral   Code = "mute-of-several"
	SameSeverity    Code = "same-severity"
	LowerToNone     Code = "lower-to-none"
	EmptyExample    Code = "empty-example"
	IgnoredSeverity Code = "ignored-severity"
	ExampleFails    Code = "example-fails"

	// Of queries.
	SideBySide       Code = "words-side-by-side"
	NoOperator       Code = "no-operator"
	ForeignSign      Code = "foreign-sign"
	MissingOperand   Code = "missing-operand"
	OpenParenthesis  Code = "open-parenthesis"
	StrayParenthesis Code = "stray-parenthesis"
	OutOfPlace       Code = "out-of-place"
	AndBesideOr      Code = "and-beside-or"
	NotAlone         Code = "not-alone"
	MisplacedNot     Code = "misplaced-not"
	BadDistance      Code = "bad-distance"
	BadArguments     Code = "bad-arguments"
	UnknownFunction  Code = "unknown-function"
	UnknownField     Code = "unknown-field"
	NoPlace          Code = "no-place"
	TwoFields        Code = "two-fields"
	NotInList        Code = "not-in-list"
	OddSign          Code = "odd-sign"
	MisplacedExact   Code = "misplaced-exact"
	TooWide          Code = "too-wide"
	QuestionMark     Code = "question-mark"
	NoWord           Code = "no-word"
	LoneGap          Code = "lone-gap"
	LongWord         Code = "long-word"
)

// An Entry is what there is to know of a code.
type Entry struct {
	Code    Code
	Section string // of docs/rules.md, as a link has it
	Meaning string // on one line
}

// Table has an entry for each code. It is never changed.
var Table = []Entry{
	{NotUTF8, "what-yaml-does-to-queries", "The file is not saved as UTF-8."},
	{ControlCharacter, "what-yaml-does-to-queries", "A character that no text has."},
	{Tab, "what-yaml-does-to-queries", "A tab where YAML wants spaces."},
	{OddSpace, "what-yaml-does-to-queries", "A line is indented with something that only looks like a space."},
	{Misaligned, "what-yaml-does-to-queries", "A line begins in a column in which none above it begins."},
	{TooFarRight, "what-yaml-does-to-queries", "A key is indented further than the one above it, which has its value already."},
	{GluedDash, "what-yaml-does-to-queries", "The dash of an entry has no space after it."},
	{LostDash, "what-yaml-does-to-queries", "An entry of a list has lost its dash."},
	{OpenQuote, "what-yaml-does-to-queries", "A quote is never closed, or lines further down."},
	{Apostrophe, "what-yaml-does-to-queries", "An apostrophe ends a value in single quotes."},
	{AfterValue, "what-yaml-does-to-queries", "Something stands behind the quote or bracket that ends a value."},
	{ValueStart, "what-yaml-does-to-queries", "A value begins with a sign that YAML has a use for."},
	{ColonInValue, "what-yaml-does-to-queries", "A colon and a space stand within a value without quotes."},
	{MissingComma, "what-yaml-does-to-queries", "A comma is missing between [ ] or { }, or the end of these."},
	{MissingColon, "what-yaml-does-to-queries", "A key has no colon after it."},
	{Backslash, "what-yaml-does-to-queries", "A backslash in double quotes."},
	{ListStart, "what-yaml-does-to-queries", "A list begins where a value stands."},
	{BesideBlock, "what-yaml-does-to-queries", "Text stands in the line of > or of a vertical bar."},
	{NotYAML, "what-yaml-does-to-queries", "The file is no YAML, for another reason."},
	{TooDeep, "queries", "A file or a query is nested too deep."},
	{EmptyFile, "several-files", "The file says nothing."},
	{SeveralDocuments, "several-files", "The file has several documents with --- between them."},
	{TooManyAliases, "several-files", "Aliases stand for themselves, or for more than can be read."},
	{UnknownVersion, "several-files", "A version of the format that does not exist."},
	{MisplacedKey, "several-files", "A key that stands in rules.yaml only."},
	{IncludeOutside, "several-files", "An include leads out of the folder of rules.yaml."},
	{IncludePattern, "several-files", "An include is no pattern."},
	{IncludeMissing, "several-files", "An include names no file."},
	{IncludeTooMany, "several-files", "More files are included than are read."},
	{IncludeUnread, "several-files", "An included file cannot be read."},
	{MoreProblems, "rules", "There are more mistakes than are told."},
	{UnknownKey, "rules", "A key that means nothing here."},
	{RepeatedKey, "rules", "A key stands twice."},
	{MissingKey, "rules", "A key that must be there is not."},
	{OddKey, "rules", "A key is no word."},
	{NotMapping, "rules", "Keys and values are wanted."},
	{NotList, "rules", "A list is wanted."},
	{NotText, "rules", "Text is wanted."},
	{NotFlag, "rules", "true or false is wanted."},
	{EmptyValue, "rules", "A value, a list or a group is empty."},
	{NullEntry, "lists", "YAML reads a word, such as null, as nothing."},
	{BadName, "queries", "A name has signs that no name has."},
	{ReservedName, "entities-and-groups", "A name means something already."},
	{RepeatedName, "rules", "Two things are called the same, or two feeds have one address."},
	{ContainsItself, "lists", "A list or a group is within itself."},
	{UnknownEntity, "entities-and-groups", "No entity, group or country is called so."},
	{UnknownList, "lists", "No list is called so."},
	{UnknownTable, "points", "A query adds up a table of points that does not exist."},
	{UnknownRule, "rules", "No rule is called so."},
	{UnknownFeed, "feeds", "No feed or publisher is called so."},
	{UnknownKind, "entities-and-groups", "An entity cannot be of such a kind."},
	{UnknownSeverity, "rules", "There is no such severity."},
	{UnknownCountry, "entities-and-groups", "There is no such country."},
	{UnknownLanguage, "feeds", "There is no language with this code."},
	{UnknownZone, "routes", "There is no such time zone."},
	{UnknownChannel, "routes", "There is no such channel."},
	{BadURL, "feeds", "The address of a feed cannot be read, or is not of http."},
	{BadSelector, "feeds", "A CSS selector cannot be read."},
	{BadSchedule, "feeds", "A schedule cannot be read."},
	{BadHeader, "what-a-feed-needs", "A header or a cookie that cannot be sent, or has a key of its own."},
	{BadLogin, "what-a-feed-needs", "A login is not whole, or there are two."},
	{BadSecret, "what-a-feed-needs", "A secret is not kept where one of a feed may be."},
	{BadProxy, "what-a-feed-needs", "This is no address of a proxy."},
	{BadCharset, "what-a-feed-needs", "There is no such charset."},
	{BadFullText, "what-a-feed-needs", "Of which items pages are read is not said so."},
	{BadIdentity, "what-a-feed-needs", "Items are not known by this."},
	{BadDomain, "outlets", "This is no domain."},
	{BadDate, "mutes", "This is no date."},
	{EmptyTime, "entities-and-groups", "A member of a group counts until a day that is not after its first."},
	{TimeOfNothing, "entities-and-groups", "An entity has a time, but is in no group."},
	{BadClock, "routes", "This is no time of day."},
	{BadDuration, "stories", "This is no length of time."},
	{BadNumber, "routes", "This is no number, or one that is too small or too great."},
	{BadRow, "points", "A row of a table of points is more than one thing to look for."},
	{EmptyQuiet, "routes", "Quiet hours end when they begin."},
	{MuteOfNothing, "mutes", "A mute does not say what is muted."},
	{MuteOfSeveral, "mutes", "A mute says several things."},
	{SameSeverity, "rules", "A lower or raise leads to no other severity."},
	{LowerToNone, "rules", "A severity of none: unless takes a hit away."},
	{EmptyExample, "rules", "An example has no text."},
	{IgnoredSeverity, "rules", "An example to ignore has a severity."},
	{ExampleFails, "rules", "A rule does to an example what it should not."},
	{SideBySide, "queries", "Words without an operator or quotes."},
	{NoOperator, "queries", "An operator in lower case."},
	{ForeignSign, "queries", "A sign of another query language."},
	{MissingOperand, "queries", "An operator, a field or a parenthesis has nothing to look for."},
	{OpenParenthesis, "queries", "A parenthesis is never closed."},
	{StrayParenthesis, "queries", "A parenthesis closes nothing."},
	{OutOfPlace, "queries", "A comma, a comparison or a lone dash where none belongs."},
	{AndBesideOr, "queries", "AND and OR without parentheses."},
	{NotAlone, "queries", "A NOT that would match nearly every item."},
	{MisplacedNot, "queries", "A NOT that stands twice, after a field or beside NEAR."},
	{BadDistance, "queries", "NEAR, ONEAR or WITHIN without a number of words, or with a strange one."},
	{BadArguments, "queries", "A function without parentheses, or with too much or too little in them."},
	{UnknownFunction, "queries", "There is no such function."},
	{UnknownField, "queries", "There is no such field."},
	{NoPlace, "queries", "What holds of the whole item stands within a part of it."},
	{TwoFields, "queries", "Nothing lies in two fields at once."},
	{NotInList, "lists", "An operator or a sign that means nothing in a list."},
	{OddSign, "queries", "A sign that means nothing in or beside a word."},
	{MisplacedExact, "queries", "A = that does not stand before a word, or stands beside a wildcard."},
	{TooWide, "queries", "A wildcard that would match nearly everything."},
	{QuestionMark, "queries", "A question mark in quotes."},
	{NoWord, "queries", "There is no word in it."},
	{LoneGap, "queries", "A _ that does not stand between two words."},
	{LongWord, "queries", "No word is as long as this."},
}
