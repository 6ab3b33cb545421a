package watcher

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/coupwatch/coupwatch/news"
)

// identify sets the ID of each of the items of one reading and leaves out
// those that are there twice. Outlets edit titles, so the title is no part of
// what an item is known by; but where one guid or link stands for several
// titles at once, only the titles tell the items apart. What an earlier reading
// knew an item by is for the store, which remembers it.
func identify(items []news.Item) []news.Item {
	titles := map[string]string{}
	ambiguous := map[string]bool{}
	keys := make([]string, len(items))
	for i, it := range items {
		k := it.Key()
		keys[i] = k
		if title, ok := titles[k]; ok && title != it.Title {
			ambiguous[k] = true
		}
		titles[k] = it.Title
	}
	type spelling struct{ key, title string }
	seen := make(map[spelling]bool, len(items))
	kept := items[:0]
	for i, it := range items {
		if it.ID = news.ItemID(it.Feed, keys[i]); ambiguous[keys[i]] {
			it.ID = it.IDByTitle()
		}
		if as := (spelling{news.PlainAddress(keys[i]), it.Title}); !seen[as] {
			seen[as] = true
			kept = append(kept, it)
		}
	}
	return kept
}

// checksum returns the SHA-256 of data in hexadecimal digits.
func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
