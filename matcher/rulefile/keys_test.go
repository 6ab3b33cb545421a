package rulefile

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The keys that are read are those of which rules.schema.json tells, which is
// written by hand for editors.
func TestKeysAreThoseOfTheSchema(t *testing.T) {
	text, err := os.ReadFile("../../rules.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	type object struct {
		Properties map[string]any
		Defs       map[string]object `json:"$defs"`
	}
	var schema object
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	for name, read := range map[string][]string{
		"":          slices.Concat(contentKeys, policyKeys),
		"Feed":      feedKeys,
		"Auth":      authKeys,
		"Page":      pageKeys,
		"Defaults":  defaultsKeys,
		"Entity":    entityKeys,
		"Rule":      ruleKeys,
		"Condition": conditionKeys,
		"Change":    changeKeys,
		"Examples":  exampleKinds,
		"Example":   exampleKeys,
		"Route":     routeKeys,
		"Quiet":     quietKeys,
		"Digest":    digestKeys,
		"Stories":   storiesKeys,
		"Mute":      muteKeys,
		"Outlet":    outletKeys,
	} {
		properties := schema.Properties
		if name != "" {
			properties = schema.Defs[name].Properties
		}
		told := slices.Sorted(maps.Keys(properties))
		if diff := cmp.Diff(told, slices.Sorted(slices.Values(read))); diff != "" {
			t.Errorf("keys of %q (-schema +read):\n%s", name, diff)
		}
	}
}
