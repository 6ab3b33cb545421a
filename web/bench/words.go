package bench

import (
	"embed"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/places"
)

// keysFile says which keys there are in rules.yaml, and what they mean. A test makes
// it of rules.schema.json.
//
//go:embed keys.json
var keysFile embed.FS

// Words are what may be written where, for who is typing.
type words struct {
	Keys     json.RawMessage `json:"keys"`     // by section: [key, what it means]
	Values   json.RawMessage `json:"values"`   // by key
	Lists    []string        `json:"lists"`    // "$coup"
	Names    [][2]string     `json:"names"`    // "@beseda", "Sergei Beseda"
	Operates []string        `json:"operates"` // AND, NEAR/9, …
}

// operates are the words of the language of queries.
var operates = []string{"AND", "OR", "NOT", "NEAR/9", "ONEAR/9", "WITHIN/9(", "SENTENCE(", "LEAD(", "FIRST(", "TOLD(", "WARM(", "COUNT(", "POINTS(", "QUESTION", "PAST_YEAR", "title:", "summary:", "body:", "feed:", "lang:", "tag:"}

// groups are those that queries know without rules.yaml.
var groups = [][2]string{{"@countries", "all countries"}, {"@capitals", "all capitals"}, {"@nationalities", "all nationalities"}}

// complete answers with the words that may be written in what is edited, as JSON.
func (b *Room) complete(w http.ResponseWriter, r *http.Request) {
	s, err := b.files()
	if err != nil {
		b.unread(w, r, err)
		return
	}
	b.mu.Lock()
	if b.words == nil {
		b.words = b.wordsOf(s)
	}
	known := b.words
	b.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-cache")
	tag := `"` + s.Version() + `"`
	w.Header().Set("Etag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_ = json.NewEncoder(w).Encode(known) // the reader has gone; nobody is left to tell
}

func (b *Room) wordsOf(s *matcher.Sources) *words {
	var w words
	body, _ := keysFile.ReadFile("keys.json") // it is embedded
	_ = json.Unmarshal(body, &w)              // which a test holds
	w.Operates, w.Names, w.Lists = operates, slices.Clone(groups), []string{}
	for _, e := range s.Entries() {
		switch e.Section {
		case "lists":
			w.Lists = append(w.Lists, e.Ref())
		case "groups":
			w.Names = append(w.Names, [2]string{e.Ref(), "group"})
		case "entities":
			w.Names = append(w.Names, [2]string{e.Ref(), b.o.Rules().EntityName(e.Name)})
		}
	}
	known := map[string]bool{}
	for _, name := range places.Names() {
		if code, is := places.Code(name); is && !known[code] {
			known[code] = true
			w.Names = append(w.Names, [2]string{"@country:" + code, places.Name(code)})
		}
	}
	for _, region := range places.Regions() {
		w.Names = append(w.Names, [2]string{"@region:" + region, "a part of the world"})
	}
	slices.SortFunc(w.Names, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	slices.Sort(w.Lists)
	return &w
}
