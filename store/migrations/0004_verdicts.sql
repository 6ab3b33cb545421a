-- More of what was decided about an item, and its link as others may write it.
ALTER TABLE items ADD COLUMN development TEXT NOT NULL DEFAULT ''; -- of its story, that it brought or copies
ALTER TABLE items ADD COLUMN status BIGINT NOT NULL DEFAULT 0;     -- how firmly it tells it
ALTER TABLE items ADD COLUMN says TEXT NOT NULL DEFAULT 'null';    -- JSON: who says so
ALTER TABLE items ADD COLUMN muted BIGINT NOT NULL DEFAULT 0;      -- 1 if people would have heard of it but for a mute
ALTER TABLE items ADD COLUMN canonical TEXT NOT NULL DEFAULT '';   -- the link in its canonical form

CREATE INDEX items_story ON items (story) WHERE story <> '';
CREATE INDEX items_canonical ON items (canonical) WHERE canonical <> '';
DROP INDEX items_link;

-- Items from before this migration; the program gives them their canonical
-- links when it opens the database.
CREATE INDEX items_uncanonical ON items (id) WHERE canonical = '' AND link <> '';
