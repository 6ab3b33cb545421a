package answers

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
)

// Found is what is known of an item that somebody asks for.
type Found struct {
	asked   string
	items   []knownItem      // one for each feed that carries it
	stories map[string]Told  // of the items, by id
	feeds   []news.FeedState // of the link's site, if no item is stored
	noRules error            // why the rules could not be read, or nil
}

// A knownItem is an item that is stored.
type knownItem struct {
	store.Verdict
	feed   news.FeedState
	titles []store.Revision     // what it was called before
	page   *news.PageText       // what is known of the page behind its link; nil for nothing
	now    *explain.Explanation // by the rules as they are now; nil if they cannot be read
}

// FindItem returns what is known of the item that is asked for, also by the
// rules as they are now, if they can be read.
func FindItem(ctx context.Context, db *store.DB, asked string, readRules func() (*matcher.Rules, error)) (*Found, error) {
	asked, _ = news.SplitLogin(asked)
	x := &Found{asked: asked, stories: map[string]Told{}}
	feeds, err := db.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	found, err := find(ctx, db, asked, feeds)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		x.feeds = feedsOfSite(feeds, asked)
		return x, nil
	}
	rules, err := readRules()
	if err != nil {
		x.noRules = err
	}
	for _, v := range found {
		it := knownItem{Verdict: v}
		if i := slices.IndexFunc(feeds, func(f news.FeedState) bool { return f.URL == v.Feed }); i >= 0 {
			it.feed = feeds[i]
		}
		if it.titles, err = db.Revisions(ctx, v.ID); err != nil {
			return nil, err
		}
		if pages, err := db.PageTexts(ctx, []string{v.ArticleLink()}); err != nil {
			return nil, err
		} else if page, known := pages[v.ArticleLink()]; known {
			it.page = &page
		}
		if rules != nil {
			now, err := explained(ctx, db, rules, v.Item)
			if err != nil {
				return nil, err
			}
			it.now = &now
		}
		if _, have := x.stories[v.Story]; v.Story != "" && !have {
			if x.stories[v.Story], err = ReadStory(ctx, db, v.Story, rules); err != nil {
				return nil, err
			}
		}
		x.items = append(x.items, it)
	}
	return x, nil
}

// explained returns what rules make of an item, where people know by now what was
// warm then.
func explained(ctx context.Context, db *store.DB, rules *matcher.Rules, it news.Item) (explain.Explanation, error) {
	x := rules.Explain(it, nil)
	if !x.AsksWarm {
		return x, nil
	}
	warmth, err := WarmAt(ctx, db, it)
	return rules.Explain(it, warmth), err
}

// WarmAt returns of whom people were told before an item, by the stories that the
// database has.
func WarmAt(ctx context.Context, db *store.DB, it news.Item) (news.Warmth, error) {
	stories, err := db.WarmStories(ctx, it.When().Add(-news.Window))
	if err != nil {
		return nil, err
	}
	return story.WarmBy(stories), nil
}

// find returns the items with a link, or with an id, or that a feed knows by a
// guid.
func find(ctx context.Context, db *store.DB, asked string, feeds []news.FeedState) ([]store.Verdict, error) {
	if IsURL(asked) {
		if found, err := db.ItemsByLink(ctx, asked); err != nil || len(found) > 0 {
			return found, err
		}
	}
	ids := []string{asked}
	for _, f := range feeds {
		ids = append(ids, news.ItemID(f.URL, asked))
	}
	return db.ItemsByID(ctx, ids...)
}

// feedsOfSite returns the feeds of the site that a link is of.
func feedsOfSite(feeds []news.FeedState, link string) []news.FeedState {
	of := siteOf(link)
	return slices.DeleteFunc(slices.Clone(feeds), func(f news.FeedState) bool { return of == "" || siteOf(f.URL) != of })
}

// siteOf returns what of a link's host one registers, such as "bbc.co.uk", or
// "" if it is no link.
func siteOf(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if site, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return site
	}
	return host
}

// Unknown says why an item may not be known, and how to find out; nil if it is.
func (x *Found) Unknown() error {
	switch {
	case len(x.items) > 0:
		return nil
	case strings.HasPrefix(x.asked, "s-"):
		return fmt.Errorf("no item with the id or guid %q is stored; if it is a story, ask: coupwatch story %s", x.asked, x.asked)
	case !IsURL(x.asked):
		return fmt.Errorf("no item with the id or guid %q is stored; name it by its link, or look for its story: coupwatch stories", x.asked)
	}
	site := siteOf(x.asked)
	if len(x.feeds) == 0 {
		return fmt.Errorf("%s is not stored, and no feed of %s is watched; look for its feed, see what it carries with coupwatch read URL, and add it to the rules file; what the rules make of the page: coupwatch explain %s", x.asked, site, terminal.Shell(x.asked))
	}
	is := "is"
	if len(x.feeds) > 1 {
		is = "are"
	}
	return fmt.Errorf("%s is not stored, although %s of %s %s watched; it may not be in the feed, or not any more; see what the feed carries: coupwatch read %s; what the rules make of the page: coupwatch explain %s",
		x.asked, terminal.Count(len(x.feeds), "feed"), site, is, terminal.Shell(x.feeds[0].URL), terminal.Shell(x.asked))
}
