-- Items of which people said that they are not of a story. They outlive both.
CREATE TABLE strays (
	item    TEXT NOT NULL,
	story   TEXT NOT NULL,                  -- that it was in
	own     TEXT NOT NULL,                  -- that it became, '' if no rule matched it
	title   TEXT NOT NULL,
	link    TEXT NOT NULL,
	said_by TEXT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (item, story)
);
CREATE INDEX strays_story ON strays (story);
CREATE INDEX strays_own ON strays (own) WHERE own <> '';
CREATE INDEX labels_story ON labels (story);
