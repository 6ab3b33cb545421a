package main

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSchemaIsFresh(t *testing.T) {
	want, err := schema()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../../../rules.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("rules.schema.json is not what the types say; run go generate ./matcher (-want +got):\n%s", diff)
	}
}
