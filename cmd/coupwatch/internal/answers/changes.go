package answers

import (
	"fmt"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
)

// showChanges shows what people hear by the rules file new and not by the file
// old, and the reverse.
func showChanges(s *terminal.Screen, c backtest.Changes, old, new string) {
	s.Heading("Compared with " + old)
	s.Line(2, fmt.Sprintf("alerts a day: %.2f before, %.2f now (in all %s before, %s now)",
		c.Before.AlertsPerDay(), c.After.AlertsPerDay(), terminal.Thousands(c.Before.Alerts), terminal.Thousands(c.After.Alerts)))
	s.Line(2, fmt.Sprintf("stories told: %s by both, %s gained, %s lost", terminal.Thousands(c.Kept), terminal.Thousands(len(c.Gained)), terminal.Thousands(len(c.Lost))))
	showChangeList(s, "Gained", "by "+old+": ", c.Gained)
	showChangeList(s, "Lost", "by "+new+": ", c.Lost)
}

func showChangeList(s *terminal.Screen, title, by string, list []backtest.Change) {
	if len(list) == 0 {
		return
	}
	s.Heading(title)
	for _, x := range list[:min(len(list), shownChanges)] {
		showPastStory(s, x.Story, by+x.Other)
	}
	if more := len(list) - shownChanges; more > 0 {
		fmt.Fprintf(s, "  and %s more; --json has them all\n", terminal.Thousands(more))
	}
}
