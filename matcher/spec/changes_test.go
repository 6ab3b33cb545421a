package spec_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/coupwatch/coupwatch/matcher/folder"
	"github.com/coupwatch/coupwatch/matcher/rulefile"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

// read returns what the text of a rules file says.
func read(t *testing.T, text string) *spec.Spec {
	t.Helper()
	said, err := rulefile.Read(folder.New(fstest.MapFS{}), "rules.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	return said.Spec
}

// What a reload changed is told by name, and where a line stands is no change.
func TestChanges(t *testing.T) {
	const text = `feeds:
  - {url: "https://a.example/feed", name: A}
lists:
  coup: [coup, putsch]
entities:
  - {id: moran, kind: person, name: Alf Moran}
rules:
  - {id: coup, title: Coup, severity: high, match: $coup}
  - {id: plot, title: Plot, severity: high, match: plot}
routes:
  - {to: console, severity: high}
`
	old := read(t, text)
	for _, tt := range []struct{ from, to, want string }{
		{"", "", "nothing that counts"},
		{"feeds:", "# a remark\n\nfeeds:", "nothing that counts"},
		{"[coup, putsch]", "[coup, takeover, junta]", "lists ~coup (+junta +takeover −putsch)"},
		{"match: plot}", "match: plot}\n  - {id: purge, title: Purge, severity: low, match: purge}", "rules +purge"},
		{"  - {id: plot, title: Plot, severity: high, match: plot}\n", "", "rules −plot"},
		{"match: plot", "match: plot OR scheme", "rules ~plot"},
		{"name: A}", "name: A}\n  - {url: \"https://b.example/feed\", name: B}", "feeds +B"},
		{"name: Alf Moran", "name: Alf Moran, aliases: [Moran the Elder]", "entities ~moran"},
		{"severity: high}\n", "severity: medium}\n", "routes, digest, mutes and the like ~"},
		{"[coup, putsch]\nentities:\n  - {id: moran", "[coup]\nentities:\n  - {id: mora", "lists ~coup (−putsch); entities +mora −moran"},
	} {
		if !strings.Contains(text, tt.from) {
			t.Fatalf("no case: %q", tt.from)
		}
		now := read(t, strings.Replace(text, tt.from, tt.to, 1))
		if got := spec.Changes(old, now); got != tt.want {
			t.Errorf("%q for %q: %q, want %q", tt.to, tt.from, got, tt.want)
		}
	}
}
