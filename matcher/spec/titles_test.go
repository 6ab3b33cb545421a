package spec_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/spec"
)

// People read names and titles; what has none is called by its id, and so is
// what rules that have changed since knew.
func TestWhatThingsAreCalled(t *testing.T) {
	s := read(t, `
feeds:
  - {url: "https://a.example/1", name: Alpha}
lists:
  coup: [coup, putsch]
  junta: [junta]
entities:
  - {id: beseda, kind: person, name: Sergei Beseda, native: Сергей Беседа}
  - {id: sahelia, kind: country, name: Sahelia}
rules:
  - {id: coup, title: Coups, why: who takes power, severity: high, match: $coup}
  - {id: bare, severity: low, match: $junta}
`)
	for _, tt := range []struct {
		of        string
		name      func(string) string
		id, named string
	}{
		{"title", s.Title, "coup", "Coups"},
		{"title", s.Title, "bare", "bare"},
		{"title", s.Title, "gone", "gone"},
		{"looks", s.Looks, "coup", "who takes power"},
		{"looks", s.Looks, "bare", ""},
		{"looks", s.Looks, "gone", ""},
		{"entity", s.EntityName, "beseda", "Sergei Beseda"},
		{"entity", s.EntityName, "country:ml", "Mali"},
		{"entity", s.EntityName, "country:zz", "country:zz"},
		{"entity", s.EntityName, "gone", "gone"},
		{"land", s.Land, "sahelia", "Sahelia"},
		{"land", s.Land, "beseda", ""},
		{"land", s.Land, "gone", ""},
	} {
		if got := tt.name(tt.id); got != tt.named {
			t.Errorf("%s of %s: %q, want %q", tt.of, tt.id, got, tt.named)
		}
	}
	if got, want := s.Summary(), (spec.Summary{Feeds: 1, Rules: 2, Lists: 2, Terms: 3, Entities: 2}); got != want {
		t.Errorf("summary %+v, want %+v", got, want)
	}
}
