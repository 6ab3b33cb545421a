package show

import (
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

// A row of steps shows where it is cut, who spoke last, and no step that was
// taken back.
func TestClimbed(t *testing.T) {
	step := func(s news.Status, by string) news.Step { return news.Step{Status: s, Speaker: by} }
	tests := []struct {
		status news.Status
		steps  []news.Step
		want   string
	}{
		{news.Claim, []news.Step{step(news.Rumour, ""), step(news.Claim, "an exile")}, "rumour → claim"},
		{news.Official, []news.Step{step(news.Claim, ""), step(news.Official, "the army")}, "claim → official: the army"},
		{
			news.Official,
			[]news.Step{step(news.Rumour, ""), step(news.Claim, ""), step(news.Reported, ""), step(news.Denied, "the palace"), step(news.Official, "the army")},
			"… → claim → reported → denied → official: the army",
		},
		{news.Claim, []news.Step{step(news.Claim, ""), {Status: news.Official, Speaker: "the army", Withdrawn: true}, step(news.Claim, "")}, "claim"},
	}
	for _, tt := range tests {
		if got := climbed(news.Story{Status: tt.status, Ladder: tt.steps}); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
