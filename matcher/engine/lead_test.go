package engine

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

func TestLead(t *testing.T) {
	tests := []struct {
		name, query string
		item        news.Item
		want        string
	}{
		{"in the title", "LEAD(coup)", news.Item{Title: "A coup", Summary: "It rained."}, "coup"},
		{"in the first sentence", "LEAD(coup)", news.Item{Title: "News", Summary: "A coup came. A coup went."}, "coup"},
		{"not in the second", "LEAD(coup)", news.Item{Title: "News", Summary: "It rained. A coup came."}, "-"},
		{"not in the body below a summary", "LEAD(coup)", news.Item{Title: "News", Summary: "It rained.", Body: "A coup came."}, "-"},
		{"in the body without a summary", "LEAD(coup)", news.Item{Title: "News", Body: "A coup came. A coup went."}, "coup"},
		{"all of it in one", "LEAD(coup AND mali)", news.Item{Title: "A coup", Summary: "Mali is calm."}, "-"},
		{"what it takes away counts within only", "LEAD(coup AND NOT film)", news.Item{Title: "A coup", Summary: "It rained. A film was shown."}, "coup"},
		{"in a title of two sentences", "LEAD(coup AND mali)", news.Item{Title: "Mali is calm. Was it a coup?"}, "Mali | coup"},
		{"past what is no part of the report", "LEAD(coup)", news.Item{Title: "News", Summary: "Read more: how it rains\n\nA coup came."}, "coup"},
	}
	var d draft.Draft
	for _, tt := range tests {
		d.Rules = append(d.Rules, draft.Rule{ID: strings.ReplaceAll(tt.name, " ", "-"), Match: tt.query})
	}
	p := programOf(t, d)
	for _, tt := range tests {
		tt.item.Language = "en"
		r, _ := p.Match(tt.item)
		if got := draft.Found(r, strings.ReplaceAll(tt.name, " ", "-")); got != tt.want {
			t.Errorf("%s: %s found %s, want %s", tt.name, tt.query, got, tt.want)
		}
	}
}
