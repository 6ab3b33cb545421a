// Package keep are the commands that keep a database: backup, restore, vacuum,
// migrate.
package keep

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/backup"
	"github.com/coupwatch/coupwatch/text/numbers"
)

// A Desk is where the commands work.
type Desk struct {
	Out      io.Writer
	Err      io.Writer                                    // for how far it is
	Database string                                       // its location
	Open     func(ctx context.Context) (*store.DB, error) // a database that is there
}

// Commands returns the commands. The desk is asked for when one of them runs; usage
// marks an error as a mistake on the command line.
func Commands(desk func() *Desk, usage func(error) error) []*cobra.Command {
	return []*cobra.Command{backupCommand(desk, usage), restoreCommand(desk, usage), vacuumCommand(desk, usage), migrateCommand(desk, usage)}
}

func backupCommand(desk func() *Desk, usage func(error) error) *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the database while coupwatch runs, and check the copy",
		Long: `Backup writes a copy of the SQLite database, as it stands at one moment, into a
new file, while coupwatch goes on. The copy is opened and looked through before it
gets its name: a file that is there is whole.

PostgreSQL has its own: pg_dump.`,
		Example: `  coupwatch backup /backups/coupwatch-$(date +%F).db`,
		Args:    oneFile(usage),
		RunE: func(cmd *cobra.Command, args []string) error {
			d := desk()
			if _, err := d.file(); err != nil {
				return usage(err)
			}
			b, err := backup.Write(cmd.Context(), d.Database, args[0])
			if err != nil {
				return fmt.Errorf("backup: %w", err)
			}
			fmt.Fprintf(d.Out, "%s holds %s\n", args[0], describe(b))
			return nil
		},
	}
}

func restoreCommand(desk func() *Desk, usage func(error) error) *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a copy in the place of the database",
		Long: `Restore looks through a copy that backup made and puts it in the place of the
SQLite database, which no coupwatch may be using. What was there is kept beside
it. A copy never takes the place of a database that has newer items: who wants
that moves the database away first.`,
		Example: `  coupwatch restore /backups/coupwatch-2026-11-29.db`,
		Args:    oneFile(usage),
		RunE: func(cmd *cobra.Command, args []string) error {
			d := desk()
			file, err := d.file()
			if err != nil {
				return usage(err)
			}
			b, kept, err := backup.Restore(cmd.Context(), args[0], file, time.Now())
			if err != nil {
				return fmt.Errorf("restore: %w", err)
			}
			fmt.Fprintf(d.Out, "%s holds %s now\n", file, describe(b))
			if kept != "" {
				fmt.Fprintf(d.Out, "What it held before is kept in %s\n", kept)
			}
			return nil
		},
	}
}

func vacuumCommand(desk func() *Desk, usage func(error) error) *cobra.Command {
	return &cobra.Command{
		Use:   "vacuum",
		Short: "Give back the room on disk of what was forgotten",
		Long: `Vacuum writes the database anew, without the room that items took which were
forgotten since. It takes as much room again meanwhile. A SQLite database must not
be in use; with PostgreSQL, which does this by itself, it may be.`,
		Example: `  coupwatch vacuum`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage(errors.New("vacuum takes no argument"))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			d := desk()
			db, err := d.Open(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			release, err := db.Own(cmd.Context())
			if err != nil {
				return err
			}
			defer release()
			before, err := db.Census(cmd.Context(), time.Now())
			if err == nil {
				err = db.Vacuum(cmd.Context())
			}
			if err != nil {
				return err
			}
			after, err := db.Census(cmd.Context(), time.Now())
			if err == nil {
				fmt.Fprintf(d.Out, "%s before, %s now\n", numbers.Bytes(before.Bytes), numbers.Bytes(after.Bytes))
			}
			return err
		},
	}
}

// oneFile wants one file to be named.
func oneFile(usage func(error) error) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usage(fmt.Errorf("name one file; see %s --help", cmd.CommandPath()))
		}
		return nil
	}
}

// file returns the file of the SQLite database.
func (d *Desk) file() (string, error) {
	if scheme, _, found := strings.Cut(d.Database, "://"); found && strings.HasPrefix(scheme, "postgres") {
		return "", errors.New("the database is PostgreSQL, which has its own tools: pg_dump and pg_restore")
	}
	return strings.TrimPrefix(strings.TrimPrefix(d.Database, "sqlite:"), "//"), nil
}

// describe says what a copy holds.
func describe(b backup.Copy) string {
	if b.Items == 0 {
		return "no item"
	}
	return fmt.Sprintf("%s (%s), the last read at %s", terminal.Count(b.Items, "item"), numbers.Bytes(b.Bytes), b.Newest.Format("2 Jan 2006 15:04 MST"))
}
