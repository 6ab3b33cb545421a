package show_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

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

// inAllMedia are the alerts of which all media are held; of the others what most
// people see, the text and Slack.
var inAllMedia = []string{"new", "notice", "daily"}

// TestLooks holds how every kind of alert looks: an archive of testdata for each.
// Look at them after an update; open the pages in a browser.
func TestLooks(t *testing.T) {
	s := style()
	for name, a := range samples() {
		t.Run(name, func(t *testing.T) {
			looks := []txtar.File{{Name: "text", Data: s.Text(a, false)}, {Name: "slack.json", Data: blockLines(t, s.Slack(a))}}
			page, err := s.HTML(a)
			if err != nil {
				t.Fatal(err)
			}
			if slices.Contains(inAllMedia, name) {
				looks = append(looks,
					txtar.File{Name: "subject", Data: []byte(s.Subject(a) + "\n")},
					txtar.File{Name: "ansi", Data: s.Text(a, true)},
					txtar.File{Name: "page.html", Data: page})
			}
			golden(t, name, looks)
		})
	}
	t.Run("summary", func(t *testing.T) {
		golden(t, "summary", []txtar.File{{Name: "text", Data: s.SummaryText(burst(), false)}, {Name: "slack.json", Data: blockLines(t, s.Summary(burst()))}})
	})
}

// blocks returns m as Slack gets it, for tests that look for its parts.
func blocks(t testing.TB, m show.Message) []byte {
	t.Helper()
	b, err := json.MarshalIndent(map[string]any{"text": m.Text, "blocks": m.Blocks}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// blockLines returns m as Slack gets it, a block on a line.
func blockLines(t testing.TB, m show.Message) []byte {
	t.Helper()
	var b bytes.Buffer
	line := func(v any) string {
		var j strings.Builder
		e := json.NewEncoder(&j)
		e.SetEscapeHTML(false) // for who reads it
		if err := e.Encode(v); err != nil {
			t.Fatal(err)
		}
		return strings.TrimSuffix(j.String(), "\n")
	}
	fmt.Fprintf(&b, "{\"text\": %s, \"blocks\": [\n", line(m.Text))
	for i, block := range m.Blocks {
		fmt.Fprint(&b, line(block), map[bool]string{true: "\n", false: ",\n"}[i == len(m.Blocks)-1])
	}
	b.WriteString("]}\n")
	return b.Bytes()
}

// golden compares what came out with an archive in testdata.
func golden(t *testing.T, name string, got []txtar.File) {
	t.Helper()
	file := filepath.Join("testdata", name+".txtar")
	for i := range got {
		if txtar.NeedsQuote(got[i].Data) { // a heading of a digest looks like the name of a file
			quoted, err := txtar.Quote(got[i].Data)
			if err != nil {
				t.Fatal(err)
			}
			got[i].Data = quoted
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(&txtar.Archive{Files: got}), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatalf("%v; run go test -update to make it", err)
	}
	if len(want.Files) != len(got) {
		t.Fatalf("%s has %d files, want %d; run go test -update", file, len(want.Files), len(got))
	}
	for i, f := range want.Files {
		if diff := cmp.Diff(string(f.Data), string(got[i].Data)); diff != "" || f.Name != got[i].Name {
			t.Errorf("%s of %s (-want +got):\n%s", got[i].Name, name, diff)
		}
	}
}
