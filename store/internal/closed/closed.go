// Package closed keeps closed stories at hand that were looked at lately.
package closed

import "github.com/coupwatch/coupwatch/news"

// A Cache holds closed stories that were looked at lately, by id, so that
// those which many late reports may belong to are decoded once. Whoever
// decides has the turn of the group. The zero value is empty.
type Cache struct {
	stories map[string]versioned
	latest  []string // ids in the order in which they were put
}

// A versioned story is one as it was at a version.
type versioned struct {
	news.Story
	version int64
}

// kept is how many closed stories are kept: some megabytes.
const kept = 256

// Get returns the story id as it is at version, and whether it is known.
func (c *Cache) Get(id string, version int64) (news.Story, bool) {
	s, ok := c.stories[id]
	return s.Story, ok && s.version == version
}

// Put keeps s as it is at version.
func (c *Cache) Put(s news.Story, version int64) {
	if c.stories == nil {
		c.stories = map[string]versioned{}
	}
	if _, known := c.stories[s.ID]; !known {
		if c.latest = append(c.latest, s.ID); len(c.latest) > kept {
			delete(c.stories, c.latest[0])
			c.latest = c.latest[1:]
		}
	}
	c.stories[s.ID] = versioned{s, version}
}

// Forget empties the cache: what was put may not have been stored.
func (c *Cache) Forget() { *c = Cache{} }
