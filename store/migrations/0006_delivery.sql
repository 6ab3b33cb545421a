-- A channel that is in trouble keeps what is owed: since when, why, and how
-- often in a row it was tried.
ALTER TABLE channels ADD COLUMN since BIGINT NOT NULL DEFAULT 0;   -- 0 if it is well
ALTER TABLE channels ADD COLUMN problem TEXT NOT NULL DEFAULT '';
ALTER TABLE channels ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;

-- What came too late to be told by itself is told by a summary. Until that is
-- sent failed_at says when it was left to it.
ALTER TABLE alerts ADD COLUMN summary TEXT NOT NULL DEFAULT '';    -- id of the alert that tells it
CREATE INDEX alerts_summary ON alerts (summary) WHERE summary <> '';

-- What operators were told is wrong and have not been told is mended.
CREATE TABLE troubles (
	name    TEXT PRIMARY KEY,               -- such as "channel/slack"
	since   BIGINT NOT NULL,
	seen_at BIGINT NOT NULL,                -- when somebody last said that it lasts
	changes BIGINT NOT NULL DEFAULT 0,      -- how often its text changed since it was first told
	text    TEXT NOT NULL
);

-- Each digest begins where the one before ended.
CREATE TABLE digests (
	to_at   BIGINT PRIMARY KEY,
	from_at BIGINT NOT NULL,
	version BIGINT NOT NULL                 -- of the stories: it tells those up to it that no digest told
);
