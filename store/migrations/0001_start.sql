-- Times are milliseconds since 1970 in UTC; 0 is "not yet" or "not known".
-- Identities are made by the program; TEXT and BIGINT are all the types there are.

CREATE TABLE settings (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

CREATE TABLE feeds (
	url           TEXT PRIMARY KEY,
	host          TEXT NOT NULL,            -- host:port, in lower case
	listed        BIGINT NOT NULL,          -- 1 if it is to be read
	name          TEXT NOT NULL,
	publisher     TEXT NOT NULL,
	language      TEXT NOT NULL,
	schedule      TEXT NOT NULL,
	tags          TEXT NOT NULL,            -- JSON
	next_at       BIGINT NOT NULL DEFAULT 0,
	last_read     BIGINT NOT NULL DEFAULT 0,
	last_good     BIGINT NOT NULL DEFAULT 0,
	last_new      BIGINT NOT NULL DEFAULT 0,
	full_at       BIGINT NOT NULL DEFAULT 0, -- when all its items were last seen, and not only that it was unchanged
	failures      BIGINT NOT NULL DEFAULT 0,
	items         BIGINT NOT NULL DEFAULT 0, -- how many are stored
	etag          TEXT NOT NULL DEFAULT '',
	last_modified TEXT NOT NULL DEFAULT '',
	checksum      TEXT NOT NULL DEFAULT '',
	problem       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX feeds_due ON feeds (host, next_at, url) WHERE listed = 1;

-- A host is asked for one feed at a time: the lease of a feed is that of its host.
CREATE TABLE hosts (
	host        TEXT PRIMARY KEY,
	due_at      BIGINT NOT NULL,            -- the least next_at of its listed feeds, or less
	lease_until BIGINT NOT NULL DEFAULT 0,
	reading     TEXT NOT NULL DEFAULT ''    -- URL of the feed leased
);
CREATE INDEX hosts_due ON hosts (due_at, host);

-- Short columns come first: what is asked at every reading is found without
-- going through the texts.
CREATE TABLE items (
	id           TEXT PRIMARY KEY,
	hash         BIGINT NOT NULL,           -- of title, summary and body
	seen_at      BIGINT NOT NULL,           -- when it last stood in its feed, six hours more or less
	fetched_at   BIGINT NOT NULL,
	published_at BIGINT NOT NULL,
	revision     BIGINT NOT NULL DEFAULT 0, -- how often its text was edited
	kind         TEXT NOT NULL DEFAULT '',  -- of the decision; '' if no rule matched
	story        TEXT NOT NULL DEFAULT '',
	feed         TEXT NOT NULL,
	guid         TEXT NOT NULL,
	link         TEXT NOT NULL,
	author       TEXT NOT NULL,
	publisher    TEXT NOT NULL,
	language     TEXT NOT NULL,
	tags         TEXT NOT NULL,             -- JSON
	reason       TEXT NOT NULL DEFAULT '',  -- of the decision
	matches      TEXT NOT NULL DEFAULT 'null', -- JSON
	title        TEXT NOT NULL,
	summary      TEXT NOT NULL,
	body         TEXT NOT NULL
);
CREATE INDEX items_fetched ON items (fetched_at, id);
CREATE INDEX items_reported ON items (fetched_at, story) WHERE kind <> '';
CREATE INDEX items_link ON items (link) WHERE link <> '';

-- What the title of an item was before it was edited.
CREATE TABLE revisions (
	item     TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
	revision BIGINT NOT NULL,               -- the one that ended this title
	title    TEXT NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (item, revision)
);

CREATE TABLE stories (
	id         TEXT PRIMARY KEY,
	hash       BIGINT NOT NULL,             -- of body
	first_seen BIGINT NOT NULL,
	last_seen  BIGINT NOT NULL,
	told_at    BIGINT NOT NULL,
	severity   BIGINT NOT NULL,
	body       TEXT NOT NULL                -- JSON of news.Story
);
CREATE INDEX stories_seen ON stories (last_seen, id);

CREATE TABLE alerts (
	id        TEXT PRIMARY KEY,
	channel   TEXT NOT NULL,
	kind      TEXT NOT NULL,
	story     TEXT NOT NULL,
	owed_at   BIGINT NOT NULL,              -- when it was first due
	due_at    BIGINT NOT NULL,              -- when it is due now
	attempts  BIGINT NOT NULL DEFAULT 0,
	sent_at   BIGINT NOT NULL DEFAULT 0,
	failed_at BIGINT NOT NULL DEFAULT 0,    -- when it was given up
	problem   TEXT NOT NULL DEFAULT '',
	body      TEXT NOT NULL                 -- JSON of news.Alert
);
CREATE INDEX alerts_due ON alerts (channel, due_at, id) WHERE sent_at = 0 AND failed_at = 0;
CREATE INDEX alerts_unsent ON alerts (owed_at, id) WHERE sent_at = 0;
CREATE INDEX alerts_sent ON alerts (sent_at, id) WHERE sent_at > 0;
