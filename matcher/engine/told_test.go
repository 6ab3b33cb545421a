package engine

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

func TestTold(t *testing.T) {
	for _, tt := range []struct {
		name, query string
		item        news.Item
		want        string
	}{
		{"a fact", "TOLD(coup)", news.Item{Title: "A coup in Mali"}, "coup"},
		{"what is feared", "TOLD(coup)", news.Item{Title: "Mali fears a coup"}, "-"},
		{"one of two", "TOLD(coup)", news.Item{Title: "Mali fears a coup", Summary: "Niger has had a coup."}, "coup"},
		{"within another", "TOLD(coup) NEAR/3 mali", news.Item{Title: "A coup in Mali"}, "coup | Mali"},
		{"within LEAD", "LEAD(TOLD(coup))", news.Item{Title: "Tea", Summary: "Rain. A coup in Mali."}, "-"},
		{"of pairs", "TOLD(coup NEAR/3 mali)", news.Item{Title: "A coup in Mali"}, "coup | Mali"},
		{"what led to it", "TOLD(coup)", news.Item{Title: "Tea is dear", Summary: "Prices rose after a coup."}, "-"},
	} {
		tt.item.Language = "en"
		d := draft.Draft{Rules: []draft.Rule{{ID: "r", Match: tt.query}}}
		r, _ := programOf(t, d).Match(tt.item)
		if got := draft.Found(r, "r"); got != tt.want {
			t.Errorf("%s: %s found %s, want %s", tt.name, tt.query, got, tt.want)
		}
	}
}
