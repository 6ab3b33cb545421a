package fetch

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// Hubs are found in Link headers however these are written.
func TestRelations(t *testing.T) {
	for _, tt := range []struct {
		name  string
		links []string
		hubs  string
		self  string
	}{
		{"two headers", []string{`<https://hub.example/>; rel="hub"`, `<https://a.example/>; rel="self"`}, "https://hub.example/", "https://a.example/"},
		{"one header", []string{`<https://hub.example/>; rel=hub, <https://a.example/>;rel=self`}, "https://hub.example/", "https://a.example/"},
		{"commas and semicolons in an address", []string{`<https://hub.example/a,b;c>; rel=hub`}, "https://hub.example/a,b;c", ""},
		{"other parameters", []string{`<https://hub.example/>; title="a, \<b\>; rel=self"; REL = "Hub other"`}, "https://hub.example/", ""},
		{"a comma in quotes", []string{`<https://x.example/>; rel="next"; title="a, b", <https://hub.example/>; rel="hub"`}, "https://hub.example/", ""},
		{"several kinds", []string{`<https://hub.example/>; rel="self hub"`}, "https://hub.example/", "https://hub.example/"},
		{"several hubs", []string{`<https://1.example/>; rel=hub, <https://2.example/>; rel=hub`}, "https://1.example/ https://2.example/", ""},
		{"others", []string{`</style.css>; rel=preload; as=style, <https://api.example/wp-json/>; rel="https://api.w.org/"`}, "", ""},
		{"broken", []string{`<https://hub.example/`, `rel=hub`, `<>;;;rel`, `,,<a>`}, "", ""},
	} {
		hubs, self := relations(http.Header{"Link": tt.links})
		if got := strings.Join(hubs, " "); got != tt.hubs || self != tt.self {
			t.Errorf("%s: hubs %q, self %q, want %q and %q", tt.name, got, self, tt.hubs, tt.self)
		}
	}
}

// Reading a header ends, whatever it is, and finds nothing that is not in it.
func FuzzRelations(f *testing.F) {
	f.Add(`<https://hub.example/>; rel="hub", <https://a.example/>; rel=self`)
	f.Add(`<a>;rel="hub`)
	f.Fuzz(func(t *testing.T, header string) {
		hubs, self := relations(http.Header{"Link": {header}})
		for _, address := range slices.Concat(hubs, []string{self}) {
			if !strings.Contains(header, address) {
				t.Errorf("found %q", address)
			}
		}
	})
}
