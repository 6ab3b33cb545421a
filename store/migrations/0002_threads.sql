-- Where a message that was sent is, so that later ones can follow it; whether
-- one that is unsent may be there all the same; and which channels wait.
ALTER TABLE alerts ADD COLUMN receipt TEXT NOT NULL DEFAULT '';
ALTER TABLE alerts ADD COLUMN tried_at BIGINT NOT NULL DEFAULT 0; -- when the attempt began whose end is not known
ALTER TABLE alerts ADD COLUMN doubt BIGINT NOT NULL DEFAULT 0;    -- 1 if an attempt before that came to no known end

-- An alert that was claimed, and not put off since, was being sent.
UPDATE alerts SET tried_at = due_at - 120000 WHERE attempts > 0 AND sent_at = 0 AND failed_at = 0 AND problem = '';

DROP INDEX alerts_due;
CREATE INDEX alerts_owed ON alerts (channel, owed_at, id, due_at) WHERE sent_at = 0 AND failed_at = 0;
CREATE INDEX alerts_held ON alerts (channel, story, owed_at, id) WHERE sent_at = 0 AND failed_at = 0 AND story <> '';
CREATE INDEX alerts_story ON alerts (story, channel, sent_at, id) WHERE story <> '';

CREATE TABLE channels (
	channel TEXT PRIMARY KEY,
	until   BIGINT NOT NULL                 -- it is paused until then
);
