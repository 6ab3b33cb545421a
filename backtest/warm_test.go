package backtest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// What is warm in a backtest follows from its own decisions so far, whatever the
// order in which the items stand.
func TestWarmByItself(t *testing.T) {
	rules, err := matcher.Parse("rules.yaml", []byte(`
rules:
  - {id: coup, severity: high, match: coup}
  - {id: weak, severity: medium, match: 'gunfire AND WARM(@countries, 5d)'}
routes:
  - {to: console, severity: medium}
`))
	if err != nil {
		t.Fatal(err)
	}
	item := func(id, title string, hour int) news.Item {
		return news.Item{ID: id, Title: title, Language: "en", Publisher: id, Published: time.Date(2026, 3, 1, hour, 0, 0, 0, time.UTC)}
	}
	items := []news.Item{
		item("later", "Gunfire wakes the capital of Niger", 100),
		item("event", "Coup topples the president of Niger", 10),
		item("before", "Gunfire at a wedding in Niger", 9),
		item("elsewhere", "Gunfire at a bank in Portugal", 12),
		item("long after", "Gunfire over fish quotas on a lake of Niger", 240),
	}
	r := NewReader([]*matcher.Rules{rules}, nil)
	if err := r.add(r.match(items)); err != nil {
		t.Fatal(err)
	}
	past, err := r.Past()
	if err != nil {
		t.Fatal(err)
	}
	o := NewOutcome(past)
	got := map[string]string{}
	o.Each = func(s Step) error { got[s.Items[0]] = s.Rule; return nil }
	if err := o.Decide(t.Context(), rules.Policy(), past.Reports[0], nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"event": "coup", "later": "weak"}, got); diff != "" {
		t.Errorf("the rules by which items were told (-want +got):\n%s", diff)
	}
}
