package pages

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/source"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/web/bench"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// How long a page may take that somebody wants looked at, and how large it may be.
const (
	longest = 15 * time.Second
	largest = 2 << 20
)

// Rules are the pages of rules. They are served once they are a part of [Parts].
type Rules struct {
	Context  context.Context // what is tried on them ends when it is done
	File     string          // the path of rules.yaml
	Edit     bool            // analysts may save what they edited
	Reload   func()          // takes up what was saved
	Fetching fetch.Options   // how pages are read that somebody wants looked at; zero for not at all

	room atomic.Pointer[bench.Room]
}

// open makes the pages, and returns their doors.
func (r *Rules) open(p Parts, around *sheet.Sheet) []sheet.Door {
	room := bench.New(r.Context, bench.Options{
		Sheet: around, Path: r.File, Rules: func() *matcher.Rules { return p.Use.File.Current() }, Archive: p.DB,
		Grades: p.grades, Fetch: r.fetch(), Save: r.Edit, Reload: r.Reload, Log: p.Log,
	})
	r.room.Store(room)
	return room.Doors()
}

// Count counts what the rules in use find in what was read; see [bench.Room.Count].
func (r *Rules) Count(ctx context.Context) error {
	if room := r.room.Load(); room != nil {
		return room.Count(ctx)
	}
	return nil
}

// grades returns what people thought of the alerts of each rule.
func (p Parts) grades(ctx context.Context) (map[string]bench.Grade, error) {
	labels, err := p.DB.Labels(ctx)
	if err != nil {
		return nil, err
	}
	all := map[string]bench.Grade{}
	for _, g := range answers.Grades(nil, labels) {
		x := bench.Grade{Relevant: g.Relevant, Noise: g.Noise}
		x.Share, x.Low, x.High, x.Enough = g.Share()
		all[g.Rule] = x
	}
	return all, nil
}

// fetch returns who reads a page that somebody wants looked at: as feeds are read,
// and not in private networks; nil if none is to be read.
func (r *Rules) fetch() func(context.Context, string) (news.Item, error) {
	if r.Fetching.UserAgent == "" {
		return nil
	}
	asking := r.Fetching
	asking.Timeout, asking.MaxBytes = longest, largest
	reader := source.Reader{Options: asking}
	return func(ctx context.Context, link string) (news.Item, error) {
		if !answers.IsURL(link) { // and no file of this machine
			return news.Item{}, errors.New("that is no link")
		}
		return reader.Item(ctx, link)
	}
}
