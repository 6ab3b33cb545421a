package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Invented news of two mutinies a period, each told by several outlets.
const rules = `feeds: [{url: "https://wire.example/feed", name: Wire}]
rules:
  - {id: mutiny, severity: high, match: mutiny}
`

// world writes the files of two periods, and returns how to fit on them.
func world(t *testing.T) options {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	o := options{rules: write("rules.yaml", rules), only: "Hub.Pull,Thresholds.Join", around: 1, write: filepath.Join(dir, "report.txt")}
	for k, name := range []string{"spring", "autumn"} {
		var items, events strings.Builder
		events.WriteString("id\tevent\tdevelopment\n")
		for i := range 6 {
			id, event, where := fmt.Sprint(name, i), "mali", "Mutiny in Mali barracks at Kati, gunners refuse orders"
			if i%2 == 1 {
				event, where = "fiji", "Fiji navy mutiny: sailors of Suva hold their admiral"
			}
			at := time.Date(2026, time.Month(3+6*k), 1, i, 0, 0, 0, time.UTC).Format(time.RFC3339)
			fmt.Fprintf(&items, `{"id":%q,"published":%q,"feed":"https://wire%d.example/feed","title":%q}`+"\n", id, at, i, where+fmt.Sprint(", part ", i))
			fmt.Fprintf(&events, "%s\t%s\t%s-begins\n", id, event, event)
		}
		o.periods = append(o.periods, name+"="+write(name+".jsonl", items.String())+","+write(name+".tsv", events.String()))
	}
	return o
}

// The report says how good the weights are, what each figure does, and what becomes
// of a fit in the period that it did not see; always the same.
func TestFitStories(t *testing.T) {
	o := world(t)
	var before string
	for range 2 {
		if err := fitStories(context.Background(), o); err != nil {
			t.Fatal(err)
		}
		made, err := os.ReadFile(o.write)
		if err != nil {
			t.Fatal(err)
		}
		text := string(made)
		for _, want := range []string{"spring   story 1.000", "silent 0 of 2", "without fiji, story 1.000", "Hub.Pull                 x 1.2", "Thresholds.Join          x 0.8", "Fitted without autumn: ", "loss in spring, which it did not see: ", "Fitted on all: "} {
			if !strings.Contains(text, want) {
				t.Errorf("the report lacks %q:\n%s", want, text)
			}
		}
		if before != "" && before != text {
			t.Errorf("the second report differs:\n%s\n%s", before, text)
		}
		before = text
	}
}

// What cannot be fitted is told with its place.
func TestFitStoriesErrors(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(o *options)
		want   string
	}{
		"one period":  {func(o *options) { o.periods = o.periods[:1] }, "needs two -period"},
		"no files":    {func(o *options) { o.periods[0] = "spring" }, `"spring" should be NAME=ITEMS,EVENTS`},
		"no figure":   {func(o *options) { o.only = "Hubs" }, `begins with "Hubs"`},
		"no archive":  {func(o *options) { o.periods[0] = "spring=none.jsonl," + strings.Split(o.periods[0], ",")[1] }, "none.jsonl"},
		"short event": {func(o *options) { o.periods[0] = strings.ReplaceAll(o.periods[0], "spring.tsv", "rules.yaml") }, "rules.yaml:2: want id, event and development"},
	} {
		o := world(t)
		tt.change(&o)
		if err := fitStories(context.Background(), o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}
