package bench

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "make keys.json of rules.schema.json")

// definition is what of rules.schema.json says what may be written.
type definition struct {
	Ref         string                `json:"$ref"`
	Description string                `json:"description"`
	Enum        []string              `json:"enum"`
	Properties  map[string]definition `json:"properties"`
	AnyOf       []definition          `json:"anyOf"`
}

// What the workbench completes is what the schema of rules.yaml has.
func TestKeys(t *testing.T) {
	src, err := os.ReadFile("../../rules.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs map[string]definition `json:"$defs"`
	}
	_ = json.Unmarshal(src, &schema) // enums of numbers are none of ours
	keys, values := map[string][][2]string{}, map[string][]string{}
	for section, of := range map[string][]string{"rules": {"Rule", "Change", "Condition", "Examples", "Example"}, "entities": {"Entity"}, "groups": {"GroupMember"}} {
		for _, name := range of {
			d, known := schema.Defs[name]
			if !known {
				t.Fatalf("the schema has no %s", name)
			}
			for _, alternative := range append(d.AnyOf, d) {
				for key, p := range alternative.Properties {
					says, _, _ := strings.Cut(p.Description, ". ")
					keys[section] = append(keys[section], [2]string{key, strings.TrimSuffix(says, ".")})
					enum := p.Enum
					if enum == nil {
						enum = schema.Defs[strings.TrimPrefix(p.Ref, "#/$defs/")].Enum
					}
					if enum != nil {
						values[key] = enum
					}
				}
			}
		}
		keys[section] = unique(keys[section])
	}
	var want bytes.Buffer
	out := json.NewEncoder(&want)
	out.SetEscapeHTML(false)
	if err := out.Encode(map[string]any{"keys": keys, "values": values}); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("keys.json", want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, _ := os.ReadFile("keys.json"); !bytes.Equal(got, want.Bytes()) {
		t.Error("keys.json is not of the schema; go test ./web/bench -run TestKeys -update")
	}
	if len(keys["rules"]) < 12 || len(values["severity"]) != 4 {
		t.Errorf("%d keys of a rule, severities %v", len(keys["rules"]), values["severity"])
	}
}

// unique returns the keys in order, each once.
func unique(all [][2]string) (out [][2]string) {
	best := map[string]string{}
	for _, k := range all {
		if old, known := best[k[0]]; !known || len(k[1]) > len(old) || len(k[1]) == len(old) && k[1] > old {
			best[k[0]] = k[1]
		}
	}
	for len(best) > 0 {
		least := ""
		for k := range best {
			if least == "" || k < least {
				least = k
			}
		}
		out = append(out, [2]string{least, best[least]})
		delete(best, least)
	}
	return out
}
