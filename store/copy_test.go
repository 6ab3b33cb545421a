package store_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

func TestCopy(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	from, to := filepath.Join(dir, "a.db"), filepath.Join(dir, "b.db")
	if err := store.Copy(ctx, from, to); err != nil {
		t.Fatalf("Copy of what is not there: %v", err)
	}
	db, err := store.Open(ctx, from)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.SetFeeds(ctx, []news.Feed{{URL: "https://news.example/feed", Name: "Example", Schedule: "@every 5m"}}); err != nil {
		t.Fatal(err)
	}
	if err := store.Copy(ctx, from, to); err != nil {
		t.Fatal(err)
	}
	copied, err := store.Open(ctx, to)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if due, _, err := copied.Claim(ctx, time.Now(), 1); err != nil || len(due) != 1 {
		t.Errorf("the copy has no feed that is due: %v", err)
	}
	if err := store.Copy(ctx, "postgres://u:hush@127.0.0.1:1/x", to); err == nil {
		t.Error("Copy of PostgreSQL: got no error")
	}
}
