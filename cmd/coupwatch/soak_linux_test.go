package main

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

var soak = flag.Duration("soak", 6*time.Second, "how long a busy daemon is watched for what it does not give back")

// A holding is what a process has of its machine at a moment.
type holding struct{ megabytes, descriptors, goroutines int }

// soakWire answers for any number of feeds, each of which has something new every few
// seconds, and one in fifty items is of a coup.
func soakWire(t *testing.T) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		newest := time.Now().Unix() / 5
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Wire</title><language>en</language>`)
		for n := newest; n > newest-20; n-- {
			title := fmt.Sprintf("Rain in the port of %s, day %d", r.URL.Path, n)
			if n%50 == 0 {
				title = fmt.Sprintf("Soldiers stage a coup in Mali, garrison %d revolts", n/50)
			}
			fmt.Fprintf(w, `<item><title>%s</title><guid>%s-%d</guid><link>http://%s%s/%d</link><pubDate>%s</pubDate></item>`,
				title, r.URL.Path, n, r.Host, r.URL.Path, n, time.Unix(n*5, 0).UTC().Format(time.RFC1123Z))
		}
		fmt.Fprint(w, `</channel></rss>`)
	}))
	t.Cleanup(srv.Close)
	return srv
}

// A daemon that reads, tells and shows its page all the time holds no more memory,
// descriptors and goroutines in the end than when it was warm. Ten minutes of it:
// go test ./cmd/coupwatch -run TestSoak -soak 10m
func TestSoak(t *testing.T) {
	t.Parallel()
	wire := soakWire(t)
	hook := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer hook.Close()
	dir, page := t.TempDir(), freeAddress(t)
	var feeds strings.Builder
	for n := range 100 {
		fmt.Fprintf(&feeds, "  - {url: \"%s/%d\", name: Wire %d, schedule: \"@every 2s\"}\n", wire.URL, n, n)
	}
	write(t, filepath.Join(dir, "rules.yaml"), "feeds:\n"+feeds.String()+`
routes: [{to: webhook, severity: high, limit: off}]
rules: [{id: coup, title: Coup, severity: high, match: coup}]
`)
	d := start(t, dir, []string{"WEBHOOK_URL=" + hook.URL, "COUPWATCH_LISTEN=" + page, "COUPWATCH_READERS=8", "COUPWATCH_LOG_LEVEL=warn"})
	d.await("watches ")
	warm, late := d.soak(t, page, *soak/2), d.soak(t, page, *soak/2)
	t.Logf("%v: %+v when warm, %+v in the end", *soak, warm, late)
	if late.descriptors > warm.descriptors+20 || late.goroutines > warm.goroutines+30 || late.megabytes > warm.megabytes*5/4+30 {
		t.Errorf("holds %+v, and %+v when it was warm", late, warm)
	}
	if late.megabytes == 0 || late.descriptors == 0 || late.goroutines == 0 {
		t.Error("nothing was measured")
	}
	_ = d.cmd.Process.Signal(syscall.SIGTERM)
	d.exit()
}

// soak looks at pages for so long, and returns the middle of what the daemon held.
func (d *process) soak(t *testing.T, page string, long time.Duration) (middle holding) {
	t.Helper()
	var all []holding
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(long); time.Now().Before(end); <-tick.C {
		for _, path := range []string{"/", "/feeds", "/wall", "/healthz", "/alerts.atom", "/nowhere"} {
			fetchPage(t, "http://"+page+path)
		}
		all = append(all, d.holds(t, page))
	}
	of := func(part func(holding) int) int {
		var some []int
		for _, h := range all {
			some = append(some, part(h))
		}
		slices.Sort(some)
		return some[len(some)/2]
	}
	return holding{of(func(h holding) int { return h.megabytes }), of(func(h holding) int { return h.descriptors }), of(func(h holding) int { return h.goroutines })}
}

var (
	resident = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)
	routines = regexp.MustCompile(`(?m)^go_goroutines (\d+)`)
)

// holds returns what the daemon holds now.
func (d *process) holds(t *testing.T, page string) (h holding) {
	t.Helper()
	proc := fmt.Sprintf("/proc/%d", d.cmd.Process.Pid)
	status, err := os.ReadFile(proc + "/status")
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(proc + "/fd")
	if err != nil {
		t.Fatal(err)
	}
	_, metrics := fetchPage(t, "http://"+page+"/metrics")
	number := func(in *regexp.Regexp, text string) int {
		m := in.FindStringSubmatch(text)
		if m == nil {
			t.Fatalf("nothing of %s in %.200q", in, text)
		}
		n, _ := strconv.Atoi(m[1]) // digits
		return n
	}
	return holding{number(resident, string(status)) >> 10, len(files), number(routines, metrics)}
}
