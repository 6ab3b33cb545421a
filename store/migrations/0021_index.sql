-- What the search knows of items. Their words are in tables called search_words_1 and
-- so on, of the fourth version of SQLite's full-text search, one for each 90 days.
CREATE TABLE search_items (
	place     INTEGER PRIMARY KEY,          -- of its time: minutes since 1970, times 512, and a number
	item      TEXT NOT NULL UNIQUE REFERENCES items (id) ON DELETE CASCADE,
	language  TEXT NOT NULL,
	feed      TEXT NOT NULL,
	countries TEXT NOT NULL,                -- two-letter codes with blanks between them
	rules     TEXT NOT NULL,                -- ids likewise
	severity  BIGINT NOT NULL,
	story     TEXT NOT NULL
);
CREATE TABLE search_parts (
	part  BIGINT PRIMARY KEY,               -- the number in the name of its table
	filed BIGINT NOT NULL                   -- how many items were put into it
);
