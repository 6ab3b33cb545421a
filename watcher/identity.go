package watcher

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"

	"github.com/coupwatch/coupwatch/news"
)

// identify sets the ID of each of the items of one reading and leaves out
// those that are there twice. Outlets edit titles, so the title is no part of
// what an item is known by; but where one guid or link stands for several
// titles at once, only the titles tell the items apart.
func identify(items []news.Item) []news.Item {
	titles := map[string]string{}
	ambiguous := map[string]bool{}
	for _, it := range items {
		k := key(it)
		if title, ok := titles[k]; ok && title != it.Title {
			ambiguous[k] = true
		}
		titles[k] = it.Title
	}
	seen := make(map[string]bool, len(items))
	kept := items[:0]
	for _, it := range items {
		k := key(it)
		if ambiguous[k] {
			k += "\x00" + it.Title
		}
		if it.ID = news.ItemID(it.Feed, k); !seen[it.ID] {
			seen[it.ID] = true
			kept = append(kept, it)
		}
	}
	return kept
}

// key returns what the feed knows an item by: its guid, else its link, else
// its title.
func key(it news.Item) string {
	switch {
	case it.GUID != "":
		return revision.ReplaceAllString(it.GUID, "$1")
	case it.Link != "":
		return news.CanonicalLink(it.Link)
	default:
		return it.Title
	}
}

// revision is the counter that some outlets (the BBC is one) append to the
// guid, which is a link, each time they edit the item.
var revision = regexp.MustCompile(`^(https?://.*)#\d{1,2}$`)

// checksum returns the SHA-256 of data in hexadecimal digits.
func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
