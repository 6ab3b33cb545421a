// Package people are the commands that say who may use the page, and show what
// people changed: users, audit.
package people

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/people"
	"github.com/coupwatch/coupwatch/web/login"
)

// A Desk is where the commands work.
type Desk struct {
	Out, Err io.Writer
	In       io.Reader
	Page     string                                       // where people reach the page; "" if that is not known
	Open     func(ctx context.Context) (*store.DB, error) // a database that is there
	Make     func(ctx context.Context) (*store.DB, error) // one that is made if it is not there
	Columns  func() int                                   // of the terminal
}

// Commands returns the commands. The desk is asked for when one of them runs; usage
// marks an error as a mistake on the command line.
func Commands(desk func() *Desk, usage func(error) error) []*cobra.Command {
	return []*cobra.Command{usersCommand(desk, usage), auditCommand(desk, usage)}
}

func usersCommand(desk func() *Desk, usage func(error) error) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "users",
		Short: "Say who may log in at the page",
		Long: `Users are those who log in at the page with a name and a password: readers, who
see everything, and analysts, who may change it too. As long as there is one the
page asks whoever comes to log in, on this machine as well. A change holds from the
next request on; who is removed is out.

Without a command it lists them.`,
		Example: `  coupwatch users add anna --role analyst
  coupwatch users add wall --generate          a reader, with a password that is made
  coupwatch users key anna                     a key for a feed reader
  coupwatch users password anna < password.txt`,
		Args: nothing(usage),
	}
	list := listCommand(desk, usage)
	cmd.RunE = list.RunE
	cmd.Flags().AddFlagSet(list.Flags())
	cmd.AddCommand(addCommand(desk, usage), list, removeCommand(desk, usage), passwordCommand(desk, usage), roleCommand(desk, usage), keyCommand(desk, usage))
	return cmd
}

// nothing wants no arguments.
func nothing(usage func(error) error) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
			return usage(fmt.Errorf("unknown command %q; did you mean %q?", args[0], near[0]))
		}
		return usage(fmt.Errorf("unknown command or argument %q; see %s --help", args[0], cmd.CommandPath()))
	}
}

// named wants the name of a user and returns it as it is kept.
func named(usage func(error) error, cmd *cobra.Command, args []string, also int) (string, error) {
	if len(args) != 1+also {
		return "", usage(fmt.Errorf("write the name of a user; see %s --help", cmd.CommandPath()))
	}
	name, err := login.UserName(args[0])
	if err != nil {
		return "", usage(fmt.Errorf("%q: %w", args[0], err))
	}
	return name, nil
}

func addCommand(desk func() *Desk, usage func(error) error) *cobra.Command {
	var roleName string
	var generate bool
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Add a user",
		Long: `Add makes a user: a reader, if nothing else is said. The password is asked for on
a terminal, and else read from standard input, its first line. With --generate it is
made and printed.`,
		Example: `  coupwatch users add anna --role analyst
  coupwatch users add wall --generate`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := named(usage, cmd, args, 0)
			if err != nil {
				return err
			}
			role, known := news.ParseRole(roleName)
			if !known {
				return usage(fmt.Errorf("--role: %q should be reader or analyst", roleName))
			}
			d := desk()
			hash, made, err := d.newPassword(cmd.Context(), name, generate)
			if err != nil {
				return err
			}
			return d.with(cmd.Context(), d.Make, func(db *store.DB) error {
				if err := db.AddUser(cmd.Context(), name, role, hash, time.Now()); err != nil {
					return d.hinted(cmd.Context(), db, err)
				}
				d.note(cmd.Context(), db, fmt.Sprintf("added user %s, %s", name, role))
				fmt.Fprintf(d.Out, "%s may log in, as %s\n", name, withArticle(role))
				d.tell(made)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&roleName, "role", "reader", "what the user may do: reader, who sees everything, or analyst, who may change it")
	cmd.Flags().BoolVar(&generate, "generate", false, "make a password, and print it")
	return cmd
}

// tell prints a password that was made, if one was.
func (d *Desk) tell(made string) {
	if made != "" {
		fmt.Fprintf(d.Out, "The password is %s; it is shown this once.\n", made)
	}
}

func withArticle(r news.Role) string {
	if r == news.Analyst {
		return "an analyst"
	}
	return "a " + r.String()
}

func passwordCommand(desk func() *Desk, usage func(error) error) *cobra.Command {
	var generate bool
	cmd := &cobra.Command{
		Use:   "password NAME",
		Short: "Give a user another password",
		Long: `Password puts another password in the place of a user's, and ends the user's
sessions. It is asked for on a terminal, and else read from standard input, its
first line. With --generate it is made and printed.`,
		Example: `  coupwatch users password anna`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := named(usage, cmd, args, 0)
			if err != nil {
				return err
			}
			d := desk()
			return d.with(cmd.Context(), d.Open, func(db *store.DB) error {
				if hash, err := db.PasswordOf(cmd.Context(), name); err != nil || hash == "" {
					return d.hinted(cmd.Context(), db, errors.Join(err, unknown(name, hash)))
				}
				hash, made, err := d.newPassword(cmd.Context(), name, generate)
				if err != nil {
					return err
				}
				if err := db.SetPassword(cmd.Context(), name, hash, "", time.Now()); err != nil {
					return d.hinted(cmd.Context(), db, err)
				}
				d.note(cmd.Context(), db, "set the password of user "+name)
				fmt.Fprintf(d.Out, "%s has another password, and is logged out everywhere\n", name)
				d.tell(made)
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&generate, "generate", false, "make a password, and print it")
	return cmd
}

// unknown is the error that nobody has a name, if there is no hash of a password.
func unknown(name, hash string) error {
	if hash != "" {
		return nil
	}
	return fmt.Errorf("%s: %w", name, people.ErrUserUnknown)
}

func roleCommand(desk func() *Desk, usage func(error) error) *cobra.Command {
	return &cobra.Command{
		Use:     "role NAME reader|analyst",
		Short:   "Say what a user may do",
		Long:    "Role makes a reader an analyst, or the reverse. It holds from the next request on.",
		Example: `  coupwatch users role anna analyst`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := named(usage, cmd, args, 1)
			if err != nil {
				return err
			}
			role, known := news.ParseRole(args[1])
			if !known {
				return usage(fmt.Errorf("%q should be reader or analyst", args[1]))
			}
			d := desk()
			return d.with(cmd.Context(), d.Open, func(db *store.DB) error {
				if err := db.SetRole(cmd.Context(), name, role); err != nil {
					return d.hinted(cmd.Context(), db, err)
				}
				d.note(cmd.Context(), db, fmt.Sprintf("made user %s %s", name, withArticle(role)))
				fmt.Fprintf(d.Out, "%s is %s\n", name, withArticle(role))
				return nil
			})
		},
	}
}

func removeCommand(desk func() *Desk, usage func(error) error) *cobra.Command {
	return &cobra.Command{
		Use:     "remove NAME",
		Short:   "Remove a user",
		Long:    "Remove takes a user away, who is logged out everywhere, and whose key for feed\nreaders is worth nothing any more. What the user changed stays in coupwatch audit.",
		Example: `  coupwatch users remove anna`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := named(usage, cmd, args, 0)
			if err != nil {
				return err
			}
			d := desk()
			return d.with(cmd.Context(), d.Open, func(db *store.DB) error {
				if err := db.RemoveUser(cmd.Context(), name); err != nil {
					return d.hinted(cmd.Context(), db, err)
				}
				d.note(cmd.Context(), db, "removed user "+name)
				fmt.Fprintf(d.Out, "%s is no user any more, and logged out everywhere\n", name)
				if left, err := db.HasUsers(cmd.Context()); err == nil && !left {
					fmt.Fprintln(d.Out, "There are no users left: a page that only this machine reaches, or that COUPWATCH_OPEN opens, is open to whoever reaches it.")
				}
				return nil
			})
		},
	}
}

// with does something with a database.
func (d *Desk) with(ctx context.Context, open func(context.Context) (*store.DB, error), do func(*store.DB) error) error {
	db, err := open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	return do(db)
}

// hinted adds to an error about a user what to do.
func (d *Desk) hinted(ctx context.Context, db *store.DB, err error) error {
	switch {
	case errors.Is(err, people.ErrUserThere):
		return fmt.Errorf("%w; coupwatch users password and coupwatch users role change one", err)
	case !errors.Is(err, people.ErrUserUnknown):
		return err
	}
	var names []string
	users, _ := db.Users(ctx) // without them there is less of a hint
	for _, u := range users {
		names = append(names, u.Name)
	}
	if len(names) == 0 {
		return fmt.Errorf("%w, and no other; coupwatch users add makes one", err)
	}
	return fmt.Errorf("%w; there are %s", err, strings.Join(names, ", "))
}
