package people_test

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/people"
	"github.com/coupwatch/coupwatch/store/storetest"
)

func TestUsers(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db, ctx := storetest.Open(t, location), t.Context()
		if has, err := db.HasUsers(ctx); has || err != nil {
			t.Fatalf("a new database has users: %v, %v", has, err)
		}
		for name, role := range map[string]news.Role{"anna": news.Analyst, "boris": news.Reader} {
			if err := db.AddUser(ctx, name, role, "hash of "+name, noon); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.AddUser(ctx, "anna", news.Reader, "other", noon); !errors.Is(err, people.ErrUserThere) {
			t.Errorf("a second anna: %v", err)
		}
		if err := db.SetRole(ctx, "boris", news.Analyst); err != nil {
			t.Error(err)
		}
		if err := db.SetKey(ctx, "boris", news.ForFeeds, "k", noon); err != nil {
			t.Error(err)
		}
		begin(t, db, "one", "boris", "hash of boris")
		want := []news.User{
			{Name: "anna", Role: news.Analyst, Since: noon, Changed: noon},
			{Name: "boris", Role: news.Analyst, Since: noon, Changed: noon, Seen: noon},
		}
		if got, err := db.Users(ctx); err != nil || !slices.Equal(got, want) {
			t.Errorf("users: %v, %v\n%s", got, err, cmp.Diff(want, got))
		}
		if err := db.RemoveUser(ctx, "boris"); err != nil {
			t.Error(err)
		}
		if _, found, _ := db.SessionOf(ctx, "one"); found {
			t.Error("who was removed is logged in still")
		}
		if owner, _, err := db.OwnerOf(ctx, news.ForFeeds, "k"); owner != "" || err != nil {
			t.Errorf("who was removed has a key still: %q, %v", owner, err)
		}
		for doing, err := range map[string]error{
			"remove": db.RemoveUser(ctx, "boris"), "role": db.SetRole(ctx, "boris", news.Reader), "password": db.SetPassword(ctx, "boris", "h", "", noon),
		} {
			if !errors.Is(err, people.ErrUserUnknown) {
				t.Errorf("%s of nobody: %v", doing, err)
			}
		}
	})
}

// begin begins a session of a user, who has to be let in.
func begin(t *testing.T, db *store.DB, id, name, hash string) {
	t.Helper()
	begun, err := db.BeginSession(t.Context(), news.Session{ID: id, Name: name, By: news.ByPassword, Began: noon, Seen: noon}, hash)
	if err != nil || !begun {
		t.Fatalf("session of %s: begun %v, %v", name, begun, err)
	}
}

func TestSessions(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db, ctx := storetest.Open(t, location), t.Context()
		if err := db.AddUser(ctx, "anna", news.Reader, "old", noon); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"one", "two", "three"} {
			begin(t, db, id, "anna", "old")
		}
		issued := news.Session{ID: "issued", Name: "anna", By: news.ByIssuer, Groups: []string{"desk", "night"}, Began: noon, Seen: noon}
		if begun, err := db.BeginSession(ctx, issued, ""); err != nil || !begun {
			t.Fatalf("by an issuer: %v, %v", begun, err)
		}
		if got, found, err := db.SessionOf(ctx, "issued"); err != nil || !found || !cmp.Equal(got, issued) {
			t.Errorf("by an issuer: %v, %v, %s", found, err, cmp.Diff(issued, got))
		}
		later := noon.Add(time.Hour)
		if err := db.UseSession(ctx, "one", later); err != nil {
			t.Error(err)
		}
		want := news.Session{ID: "one", Name: "anna", By: news.ByPassword, Role: news.Reader, Began: noon, Seen: later}
		if got, found, err := db.SessionOf(ctx, "one"); err != nil || !found || !cmp.Equal(got, want) {
			t.Errorf("%v, %v, %s", found, err, cmp.Diff(want, got))
		}
		if err := db.EndSession(ctx, "two"); err != nil {
			t.Error(err)
		}
		left(t, db, "one", "three", "issued")
		if err := db.SetPassword(ctx, "anna", "new", "three", later); err != nil {
			t.Error(err)
		}
		left(t, db, "three", "issued") // a new password ends what the old one began
		if begun, err := db.BeginSession(ctx, news.Session{ID: "late", Name: "anna", By: news.ByPassword}, "old"); begun || err != nil {
			t.Errorf("a session by a password that was changed meanwhile begins: %v, %v", begun, err)
		}
		if err := db.EndSessions(ctx, "anna", "three"); err != nil {
			t.Error(err)
		}
		left(t, db, "three")
	})
}

// left checks which of the sessions of the test are there.
func left(t *testing.T, db *store.DB, want ...string) {
	t.Helper()
	for _, id := range []string{"one", "two", "three", "issued", "late"} {
		_, found, err := db.SessionOf(t.Context(), id)
		if err != nil || found != slices.Contains(want, id) {
			t.Errorf("session %s is there: %v, %v; want %v", id, found, err, want)
		}
	}
}

func TestKeys(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db, ctx := storetest.Open(t, location), t.Context()
		if err := db.AddUser(ctx, "anna", news.Analyst, "hash", noon); err != nil {
			t.Fatal(err)
		}
		for hash, name := range map[string]string{"first": "anna", "rea's": "rea"} {
			if err := db.SetKey(ctx, name, news.ForFeeds, hash, noon); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(db.SetKey(ctx, "anna", news.ForFeeds, "second", noon), db.SetKey(ctx, "anna", news.ForPrograms, "program", noon)); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			purpose     news.Purpose
			hash, owner string
			role        news.Role
		}{
			{news.ForFeeds, "first", "", news.Nobody},
			{news.ForFeeds, "second", "anna", news.Analyst},
			{news.ForPrograms, "second", "", news.Nobody},
			{news.ForPrograms, "program", "anna", news.Analyst},
			{news.ForFeeds, "program", "", news.Nobody},
			{news.ForFeeds, "rea's", "rea", news.Nobody},
			{news.ForFeeds, "", "", news.Nobody},
		} {
			if owner, role, err := db.OwnerOf(ctx, c.purpose, c.hash); owner != c.owner || role != c.role || err != nil {
				t.Errorf("the key for %s with hash %q is %q's, %v, %v; want %q, %v", c.purpose, c.hash, owner, role, err, c.owner, c.role)
			}
		}
		annas := []news.Key{{Name: "anna", Purpose: news.ForPrograms, Made: noon}, {Name: "anna", Purpose: news.ForFeeds, Made: noon}}
		if got, err := db.KeysOf(ctx, "anna"); err != nil || !slices.Equal(got, annas) {
			t.Errorf("anna's keys: %v, %v", got, err)
		}
		if got, err := db.Keys(ctx); err != nil || !slices.Equal(got, append(annas, news.Key{Name: "rea", Purpose: news.ForFeeds, Made: noon})) {
			t.Errorf("all keys: %v, %v", got, err)
		}
		for _, want := range []bool{true, false} {
			if found, err := db.RevokeKey(ctx, "anna", news.ForFeeds); found != want || err != nil {
				t.Errorf("revoked %v, %v; want %v", found, err, want)
			}
		}
		if owner, _, _ := db.OwnerOf(ctx, news.ForFeeds, "second"); owner != "" {
			t.Error("a revoked key works")
		}
		if owner, _, _ := db.OwnerOf(ctx, news.ForPrograms, "program"); owner != "anna" {
			t.Error("the key for another purpose is revoked as well")
		}
	})
}

// Two replicas note at once, and both forget at once.
func TestDeeds(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db, ctx := storetest.Open(t, location), t.Context()
		year := noon.AddDate(-1, 0, -2)
		old := news.Deed{At: year, Who: "anna", From: "192.0.2.1", What: "muted rule coup"}
		young := news.Deed{At: noon.Add(-time.Hour), Who: "boris", From: "command line", What: "added user anna"}
		var notes sync.WaitGroup
		for _, d := range []news.Deed{old, young} {
			notes.Go(func() {
				if err := db.NoteDeed(ctx, d); err != nil {
					t.Error(err)
				}
			})
		}
		notes.Wait()
		if got, err := db.Deeds(ctx, noon, 10); err != nil || !slices.Equal(got, []news.Deed{young, old}) {
			t.Errorf("%v, %v", got, err)
		}
		if got, err := db.Deeds(ctx, young.At, 10); err != nil || !slices.Equal(got, []news.Deed{old}) {
			t.Errorf("before: %v, %v", got, err)
		}
		for range 2 {
			notes.Go(func() {
				if err := db.ForgetDeeds(ctx, noon); err != nil {
					t.Error(err)
				}
			})
		}
		notes.Wait()
		if got, err := db.Deeds(ctx, noon, 10); err != nil || !slices.Equal(got, []news.Deed{young}) {
			t.Errorf("after a year: %v, %v", got, err)
		}
	})
}

// What somebody did within one millisecond is told in its order.
func TestDeedsOfAMoment(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		var want []news.Deed
		for i := range 12 {
			d := news.Deed{At: noon, Who: "anna", From: "Slack", What: fmt.Sprint("did ", i)}
			want = append([]news.Deed{d}, want...)
			if err := db.NoteDeed(t.Context(), d); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := db.Deeds(t.Context(), noon.Add(time.Minute), 20); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v, %v", got, err)
		}
	})
}

// What is tried is tried ten times at once and then every ten seconds, by how many at
// once ever; what may be tried as often as ever leaves no trace.
func TestTry(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		const atOnce, every = 10, 10 * time.Second
		now := time.Now()
		dbs := []*store.DB{storetest.Open(t, location)}
		if strings.HasPrefix(location, "postgres") {
			dbs = append(dbs, storetest.Open(t, location)) // another replica, whose clock is wrong
		}
		var may atomic.Int32
		var g sync.WaitGroup
		for i := range 40 {
			g.Go(func() {
				db := dbs[i%len(dbs)]
				is, err := db.Try(t.Context(), "name anna", atOnce, every, now.Add(time.Duration(i%len(dbs))*time.Hour))
				if err != nil {
					t.Error(err)
				}
				if is {
					may.Add(1)
				}
			})
		}
		if g.Wait(); may.Load() != atOnce {
			t.Errorf("%d of 40 may, want %d", may.Load(), atOnce)
		}
		if is, err := dbs[0].Try(t.Context(), "name boris", atOnce, every, now); !is || err != nil {
			t.Errorf("another: %v, %v", is, err)
		}
		db := raw(t, location)
		late := func(by time.Duration) {
			if _, err := db.ExecContext(t.Context(), `UPDATE login_tries SET full_at = full_at - $1`, by.Milliseconds()); err != nil {
				t.Fatal(err)
			}
		}
		late(every)
		for i, want := range []bool{true, false} {
			if is, err := dbs[0].Try(t.Context(), "name anna", atOnce, every, now); is != want || err != nil {
				t.Errorf("after ten seconds, try %d: %v, %v", i, is, err)
			}
		}
		late(time.Hour)
		if _, err := dbs[0].Try(t.Context(), "name carol", atOnce, every, now); err != nil {
			t.Fatal(err)
		}
		var left int
		if err := db.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM login_tries`).Scan(&left); err != nil || left != 1 {
			t.Errorf("%d are kept, %v, want one", left, err)
		}
	})
}

// raw opens what is at location as it is.
func raw(t *testing.T, location string) *sql.DB {
	t.Helper()
	driver := "pgx"
	if path, is := strings.CutPrefix(location, "sqlite:"); is {
		driver, location = "sqlite3", path
	}
	db, err := sql.Open(driver, location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
