package feedlist

import (
	"fmt"
	"strings"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// A register knows which addresses and names are taken.
type register struct {
	feeds map[string]matcher.ListedFeed // by [news.AddressKey]
	names map[string]bool               // in lower case
}

func registerOf(list *matcher.FeedList) register {
	r := register{map[string]matcher.ListedFeed{}, map[string]bool{}}
	for _, f := range list.Feeds() {
		r.feeds[news.AddressKey(f.URL)] = f
		r.names[strings.ToLower(f.Name)] = true
	}
	return r
}

// at returns the feed that is read at an address, however that is spelt.
func (r register) at(address string) (matcher.ListedFeed, bool) {
	f, found := r.feeds[news.AddressKey(address)]
	return f, found
}

// unusedName returns a name for a feed that no other has: as it is, else with the
// host, else with a number too.
func (r register) unusedName(name, address string) string {
	taken := func(name string) bool { return r.names[strings.ToLower(name)] }
	if !taken(name) {
		return name
	}
	name += " (" + hostOf(address) + ")"
	for i, plain := 2, name; taken(name); i++ {
		name = fmt.Sprintf("%s %d", plain, i)
	}
	return name
}

// take notes that a feed is there from now on.
func (r register) take(f news.Feed) {
	r.feeds[news.AddressKey(f.URL)] = matcher.ListedFeed{}
	r.names[strings.ToLower(f.Name)] = true
}
