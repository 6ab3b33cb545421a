package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/net/publicsuffix"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

func whyCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "why LINK|ID|GUID",
		Short: "Show why people were told of an item, or were not",
		Long: `Why shows all that is known of an item: when it was read and from which feeds, what
matched or what was missing, which story it is in and what it brought there, who
says so and how firmly, why people were told or not, and what became of the
alerts. The item is named by its link, in any of the forms in which people pass
links on, by its id, or by the guid that its feed gives it.

If no such item is stored it says whether feeds of that host are watched, and
exits with 1.`,
		Example: `  coupwatch why https://news.example/world/general-sacked
  coupwatch why --json 4a1610a1995d009d | jq .items[].reason`,
		Args: exactlyOneItem,
		RunE: func(cmd *cobra.Command, args []string) error {
			db, err := p.openStored(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			x, err := p.findItem(cmd.Context(), db, strings.TrimSpace(args[0]))
			if err != nil {
				return err
			}
			if asJSON {
				if err := json.NewEncoder(p.out).Encode(reasonsOf(x)); err != nil {
					return err
				}
			} else {
				s := p.newScreen()
				showReasons(s, x)
				if err := s.Show(p.out); err != nil {
					return err
				}
			}
			if len(x.items) == 0 {
				return unknownItem(x)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

func exactlyOneItem(cmd *cobra.Command, args []string) error {
	if len(args) != 1 || strings.TrimSpace(args[0]) == "" {
		return usageError{fmt.Errorf("name one item by its link, id or guid; see %s --help", cmd.CommandPath())}
	}
	return nil
}

// Reasons are what is known of an item that somebody asks for.
type reasons struct {
	asked   string
	items   []knownItem      // one for each feed that carries it
	stories map[string]told  // of the items, by id
	feeds   []news.FeedState // of the link's site, if no item is stored
	noRules error            // why the rules could not be read, or nil
}

// A knownItem is an item that is stored.
type knownItem struct {
	store.Verdict
	feed   news.FeedState
	titles []store.Revision     // what it was called before
	now    *matcher.Explanation // by the rules as they are now; nil if they cannot be read
}

// findItem returns what is known of the item that is asked for.
func (p *program) findItem(ctx context.Context, db *store.DB, asked string) (*reasons, error) {
	asked, _ = news.SplitLogin(asked)
	x := &reasons{asked: asked, stories: map[string]told{}}
	feeds, err := db.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	found, err := find(ctx, db, asked, feeds)
	if err != nil {
		return nil, err
	}
	rules, err := readRules(p.Rules)
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
		if rules != nil {
			now := rules.Explain(v.Item)
			it.now = &now
		}
		if _, have := x.stories[v.Story]; v.Story != "" && !have {
			if x.stories[v.Story], err = readStory(ctx, db, v.Story, rules); err != nil {
				return nil, err
			}
		}
		x.items = append(x.items, it)
	}
	if len(x.items) == 0 {
		x.feeds = feedsOfSite(feeds, asked)
	}
	return x, nil
}

// find returns the items with a link, or with an id, or that a feed knows by a
// guid.
func find(ctx context.Context, db *store.DB, asked string, feeds []news.FeedState) ([]store.Verdict, error) {
	if isURL(asked) {
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

// unknownItem says why an item may not be known, and how to find out.
func unknownItem(x *reasons) error {
	switch {
	case strings.HasPrefix(x.asked, "s-"):
		return fmt.Errorf("no item with the id or guid %q is stored; if it is a story, ask: coupwatch story %s", x.asked, x.asked)
	case !isURL(x.asked):
		return fmt.Errorf("no item with the id or guid %q is stored; name it by its link, or look for its story: coupwatch stories", x.asked)
	}
	site := siteOf(x.asked)
	if len(x.feeds) == 0 {
		return fmt.Errorf("%s is not stored, and no feed of %s is watched; look for its feed, see what it carries with coupwatch read URL, and add it to the rules file; what the rules make of the page: coupwatch explain %s", x.asked, site, x.asked)
	}
	return fmt.Errorf("%s is not stored, although %s of %s is watched; it may not be in the feed, or not any more; see what the feed carries: coupwatch read %s; what the rules make of the page: coupwatch explain %s",
		x.asked, terminal.Count(len(x.feeds), "feed"), site, x.feeds[0].URL, x.asked)
}
