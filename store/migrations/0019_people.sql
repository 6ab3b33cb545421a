-- Who may use the page, if it is not open to whoever reaches it.
CREATE TABLE users (
	name       TEXT PRIMARY KEY,
	role       TEXT NOT NULL,               -- reader or analyst
	password   TEXT NOT NULL,               -- its argon2id hash, as PHC writes it
	made_at    BIGINT NOT NULL,
	changed_at BIGINT NOT NULL              -- when the password was set
);

-- Who has logged in. What the browser has is not here, only its hash.
CREATE TABLE sessions (
	id       TEXT PRIMARY KEY,
	name     TEXT NOT NULL,
	login    TEXT NOT NULL,                 -- password or oidc
	groups   TEXT NOT NULL,                 -- JSON, as the issuer told them
	began_at BIGINT NOT NULL,
	seen_at  BIGINT NOT NULL
);
CREATE INDEX sessions_name ON sessions (name);

-- Keys that feed readers have in the address of the alerts: their hashes.
CREATE TABLE feed_keys (
	name    TEXT PRIMARY KEY,
	hash    TEXT NOT NULL UNIQUE,
	made_at BIGINT NOT NULL
);

-- What people changed.
CREATE TABLE audit (
	id        TEXT PRIMARY KEY,
	at        BIGINT NOT NULL,
	who       TEXT NOT NULL,
	from_addr TEXT NOT NULL,
	what      TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at, id);
