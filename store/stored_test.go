package store_test

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

// A story that an earlier version stored is read as it was, whatever its
// fields are called by now.
func TestStoryStoredBefore(t *testing.T) {
	body, err := os.ReadFile("../news/testdata/stored/story.json")
	if err != nil {
		t.Fatal(err)
	}
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		_, err := db.SQL().ExecContext(t.Context(), `
			INSERT INTO stories (id, version, first_seen, last_seen, told_at, severity, body)
			VALUES ('ID 2', 1, 1, 1, 1, 3, $1)`, string(body))
		if err != nil {
			t.Fatal(err)
		}
		got, err := db.Story(t.Context(), "ID 2")
		if err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		var was, is any
		if json.Unmarshal(body, &was) != nil || json.Unmarshal(again, &is) != nil || !reflect.DeepEqual(was, is) {
			t.Errorf("read as %s, want %s", again, body)
		}
		if got.Headline != "Headline 3" || len(got.Sources) != 1 || got.Severity != news.High {
			t.Errorf("read as %+v", got)
		}
	})
}
