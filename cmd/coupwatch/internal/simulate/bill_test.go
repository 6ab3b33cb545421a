package simulate

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine"
)

// A bill is what a simulation cost.
type bill struct {
	plant  *Plant
	hours  float64       // that were simulated
	worked time.Duration // of the program's processors, without the made-up servers
	took   time.Duration // on the machine's clock
	served time.Duration // of PostgreSQL's processors
	rows   map[string]int64
	bytes  map[string]int64 // by table; of the whole file with SQLite
	server string           // what PostgreSQL says of itself
}

// tables are those that grow with the news.
var tables = []string{"items", "stories", "story_keys", "alerts", "feeds", "hosts"}

// store asks a database what is in it.
func (b *bill) store(t *testing.T, db *store.DB, location string) {
	t.Helper()
	e, err := engine.Connect(location)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	ask := func(query string) (n int64) {
		if err := e.Reads.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return n
	}
	b.rows, b.bytes = map[string]int64{}, map[string]int64{}
	for _, table := range tables {
		b.rows[table] = ask("SELECT COUNT(*) FROM " + table)
		if e.Path == "" {
			b.bytes[table] = ask("SELECT pg_total_relation_size('" + table + "')")
		}
	}
	if e.Path != "" {
		b.bytes["database"] = ask("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
		return
	}
	var commits, wal, connections int64
	commits = ask("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
	wal = ask("SELECT CAST(pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS BIGINT)")
	connections = ask("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()")
	b.server = fmt.Sprintf("%d transactions, %d MB of write-ahead log since the server began, %d connections", commits, wal>>20, connections)
	b.served = postgresWorked(t)
}

// postgresWorked returns for how long the processes of PostgreSQL's server worked
// that still live.
func postgresWorked(t *testing.T) (all time.Duration) {
	t.Helper()
	found, _ := filepath.Glob("/proc/[0-9]*/stat") // the pattern is valid
	for _, name := range found {
		stat, err := os.ReadFile(name)
		_, rest, isOurs := strings.Cut(string(stat), "(postgres) ")
		if fields := strings.Fields(rest); err == nil && isOurs && len(fields) > 13 {
			user, _ := strconv.Atoi(fields[11]) // digits
			system, _ := strconv.Atoi(fields[12])
			all += time.Duration(user+system) * 10 * time.Millisecond
		}
	}
	return all
}

func (b *bill) String() string {
	g, readings := b.plant.Gauges, max(1, b.plant.Gauges.readings.Load())
	var s strings.Builder
	fmt.Fprintf(&s, "%.2f h of %d feeds in %v\n", b.hours, *feeds, b.took.Round(time.Second))
	fmt.Fprintf(&s, "  readings  %d: %d with nothing new, %d failed; %d bytes a document that was new\n", readings, g.quiet.Load(), g.failed.Load(), g.bytes.Load()/max(1, g.pressTime.times.Load()-g.quiet.Load()))
	fmt.Fprintf(&s, "  items     %d, matched %d, stories %d, alerts %d\n", g.items.Load(), g.matched.Load(), b.rows["stories"], g.alerts.Load())
	fmt.Fprintf(&s, "  late      %v on average, %v at most\n", (g.lateSum / time.Duration(max(1, g.lates))).Round(time.Millisecond), g.lateMax.Round(time.Millisecond))
	fmt.Fprintf(&s, "  processor %v: %.3f of one all the time; %v a reading, all in all\n", b.worked.Round(time.Millisecond), b.worked.Hours()/b.hours, (b.worked / time.Duration(readings)).Round(time.Microsecond))
	fmt.Fprintf(&s, "  of that   matching %v (%v an item), deciding %v (%v a match, %v another report)\n", g.matchTime.total().Round(time.Millisecond), g.matchTime.each(), (g.decideTime.total() + g.passTime.total()).Round(time.Millisecond), g.decideTime.each(), g.passTime.each())
	if b.server != "" {
		fmt.Fprintf(&s, "  server    %v of processor (%.3f), %s\n", b.served.Round(time.Millisecond), b.served.Hours()/b.hours, b.server)
	}
	fmt.Fprintf(&s, "  memory    %d MB at most\n", Memory()>>20)
	for _, table := range slices.Sorted(maps.Keys(b.rows)) {
		fmt.Fprintf(&s, "  rows      %s %d, %d bytes\n", table, b.rows[table], b.bytes[table])
	}
	if all := b.bytes["database"]; all > 0 {
		fmt.Fprintf(&s, "  disk      %d bytes, %d an item\n", all, all/max(1, b.rows["items"]))
	}
	for _, job := range slices.Sorted(maps.Keys(b.plant.Jobs)) {
		fmt.Fprintf(&s, "  job       %s %d times, %v on the machine's clock\n", job, b.plant.Jobs[job].Load(), g.slow[job].Round(time.Millisecond))
	}
	return s.String()
}
