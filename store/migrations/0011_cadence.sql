-- By what a feed with an adaptive schedule is read: when its last items were
-- published, in seconds since 1970 as JSON, and how long its publisher wants us
-- to wait between two readings.
ALTER TABLE feeds ADD COLUMN recent TEXT NOT NULL DEFAULT '[]';
ALTER TABLE feeds ADD COLUMN wish BIGINT NOT NULL DEFAULT 0;
