package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
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

// A daemon that is killed again and again when it has just committed some of the
// readings that waited together, while others wait for their turn, loses none of
// them and counts none twice.
func TestKilledBetweenReadings(t *testing.T) {
	t.Parallel()
	const feeds, items, mostKills = 24, 12, 3
	dir := t.TempDir()
	var rules strings.Builder
	for n := range feeds {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			<-time.After(time.Duration(n) * 40 * time.Millisecond) // so that they are not all one group
			fmt.Fprint(w, `<rss version="2.0"><channel><title>Wire</title>`)
			for i := range items {
				fmt.Fprintf(w, `<item><title>%s of town%d%c</title><guid>%d</guid></item>`, []string{"Coup", "Weather"}[min(i, 1)], n, 'a'+i, i)
			}
			fmt.Fprint(w, `</channel></rss>`)
		}))
		t.Cleanup(srv.Close)
		fmt.Fprintf(&rules, "  - {url: %q, name: Wire %d, schedule: \"@every 1h\"}\n", srv.URL, n)
	}
	write(t, filepath.Join(dir, "rules.yaml"), "feeds:\n"+rules.String()+"rules: [{id: coup, title: Coup, severity: high, match: coup}]\n")
	db := openStore(t, dir)
	read := func() (n int) {
		all, err := db.Feeds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all {
			n += f.Items
		}
		return n
	}
	kills := 0
	for before := read(); before < feeds*items; before = read() {
		d := start(t, dir, nil)
		for limit := time.Now().Add(time.Minute); read() == before || kills == mostKills && read() < feeds*items; <-time.After(time.Millisecond) {
			if time.Now().After(limit) {
				t.Fatalf("nothing is read any more:\n%s", d.seen.String())
			}
		}
		_ = d.cmd.Process.Kill()
		d.exit()
		kills = min(kills+1, mostKills)
	}
	checkReadOnce(t, db, feeds, items)
	if kills < 2 {
		t.Error("all was read before the first kill: nothing is tested")
	}
}

// checkReadOnce checks that each feed has so many items, one of which tells a
// story, each stored and counted once.
func checkReadOnce(t *testing.T, db *store.DB, feeds, items int) {
	t.Helper()
	now, found := time.Now(), map[string]int{}
	err := db.Items(t.Context(), time.Time{}, func(it news.Item) error { found[it.Feed]++; return nil })
	if err != nil || len(found) != feeds {
		t.Fatalf("items of %d feeds, %v; want %d", len(found), err, feeds)
	}
	all, err := db.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if f.Items != items || found[f.URL] != items {
			t.Errorf("%s has %d items and counts %d, want %d", f.Name, found[f.URL], f.Items, items)
		}
	}
	stories, err := db.Stories(t.Context(), now.Add(-time.Hour), now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	reports := 0
	for _, s := range stories {
		reports += s.Reports
	}
	if reports != feeds {
		t.Errorf("%d reports in %d stories, want %d", reports, len(stories), feeds)
	}
}
