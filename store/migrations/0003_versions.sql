-- Who decides is told of the stories that others changed since it asked last.
ALTER TABLE stories ADD COLUMN version BIGINT NOT NULL DEFAULT 1; -- of the transaction that changed it last
ALTER TABLE stories DROP COLUMN hash;
CREATE INDEX stories_version ON stories (version, last_seen);
CREATE INDEX stories_told ON stories (told_at) WHERE told_at > 0;
INSERT INTO settings (name, value) VALUES ('stories', '1');       -- the latest version
