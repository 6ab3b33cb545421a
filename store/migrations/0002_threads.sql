-- Where a message that was sent is, so that later ones can follow it.
ALTER TABLE alerts ADD COLUMN receipt TEXT NOT NULL DEFAULT '';
