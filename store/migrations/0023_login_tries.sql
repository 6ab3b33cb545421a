-- Passwords are tried so often and no more, whichever replica is asked. There are rows
-- of the last two minutes alone.
CREATE TABLE login_tries (
	id      TEXT PRIMARY KEY,  -- a hash of a name or of an address
	full_at BIGINT NOT NULL    -- when as many tries are left as ever
);
CREATE INDEX login_tries_full_at ON login_tries (full_at);
