package feedlist

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// Remove takes the feed out of the rules that has a name or an address.
func (d *Desk) Remove(named string) error {
	list, err := matcher.ReadFeedList(d.Rules)
	if err != nil {
		return err
	}
	f, err := takeOut(list, named)
	if err != nil {
		return err
	}
	d.Screen.Line(0, fmt.Sprintf("removed %s (%s) from %s; what was read of it stays", f.Name, f.URL, f.File))
	return d.flush()
}

// takeOut takes the feed out of a list that has a name or an address.
func takeOut(list *matcher.FeedList, named string) (f matcher.ListedFeed, err error) {
	if f, err = pick(list, named); err != nil {
		return f, err
	}
	e, err := list.Remove(f)
	if err != nil {
		return f, notWritten(err)
	}
	return f, list.Write(e)
}

// pick returns the one feed that has a name or an address.
func pick(list *matcher.FeedList, named string) (matcher.ListedFeed, error) {
	plain, _ := news.SplitSecrets(named)
	var names []string
	var picked []matcher.ListedFeed
	for _, f := range list.Feeds() {
		names = append(names, f.Name)
		if strings.EqualFold(f.Name, strings.TrimSpace(named)) || news.SameAddress(f.URL, plain) {
			picked = append(picked, f)
		}
	}
	switch len(picked) {
	case 1:
		return picked[0], nil
	case 0:
		if near := matcher.Nearest(named, names); near != "" {
			return matcher.ListedFeed{}, fmt.Errorf("there is no feed %q; did you mean %q?", plain, near)
		}
		if near := containing(names, named); len(near) > 0 {
			return matcher.ListedFeed{}, fmt.Errorf("there is no feed %q; did you mean %s?", plain, strings.Join(near, " or "))
		}
		return matcher.ListedFeed{}, fmt.Errorf("there is no feed %q in the rules; coupwatch feeds lists those that are read", plain)
	}
	var addresses []string
	for _, f := range picked {
		addresses = append(addresses, f.URL+" in "+f.Place())
	}
	slices.Sort(addresses)
	return matcher.ListedFeed{}, fmt.Errorf("%d feeds are called %q; name one by its address:\n  %s", len(picked), named, strings.Join(addresses, "\n  "))
}

// containing returns, in quotes, the names that contain what was named, in whatever
// case; none if they are many, so that it says little.
func containing(names []string, named string) (near []string) {
	const few = 3
	part := strings.ToLower(strings.TrimSpace(named))
	for _, name := range names {
		if part != "" && strings.Contains(strings.ToLower(name), part) {
			near = append(near, fmt.Sprintf("%q", name))
		}
	}
	if len(near) > few {
		return nil
	}
	return near
}
