package rulefile_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/schedule"
)

const schemaFile = "../../rules.schema.json"

// Every key has a description, by which editors teach.
func TestSchemaDescribesAll(t *testing.T) {
	properties := 0
	for name, def := range compiledSchema(t).Properties {
		properties++
		if def.Description == "" {
			t.Errorf("%s has no description", name)
		}
	}
	for _, name := range []string{"Feed", "Page", "Defaults", "Entity", "Rule", "Condition", "Change", "Examples", "Example", "Route", "Quiet", "Digest", "Stories", "Mute", "Outlet"} {
		for key, def := range subschema(t, name).Properties {
			properties++
			if def.Description == "" {
				t.Errorf("%s of %s has no description", key, name)
			}
		}
	}
	if properties < 50 {
		t.Errorf("%d properties looked at, want all", properties)
	}
}

func compiledSchema(t *testing.T) *jsonschema.Schema { return subschema(t, "") }

// subschema returns a definition of the schema, or all of it.
func subschema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("rules.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	url := "rules.schema.json"
	if name != "" {
		url += "#/$defs/" + name
	}
	s, err := c.Compile(url)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// checkSchema returns what the schema has against a rules.yaml.
func checkSchema(t *testing.T, s *jsonschema.Schema, text string) error {
	t.Helper()
	var doc any
	if err := yaml.Load([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	return s.Validate(asJSON(doc))
}

// asJSON returns a value of YAML as editors see it, which have no dates.
func asJSON(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			v[key] = asJSON(inner)
		}
	case []any:
		for i, inner := range v {
			v[i] = asJSON(inner)
		}
	case time.Time:
		return v.Format(time.RFC3339)
	}
	return v
}

func TestSchemaAcceptsShippedRules(t *testing.T) {
	files, err := filepath.Glob("../../rules*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	more, _ := filepath.Glob("../../rules/*.yaml")
	files = append(files, more...)
	if len(files) == 0 {
		t.Skip("no rules.yaml is shipped")
	}
	s := compiledSchema(t)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkSchema(t, s, string(text)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// What the program reads the schema must not refuse, nor the other way round.
func TestSchemaAndScheduleAgree(t *testing.T) {
	s := compiledSchema(t)
	for _, spec := range []string{
		"@every 90s", "@every 1h30m", "@daily", "* * * * *", "*/5 * * * *", "0,30 6-22/2 1,15 jan-MAR Mon-fri", "TZ=Africa/Lagos 5 07 * * ?", "59 23 31 12 6",
		"auto", "auto 2m..1h", "auto 90s..1h30m",
		"auto 2m", "auto 2m-1h", "@auto", "automatic", "@every", "@weekdays", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 7", "*/0 * * * *", "* * * *", "* * * * * *", "mon * * * *",
	} {
		_, err := schedule.Parse(spec)
		refused := checkSchema(t, s, "defaults: {schedule: '"+spec+"'}")
		if (err == nil) != (refused == nil) {
			t.Errorf("%q: read with error %v; the schema says %v", spec, err, refused)
		}
	}
}

func TestSchemaAcceptsWhatFeedsNeed(t *testing.T) {
	const text = `feeds:
  - {url: https://a.example/, name: A, user_agent: M, headers: {X: 1, Y: {env: FEED_Y}}, cookies: {c: {file: c.txt}}, proxy: {env: FEED_P}, insecure: true}
  - {url: https://b.example/, name: B, auth: {user: u, password: {file: p}}, timezone: Europe/Moscow, charset: koi8-r, identity: title, fulltext: always}
  - {url: https://c.example/, name: C, auth: {bearer: {env: FEED_C}}, proxy: "socks5h://127.0.0.1:9050"}
`
	if err := checkSchema(t, compiledSchema(t), text); err != nil {
		t.Error(err)
	}
	mustRead(t, text+"rules: [{id: coup, severity: high, title: Coup, match: coup}]\n")
}

func TestSchemaKnowsZones(t *testing.T) {
	s := compiledSchema(t)
	for _, zone := range []string{"UTC", "Europe/Kyiv", "Europe/Kiev", "Africa/Bamako", "America/Argentina/Buenos_Aires", "Etc/GMT+3", "Asia/Kolkata"} {
		if err := checkSchema(t, s, "digest: {timezone: "+zone+"}"); err != nil {
			t.Errorf("the schema refuses %s: %v", zone, err)
		}
		if _, err := time.LoadLocation(zone); err != nil {
			t.Error(err)
		}
	}
}

// Each shipped file tells editors of the schema that lies above it.
func TestShippedRulesNameTheirSchema(t *testing.T) {
	files, err := filepath.Glob("../../rules/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, "../../rules.yaml") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		line, _, _ := strings.Cut(string(text), "\n")
		path, ok := strings.CutPrefix(line, "# yaml-language-server: $schema=")
		if _, err := os.Stat(filepath.Join(filepath.Dir(file), path)); !ok || err != nil {
			t.Errorf("%s begins with %q, which leads to no schema: %v", file, line, err)
		}
	}
	if len(files) < 2 {
		t.Errorf("%d files in rules/, want lists and entities", len(files))
	}
}

func TestSchemaRefuses(t *testing.T) {
	s := compiledSchema(t)
	for _, text := range []string{
		"feeds: [{url: https://a.example/}]",
		"feeds: [{url: ftp://a.example/, name: A}]",
		"rules: [{id: a, match: b, severity: hgih}]",
		"rules: [{id: a, match: b, exmaples: {}}]",
		"rules: [{id: a, match: b, lower: [{to: low}]}]",
		"rules: [{id: a, match: b, unless: [{when: c, near: page}]}]",
		"rules: [{id: a b, match: b}]",
		"routes: [{to: pigeon}]",
		"routes: [{to: slack, limit: none}]",
		"digest: {at: noon}",
		"stories: {gather: never}",
		"mutes: [{word: coup}]",
		"outlets: [{domains: a.example}]",
		"outlets: [{name: A, domains: 'https://a.example/'}]",
		"what: ever",
		`defaults: {schedule: "*/7 * * *"}`,
		`defaults: {schedule: "72 * * * *"}`,
		`defaults: {schedule: "0 9 * * funday"}`,
		`defaults: {schedule: "@often"}`,
		`defaults: {schedule: "5m"}`,
		"digest: {timezone: Kiew}",
		"routes: [{to: slack, quiet: {from: '22:00', to: '07:00', timezone: Nairobi}}]",
		"lists: {a: [null]}",
		"feeds: [{url: https://a.example/, name: A, auth: {}}]",
		"feeds: [{url: https://a.example/, name: A, auth: {user: a, bearer: b}}]",
		"feeds: [{url: https://a.example/, name: A, headers: {X: {env: PATH}}}]",
		"feeds: [{url: https://a.example/, name: A, cookies: {x: {file: ../y}}}]",
		"feeds: [{url: https://a.example/, name: A, proxy: {env: FEED_A, file: a}}]",
		"feeds: [{url: https://a.example/, name: A, identity: url}]",
		"feeds: [{url: https://a.example/, name: A, fulltext: true}]",
	} {
		if err := checkSchema(t, s, text); err == nil {
			t.Errorf("the schema accepts %s", strings.TrimSpace(text))
		}
	}
}
