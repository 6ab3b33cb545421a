-- By what late reports find the stories that were told around their time: a
-- few of the entities and countries of each. Stories from before this
-- migration get theirs when they change.
CREATE TABLE story_keys (
	story      TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
	key        TEXT NOT NULL,               -- id of an entity, or "+ml" for a country
	first_seen BIGINT NOT NULL,             -- of the story when it got the key
	PRIMARY KEY (story, key)
);
CREATE INDEX story_keys_near ON story_keys (key, first_seen, story);
