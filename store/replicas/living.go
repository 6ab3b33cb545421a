package replicas

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/process"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// A Sight is how the beats of a PostgreSQL database stood when somebody looked who
// wants it for himself. Of SQLite, whose database belongs to one process, it tells
// nothing; see [engine.DB.Own].
type Sight struct {
	look  func(ctx context.Context) ([]replica, error)
	beats map[string]int64 // by id, of those that may live
}

// Look looks at the beats of a database.
func Look(ctx context.Context, db *engine.DB) (Sight, error) {
	return look(ctx, func(ctx context.Context) ([]replica, error) {
		if db.Path != "" {
			return nil, nil
		}
		return row.Collect(ctx, db.Reads, scanReplica, `SELECT id, machine, process, beat, 0, 0 FROM replicas ORDER BY machine, process`) // of an older coupwatch, too
	})
}

func look(ctx context.Context, all func(context.Context) ([]replica, error)) (Sight, error) {
	s := Sight{all, map[string]int64{}}
	seen, err := all(ctx)
	for _, r := range seen {
		if !r.isGone() {
			s.beats[r.id] = r.beat
		}
	}
	return s, err
}

// Living says which processes use the database: "process 4711 of this machine", or
// "" for none. Where there may be some it looks for as long as a living one may be
// silent, 11 seconds.
func (s Sight) Living(ctx context.Context) (who string, err error) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for began := time.Now(); len(s.beats) > 0 && who == "" && err == nil && time.Since(began) < silence; {
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-tick.C:
		}
		who, err = s.Beaten(ctx)
	}
	return who, err
}

// Beaten says at once which processes have used the database since the sight, "" for
// none.
func (s Sight) Beaten(ctx context.Context) (string, error) {
	all, err := s.look(ctx)
	if err != nil {
		return "", err
	}
	return beatSince(s.beats, all), nil
}

// beatSince says which of all have beaten since first was seen, or were not there.
func beatSince(first map[string]int64, all []replica) string {
	var who []string
	for _, r := range all {
		if beat, found := first[r.id]; (!found || beat != r.beat) && !r.isGone() {
			who = append(who, r.describe())
		}
	}
	return strings.Join(who, ", ")
}

// describe says for people which process r is.
func (r replica) describe() string {
	where := "another machine"
	if r.machine != "" && r.machine == process.Machine() {
		where = "this machine"
	}
	return fmt.Sprintf("process %d of %s", r.process, where)
}
