package story_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// known makes a name so common that by itself it says nothing.
func known(room *newsroom, name string, at time.Duration) {
	for i := range 40 {
		room.decide(told{
			publisher: "post", title: fmt.Sprintf("Garrison chief %s opens quarry%d beside lake%d for village%d", name, i, i, i),
			rule: "feud", entities: []string{"country:ru", "varkun"}, at: at + time.Duration(i)*time.Hour, severity: news.Low,
		})
	}
}

// burst tells of a mutiny in Russia in a dozen different ways within hours,
// each of which names its leader.
func burst(room *newsroom, at time.Duration) news.Decision {
	var d news.Decision
	for i, title := range []string{
		"Garrison chief Varkun calls for mutiny in Russia", "Varkun's columns leave the barracks in Russia mutiny", "Mutiny in Russia: Varkun takes the bridge at Tolm",
		"Russia closes roads as Varkun mutiny spreads", "Who is Varkun, the man behind the Russia mutiny", "Russia mutiny: Varkun speaks on the radio",
		"Varkun mutiny in Russia: airports shut", "Markets of Russia fall on Varkun mutiny", "Varkun and the Russia mutiny in pictures",
	} {
		d = room.decide(told{publisher: fmt.Sprint("p", i), title: title, rule: "feud", entities: []string{"country:ru", "varkun"}, at: at + time.Duration(20*i)*time.Minute, severity: news.High})
	}
	return d
}

// What an event is told by day and night is of that event, though its words
// are others; what is told of others is not.
func TestHub(t *testing.T) {
	later := 5 * time.Hour
	for _, tt := range []struct {
		name string
		told
		same bool
	}{
		{"its leader, in other words", told{title: "Oil traders shrug at turmoil", summary: "Prices hardly moved.", rule: "feud", entities: []string{"country:ru", "varkun"}}, true},
		{"its leader, beside two of whom it never told", told{title: "Emir and consul weigh words in long call", summary: "Both listened.", rule: "feud", entities: []string{"varkun", "emir", "consul"}}, true},
		{"another country's mutiny", told{title: "Mutiny in Velmaria: gunners refuse orders", rule: "feud", entities: []string{"country:vm"}}, false},
		{"a kind of its own in the title, though its leader is named", told{title: "Treasurer sacked after lunch", summary: "He is glad.", rule: "feud", entities: []string{"varkun"}}, false},
		{"another kind, and nobody of it", told{title: "Russian diplomat asks for asylum in Fiji", rule: "defection", entities: []string{"country:ru", "country:fj"}}, false},
	} {
		var room newsroom
		known(&room, "Varkun", -20*24*time.Hour)
		event := burst(&room, 0)
		tt.publisher, tt.at = "wire", later
		if d := room.decide(tt.told); (d.Story.ID == event.Story.ID) != tt.same {
			t.Errorf("%s: in %s (%s), want in the burst's %s: %v", tt.name, d.Story.ID, d.Reason, event.Story.ID, tt.same)
		}
	}
}

// A quarrel that is told for weeks does not swallow the rising that it becomes.
func TestSmouldering(t *testing.T) {
	day := 24 * time.Hour
	var room newsroom
	var quarrel news.Decision
	for i := range 12 {
		quarrel = room.decide(told{
			publisher: fmt.Sprint("p", i), title: fmt.Sprintf("Garrison chief Varkun scolds the ministry of Russia over shells, part %d", i),
			rule: "feud", entities: []string{"country:ru", "varkun"}, at: time.Duration(i) * 16 * time.Hour, severity: news.Medium,
		})
	}
	if quarrel.Story.Reports < 10 {
		t.Fatalf("the quarrel has %d reports", quarrel.Story.Reports)
	}
	rising := room.decide(told{publisher: "wire", title: "Garrison chief Varkun marches on the ministry of Russia", rule: "mutiny", entities: []string{"country:ru", "varkun"}, at: 8 * day, severity: news.Critical})
	if rising.Kind != news.New || rising.Story.ID == quarrel.Story.ID || len(rising.Story.Linked) != 1 {
		t.Errorf("the rising: %s in %s, linked to %q (%s); want a story of its own that is linked to the quarrel", rising.Kind, rising.Story.ID, rising.Story.Linked, rising.Reason)
	}
	next := room.decide(told{publisher: "post", title: "Varkun's columns near the ministry in Russia march", rule: "mutiny", entities: []string{"country:ru", "varkun"}, at: 8*day + time.Hour, severity: news.Critical})
	if next.Story.ID != rising.Story.ID {
		t.Errorf("what is told next is in %s (%s), want in the rising's", next.Story.ID, next.Reason)
	}
}
