-- What the search knows of items, with their words.
CREATE TABLE search_items (
	place     BIGINT PRIMARY KEY,           -- of its time: minutes since 1970, times 512, and a number
	item      TEXT NOT NULL UNIQUE REFERENCES items (id) ON DELETE CASCADE,
	language  TEXT NOT NULL,
	feed      TEXT NOT NULL,
	countries TEXT NOT NULL,                -- two-letter codes with blanks between them
	rules     TEXT NOT NULL,                -- ids likewise
	severity  BIGINT NOT NULL,
	story     TEXT NOT NULL,
	words     TSVECTOR NOT NULL
);
-- What is laid aside is little, since each question goes through it.
CREATE INDEX search_items_words ON search_items USING gin (words) WITH (gin_pending_list_limit = 512);
