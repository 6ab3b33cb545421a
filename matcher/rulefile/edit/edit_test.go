package edit_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/rulefile/edit"
	"github.com/coupwatch/coupwatch/news"
)

var wire = news.Feed{URL: "https://wire.example/rss?a=1&b=2", Name: "Wire: world", Language: "en", Tags: []string{"africa", "no"}}

const inBraces = `{url: "https://wire.example/rss?a=1&b=2", name: "Wire: world", language: en, tags: [africa, "no"]}`

func TestAdd(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{
			"behind others in braces", "feeds:\n  - {name: A, url: \"https://a.example/\"} # the first\n\n  # searches\n\nrules: []\n",
			"feeds:\n  - {name: A, url: \"https://a.example/\"} # the first\n  - {name: \"Wire: world\", url: \"https://wire.example/rss?a=1&b=2\", language: en, tags: [africa, \"no\"]}\n\n  # searches\n\nrules: []\n",
		},
		{
			"behind others on lines", "feeds:\n- url: https://a.example/\n  tags:\n  - x\n  name: A   # yes\n# done\n",
			"feeds:\n- url: https://a.example/\n  tags:\n  - x\n  name: A   # yes\n- url: \"https://wire.example/rss?a=1&b=2\"\n  tags: [africa, \"no\"]\n  name: \"Wire: world\"\n  language: en\n# done\n",
		},
		{"on two lines", "feeds:\n  - {name: A,\n     url: \"https://a.example/\"}\nrules: []", "feeds:\n  - {name: A,\n     url: \"https://a.example/\"}\n  - {name: \"Wire: world\", url: \"https://wire.example/rss?a=1&b=2\", language: en, tags: [africa, \"no\"]}\nrules: []"},
		{"without a last newline", "feeds:\n  - {url: \"https://a.example/\", name: A}", "feeds:\n  - {url: \"https://a.example/\", name: A}\n  - " + inBraces + "\n"},
		{"with carriage returns", "feeds:\r\n  - {url: \"https://a.example/\", name: A}\r\nrules: []\r\n", "feeds:\r\n  - {url: \"https://a.example/\", name: A}\r\n  - " + inBraces + "\r\nrules: []\r\n"},
		{"with a mark at the beginning", "\ufefffeeds:\n  - {url: \"https://a.example/\", name: Ä}\n", "\ufefffeeds:\n  - {url: \"https://a.example/\", name: Ä}\n  - " + inBraces + "\n"},
		{"in brackets", "feeds: [{url: \"https://a.example/]\", name: 'A}'}]\n", "feeds: [{url: \"https://a.example/]\", name: 'A}'}, " + inBraces + "]\n"},
		{"in brackets on lines", "feeds: [\n  {url: \"https://a.example/\", name: it's}, # }\n  {url: \"https://b.example/\", name: B},\n]\n", "feeds: [\n  {url: \"https://a.example/\", name: it's}, # }\n  {url: \"https://b.example/\", name: B},\n  " + inBraces + ",\n]\n"},
		{"an empty list", "feeds: []\nrules: []\n", "feeds: [" + inBraces + "]\nrules: []\n"},
		{"nothing yet", "version: 1\nfeeds: # none\n\nrules: []\n", "version: 1\nfeeds: # none\n  - " + inBraces + "\n\nrules: []\n"},
		{"nothing yet, at the end", "feeds:", "feeds:\n  - " + inBraces + "\n"},
		{"no feeds", "rules: [] # yes", "rules: [] # yes\n\nfeeds:\n  - " + inBraces + "\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := edit.Add(tt.text, []news.Feed{wire})
			if err != nil || got != tt.want {
				t.Fatalf("error %v, got\n%s\nwant\n%s", err, got, tt.want)
			}
			entries, _ := edit.Feeds(got)
			before, _ := edit.Feeds(tt.text)
			back, err := edit.Remove(got, len(entries)-1)
			if after, _ := edit.Feeds(back); err != nil || len(after) != len(before) || len(before) > 0 && strings.TrimSpace(back) != strings.TrimSpace(tt.text) {
				t.Errorf("removed again: error %v, got\n%s\nwant\n%s", err, back, tt.text)
			}
		})
	}
}

func TestAddSeveral(t *testing.T) {
	got, err := edit.Add("feeds:\n  - {url: \"https://a.example/\", name: A}\n", []news.Feed{{URL: "https://b.example/", Name: "B"}, {URL: "https://c.example/", Login: "desk:hush", Name: "C", Publisher: "P", Schedule: "@every 30m"}})
	want := "feeds:\n  - {url: \"https://a.example/\", name: A}\n  - {url: \"https://b.example/\", name: B}\n  - {url: \"https://desk:hush@c.example/\", name: C, publisher: P, schedule: \"@every 30m\"}\n"
	if err != nil || got != want {
		t.Errorf("error %v, got\n%s\nwant\n%s", err, got, want)
	}
}

func TestRemove(t *testing.T) {
	const a, b, c = "{url: \"https://a.example/\", name: A}", "{url: \"https://b.example/\", name: B}", "{url: \"https://c.example/\", name: C}"
	tests := []struct {
		name, text string
		i          int
		want       string
	}{
		{"the first", "feeds:\n  # ours\n  - " + a + "\n\n  # theirs\n  - " + b + "\n", 0, "feeds:\n  # ours\n\n  # theirs\n  - " + b + "\n"},
		{"the last", "feeds:\n  - " + a + "\n  - " + b + " # b\n\n# rules\nrules: []\n", 1, "feeds:\n  - " + a + "\n\n# rules\nrules: []\n"},
		{"the only one", "feeds:\n  - " + a + "\nrules: []\n", 0, "feeds:\nrules: []\n"},
		{"of many lines", "feeds:\n  -\n    url: \"https://a.example/\"\n    # hush\n    name: A\n  - " + b + "\n", 0, "feeds:\n  - " + b + "\n"},
		{"the first in brackets", "feeds: [" + a + ", " + b + "]\n", 0, "feeds: [" + b + "]\n"},
		{"one in brackets", "feeds: [" + a + ", " + b + ", " + c + "]\n", 1, "feeds: [" + a + ", " + c + "]\n"},
		{"the last in brackets", "feeds: [" + a + ", " + b + "]\n", 1, "feeds: [" + a + "]\n"},
		{"the only one in brackets", "feeds: [ " + a + " ]\n", 0, "feeds: [ ]\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := edit.Remove(tt.text, tt.i); err != nil || got != tt.want {
				t.Errorf("error %v, got\n%s\nwant\n%s", err, got, tt.want)
			}
		})
	}
}

// What cannot be changed without changing something else is left to people.
func TestByHand(t *testing.T) {
	for name, text := range map[string]string{
		"no YAML":    "feeds: [",
		"a list":     "- a",
		"braces":     "{rules: []}",
		"an alias":   "x: &x [{url: a, name: A}]\nfeeds: *x\n",
		"a word":     "feeds: none\n",
		"a tag":      "feeds: !!seq []\n",
		"text below": "rules: []\n...\n",
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := edit.Add(text, []news.Feed{wire}); err == nil {
				t.Errorf("got\n%s", got)
			} else if !strings.HasPrefix(err.Error(), "this file has to be changed by hand: ") {
				t.Errorf("says %v", err)
			}
		})
	}
	if got, err := edit.Remove("feeds:\n  - &a {url: \"https://a.example/\", name: A}\nx: *a\n", 0); err == nil {
		t.Errorf("removed what is used elsewhere: %s", got)
	}
}

func TestFeeds(t *testing.T) {
	entries, found := edit.Feeds("x: &u \"https://u:hush@a.example/?token=hush\"\nfeeds:\n  - {url: *u, name: ' A '}\n  - name: B\n    disabled: true\n")
	if !found || len(entries) != 2 || entries[0].Name != "A" || entries[0].Line != 3 || strings.Contains(entries[0].URL, "hush") || !entries[1].Disabled || entries[1].Line != 4 {
		t.Errorf("got %+v, %v", entries, found)
	}
	if entries, found := edit.Feeds("feeds:\n"); !found || len(entries) != 0 {
		t.Errorf("got %+v, %v, want an empty list", entries, found)
	}
	if _, found := edit.Feeds("rules: []"); found {
		t.Error("found a list where there is none")
	}
}

// Whatever the text and the feed, an edit adds lines and changes none, and taking
// the feed away again gives the list that was there.
func FuzzAdd(f *testing.F) {
	f.Add("feeds:\n  - {url: a, name: A}\nrules: []\n", "Wire", "https://wire.example/", "africa")
	f.Add("feeds: [{url: a}] # x", "a: b", "x y", "#")
	f.Add("feeds:\n- url: a\n  name: |\n    A\n    # b\n", "'", "\\", "\x00")
	f.Fuzz(func(t *testing.T, text, name, url, tag string) {
		for _, s := range []string{name, url, tag} {
			if s != strings.ToValidUTF8(s, "") {
				t.Skip()
			}
		}
		got, err := edit.Add(text, []news.Feed{{URL: url, Name: name, Tags: []string{tag}}})
		if err != nil {
			return
		}
		before, _ := edit.Feeds(text)
		after, found := edit.Feeds(got)
		if !found || len(after) != len(before)+1 {
			t.Fatalf("%d feeds became %d:\n%s", len(before), len(after), got)
		}
		if back, err := edit.Remove(got, len(before)); err == nil {
			if again, _ := edit.Feeds(back); len(again) != len(before) {
				t.Errorf("%d feeds became %d:\n%s", len(before), len(again), back)
			}
		}
	})
}
