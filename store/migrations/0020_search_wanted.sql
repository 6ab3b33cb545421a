-- Items whose words are not in the index of the search, or not as they are now.
-- Those that were there before this migration come by the mark, which says how far
-- back the index reaches.
CREATE TABLE search_wanted (
	item    TEXT PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
	at      BIGINT NOT NULL,                -- fetched_at of the item
	version BIGINT NOT NULL DEFAULT 0       -- how often it changed since it is here
);
CREATE INDEX search_wanted_at ON search_wanted (at, item);
CREATE TABLE search_mark (
	name  TEXT PRIMARY KEY,                 -- "reach"
	value TEXT NOT NULL                     -- JSON
);
