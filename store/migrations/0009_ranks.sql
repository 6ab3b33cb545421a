-- Which stories a digest lists first, and of which people heard lately, is found
-- without reading what is stored of the others. Stories from before this
-- migration are ranked by their severity alone until they change.
ALTER TABLE stories ADD COLUMN rank BIGINT NOT NULL DEFAULT 0; -- news.Story.Rank; -1 if it goes on as another
UPDATE stories SET rank = severity * 1099511627776;

DROP INDEX stories_version;
CREATE INDEX stories_version ON stories (version, last_seen, rank, id);
CREATE INDEX stories_heard ON stories (last_seen, id) WHERE told_at > 0;
