package keep

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/transfer"
)

func migrateCommand(desk func() *Desk, usage func(error) error) *cobra.Command {
	var from, to string
	cmd := &cobra.Command{
		Use:   "migrate --to DATABASE",
		Short: "Bring all that is remembered to another database",
		Long: `Migrate brings all that a database remembers into an empty one, of SQLite or
PostgreSQL, and compares the two, table by table. No daemon may use either. The old
one is not changed. Set DATABASE_URL to the new one afterwards, everywhere: who
starts a daemon on the old one has two that know nothing of each other.

It may be ended, or killed, and run again: it goes on where it was. Until all is
there, no coupwatch opens the new database.

A password need not stand on the command line: PostgreSQL's PGPASSWORD and
~/.pgpass are heeded.`,
		Example: `  coupwatch migrate --from sqlite:coupwatch.db --to postgres://coupwatch@db.example/coupwatch
  coupwatch migrate --from postgres://coupwatch@db.example/coupwatch --to sqlite:coupwatch.db`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) > 0:
				return usage(fmt.Errorf("migrate takes no argument; name the databases by --from and --to: %q", args[0]))
			case to == "":
				return usage(errors.New("name the new database: --to postgres://user@host/database or --to sqlite:FILE"))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			d := desk()
			from := cmp.Or(from, d.Database)
			if from == to {
				return usage(errors.New("--from and --to are one database"))
			}
			return d.migrate(cmd.Context(), from, to)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "the database that is brought (default that of DATABASE_URL)")
	cmd.Flags().StringVar(&to, "to", "", "the new database")
	return cmd
}

func (d *Desk) migrate(ctx context.Context, from, to string) error {
	m := transfer.Move{From: from, To: to, Make: makeSchema, Watch: d.watch}
	o, err := m.Run(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if o.Resumed {
		fmt.Fprintln(d.Out, "A part was there already.")
	}
	var rows int64
	for _, s := range o.Tables {
		rows += s.Rows
		fmt.Fprintf(d.Out, "%-14s %12s  %s\n", s.Table, terminal.Thousands(s.Rows), s.Checksum)
	}
	fmt.Fprintf(d.Out, "%s has all that %s has: %s of %s, the same on both sides by number and checksum\n",
		o.To, o.From, terminal.Counted(int(rows), "row"), terminal.Count(len(o.Tables), "table"))
	return nil
}

// makeSchema makes the schema of an empty database.
func makeSchema(ctx context.Context, location string) error {
	db, err := store.Open(ctx, location)
	if err != nil {
		return err
	}
	return db.Close()
}

// A meter counts rows for a progress.
type meter struct{ rows atomic.Int64 }

// Counts implements [terminal.Gauge].
func (m *meter) Counts() (bytes, read, handled int64) {
	n := m.rows.Load()
	return n, n, n
}

// watch shows on the terminal, if there is one, how far the work on rows is.
func (d *Desk) watch(done string, rows int64) (count func(int64), stop func()) {
	if d.Err == nil || !terminal.IsTerminal(d.Err) {
		return func(int64) {}, func() {}
	}
	m := &meter{}
	stop = terminal.ShowProgress(d.Err, m, done, "rows", rows)
	return func(n int64) { m.rows.Add(n) }, stop
}
