package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A daemon that was killed while it read a page tells its item once, and by its
// text: the page is read again, but no more often than it was not read to the end.
func TestKilledWhileReadingPage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	asked := make(chan struct{}, 1)
	var out, times atomic.Int64
	wire := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/feed":
			items := `<item><title>Rain</title><guid>a</guid></item>`
			if out.Load() > 0 {
				items += `<item><title>Soldiers mutiny in Mali</title><description>At dawn.</description><guid>b</guid><link>/page</link></item>`
			}
			fmt.Fprint(w, `<rss version="2.0"><channel><title>Wire</title>`+items+`</channel></rss>`)
		case "/page":
			if times.Add(1) == 1 {
				asked <- struct{}{}
				<-r.Context().Done() // until the daemon is dead
				return
			}
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<html><title>Soldiers mutiny in Mali</title><body><article><p>Soldiers mutinied in Mali at dawn, the exile Oumar Bellal told Radio Sahel Libre on Friday in an interview.</p>
				<p>The soldiers mutinied because their pay was late again, Bellal said, and shots were heard near the barracks of Kati all morning.</p><p>The government did not answer.</p></article></body></html>`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(wire.Close)
	write(t, filepath.Join(dir, "rules.yaml"), fmt.Sprintf("feeds: [{url: \"%s/feed\", name: Wire, schedule: \"@every 1s\"}]\nrules: [{id: mutiny, title: Mutiny, severity: high, match: mutiny}]\nroutes: [{to: console, severity: medium}]\n", wire.URL))
	d := start(t, dir, nil)
	d.await(`msg="feed read"`)
	out.Store(1)
	<-asked
	_ = d.cmd.Process.Kill()
	d.exit()
	if strings.Contains(d.seen.String(), "alert sent") {
		t.Fatal("no case: it was told before the page was there")
	}
	d = start(t, dir, nil)
	d.await("alert sent")
	db := openStore(t, dir)
	for limit := time.Now().Add(time.Minute); ; <-time.After(5 * time.Millisecond) {
		stories, err := db.Stories(t.Context(), time.Now().AddDate(0, 0, -1), time.Now().AddDate(0, 0, 1))
		if err != nil {
			t.Fatal(err)
		}
		if len(stories) == 1 && len(stories[0].Origins) > 0 && strings.Contains(stories[0].Origins[0].Name, "Bellal") {
			if n := len(stories[0].Notified); stories[0].Reports != 1 || n == 0 {
				t.Errorf("a story of %d reports, of which people were told %d times", stories[0].Reports, n)
			}
			break
		}
		if time.Now().After(limit) {
			t.Fatalf("the text of the page never came (asked for %d times): %+v\n%s", times.Load(), stories, d.seen.String())
		}
	}
	_ = d.cmd.Process.Signal(os.Interrupt)
	d.exit()
	if n := strings.Count(d.seen.String(), "alert sent"); n != 1 || times.Load() != 2 {
		t.Errorf("told %d times, page asked for %d times, want once and twice", n, times.Load())
	}
}
