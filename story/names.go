package story

import "github.com/coupwatch/coupwatch/story/phonetic"

// nameKey returns the phonetic key of the stem of a name; "" for one that is
// too short to say anything.
func nameKey(stem string) string {
	if key := phonetic.Key(stem); len(key) >= phonetic.Shortest {
		return key
	}
	return ""
}
