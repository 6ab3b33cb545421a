-- Where the server of a feed says that it lies for good, since when, and how many
-- times, as JSON.
ALTER TABLE feeds ADD COLUMN moved TEXT NOT NULL DEFAULT '{}';
