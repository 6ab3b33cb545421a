-- The hub that a feed names, and what the feed calls itself there; '' for none.
ALTER TABLE feeds ADD COLUMN hub TEXT NOT NULL DEFAULT '';
ALTER TABLE feeds ADD COLUMN topic TEXT NOT NULL DEFAULT '';

-- What hubs were asked to send: of each feed one subscription, and those that are
-- to end.
CREATE TABLE subscriptions (
	id          TEXT PRIMARY KEY,           -- the end of the address to which the hub sends
	feed        TEXT NOT NULL,
	hub         TEXT NOT NULL,
	topic       TEXT NOT NULL,
	secret      TEXT NOT NULL,              -- by which the hub signs
	base        TEXT NOT NULL DEFAULT '',   -- the beginning of that address, when the hub was last asked
	ending      BIGINT NOT NULL DEFAULT 0,  -- 1 if the hub is to be asked to end it
	next_at     BIGINT NOT NULL DEFAULT 0,  -- when the hub is asked again
	asked_at    BIGINT NOT NULL DEFAULT 0,  -- when it was last asked; 0 for never
	accepted    BIGINT NOT NULL DEFAULT 0,  -- 1 if it said that it would ask back
	verified_at BIGINT NOT NULL DEFAULT 0,  -- when it last asked back
	since       BIGINT NOT NULL DEFAULT 0,  -- since when it sends without a gap; 0 if it does not
	until       BIGINT NOT NULL DEFAULT 0,  -- how long it will
	heard_at    BIGINT NOT NULL DEFAULT 0,  -- when it last sent something
	failures    BIGINT NOT NULL DEFAULT 0,  -- how often in a row asking came to nothing
	problem     TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX subscriptions_feed ON subscriptions (feed) WHERE ending = 0;
CREATE INDEX subscriptions_next ON subscriptions (next_at, id);
