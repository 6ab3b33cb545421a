-- What people asked not to be told, and what they think of what they were told.
CREATE TABLE mutes (
	story    TEXT NOT NULL,                 -- one of these four is set
	rule     TEXT NOT NULL,
	entity   TEXT NOT NULL,
	feed     TEXT NOT NULL,
	until    BIGINT NOT NULL,               -- 0 for ever
	why      TEXT NOT NULL,
	muted_by TEXT NOT NULL,
	muted_at BIGINT NOT NULL,
	PRIMARY KEY (story, rule, entity, feed)
);

CREATE TABLE labels (
	item       TEXT NOT NULL,               -- which may be pruned: the label stays
	rule       TEXT NOT NULL,
	labelled_by TEXT NOT NULL,
	story      TEXT NOT NULL,
	version    TEXT NOT NULL,               -- of the rules
	relevant   BIGINT NOT NULL,             -- 1, or 0 for noise
	at         BIGINT NOT NULL,
	PRIMARY KEY (item, rule, labelled_by)
);
