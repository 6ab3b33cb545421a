-- Keys are for feed readers, or for programs that ask /api/.
CREATE TABLE keys (
	name    TEXT NOT NULL,
	purpose TEXT NOT NULL,                  -- feeds or api
	hash    TEXT NOT NULL UNIQUE,
	made_at BIGINT NOT NULL,
	PRIMARY KEY (name, purpose)
);
INSERT INTO keys (name, purpose, hash, made_at) SELECT name, 'feeds', hash, made_at FROM feed_keys;
DROP TABLE feed_keys;
