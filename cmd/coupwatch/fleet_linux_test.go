package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

// The long run is, with and without -fleet-pooler:
//
//	COUPWATCH_TEST_LONG=1 go test ./cmd/coupwatch -run TestFleet -v -timeout 20m -fleet-feeds 2000 -fleet-for 2m -fleet-skew 90s -fleet-every 3s -fleet-pooler
var (
	fleetFeeds = flag.Int("fleet-feeds", 200, "how many feeds TestFleet has")
	fleetFor   = flag.Duration("fleet-for", 20*time.Second, "how long TestFleet kills daemons")
	fleetEvery = flag.Duration("fleet-every", 3*time.Second, "how often TestFleet kills a daemon")
	fleetPool  = flag.Bool("fleet-pooler", false, "whether a PgBouncer in its mode transaction stands between the daemons of TestFleet and PostgreSQL")
	fleetLogs  = flag.String("fleet-logs", "", "a folder that keeps the logs of the daemons of TestFleet")
	fleetSkew  = flag.Duration("fleet-skew", 0, "how far the clock of one daemon of TestFleet is ahead; building that takes a minute or two")
	fleetJump  = flag.Duration("fleet-jump", 0, "how far that clock jumps, ahead, back and behind, at each third kill")
)

const (
	fleetSize     = 4
	fleetHosts    = 40
	fleetChannels = 8
)

// longestTakeover is how long what a dead daemon had claimed may stay so, from its
// last beat on.
const longestTakeover = 15 * time.Second

// Four daemons on one PostgreSQL read feeds that bring news all the time, while one
// after the other is killed and started again, and PostgreSQL crashes once. Each item
// is stored once, each story told once, and nobody waits long for what a dead one had
// claimed.
func TestFleet(t *testing.T) {
	t.Parallel()
	longtest.Only(t, "kills daemons for a while")
	if *fleetFeeds%fleetChannels != 0 {
		t.Fatalf("-fleet-feeds %d: write a multiple of %d, or some stories are of two channels", *fleetFeeds, fleetChannels)
	}
	f := newFleet(t)
	for n := range fleetSize {
		f.start(n)
	}
	f.awaitAllRead()
	watched, unwatch := context.WithCancel(t.Context())
	defer unwatch()
	longest := make(chan time.Duration, 1)
	go func() { longest <- f.longestClaim(watched) }()
	f.plantAndKill()
	f.awaitTold()
	unwatch()
	took := <-longest
	if took > longestTakeover {
		t.Errorf("what a dead daemon had claimed was so for %s after its last beat, want %s", took, longestTakeover)
	}
	f.checkStored()
	f.checkTold()
	t.Logf("%d feeds, %d items planted, %d kills; nothing was claimed for longer than %s without a beat", *fleetFeeds, len(f.planted), f.kills, took.Round(time.Second/10))
}

// A fleet is daemons that share a database.
type fleet struct {
	t         *testing.T
	dir       string
	location  string
	daemonsBy string // the location that the daemons are given
	restart   func() // of PostgreSQL
	db        *store.DB
	slack     *slackdouble.Server
	wires     *wires
	daemons   [fleetSize]*exec.Cmd
	programs  [fleetSize]string
	planted   map[string]time.Time // when, by the id of the item
	kills     int
}

func newFleet(t *testing.T) *fleet {
	f := &fleet{t: t, dir: t.TempDir(), wires: newWires(*fleetFeeds), planted: map[string]time.Time{}}
	if *fleetPool {
		f.location, f.daemonsBy, f.restart = enginetest.OwnPooled(t)
	} else {
		f.location, f.restart = enginetest.OwnPostgres(t)
		f.daemonsBy = f.location
	}
	f.slack = slackdouble.New(slackdouble.Options{Page: 100})
	t.Cleanup(f.slack.Close)
	db, err := store.Open(t.Context(), f.location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	f.db = db
	var hosts []string
	for range fleetHosts {
		srv := httptest.NewServer(f.wires)
		t.Cleanup(srv.Close)
		hosts = append(hosts, srv.URL)
	}
	f.wires.name(hosts)
	write(t, filepath.Join(f.dir, "rules.yaml"), f.rules())
	for n := range fleetSize {
		f.programs[n] = "coupwatch"
	}
	if *fleetSkew > 0 || *fleetJump > 0 {
		f.programs[0] = buildWithClock(t)
		setClock(t, f.clock(), *fleetSkew)
	}
	return f
}

// log returns the file with the log of the daemon n.
func (f *fleet) log(n int) string {
	return filepath.Join(cmp.Or(*fleetLogs, f.dir), fmt.Sprint("log", n))
}

// clock returns the file that says how far the clock of the first daemon is ahead.
func (f *fleet) clock() string { return filepath.Join(f.dir, "clock") }

func (f *fleet) rules() string {
	var b strings.Builder
	b.WriteString("stories: {gather: off}\nrules: [{id: coup, title: Coup, severity: high, match: putsch}]\nroutes:\n")
	for c := range fleetChannels {
		fmt.Fprintf(&b, "  - {to: %q, tags: [t%d], limit: off}\n", fmt.Sprint("slack:C", c), c)
	}
	b.WriteString("feeds:\n")
	for n, url := range f.wires.urls {
		fmt.Fprintf(&b, "  - {url: %q, name: Wire %d, tags: [t%d], schedule: \"@every %ds\"}\n", url, n, n%fleetChannels, max(5, *fleetFeeds/100))
	}
	return b.String()
}

// start starts the daemon n. Where the system lets it, each is in a name space of
// processes of its own, so that none can look up whether another one is gone: they
// have only the beats to go by, as on several machines.
func (f *fleet) start(n int) {
	log, err := os.OpenFile(f.log(n), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		f.t.Fatal(err)
	}
	defer log.Close() // the daemon has it
	cmd := exec.Command(f.programs[n])
	cmd.Dir, cmd.Stdout, cmd.Stderr = f.dir, log, log
	cmd.Env = append(os.Environ(), clockSetting+f.clock(), "COUPWATCH_ALLOW_PRIVATE=127.0.0.0/8", "COUPWATCH_LISTEN=off", "COUPWATCH_HOST_GAP=0", "DATABASE_URL="+f.daemonsBy,
		"SLACK_BOT_TOKEN="+slackdouble.Token, "SLACK_CHANNEL=C0", "SLACK_API_URL="+f.slack.URL+slackdouble.API)
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWPID}
	}
	if err := cmd.Start(); err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	f.daemons[n] = cmd
}

// kill kills the daemon n and starts it again a second later.
func (f *fleet) kill(n int) {
	_ = f.daemons[n].Process.Kill()
	_ = f.daemons[n].Wait() // it was killed
	if f.kills++; *fleetJump > 0 && f.kills%3 == 0 {
		setClock(f.t, f.clock(), time.Duration([]int{1, 0, -1, 0}[f.kills/3%4])**fleetJump)
	}
	<-time.After(time.Second)
	f.start(n)
}

// awaitAllRead waits until each feed was read once: what they carry then wakes nobody.
func (f *fleet) awaitAllRead() {
	f.await("feeds were read", func() (int, int) {
		feeds, err := f.db.Feeds(f.t.Context())
		if err != nil {
			f.t.Fatal(err)
		}
		read := 0
		for _, s := range feeds {
			if !s.LastRead.IsZero() {
				read++
			}
		}
		return read, *fleetFeeds
	})
}

// await waits until so many of all are done.
func (f *fleet) await(what string, count func() (done, all int)) {
	f.t.Helper()
	for limit := time.Now().Add(5 * time.Minute); ; <-time.After(200 * time.Millisecond) {
		done, all := count()
		if done == all {
			return
		}
		if time.Now().After(limit) {
			log, _ := os.ReadFile(f.log(1))
			f.t.Fatalf("%d of %d %s; the log of one ends\n%s", done, all, what, log[max(0, len(log)-3000):])
		}
	}
}

// plantAndKill publishes five items a second, every third in two feeds, and kills a
// daemon every few seconds; half-way PostgreSQL crashes.
func (f *fleet) plantAndKill() {
	began := time.Now()
	plant, kill := time.NewTicker(200*time.Millisecond), time.NewTicker(*fleetEvery)
	defer plant.Stop()
	defer kill.Stop()
	victims := make(chan int)
	killed := make(chan struct{})
	go func() { // so that the news goes on meanwhile
		defer close(killed)
		crash := began.Add(*fleetFor / 2)
		for n := range victims {
			f.kill(n)
			if !crash.IsZero() && time.Now().After(crash) {
				f.restart()
				crash = time.Time{}
			}
		}
	}()
	for i, k := 0, 0; time.Since(began) < *fleetFor; {
		select {
		case <-plant.C:
			for _, id := range f.wires.plant(i) {
				f.planted[id] = time.Now()
			}
			i++
		case <-kill.C:
			select {
			case victims <- k % fleetSize:
				k++
			default: // the last one is not up yet
			}
		}
	}
	close(victims)
	<-killed
	if *fleetJump > 0 {
		setClock(f.t, f.clock(), 0)
	}
}

// awaitTold waits until all that was planted is stored and all that is owed is sent.
func (f *fleet) awaitTold() {
	f.await("items are stored", func() (int, int) { return len(f.stored()), len(f.planted) })
	f.await("alerts are sent", func() (sent, all int) {
		for _, d := range f.alerts() {
			if d.State() == "sent" || d.State() == "summary" {
				sent++
			}
			all++
		}
		return sent, all
	})
}

// stored returns how often each planted item is stored.
func (f *fleet) stored() map[string]int {
	n := map[string]int{}
	err := f.db.Items(f.t.Context(), time.Time{}, func(it news.Item) error {
		if _, ok := f.planted[it.ID]; ok {
			n[it.ID]++
		}
		return nil
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return n
}

// checkStored checks that each planted item is stored once and has its story, which
// people were told of once.
func (f *fleet) checkStored() {
	now := time.Now()
	stories, err := f.db.Stories(f.t.Context(), now.Add(-time.Hour-*fleetJump), now.Add(time.Hour+*fleetJump))
	if err != nil {
		f.t.Fatal(err)
	}
	reports, news := 0, map[string]int{}
	for _, d := range f.alerts() {
		if d.Kind == "new" {
			news[d.Story.ID]++
		}
	}
	for _, s := range stories {
		reports += s.Reports
		if news[s.ID] != 1 {
			f.t.Errorf("story %s (%s) is owed %d times as new", s.ID, s.Headline, news[s.ID])
		}
	}
	if reports != len(f.planted) {
		f.t.Errorf("%d reports in %d stories, want %d", reports, len(stories), len(f.planted))
	}
	for id, n := range f.stored() {
		if n != 1 {
			f.t.Errorf("item %s is stored %d times", id, n)
		}
	}
}

// checkTold checks that each alert arrived once, and says how long they took.
func (f *fleet) checkTold() {
	owed := map[string]news.Alert{}
	for _, d := range f.alerts() {
		owed[d.ID] = d.Alert
	}
	told := slices.DeleteFunc(f.slack.Messages(), func(m slackdouble.Message) bool { return m.Metadata == nil })
	checkTold(f.t, told, owed)
	var took []time.Duration
	for _, d := range f.alerts() {
		if at, ok := f.planted[d.Item.ID]; ok && d.Kind == "new" && !d.Sent.IsZero() && *fleetSkew == 0 {
			took = append(took, d.Sent.Sub(at))
		}
	}
	if len(took) > 0 {
		slices.Sort(took)
		f.t.Logf("%d stories in %d messages; from publication until sent: half within %s, 95 of 100 within %s, all within %s", len(took), len(told),
			took[len(took)/2].Round(time.Second/10), took[len(took)*95/100].Round(time.Second/10), took[len(took)-1].Round(time.Second/10))
	}
}
