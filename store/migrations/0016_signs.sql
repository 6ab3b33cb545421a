-- What tells how a feed is beside how its last readings went, and what operators
-- know of it; both JSON.
ALTER TABLE feeds ADD COLUMN signs TEXT NOT NULL DEFAULT '{}';
ALTER TABLE feeds ADD COLUMN told TEXT NOT NULL DEFAULT '{}';

-- When something usually comes: of a feed ("feed " and its URL), a country or a tag.
-- It is apart from the feeds, since it is read only when something came.
CREATE TABLE cadences (
	name TEXT PRIMARY KEY,
	body TEXT NOT NULL,                     -- JSON of cadence.Cadence
	told TEXT NOT NULL DEFAULT '{}'         -- what operators know of the silence of a country or tag, as JSON
);

-- When a country or a tag was last heard of.
CREATE TABLE heard (
	name TEXT PRIMARY KEY,
	at   BIGINT NOT NULL
);

-- Feeds are told of otherwise than before.
DELETE FROM troubles WHERE name LIKE 'feed/%' AND name NOT LIKE 'feed/moved%';
