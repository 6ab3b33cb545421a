package story

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/cluster"
)

// What stands further down lifts no story that people were told of; what the
// title or the first sentence tells does, and so does what nobody heard of.
func TestLifts(t *testing.T) {
	told := news.Story{Severity: news.Medium, Told: time.Unix(1, 0)}
	for _, tt := range []struct {
		name           string
		title, summary string
		before         news.Story
		want           news.Severity
	}{
		{"the title", "Mutiny in Tolmin", "It rained.", told, news.High},
		{"the first sentence", "News of the day", "A Mutiny broke out. It rained.", told, news.High},
		{"further down", "News of the day", "Bread is dear. Talks go on. The man of last month's Mutiny spoke.", told, 0},
		{"nobody heard of it", "News of the day", "Bread is dear. Talks go on. A Mutiny broke out.", news.Story{Severity: news.Low}, news.High},
	} {
		r := finds(news.Report{Item: news.Item{ID: "1", Title: tt.title, Summary: tt.summary}}, "Mutiny")
		if got := extract(r, cluster.Default().Words).lifts(tt.before, cluster.Spot{}); got != tt.want {
			t.Errorf("%s: lifts it to %s, want %s", tt.name, got, tt.want)
		}
	}
}
