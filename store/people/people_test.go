package people_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/people"
)

func TestUsers(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, ctx := open(t, location), t.Context()
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
		if err := db.SetKey(ctx, "boris", "k", noon); err != nil {
			t.Error(err)
		}
		begin(t, db, "one", "boris", "hash of boris")
		want := []news.User{
			{Name: "anna", Role: news.Analyst, Since: noon, Changed: noon},
			{Name: "boris", Role: news.Analyst, Since: noon, Changed: noon, Seen: noon, Key: noon},
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
		if owner, err := db.OwnerOf(ctx, "k"); owner != "" || err != nil {
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
	forEachEngine(t, func(t *testing.T, location string) {
		db, ctx := open(t, location), t.Context()
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
	forEachEngine(t, func(t *testing.T, location string) {
		db, ctx := open(t, location), t.Context()
		for _, hash := range []string{"first", "second"} {
			if err := db.SetKey(ctx, "anna", hash, noon); err != nil {
				t.Fatal(err)
			}
		}
		for hash, want := range map[string]string{"first": "", "second": "anna", "": ""} {
			if got, err := db.OwnerOf(ctx, hash); got != want || err != nil {
				t.Errorf("the key with hash %q is %q's, %v; want %q", hash, got, err, want)
			}
		}
		if names, made, err := db.Keys(ctx); err != nil || !slices.Equal(names, []string{"anna"}) || !made["anna"].Equal(noon) {
			t.Errorf("keys: %v, %v, %v", names, made, err)
		}
		for _, want := range []bool{true, false} {
			if found, err := db.RevokeKey(ctx, "anna"); found != want || err != nil {
				t.Errorf("revoked %v, %v; want %v", found, err, want)
			}
		}
		if owner, _ := db.OwnerOf(ctx, "second"); owner != "" {
			t.Error("a revoked key works")
		}
	})
}

// Two replicas note at once, and both forget at once.
func TestDeeds(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, ctx := open(t, location), t.Context()
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
