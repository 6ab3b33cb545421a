package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// A daemon that was killed while it read a feed reads it again as soon as it
// is started: nobody else can have it.
func TestKilledWhileReading(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	asked := make(chan struct{}, 1)
	var times atomic.Int64
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if times.Add(1) == 1 {
			asked <- struct{}{}
			<-r.Context().Done() // until the daemon is dead
			return
		}
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Slow</title><item><title>Rain</title><guid>a</guid></item></channel></rss>`)
	}))
	defer slow.Close()
	write(t, filepath.Join(dir, "rules.yaml"), fmt.Sprintf("feeds: [{url: %q, name: Slow}]\nrules: [{id: coup, title: Coup, severity: high, match: coup}]\n", slow.URL))
	d := start(t, dir, nil)
	<-asked
	_ = d.cmd.Process.Kill()
	d.exit()
	start(t, dir, nil).await(`msg="feed read"`) // within half a minute
}
