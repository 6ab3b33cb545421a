package store

import (
	"database/sql"
	"sync"

	"github.com/coupwatch/coupwatch/news"
)

// cachedStories is how many stories are kept decoded, some 10 kB each.
const cachedStories = 2000

// A storyVersion names a story as it was at one moment: its JSON had that hash.
type storyVersion struct {
	id   string
	hash int64
}

func scanVersion(rows *sql.Rows) (v storyVersion, err error) {
	err = rows.Scan(&v.id, &v.hash)
	return v, err
}

// A storyCache spares decoding the open stories for each reading. As stories
// are kept under the hash of their content, one that was put in a transaction
// that came to nothing does no harm. The zero storyCache is empty; it is safe
// for concurrent use.
type storyCache struct {
	mu      sync.Mutex
	stories map[string]cachedStory // by id
}

type cachedStory struct {
	hash  int64
	story news.Story
}

// get returns the stories it has, and the versions it has not.
func (c *storyCache) get(versions []storyVersion) (found []news.Story, missing []storyVersion) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found = make([]news.Story, 0, len(versions)+1)
	for _, v := range versions {
		if have, ok := c.stories[v.id]; ok && have.hash == v.hash {
			found = append(found, have.story)
		} else {
			missing = append(missing, v)
		}
	}
	return found, missing
}

func (c *storyCache) put(v storyVersion, s news.Story) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.stories[v.id]; c.stories == nil || !known && len(c.stories) >= cachedStories {
		c.stories = map[string]cachedStory{}
	}
	c.stories[v.id] = cachedStory{v.hash, s}
}

// A versionedStory is a story and the version of it that was read.
type versionedStory struct {
	news.Story
	version storyVersion
}

func scanVersioned(rows *sql.Rows) (s versionedStory, err error) {
	var body string
	if err := rows.Scan(&s.version.id, &s.version.hash, &body); err != nil {
		return s, err
	}
	return s, decode("story "+s.version.id, body, &s.Story)
}
