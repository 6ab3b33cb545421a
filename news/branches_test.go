package news_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

func TestBranches(t *testing.T) {
	sources := []news.Source{
		{Publisher: "The Herald", Origins: []string{"Ann Example"}},
		{Publisher: "Wire One", Origins: []string{"Ann Example"}, Via: []string{"The Herald"}},
		{Publisher: "Wire Two", Origins: []string{"Ann Example", "State Radio"}},
		{Publisher: "State Radio", Origins: []string{"State Radio"}},
		{Publisher: "Gazette", Origins: []string{"Ann Example"}, Via: []string{"Elsewhere"}},
	}
	for _, tt := range []struct {
		origin news.Origin
		want   string
	}{
		{news.Origin{Name: "Ann Example", Via: []string{"The Herald"}}, ": Wire Two Gazette; The Herald: Wire One"},
		{news.Origin{Name: "State Radio", Via: []string{"State Radio"}}, ": Wire Two"},
		{news.Origin{Name: "Nobody"}, ":"},
	} {
		var got []string
		for _, b := range tt.origin.Branches(sources) {
			got = append(got, strings.TrimSpace(b.Via+": "+strings.Join(b.Publishers(), " ")))
		}
		if g := strings.Join(got, "; "); g != tt.want {
			t.Errorf("%s: got %s, want %s", tt.origin.Name, g, tt.want)
		}
	}
}
