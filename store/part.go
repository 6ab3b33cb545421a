package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/opinions"
)

// ErrOnly is the cause of an error of [DB.TakeOut] where no report of the story
// would be left that a rule matched.
var ErrOnly = errors.New("no other report of the story was matched by a rule, and nothing would be left of it; mute the story or call it not relevant")

// TakeOut takes an item, and whatever else leads to the same article, out of a story
// in one transaction, since says.By says that it is not of it: the story is told
// anew without it, it becomes a story of its own if a rule matched it, and it never
// comes back; see [news.Parter]. Report says what the rules make of an item. If the
// item was taken out before, nothing changes and it reports false with what was said
// then. A story that was joined with another is that one. Its error is [ErrUnknown]
// if the item is not of the story, and [ErrOnly] if it is all that the story has.
func (db *DB) TakeOut(ctx context.Context, says news.Stray, report func(news.Item) (news.Report, bool), decider news.Parter) (done news.Stray, now bool, err error) {
	defer db.ingests.Alone()()
	err = row.LockingMore(func(also []string) error {
		done, now, err = db.takeOut(ctx, says, report, decider, also)
		return err
	})
	return done, now, db.fail("take an item out of story "+says.Story, err)
}

// takeOut is [DB.TakeOut] with other feeds locked too.
func (db *DB) takeOut(ctx context.Context, says news.Stray, report func(news.Item) (news.Report, bool), decider news.Parter, also []string) (done news.Stray, now bool, err error) {
	in := newIngestTx(db, nil, &pending{reading: news.Reading{At: says.At}, decider: decider})
	stored := false
	defer func() { // also after a panic
		if !stored {
			db.forgetDecisions([]*ingestTx{in})
		}
	}()
	err = db.update(ctx, func(tx *sql.Tx) (err error) {
		in.tx = tx
		done, now, err = in.takeOut(ctx, says, report, decider, also)
		return err
	})
	stored = err == nil
	return done, now && stored, err
}

// takeOut locks what [DB.Ingest] does, in its order: feeds, stories.
func (in *ingestTx) takeOut(ctx context.Context, says news.Stray, report func(news.Item) (news.Report, bool), decider news.Parter, also []string) (news.Stray, bool, error) {
	s, all, err := in.wholeStory(ctx, says.Story)
	if err != nil {
		return says, false, err
	}
	in.locked = map[string]bool{}
	for _, v := range all {
		in.locked[v.Feed] = true
	}
	for _, url := range also {
		in.locked[url] = true
	}
	for _, url := range slices.Sorted(maps.Keys(in.locked)) {
		if err := lockRow(ctx, in.tx, url, in.db.forUpdate); err != nil {
			return says, false, err
		}
	}
	if err := in.db.alone(ctx, in.tx, row.StoriesLock); err != nil {
		return says, false, err
	}
	if before, found, err := opinions.StrayOf(ctx, in.tx, says.Item, append(s.Parts, s.ID, says.Story)); err != nil || found {
		return before, false, err
	}
	if s, all, err = in.wholeStory(ctx, says.Story); err != nil {
		return says, false, err
	}
	says.Story = s.ID
	if err := in.lockItems(ctx, s.ID); err != nil { // those that joined it meanwhile
		return says, false, err
	}
	stay, out := divide(all, says.Item, report)
	switch {
	case len(out) == 0:
		return says, false, row.Unknown("item of story "+s.ID, says.Item)
	case !slices.ContainsFunc(stay, func(v news.Verdict) bool { return len(v.Matches) > 0 }):
		return says, false, ErrOnly
	}
	says.Title, says.Link = out[0].Title, out[0].Link
	in.decided = true
	if err := in.syncDecider(ctx, says.At.Add(-news.Window)); err != nil {
		return says, false, err
	}
	parting := decider.Part(s, stay, out, says)
	says.Own = parting.Out[0].Story.ID
	return says, true, in.putParting(ctx, says, all, out, parting)
}

// wholeStory returns a story, or that in which it goes on, and its items.
func (in *ingestTx) wholeStory(ctx context.Context, id string) (s news.Story, items []Verdict, err error) {
	for next := id; next != ""; next = s.Into.ID {
		found := false
		if s, found, err = row.First(ctx, in.tx, scanStory, `SELECT id, body FROM stories WHERE id = $1`, next); err != nil || !found {
			return s, nil, cmp.Or(err, row.Unknown("story", next))
		}
	}
	items, err = row.Collect(ctx, in.tx, scanVerdict, `SELECT `+verdictColumns+` FROM items WHERE story = $1 AND story <> ''`, s.ID)
	slices.SortFunc(items, func(a, b Verdict) int {
		return cmp.Or(a.Fetched.Compare(b.Fetched), a.When().Compare(b.When()), strings.Compare(a.ID, b.ID))
	})
	return s, items, err
}

// divide returns the reports of a story that stay if an item is none of them, and
// those that do not: the item, first, and those of the same article.
func divide(all []Verdict, item string, report func(news.Item) (news.Report, bool)) (stay, out []news.Verdict) {
	i := slices.IndexFunc(all, func(v Verdict) bool { return v.ID == item })
	for _, v := range all {
		rep, is := report(v.Item)
		if !is {
			rep = news.Report{Item: v.Item}
		}
		rep.Matches, rep.Almost = v.Matches, nil // as it was decided, whatever the rules are now
		is = i >= 0 && (v.ID == item || v.ArticleLink() != "" && v.ArticleLink() == all[i].ArticleLink())
		switch decided := (news.Verdict{Report: rep, Kind: v.Kind, Update: v.Update}); {
		case v.ID == item:
			out = slices.Insert(out, 0, decided)
		case is:
			out = append(out, decided)
		default:
			stay = append(stay, decided)
		}
	}
	return stay, out
}

// putParting stores what follows from taking out of its story what says says.
func (in *ingestTx) putParting(ctx context.Context, says news.Stray, all []Verdict, out []news.Verdict, p news.Parting) error {
	stories := map[string]news.Story{p.Left.ID: p.Left}
	for i, v := range out {
		d := p.Out[i]
		if d.Story.ID != "" {
			stories[d.Story.ID] = d.Story
		}
		if err := in.putDecision(ctx, v.Report, d); err != nil {
			return err
		}
		said := says
		said.Item, said.Title, said.Link, said.Own = v.ID, v.Title, v.Link, d.Story.ID
		if err := opinions.PutStray(ctx, in.tx, said); err != nil {
			return err
		}
	}
	for _, v := range all {
		if now := p.Updates[v.ID]; now != "" && now != v.Update {
			if _, err := row.Exec(ctx, in.tx, `UPDATE items SET development = $1 WHERE id = $2`, now, v.ID); err != nil {
				return err
			}
		}
	}
	if err := in.owe(ctx, p.Alerts); err != nil {
		return err
	}
	if err := in.putStories(ctx, stories); err != nil {
		return err
	}
	in.decider.Sync(in.version, nil)
	return nil
}
