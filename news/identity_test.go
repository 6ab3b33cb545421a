package news_test

import (
	"slices"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

func TestIsArticle(t *testing.T) {
	const wire = "https://wire.example/"
	tests := []struct {
		name              string
		title, link       string // before
		newTitle, newLink string
		same              bool
	}{
		{"a headline edited", "Shots near the palace", wire + "a", "Army says it holds the capital", wire + "a", true},
		{"read from elsewhere", "Shots near the palace", "http://www.wire.example/a/?utm_source=rss", "Army says it holds the capital", wire + "a", true},
		{"another article", "Garrison mutinies in Tolmin", wire + "1", "Envoy defects in Ostrana", wire + "2", false},
		{"another article under a like headline", "Mutiny report 1", wire + "1", "Mutiny report 2", wire + "2", false},
		{"moved", "Garrison mutinies in Tolmin", wire + "garison", "Garrison mutinies in Tolmin", wire + "garrison", true},
		{"moved, and a word edited", "Garrison mutinies in Tolmin on Sunday night, say residents", wire + "a", "Garrison mutinies in Tolmin on Sunday night, residents say it", wire + "b", true},
		{"moved under its number", "Crown falls 2%", wire + "money/crown-falls-20261102-k71x9.html", "Markets in turmoil as bank closes", wire + "money/markets-20261102-k71x9.html", true},
		{"a day in common", "Garrison mutinies in Tolmin", wire + "20261102/1", "Envoy defects in Ostrana", wire + "20261102/2", false},
		{"a number of another site", "Garrison mutinies in Tolmin", wire + "123456", "Envoy defects in Ostrana", "https://herald.example/123456", false},
		{"the address of the site", "Garrison mutinies in Tolmin", wire, "Envoy defects in Ostrana", wire, false},
		{"the address of the site, edited", "Garrison mutinies in Tolmin", wire, "Mutiny in Tolmin: garrison gives up", wire, true},
		{"no address", "Garrison mutinies in Tolmin", "", "Envoy defects to Ostrana", "", false},
		{"no address, edited", "Garrison mutinies in Tolmin", "", "Tolmin garrison gives up", "", true},
		{"no blanks between words", "总统府附近传出枪声", "", "总统府枪声后军方宣布戒严", "", true},
		{"no blanks, another", "总统府附近传出枪声", "", "大使叛逃", "", false},
		{"no words", "!!!", "", "???", "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := news.Item{Title: tt.newTitle, Link: tt.newLink}
			if got := it.IsArticle(tt.title, tt.link); got != tt.same {
				t.Errorf("the same article: %v, want %v", got, tt.same)
			}
			back := news.Item{Title: tt.title, Link: tt.link}
			if got := back.IsArticle(tt.newTitle, tt.newLink); got != tt.same {
				t.Errorf("the other way round: %v, want %v", got, tt.same)
			}
		})
	}
}

// What differs in its spelling only is found by each of them.
func TestOtherIDs(t *testing.T) {
	spellings := []string{
		"http://wire.example/a?p=1", "https://wire.example/a?p=1", "http://www.wire.example/a?p=1", "https://www.wire.example/a?p=1",
		"http://wire.example/a/?p=1", "https://wire.example/a/?p=1", "http://www.wire.example/a/?p=1", "https://www.wire.example/a/?p=1",
	}
	item := func(guid string) news.Item {
		it := news.Item{Feed: "https://wire.example/feed", GUID: guid, Title: "Mutiny", Link: "https://wire.example/mutiny"}
		it.ID = news.ItemID(it.Feed, it.Key())
		return it
	}
	for _, a := range spellings {
		for _, b := range spellings {
			x, y := item(a), item(b)
			if a != b && (!slices.Contains(x.OtherIDs(), y.ID) || x.IDByArticle() != y.IDByArticle() || x.PlainKey() != y.PlainKey()) {
				t.Errorf("%s is not found as %s", a, b)
			}
		}
		for _, other := range []string{"https://wire.example/a?p=2", "https://wire.example/b?p=1", "https://www2.wire.example/a?p=1", "a"} {
			if slices.Contains(item(a).OtherIDs(), item(other).ID) {
				t.Errorf("%s is found as %s", a, other)
			}
		}
	}
}

// Whatever a feed says, an item is the article that it was, and is known by no
// id twice.
func FuzzIdentity(f *testing.F) {
	f.Add("https://wire.example/?p=1#3", "https://wire.example/a/1", "Mutiny in Tolmin")
	f.Add("http://", "http://[::1", "政变 переворот")
	f.Add("https://www.#?/", "//x/%zz?a=%", "")
	f.Fuzz(func(t *testing.T, guid, link, title string) {
		it := news.Item{Feed: "https://wire.example/feed", GUID: guid, Link: link, Title: title}
		it.ID = news.ItemID(it.Feed, it.Key())
		if !it.IsArticle(title, link) {
			t.Error("not the article that it is")
		}
		ids := append(it.OtherIDs(), it.ID)
		slices.Sort(ids)
		if len(slices.Compact(slices.Clone(ids))) != len(ids) {
			t.Errorf("an id twice: %q", ids)
		}
		plain := news.Item{Feed: it.Feed, GUID: it.PlainKey(), Title: title}
		if it.PlainKey() != "" && plain.PlainKey() != it.PlainKey() {
			t.Errorf("%q is plain, but becomes %q", it.PlainKey(), plain.PlainKey())
		}
	})
}

func TestSameAddress(t *testing.T) {
	const feed = "https://paper.example/feed?a=B"
	for address, want := range map[string]bool{
		feed: true, "HTTP://www.Paper.example/feed/?a=B": true, "https://paper.example/feed?a=b": false,
		"https://paper.example/Feed?a=B": false, "https://paper.example/feed": false, "paper.example/feed?a=B": false,
	} {
		if got := news.SameAddress(feed, address); got != want {
			t.Errorf("%s and %s are the same: %v, want %v", feed, address, got, want)
		}
	}
}
