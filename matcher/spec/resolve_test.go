package spec_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

func TestResolve(t *testing.T) {
	rules := read(t, `
feeds:
  - {url: "https://a.example/1", name: Alpha, publisher: Letters}
  - {url: "https://b.example/2", name: Beta, publisher: Letters}
entities:
  - {id: beseda, kind: person, name: Sergei Beseda, groups: [siloviki]}
  - {id: naryshkin, kind: person, name: Sergei Naryshkin, groups: [siloviki]}
rules:
  - {id: coup, severity: high, match: coup}
`)
	tests := []struct {
		mute news.Mute
		want string // what is muted, or the problem
	}{
		{news.Mute{Story: "s-1"}, "s-1"},
		{news.Mute{Rule: "coup"}, "coup"},
		{news.Mute{Rule: "cuop"}, `there is no rule "cuop"; did you mean "coup"?`},
		{news.Mute{Entity: "beseda"}, "beseda"},
		{news.Mute{Entity: "@beseda"}, "beseda"},
		{news.Mute{Entity: "@siloviki"}, "beseda naryshkin"},
		{news.Mute{Entity: "country:ml"}, "country:ml"},
		{news.Mute{Entity: "Mali"}, "country:ml"},
		{news.Mute{Entity: "besada"}, `there is no entity, group or country "besada"; did you mean "beseda"?`},
		{news.Mute{Feed: "Alpha"}, "https://a.example/1"},
		{news.Mute{Feed: "Letters"}, "https://a.example/1 https://b.example/2"},
		{news.Mute{Feed: "https://b.example/2"}, "https://b.example/2"},
		{news.Mute{Feed: "Alhpa"}, `there is no feed "Alhpa"; did you mean "Alpha"?`},
	}
	for _, tt := range tests {
		mutes, err := rules.Resolve(tt.mute)
		var got []string
		for _, m := range mutes {
			got = append(got, m.Story+m.Rule+m.Entity+m.Feed)
		}
		if err != nil {
			got = append(got, err.Error())
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("Resolve(%+v) = %s, want %s", tt.mute, s, tt.want)
		}
	}
}
