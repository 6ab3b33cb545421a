-- Who has claimed a host or an alert, and whether that process still lives: its
-- beat grows as long as it does.
CREATE TABLE replicas (
	id      TEXT PRIMARY KEY,
	machine TEXT NOT NULL,                  -- where its number means something; '' if that is not known
	process BIGINT NOT NULL,                -- its number there
	beat    BIGINT NOT NULL
);
ALTER TABLE hosts ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE alerts ADD COLUMN holder TEXT NOT NULL DEFAULT '';
