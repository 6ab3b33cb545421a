package outbox

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// A Search says which alerts are asked for. What is empty is met by all.
type Search struct {
	State   string // as of [Delivery.State]; "owed" has those that are being sent, too
	Channel string
	Story   string // id
}

// states are the conditions of the states of [Search].
var states = map[string]string{
	"":        ``,
	"owed":    ` AND sent_at = 0 AND failed_at = 0`,
	"sending": ` AND sent_at = 0 AND failed_at = 0 AND tried_at > 0`,
	"failed":  ` AND sent_at = 0 AND failed_at > 0 AND summary = ''`,
	"summary": ` AND sent_at = 0 AND failed_at > 0 AND summary <> ''`,
	"sent":    ` AND sent_at > 0`,
}

// IsState reports whether alerts can be asked for by a state.
func IsState(state string) bool {
	_, known := states[state]
	return known
}

// Find returns up to limit alerts that are asked for, in the order of
// [Alerts.Outbox], and whether there are more.
func (o *Alerts) Find(ctx context.Context, s Search, limit int) (found []Delivery, more bool, err error) {
	where, args := states[s.State], []any{}
	for _, asked := range []struct{ column, value string }{{"channel", s.Channel}, {"story", s.Story}} {
		if asked.value != "" { // else an index could not be used
			args = append(args, asked.value)
			where += fmt.Sprintf(` AND %s = $%d AND %s <> ''`, asked.column, len(args), asked.column)
		}
	}
	most := fmt.Sprintf(` LIMIT $%d`, len(args)+1)
	for _, part := range []string{
		`SELECT ` + deliveryColumns + ` FROM alerts WHERE sent_at = 0` + where + ` ORDER BY owed_at DESC, id DESC` + most,
		`SELECT ` + deliveryColumns + ` FROM alerts WHERE sent_at > 0` + where + ` ORDER BY sent_at DESC, id DESC` + most,
	} {
		some, err := row.Collect(ctx, o.db.Reads, scanDelivery, part, append(args[:len(args):len(args)], limit+1-len(found))...)
		if err != nil {
			return nil, false, o.db.Fail("look for alerts", err)
		}
		found = append(found, some...)
	}
	return found[:min(len(found), limit)], len(found) > limit, nil
}

// One returns the alert with an id.
func (o *Alerts) One(ctx context.Context, id string) (d Delivery, found bool, err error) {
	d, found, err = row.First(ctx, o.db.Reads, scanDelivery, `SELECT `+deliveryColumns+` FROM alerts WHERE id = $1`, id)
	return d, found, o.db.Fail("look for alert "+id, err)
}

// Unsent counts the alerts that were not sent, by channel and [Delivery.State];
// those that are being sent are owed.
func (o *Alerts) Unsent(ctx context.Context) (map[string]map[string]int, error) {
	counts := map[string]map[string]int{}
	_, err := row.Collect(ctx, o.db.Reads, func(rows *sql.Rows) (channel string, err error) {
		var state string
		var n int
		err = rows.Scan(&channel, &state, &n)
		if counts[channel] == nil {
			counts[channel] = map[string]int{}
		}
		counts[channel][state] = n
		return channel, err
	}, `
		SELECT channel, CASE WHEN failed_at = 0 THEN 'owed' WHEN summary <> '' THEN 'summary' ELSE 'failed' END AS state, COUNT(*)
		FROM alerts WHERE sent_at = 0 GROUP BY channel, state`)
	return counts, o.db.Fail("count alerts", err)
}

// A SentDigest is a digest that was owed to people.
type SentDigest struct {
	Key      string    // when it was due, as in the ids of its alerts: "2026-08-22T05:00Z"
	Due      time.Time // the same
	Channels []string
	Sent     time.Time // when it first arrived; zero if it did not
}

// digestIDs begin the ids of the alerts that are digests; what follows is the key of
// [SentDigest] and the channel.
const digestIDs = "digest/"

// Digests returns the latest digests that are kept, the latest first.
func (o *Alerts) Digests(ctx context.Context, n int) (all []SentDigest, err error) {
	_, err = row.Collect(ctx, o.db.Reads, func(rows *sql.Rows) (id string, err error) {
		var channel string
		var sent int64
		if err := rows.Scan(&id, &channel, &sent); err != nil {
			return id, err
		}
		key, _, _ := strings.Cut(strings.TrimPrefix(id, digestIDs), "/")
		due, err := time.Parse("2006-01-02T15:04Z", key)
		if err != nil {
			return id, nil // of a coupwatch that named them otherwise
		}
		if last := len(all) - 1; last < 0 || all[last].Key != key {
			all = append(all, SentDigest{Key: key, Due: due})
		}
		d := &all[len(all)-1]
		d.Channels = append(d.Channels, channel)
		if at := row.UTC(sent); !at.IsZero() && (d.Sent.IsZero() || at.Before(d.Sent)) {
			d.Sent = at
		}
		return id, nil
	}, `
		SELECT id, channel, sent_at FROM alerts WHERE id`+o.db.Bytewise+` >= $1 AND id`+o.db.Bytewise+` < $2 AND kind = $3
		ORDER BY id`+o.db.Bytewise+` DESC LIMIT $4`, digestIDs, digestIDs[:len(digestIDs)-1]+"0", string(news.Daily), 20*n)
	return all[:min(n, len(all))], o.db.Fail("list digests", err)
}

// DigestOf returns the digest with a key; see [SentDigest].
func (o *Alerts) DigestOf(ctx context.Context, key string) (d news.Digest, found bool, err error) {
	sent, found, err := row.First(ctx, o.db.Reads, scanDelivery, `
		SELECT `+deliveryColumns+` FROM alerts WHERE id`+o.db.Bytewise+` >= $1 AND id`+o.db.Bytewise+` < $2 AND kind = $3 ORDER BY id LIMIT 1`,
		digestIDs+key+"/", digestIDs+key+"0", string(news.Daily))
	if err != nil || !found || sent.Digest == nil {
		return d, false, o.db.Fail("look for the digest of "+key, err)
	}
	return *sent.Digest, true, nil
}
