-- The time of a fleet passes while any replica of it lives. By it beats are dated, so
-- that one which has just started can tell how long another has been silent.
CREATE TABLE fleet_time (
	id     BIGINT PRIMARY KEY,              -- there is one row
	at     BIGINT NOT NULL,                 -- milliseconds
	server BIGINT NOT NULL                  -- the time of the server then
);
ALTER TABLE replicas ADD COLUMN dated BIGINT NOT NULL DEFAULT 0;    -- the beat that was dated last
ALTER TABLE replicas ADD COLUMN dated_at BIGINT NOT NULL DEFAULT 0; -- when that was, in the time of the fleet
