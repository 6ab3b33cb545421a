package matcher_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

const schemaFile = "../rules.schema.json"

// Every key has a description, by which editors teach.
func TestSchemaDescribesAll(t *testing.T) {
	properties := 0
	for name, def := range compiledSchema(t).Properties {
		properties++
		if def.Description == "" {
			t.Errorf("%s has no description", name)
		}
	}
	for _, name := range []string{"Feed", "Defaults", "Entity", "Rule", "Condition", "Change", "Examples", "Example", "Route", "Quiet", "Digest", "Stories", "Mute", "Outlet"} {
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
	files, err := filepath.Glob("../rules*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	more, _ := filepath.Glob("../rules/*.yaml")
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
	} {
		if err := checkSchema(t, s, text); err == nil {
			t.Errorf("the schema accepts %s", strings.TrimSpace(text))
		}
	}
}
