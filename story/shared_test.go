package story_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

// Why a report joined a story is told in words as people write them, not in
// stems, codes and scores.
func TestWhyItJoined(t *testing.T) {
	tell := func(publisher, title, summary string) told {
		return told{publisher: publisher, title: title, summary: summary, entities: []string{"country:ml"}}
	}
	room := newsroom{policy: policy}
	first := room.decide(tell("A", "Mutiny in Mali as Colonel Moussa Diallo demands that president resign", "Deepening crisis in Bamako as barracks rebel."))
	report := tell("B", "Mali mutiny: Colonel Diallo demands president resign, crisis deepens", "Rebelling barracks in Bamako stand by the colonel.").report()
	report.Mentions[0].Name = "Mali"
	second := room.read(report, noon)
	if second.Story.ID != first.Story.ID || second.Kind == news.New {
		t.Fatalf("no case: the second report is of another story: %s", second.Reason)
	}
	for _, want := range []string{"both tell of Mali", "colonel", "demand"} {
		if !strings.Contains(strings.ToLower(second.Reason), strings.ToLower(want)) {
			t.Errorf("the reason %q does not say %q", second.Reason, want)
		}
	}
	for _, machine := range []string{"likeness", " ml", "crisi,", "deepen,", "0.", "1."} {
		if strings.Contains(second.Reason, machine) {
			t.Errorf("the reason %q says %q", second.Reason, machine)
		}
	}
}
