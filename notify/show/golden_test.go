package show_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/show"
)

var update = flag.Bool("update", false, "write the golden files anew")

// samples are alerts of every kind.
func samples() map[string]news.Alert {
	return map[string]news.Alert{
		"new": first(), "escalation": alert(news.Escalation), "graver": graver(), "denied": denied(),
		"update": turns(3), "updates": turns(17), "refresh": refreshed(), "notice": notice(), "daily": daily(), "quiet": quiet(),
	}
}

// TestLooks holds how every kind of alert looks in every medium. Look at the
// files in testdata after an update; open the pages in a browser.
func TestLooks(t *testing.T) {
	s := style()
	for name, a := range samples() {
		t.Run(name, func(t *testing.T) {
			page, err := s.HTML(a)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".html", page)
			golden(t, name+".txt", s.Text(a, false))
			golden(t, name+".ansi", s.Text(a, true))
			golden(t, name+".json", blocks(t, s.Slack(a)))
			golden(t, name+".subject", []byte(s.Subject(a)+"\n"))
		})
	}
	t.Run("summary", func(t *testing.T) {
		golden(t, "summary.json", blocks(t, s.Summary(burst())))
		golden(t, "summary.txt", s.SummaryText(burst(), false))
	})
}

// blocks returns m as Slack gets it.
func blocks(t testing.TB, m show.Message) []byte {
	t.Helper()
	b, err := json.MarshalIndent(map[string]any{"text": m.Text, "blocks": m.Blocks}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(b, '\n')
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
