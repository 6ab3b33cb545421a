package daemon

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
)

// A databaseTrouble is that nothing can be recorded, as the operators were told
// of it. That cannot be owed to them, since what is owed is in the database: they
// are told at once, on the console and over those channels that work.
type databaseTrouble struct {
	since    time.Time
	receipts map[string]string // of the notice, by channel
}

// tellOfDatabase tells, once, that nothing can be recorded, and once that it
// can be again.
func (o *Operators) tellOfDatabase(ctx context.Context) {
	problem, since := o.db.Condition()
	o.mu.Lock()
	defer o.mu.Unlock()
	switch now := time.Now().UTC(); {
	case problem != "" && o.database == nil:
		o.database = &databaseTrouble{since: since, receipts: map[string]string{}}
		o.sayAtOnce(ctx, fmt.Sprintf("Nothing can be recorded since %s: %s. No news is lost: feeds are read again when that is mended.", since.UTC().Format("2 January 15:04 UTC"), problem), false, now)
	case problem == "" && o.database != nil:
		o.sayAtOnce(ctx, fmt.Sprintf("The database takes what is recorded again. (It lasted %s.)", terminal.Duration(now.Sub(o.database.since))), true, now)
		o.database = nil
	}
}

// sayAtOnce sends a notice about the database, without the database, to the
// operators and to the console.
func (o *Operators) sayAtOnce(ctx context.Context, text string, mended bool, now time.Time) {
	channels := o.use.Policy().Operators
	if !slices.Contains(channels, "console") {
		channels = append([]string{"console"}, channels...)
	}
	for _, channel := range channels {
		id := fmt.Sprintf("notice/database/%d", o.database.since.UnixMilli())
		a := news.Alert{ID: id + "/" + channel, Channel: channel, Kind: news.Notice, Trouble: id, Notice: text, Mended: mended, DueAt: now, Thread: o.database.receipts[channel]}
		if mended {
			a.ID += "/mended"
		}
		err := o.send(ctx, a)
		if err != nil {
			o.log.Error("operators not told of the database", "channel", channel, "err", err)
		}
	}
}

// noticeTime is how long a notice that is not owed may take.
const noticeTime = 15 * time.Second

// send sends a notice about the database and keeps its receipt.
func (o *Operators) send(ctx context.Context, a news.Alert) error {
	ctx, cancel := context.WithTimeout(ctx, noticeTime)
	defer cancel()
	to, err := o.use.Channels.For(a.Channel)
	if err == nil {
		o.database.receipts[a.Channel], err = to.Notify(ctx, a)
	}
	return err
}
