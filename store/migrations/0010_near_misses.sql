-- Items that a rule all but matched, as a digest tells of them. The setting
-- "asked" says by which rules all items were asked, and from which moment on.
CREATE TABLE near_misses (
	item       TEXT PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
	read_at    BIGINT NOT NULL,             -- fetched_at of the item
	nearness   BIGINT NOT NULL,             -- in millionths
	rule       TEXT NOT NULL,
	missing    TEXT NOT NULL
);
CREATE INDEX near_misses_read ON near_misses (read_at, item);
