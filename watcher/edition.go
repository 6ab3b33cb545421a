package watcher

import (
	"hash/maphash"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/mend"
)

// An edition is a feed's document as it was read last, so far as it takes to
// pass over what stands in the next one as it did: most of what a feed sends was
// there before. It is immutable.
type edition struct {
	checksum string           // of the document
	whole    time.Time        // when the last was read of which nothing was passed over
	frame    frame            // what its items depend on
	items    map[uint64]marks // by the hash of their bytes
}

// A frame is what a document says beside its items and they are read by.
type frame struct{ root, language, link, address string }

// Marks are hashes of what a store may take an item for another by.
type marks struct{ key, link uint64 }

// editionLife is how long items may be passed over: the store is to hear now and
// then that they still stand in their feed, or it forgets them.
const editionLife = 3 * time.Hour

var seed = maphash.MakeSeed()

func marksOf(it news.Item) marks {
	m := marks{key: maphash.String(seed, it.PlainKey())}
	if link := it.ArticleLink(); link != "" {
		m.link = maphash.String(seed, link)
	}
	return m
}

// A cutting is a document in which the items of the last edition are known.
type cutting struct {
	last   *edition // nil for none
	hashes []uint64 // of the items of the document
	passed []uint64 // of those that are as they were
	fresh  []uint64 // of the others
}

func cutItems(m mend.XML, last *edition) *cutting {
	c := &cutting{last: last, hashes: make([]uint64, len(m.Items))}
	for i, s := range m.Items {
		c.hashes[i] = maphash.Bytes(seed, m.Text[s.Start:s.End])
	}
	return c
}

// known tells whether the last edition had the i-th item, and notes it.
func (c *cutting) known(i int) bool {
	if c.last != nil {
		if _, known := c.last.items[c.hashes[i]]; known {
			c.passed = append(c.passed, c.hashes[i])
			return true
		}
	}
	c.fresh = append(c.fresh, c.hashes[i])
	return false
}

// edition returns the document as an edition, of which items were read and the
// others passed over. It is nil if they could not be passed over the next time
// or, now, might have been read otherwise together: if one of them could be
// taken for another, or if the text of some says how to read others.
func (c *cutting) edition(f frame, d Document, now time.Time) *edition {
	e := &edition{whole: now, frame: f, items: make(map[uint64]marks, len(c.hashes))}
	if len(d.Items) != len(c.fresh) || d.Problem != "" || d.Foreign != "" || d.ambiguous {
		return nil
	}
	seen := make(map[uint64]bool, 2*len(c.hashes))
	for _, h := range c.passed {
		e.items[h] = c.last.items[h]
		seen[e.items[h].key], seen[e.items[h].link] = true, true
	}
	delete(seen, 0) // that of no link
	for i, it := range d.Items {
		m := marksOf(it)
		if seen[m.key] || len(c.passed) > 0 && seen[m.link] {
			return nil
		}
		seen[m.key] = true
		e.items[c.fresh[i]] = m
	}
	if len(e.items) != len(c.hashes) {
		return nil // some are there twice
	}
	if len(c.passed) > 0 {
		if e.whole = c.last.whole; e.frame != c.last.frame {
			return nil
		}
	}
	return e
}

// Editions are those of all feeds, by URL.
type editions struct {
	mu  sync.Mutex
	all map[string]*edition
}

// of returns the edition of the feed f if its document is the one that the store
// recorded last, be it that another replica read it: what stands in it is then
// stored as it stands there. Else it is nil.
func (es *editions) of(f news.FeedState, now time.Time) *edition {
	es.mu.Lock()
	defer es.mu.Unlock()
	e := es.all[f.URL]
	if e == nil || f.Checksum == "" || e.checksum != f.Checksum || now.Sub(e.whole) > editionLife {
		return nil
	}
	return e
}

// put keeps the edition of a feed, nil for none.
func (es *editions) put(url string, e *edition) {
	es.mu.Lock()
	defer es.mu.Unlock()
	if es.all == nil {
		es.all = map[string]*edition{}
	}
	if es.all[url] = e; e == nil {
		delete(es.all, url)
	}
}

// keepOnly forgets those of other feeds than these.
func (es *editions) keepOnly(feeds []news.Feed) {
	es.mu.Lock()
	defer es.mu.Unlock()
	kept := make(map[string]*edition, len(es.all))
	for _, f := range feeds {
		if e := es.all[f.URL]; e != nil {
			kept[f.URL] = e
		}
	}
	es.all = kept
}
