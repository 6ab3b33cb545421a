-- The pages behind the links of items, of which the text is read where a feed
-- leaves it out. A page is due when it is to be read, or, once it has a text, when
-- its items are to be decided again by that; due_at is 1 << 62 when
-- nothing is left to do.
CREATE TABLE pages (
	link        TEXT PRIMARY KEY,           -- items.canonical
	host        TEXT NOT NULL,              -- host:port, in lower case
	feed        TEXT NOT NULL,              -- URL of the feed that named it first
	asked_at    BIGINT NOT NULL,
	due_at      BIGINT NOT NULL,
	lease_until BIGINT NOT NULL DEFAULT 0,
	holder      TEXT NOT NULL DEFAULT '',   -- who has the lease
	attempts    BIGINT NOT NULL DEFAULT 0,
	read_at     BIGINT NOT NULL DEFAULT 0,
	hash        BIGINT NOT NULL DEFAULT 0,  -- of text, 0 for none
	problem     TEXT NOT NULL DEFAULT '',
	text        TEXT NOT NULL DEFAULT ''
);
CREATE INDEX pages_due ON pages (due_at, link);
CREATE INDEX pages_asked ON pages (asked_at, link);
CREATE INDEX pages_alike ON pages (host, hash) WHERE hash <> 0;

-- Until when no page of a host is to be asked for.
CREATE TABLE page_hosts (
	host    TEXT PRIMARY KEY,
	free_at BIGINT NOT NULL,
	holder  TEXT NOT NULL                   -- who asks it for a page, '' for nobody
);
