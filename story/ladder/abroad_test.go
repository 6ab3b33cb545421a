package ladder_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/ladder"
)

// Who goes over to another country speaks for their own no more.
func TestDefectorIsNotOfficial(t *testing.T) {
	rules := shippedRules(t)
	for _, it := range []news.Item{
		{Title: "Libyan ambassador defects to Malta", Summary: "Ambassador Lena Orsk told Northern Post that she will not go back and asks for asylum.", Language: "en"},
		{Title: "Посол Ливии бежал на Мальту", Summary: "Посол заявил, что не вернётся и просит убежища.", Language: "ru"},
	} {
		r, _ := rules.Match(it)
		if got := ladder.Read(r); len(r.Matches) == 0 || got.Status == news.Official {
			t.Errorf("%s: %v by %q, of %d matches", it.Title, got.Status, got.Speaker, len(r.Matches))
		}
	}
}

// What a state does because of a coup elsewhere tells nothing of that officially, also
// where the title names it as the one who does it.
func TestSanctionsAreBesideTheEvent(t *testing.T) {
	rules := shippedRules(t)
	for _, it := range []news.Item{
		{Title: "France and allies sanction Malian army", Summary: "French Foreign Minister Ada Lund announced new sanctions against members of Mali's military on Monday for its treatment of protests since the military seized power in a March 1 coup.", Language: "en"},
		{Title: "France sanctions Mali's junta", Summary: "French Foreign Minister Ada Lund announced new sanctions against the junta, which seized power in a coup.", Language: "en"},
	} {
		r, _ := rules.Match(it)
		if got := ladder.Read(r); len(r.Matches) == 0 || got.Status != news.Official || got.Event == news.Official {
			t.Errorf("%s: %v by %q, the event %v, of %d matches", it.Title, got.Status, got.Speaker, got.Event, len(r.Matches))
		}
	}
}
