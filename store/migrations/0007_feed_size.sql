-- How many bytes the last whole answer of a feed had.
ALTER TABLE feeds ADD COLUMN size BIGINT NOT NULL DEFAULT 0;
