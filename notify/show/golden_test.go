package show_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestLooks holds how every kind of alert looks in every medium. Look at the
// files in testdata after an update; open the pages in a browser.
func TestLooks(t *testing.T) {
	s := style()
	for name, a := range map[string]news.Alert{
		"new": alert(news.New), "escalation": alert(news.Escalation), "denied": denied(), "update": alert(news.Update),
		"notice": notice(), "daily": daily(), "quiet": quiet(),
	} {
		t.Run(name, func(t *testing.T) {
			page, err := s.HTML(a)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".html", page)
			golden(t, name+".txt", s.Text(a, false))
			golden(t, name+".ansi", s.Text(a, true))
			m := s.Slack(a)
			blocks, err := json.MarshalIndent(map[string]any{"text": m.Text, "blocks": m.Blocks}, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".json", append(blocks, '\n'))
			golden(t, name+".subject", []byte(s.Subject(a)+"\n"))
		})
	}
}

// golden compares got with a file in testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run go test -update to make it", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
