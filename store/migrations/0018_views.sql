-- Filters of the page that people keep under a name, for all.
CREATE TABLE views (
	name    TEXT PRIMARY KEY,
	query   TEXT NOT NULL,   -- of the address, without "?"
	made_by TEXT NOT NULL,
	made_at BIGINT NOT NULL
);

-- The last items of a feed, and how many it brought each day.
CREATE INDEX items_feed ON items (feed, fetched_at, id);
