package people

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

func listCommand(desk func() *Desk, usage func(error) error) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List who may log in, and who has a key",
		Long: `List shows the users, what they may do, when the password was set, when the page
was last used and since when there are keys for feed readers and programs; and who
else has a key. With --json it prints one object for each.`,
		Example: "  coupwatch users\n  coupwatch users list --json",
		Args:    nothing(usage),
		RunE: func(cmd *cobra.Command, _ []string) error {
			d := desk()
			return d.with(cmd.Context(), d.Open, func(db *store.DB) error {
				users, err := db.Users(cmd.Context())
				if err != nil {
					return err
				}
				keys, err := db.Keys(cmd.Context())
				if err != nil {
					return err
				}
				all := withKeys(users, keys)
				if asJSON {
					return writeUsers(d.Out, all)
				}
				showUsers(d.Out, all, time.Now())
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object for each")
	return cmd
}

// An owner is a user, or somebody else who has a key.
type owner struct {
	news.User // with a name alone for who is no user
	keys      map[news.Purpose]time.Time
}

// withKeys returns users with their keys, and who else has one.
func withKeys(users []news.User, keys []news.Key) (all []owner) {
	for _, u := range users {
		all = append(all, owner{u, map[news.Purpose]time.Time{}})
	}
	for _, k := range keys {
		at := slices.IndexFunc(all, func(o owner) bool { return o.Name == k.Name })
		if at < 0 {
			at = len(all)
			all = append(all, owner{news.User{Name: k.Name}, map[news.Purpose]time.Time{}})
		}
		all[at].keys[k.Purpose] = k.Made
	}
	return all
}

// showUsers prints who there is as a table.
func showUsers(w io.Writer, all []owner, now time.Time) {
	if len(all) == 0 {
		fmt.Fprintln(w, "There are no users; coupwatch users add NAME makes one.")
		return
	}
	table := terminal.NewTable("llllll", "NAME", "ROLE", "PASSWORD SET", "LAST SEEN", "KEY FOR FEEDS", "FOR PROGRAMS")
	for _, o := range all {
		role := o.Role.String()
		if o.Role == news.Nobody {
			role = "no user"
		}
		table.Row(terminal.Safe(o.Name), role, ago(o.Changed, now), ago(o.Seen, now), ago(o.keys[news.ForFeeds], now), ago(o.keys[news.ForPrograms], now))
	}
	table.Write(w, "")
}

// ago writes how long ago a time was, a dash for none.
func ago(t, now time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return terminal.Ago(t, now)
}

// A userLine is a user as JSON, or who else has a key.
type userLine struct {
	Name     string     `json:"name"`
	Role     string     `json:"role,omitempty"` // none of who has a key only
	Since    *time.Time `json:"since,omitempty"`
	Password *time.Time `json:"password_set,omitempty"`
	Seen     *time.Time `json:"last_seen,omitempty"`
	Feeds    *time.Time `json:"feed_key_made,omitempty"`
	API      *time.Time `json:"api_key_made,omitempty"`
}

func writeUsers(w io.Writer, all []owner) error {
	enc := json.NewEncoder(w)
	at := func(t time.Time) *time.Time {
		if t.IsZero() {
			return nil
		}
		return &t
	}
	for _, o := range all {
		line := userLine{Name: o.Name, Since: at(o.Since), Password: at(o.Changed), Seen: at(o.Seen), Feeds: at(o.keys[news.ForFeeds]), API: at(o.keys[news.ForPrograms])}
		if o.Role != news.Nobody {
			line.Role = o.Role.String()
		}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func auditCommand(desk func() *Desk, usage func(error) error) *cobra.Command {
	var asJSON bool
	var most int
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Show what people changed: on the page, in Slack, by commands",
		Long: `Audit lists who changed what, when and from where, the latest first: on the page,
by the buttons and commands in Slack, and by commands such as coupwatch mute, story
--without, retry, drop and users. It goes back a year. With --json it prints one
object for each change.`,
		Example: "  coupwatch audit\n  coupwatch audit --most 1000 --json",
		Args:    nothing(usage),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if most < 1 {
				return usage(fmt.Errorf("--most: %d should be at least 1", most))
			}
			d := desk()
			return d.with(cmd.Context(), d.Open, func(db *store.DB) error {
				deeds, err := db.Deeds(cmd.Context(), time.Now().Add(time.Minute), most)
				switch {
				case err != nil:
					return err
				case asJSON:
					return writeDeeds(d.Out, deeds)
				case len(deeds) == 0:
					fmt.Fprintln(d.Out, "Nobody changed anything within a year.")
				}
				s := terminal.NewScreen(d.Columns(), false)
				for _, deed := range deeds {
					s.Wrapped(0, fmt.Sprintf("%s  %s (%s): %s", deed.At.Format("2 Jan 2006 15:04"), deed.Who, deed.From, deed.What))
				}
				fmt.Fprint(d.Out, s)
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object for each change")
	cmd.Flags().IntVar(&most, "most", 100, "how many at the most")
	return cmd
}

func writeDeeds(w io.Writer, deeds []news.Deed) error {
	enc := json.NewEncoder(w)
	for _, d := range deeds {
		err := enc.Encode(struct {
			At   time.Time `json:"at"`
			Who  string    `json:"who"`
			From string    `json:"from"`
			What string    `json:"what"`
		}{d.At, d.Who, d.From, d.What})
		if err != nil {
			return err
		}
	}
	return nil
}
