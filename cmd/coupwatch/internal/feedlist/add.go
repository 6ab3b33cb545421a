package feedlist

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/discover"
)

// Add finds the feeds of what somebody named, has one chosen, and writes it into
// the rules as what as says. With yes, and where nobody can be asked, the only or
// best one is taken. One that is there already is told, and that is no error.
func (d *Desk) Add(ctx context.Context, named string, as news.Feed, yes bool) error {
	list, err := matcher.ReadFeedList(d.Rules)
	if err != nil {
		return err
	}
	found, err := d.find(ctx, named, as, list.Rules())
	if err != nil {
		return err
	}
	all := found.Candidates
	if yes {
		all = all[:1]
	}
	known := registerOf(list)
	fresh := d.fresh(all, known)
	if len(fresh) == 0 {
		return d.flush()
	}
	chosen := 0
	if !yes {
		if chosen, err = d.choose(fresh, list.Rules(), len(all)); err != nil {
			return err
		}
	}
	f := fresh[chosen].Feed
	f.Name = known.unusedName(cmp.Or(as.Name, fresh[chosen].Document.Title, hostOf(f.URL)), f.URL)
	return d.write(list, f)
}

// fresh returns the candidates that are not in the list, and says where the
// others are.
func (d *Desk) fresh(all []discover.Candidate, known register) (kept []discover.Candidate) {
	for _, c := range all {
		if at, found := known.at(c.Feed.URL); found {
			d.Screen.Line(0, alreadyThere(c.Feed.URL, at))
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

// alreadyThere says that a feed stands in the rules.
func alreadyThere(address string, at matcher.ListedFeed) string {
	said := fmt.Sprintf("%s is there already: %s, in %s", address, at.Name, at.Place())
	if at.Disabled {
		said += "; it is disabled, take that away there"
	}
	return said
}

// write adds a feed to the rules, and says so.
func (d *Desk) write(list *matcher.FeedList, f news.Feed) error {
	at, err := put(list, d.Rules, f)
	if err != nil {
		return err
	}
	d.Screen.Line(0, fmt.Sprintf("added %s (%s) to %s", f.Name, f.URL, at))
	return d.flush()
}

// put adds a feed to a list, which was read from the rules at path, and returns where
// it stands.
func put(list *matcher.FeedList, path string, f news.Feed) (at string, err error) {
	e, err := list.Add([]news.Feed{f})
	if err != nil {
		return "", notWritten(err)
	}
	if err := list.Write(e); err != nil {
		return "", err
	}
	if after, err := matcher.ReadFeedList(path); err == nil {
		if now, found := registerOf(after).at(f.URL); found {
			return now.Place(), nil
		}
	}
	return e.File, nil
}

// notWritten says that an edit would be a mistake. What it returns are no problems
// of the rules as they are.
func notWritten(err error) error {
	if problems := matcher.Problems(nil); errors.As(err, &problems) {
		return fmt.Errorf("the rules are left as they are, since they would then have mistakes:\n%s", problems.Error())
	}
	return err
}

// hostOf returns the host of an address, without "www.".
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
