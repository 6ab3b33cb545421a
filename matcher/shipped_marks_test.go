package matcher

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/query"
)

// marked is the first line of a list with a comment of one word at its end.
var marked = regexp.MustCompile(`(?m)^  "?([a-z-]+)"?:.* # (world|periods)$`)

// Every list that makes a rule match or graver says in one word where it has its
// terms from: plain knowledge of the world, or the news of two periods. One item
// is no reason.
func TestPositiveListsSayWhy(t *testing.T) {
	why := map[string]string{}
	files, err := filepath.Glob("../rules/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files of rules: %v", err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range marked.FindAllStringSubmatch(string(src), -1) {
			why[m[1]] = m[2]
		}
	}
	lists := positive(shippedRules(t))
	if len(lists) < 200 {
		t.Fatalf("%d lists make rules match, want some hundreds", len(lists))
	}
	for _, list := range lists {
		if why[list] == "" {
			t.Errorf("$%s makes rules match; write # world or # periods behind its name, as rules/lists.yaml tells", list)
		}
	}
}

// positive returns the lists that make a rule match or graver, in order.
func positive(r *Rules) []string {
	found := map[string]bool{}
	var add func(n query.Node)
	add = func(n query.Node) {
		for _, name := range listsIn(n) {
			if !found[name] {
				found[name] = true
				for _, entry := range r.spec.Lists[name] {
					add(entry)
				}
			}
		}
	}
	for _, rule := range r.spec.Rules {
		add(rule.Match)
		for _, raise := range rule.Raise {
			add(raise.When)
		}
	}
	var names []string
	for name := range found {
		if _, _, part := strings.Cut(name, ":"); !part {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// listsIn returns the lists that a query asks for, without those that it asks to
// be nowhere.
func listsIn(n query.Node) []string {
	var names []string
	of := query.Parts(n)
	switch n := n.(type) {
	case *query.List:
		names = append(names, n.Name)
	case *query.Count:
		names = append(names, n.Name)
	case *query.And:
		of = n.Parts
	}
	for _, part := range of {
		names = append(names, listsIn(part)...)
	}
	return names
}
