package show_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

// A message names the rule for which its story is as grave as it is, also where
// the report that caused it matched but lesser ones; and the report's where that
// is as grave.
func TestRuleOfMessage(t *testing.T) {
	quarrel := news.Match{Rule: "plot", Title: "Plot", Why: "people who are said to plan to take power", Severity: news.Medium}
	mutiny := news.Match{Rule: "mutiny", Title: "Mutiny", Why: "men under arms who refuse orders", Severity: news.Critical, Raised: []string{"it is happening now"}}
	seeks := "somebody who takes power by force"
	for _, tt := range []struct {
		name    string
		kind    news.Kind
		rule    string // of the story
		matches []news.Match
		want    string
		not     string
	}{
		{"an official word in a graver story", news.Escalation, "coup-rumour", []news.Match{quarrel}, "Coup rumour — looks for: " + seeks + " also Plot", "plan to take power"},
		{"a first message over another channel", news.New, "coup-rumour", []news.Match{quarrel}, "Coup rumour — looks for: " + seeks + " also Plot", "plan to take power"},
		{"a report as grave", news.Escalation, "coup-rumour", []news.Match{mutiny}, "Mutiny — looks for: men under arms who refuse orders; raised to critical", seeks},
		{"how it stands, after a report as grave", news.Refresh, "coup-rumour", []news.Match{mutiny}, "Coup rumour — looks for: " + seeks + " also Mutiny", "under arms"},
		{"the rule itself, lowered here", news.Escalation, "coup-rumour", []news.Match{{Rule: "coup-rumour", Title: "Coup rumour", Why: seeks, Severity: news.Medium, Lowered: []string{"a look back"}}}, "Coup rumour — looks for: " + seeks, "lowered"},
		{"no match at all", news.Refresh, "coup-rumour", nil, "Coup rumour — looks for: " + seeks + " also Mutiny", "raised"},
		{"a story of before rules were kept", news.Refresh, "", nil, "Mutiny also Coup rumour", "looks for"},
	} {
		a := alert(tt.kind)
		a.Story.Rule, a.Matches = tt.rule, tt.matches
		s := style()
		s.Looks = func(id string) string { return map[string]string{"coup-rumour": seeks + "."}[id] }
		text := strings.Join(strings.Fields(string(s.Text(a, false))), " ")
		if !strings.Contains(text, " rule "+tt.want) || strings.Contains(text, tt.not) {
			t.Errorf("%s:\n%s\nwant the rule %q and no %q", tt.name, text, tt.want, tt.not)
		}
		message := string(blocks(t, s.Slack(a)))
		if rule := strings.Fields(tt.want)[0]; !strings.Contains(message, rule) || strings.Contains(message, tt.not) {
			t.Errorf("%s: Slack shows %s, want the rule %q and no %q", tt.name, message, rule, tt.not)
		}
	}
}

// What happens within a grave story is headed by what it is.
func TestLabelOfTurn(t *testing.T) {
	for key, want := range map[string]string{"turn-fate": "CRITICAL · OFFICIAL · ANOTHER TURN", "end-of-critical": "CRITICAL · OFFICIAL · TOLD TO END", "status-official-of-critical": "CRITICAL · NOW OFFICIAL"} {
		a := alert(news.Escalation)
		a.ID = "story/5f1c0a9e/slack/" + key
		if text := string(style().Text(a, false)); !strings.Contains(text, want) {
			t.Errorf("%s:\n%s\nwant %q", key, text, want)
		}
	}
}
