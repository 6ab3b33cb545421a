package coverage

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// errOvertaken is that another replica has changed what was to be changed.
var errOvertaken = errors.New("overtaken")

// SetTold stores what operators know of feeds, by URL, all or nothing; of these,
// feeds has what they are thought to know. It is false, and nothing was stored, if
// of one feed that is not so any more: another replica looked after it meanwhile.
func (b *Book) SetTold(ctx context.Context, feeds []news.FeedState, told map[string]news.Told) (stored bool, err error) {
	was := make(map[string]news.Told, len(told))
	for _, f := range feeds {
		if _, changes := told[f.URL]; changes {
			was[f.URL] = f.Told
		}
	}
	err = b.db.Update(ctx, func(tx *sql.Tx) error {
		if err := b.db.Alone(ctx, tx, row.FeedsLock); err != nil {
			return err
		}
		for _, url := range slices.Sorted(maps.Keys(told)) { // whoever locks several feeds does so in this order
			before, err := row.Encode(was[url])
			if err != nil {
				return err
			}
			after, err := row.Encode(told[url])
			if err != nil {
				return err
			}
			n, err := row.Exec(ctx, tx, `UPDATE feeds SET told = $1 WHERE url = $2 AND told = $3`, after, url, before)
			if err == nil && n == 0 {
				err = errOvertaken
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, errOvertaken) {
		return false, nil
	}
	return err == nil, b.db.Fail("store what operators know of feeds", err)
}
