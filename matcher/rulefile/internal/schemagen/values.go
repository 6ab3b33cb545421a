package main

import (
	_ "embed"
	"encoding/json"
	"strings"

	"github.com/invopop/jsonschema"
)

// The types of values that are written as text, or in several ways.
type (
	Text          string   // which YAML may take for a number or a date
	Texts         []string // one or several
	Terms         []string
	Members       []string
	Channels      []string
	Languages     []string
	Name          string
	Query         string
	Language      string
	Schedule      string
	Severity      string
	Duration      string
	DurationOrOff string
	CountOrOff    string
	Clock         string
	Domains       []string
	Zone          string
	Near          string
	Conditions    []any
	Changes       []any
	ExampleList   []any
)

// text returns the schema of a text.
func text(description, pattern string, examples ...any) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Description: description, Pattern: pattern, Examples: examples}
}

// scalar returns the schema of a text that may be written without quotes
// though YAML takes it for a number.
func scalar() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string"}, {Type: "number"}}}
}

// oneOrMany returns the schema of one value, or a list of such.
func oneOrMany(of *jsonschema.Schema, description string) *jsonschema.Schema {
	return &jsonschema.Schema{
		Description: description,
		AnyOf:       []*jsonschema.Schema{of, {Type: "array", Items: of}},
	}
}

// ref returns the schema that stands for a definition.
func ref(name string) *jsonschema.Schema { return &jsonschema.Schema{Ref: "#/$defs/" + name} }

const (
	aboutQuery = "A query. AND, OR, NOT; NEAR/5 and ONEAR/5; \"a phrase\"; word*; =exact; $list; @entity; title: summary: body:; SENTENCE(…), WITHIN/9(…, …), COUNT($list) >= 3, FIRST(…), LEAD(…), QUESTION, PAST_YEAR; feed: lang: tag:. Put it in single quotes if it begins with a quote, @ or *."
	aboutTerm  = "A word or phrase in all its inflected forms; =word and \"a phrase\" for just these forms; word* for any ending; _ for any one word within a phrase; $list for all entries of another list; '@entity'."
)

// JSONSchema implements the interface of the generator, as do all below.
func (Text) JSONSchema() *jsonschema.Schema { return scalar() }

// JSONSchema returns the schema of one text or several.
func (Texts) JSONSchema() *jsonschema.Schema { return oneOrMany(ref("Text"), "") }

// JSONSchema returns the schema of the entries of a list.
func (Terms) JSONSchema() *jsonschema.Schema {
	terms := oneOrMany(scalar(), "The entries of the list. "+aboutTerm)
	languages := &jsonschema.Schema{
		Type:                 "object",
		Description:          "Entries that count in texts of one language only, by its code.",
		PropertyNames:        ref("Language"),
		AdditionalProperties: oneOrMany(scalar(), aboutTerm),
	}
	terms.AnyOf = append(terms.AnyOf, languages)
	return terms
}

// JSONSchema returns the schema of the members of a group.
func (Members) JSONSchema() *jsonschema.Schema {
	return oneOrMany(text("An id of an entity, a group, a country by its English name or its code, region:sahel, or kind:person.", ""), "")
}

// JSONSchema returns the schema of channels.
func (Channels) JSONSchema() *jsonschema.Schema {
	return oneOrMany(text("A channel.", `^((slack|chat)(:[^\s:/@]+)?|email(:\S+@\S+)?|webhook|console)$`,
		"slack", "slack:C0123ABCD", "email", "email:desk@example.org", "chat", "chat:desk", "webhook", "console"), "")
}

// JSONSchema returns the schema of the codes of languages.
func (Languages) JSONSchema() *jsonschema.Schema { return oneOrMany(ref("Language"), "") }

// JSONSchema returns the schema of a name that people choose.
func (Name) JSONSchema() *jsonschema.Schema {
	return text("", `^[\p{L}\p{N}\p{M}]([\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}])?$`)
}

// JSONSchema returns the schema of a query.
func (Query) JSONSchema() *jsonschema.Schema {
	return text(aboutQuery, "", "$coup NEAR/12 (@leaders OR @countries)", `'"palace _ coup" OR title: mutin*'`)
}

// JSONSchema returns the schema of the code of a language.
func (Language) JSONSchema() *jsonschema.Schema {
	return text("A code of ISO 639, such as en or ru.", `^[a-z]{2,3}$`, "en", "ru", "fr", "ar", "uk")
}

// JSONSchema returns the schema of a schedule.
func (Schedule) JSONSchema() *jsonschema.Schema {
	return text("", schedulePattern, "@every 5m", "@hourly", "*/10 6-22 * * *", "TZ=Europe/Kyiv 0 7 * * *")
}

// schedulePattern is what package schedule reads, as far as a pattern can say.
var schedulePattern = func() string {
	fields := []string{
		`[0-5]?[0-9]`,
		`([01]?[0-9]|2[0-3])`,
		`(0?[1-9]|[12][0-9]|3[01])`,
		`(0?[1-9]|1[0-2]|` + anyCase("jan feb mar apr may jun jul aug sep oct nov dec") + `)`,
		`([0-6]|` + anyCase("sun mon tue wed thu fri sat") + `)`,
	}
	for i, f := range fields {
		piece := `([*?]|` + f + `(-` + f + `)?)(/[1-9][0-9]*)?`
		fields[i] = piece + `(,` + piece + `)*`
	}
	cron := `((CRON_)?TZ=\S+ +)?` + strings.Join(fields, " +")
	return `^(@every ([0-9.]+(h|m|s))+|@(yearly|annually|monthly|weekly|daily|midnight|hourly)|` + cron + `)$`
}()

// anyCase returns a pattern for any of the words, in capitals or not.
func anyCase(words string) string {
	var b strings.Builder
	for _, r := range words {
		if r == ' ' {
			b.WriteByte('|')
			continue
		}
		b.WriteString("[" + strings.ToUpper(string(r)) + string(r) + "]")
	}
	return b.String()
}

// JSONSchema returns the schema of a severity.
func (Severity) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Enum: []any{"low", "medium", "high", "critical"}}
}

// JSONSchema returns the schema of a length of time.
func (Duration) JSONSchema() *jsonschema.Schema {
	return text("", `^([0-9]+d|([0-9.]+(h|m|s))+)$`, "24h", "90m", "2d")
}

// JSONSchema returns the schema of a length of time, or of none.
func (DurationOrOff) JSONSchema() *jsonschema.Schema {
	return text("", `^([0-9]+d|([0-9.]+(h|m|s))+|off)$`, "15m", "1h", "off")
}

// JSONSchema returns the schema of a number, or of none.
func (CountOrOff) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Type: "integer", Minimum: json.Number("1"), Maximum: json.Number("1000")},
		{Type: "string", Enum: []any{"off"}},
	}}
}

// JSONSchema returns the schema of the names of hosts.
func (Domains) JSONSchema() *jsonschema.Schema {
	return oneOrMany(text("The name of a host, without https:// and without a path.", `^[^\s/:@]+\.[^\s/:@.]+$`, "thetimes.co.uk"), "")
}

// JSONSchema returns the schema of a time of day.
func (Clock) JSONSchema() *jsonschema.Schema {
	return text("", `^([01]?[0-9]|2[0-3]):[0-5][0-9]$`, "07:00", "22:30")
}

// JSONSchema returns the schema of a time zone.
func (Zone) JSONSchema() *jsonschema.Schema {
	s := text("", "", "UTC", "Europe/Kyiv", "Africa/Bamako", "America/New_York")
	for zone := range strings.FieldsSeq(zones) {
		s.Enum = append(s.Enum, zone)
	}
	return s
}

// zones are the names of the time zone database.
//
//go:embed zones.txt
var zones string

// JSONSchema returns the schema of how near a condition must be.
func (Near) JSONSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Type: "integer", Minimum: json.Number("0"), Maximum: json.Number("1000")},
		{Type: "string", Enum: []any{"sentence", "item"}},
	}}
}

// JSONSchema returns the schema of what takes hits away.
func (Conditions) JSONSchema() *jsonschema.Schema {
	return oneOrMany(&jsonschema.Schema{AnyOf: []*jsonschema.Schema{ref("Query"), ref("Condition")}}, "")
}

// JSONSchema returns the schema of changes of severity.
func (Changes) JSONSchema() *jsonschema.Schema { return oneOrMany(ref("Change"), "") }

// JSONSchema returns the schema of examples.
func (ExampleList) JSONSchema() *jsonschema.Schema {
	return oneOrMany(&jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string", Description: "The title of an item."}, ref("Example")}}, "")
}
