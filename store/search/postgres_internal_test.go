package search

import (
	"database/sql"
	"testing"

	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

// A question is answered without being compiled, which takes longer than to answer it
// (1.1 s of 1.2 where an entity has a hundred spellings), and leaves a connection as it
// was: others use it too, and poolers hand it on.
func TestWayIsOfOneQuestion(t *testing.T) {
	db, err := engine.Connect(enginetest.NewPostgres(t))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.Reads.SetMaxOpenConns(1)
	const asked = `SELECT current_setting('jit') || ' ' || current_setting('enable_seqscan') || ' ' || current_setting('enable_indexscan')`
	for way, want := range map[string]string{interpreted: "off on on", byIndex: "off off off"} {
		var within, after string
		err := postgres{db: db}.in(t.Context(), way, func(tx *sql.Tx) error { return tx.QueryRowContext(t.Context(), asked).Scan(&within) })
		if err != nil || within != want {
			t.Errorf("%s: the settings are %q, %v, want %q", way, within, err, want)
		}
		if err := db.Reads.QueryRowContext(t.Context(), asked).Scan(&after); err != nil || after != "on on on" {
			t.Errorf("%s leaves %q, %v", way, after, err)
		}
	}
}
