package answers

import (
	"fmt"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
)

// showFolding says how well stories are the events that people saw.
func showFolding(s *terminal.Screen, f backtest.FoldingFigures) {
	s.Heading("Stories and events")
	s.Line(0, fmt.Sprintf("%s of %s in stories, of %s that are of an event", terminal.Counted(f.Told, "item"), terminal.Counted(f.Events, "event"), terminal.Thousands(f.Items)))
	t := terminal.NewTable("lrrrr", "OF", "ITEMS", "PRECISION", "RECALL", "F1")
	for _, row := range []struct {
		of string
		backtest.FoldingScore
	}{{"all events", f.Whole}, {"all but " + f.Largest, f.Others}, {f.Largest + " alone", f.Alone}} {
		t.Row(terminal.Fit(row.of, 40), terminal.Thousands(row.Items), fmt.Sprintf("%.3f", row.Precision), fmt.Sprintf("%.3f", row.Recall), fmt.Sprintf("%.3f", row.F1))
	}
	t.Write(s, "")
}
