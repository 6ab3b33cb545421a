-- A short hash of how a feed is asked for and read beyond what is stored of it, to
-- see whether that is as it was.
ALTER TABLE feeds ADD COLUMN how TEXT NOT NULL DEFAULT '';
