package search

import (
	"context"
	"database/sql"
	"strings"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/text/keys"
)

// shares are which keys are common, as PostgreSQL counts them now and then.
type shares struct {
	mu    sync.Mutex
	until time.Time // they hold
	byKey map[string]float64
}

// sharesHold is for how long shares are taken for what they were.
const sharesHold = time.Minute

// of returns about which share of all items comes through a sieve. Keys of which
// nothing is known are rare.
func (s *shares) of(ctx context.Context, db *engine.DB, sieve keys.Sieve) (float64, error) {
	if sieve.Op == keys.Nothing {
		return 1, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := time.Now(); now.After(s.until) {
		byKey, err := readShares(ctx, db)
		if err != nil {
			return 0, err
		}
		s.until, s.byKey = now.Add(sharesHold), byKey
	}
	return s.share(sieve), nil
}

func readShares(ctx context.Context, db *engine.DB) (map[string]float64, error) {
	byKey := map[string]float64{}
	_, err := row.Collect(ctx, db.Reads, func(rows *sql.Rows) (key string, err error) {
		var share float64
		err = rows.Scan(&key, &share)
		byKey[key] = share
		return key, err
	}, `
		SELECT key, share FROM pg_stats,
			LATERAL ROWS FROM (unnest(most_common_elems::text::text[]), unnest(most_common_elem_freqs)) AS counted (key, share)
		WHERE schemaname = current_schema() AND tablename = 'search_items' AND attname = 'words' AND key IS NOT NULL`)
	return byKey, err
}

// share is [shares.of] for what is known. What is asked for together is taken to be
// independent.
func (s *shares) share(of keys.Sieve) float64 {
	switch of.Op {
	case keys.Key:
		return s.byKey[of.Keys[0]]
	case keys.Prefix:
		all := 0.0
		for key, share := range s.byKey {
			if strings.HasPrefix(key, of.Keys[0]) {
				all += share
			}
		}
		return min(all, 1)
	case keys.Row:
		share := 1.0
		for _, key := range of.Keys {
			share *= s.byKey[key]
		}
		return share
	case keys.Any:
		all := 0.0
		for _, p := range of.Of {
			all += s.share(p)
		}
		return min(all, 1)
	}
	share := 1.0
	for _, p := range of.Of {
		share *= s.share(p)
	}
	return share
}
