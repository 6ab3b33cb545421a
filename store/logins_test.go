package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A feed that was stored with its login loses it, and nothing else: its items
// are known as before, and nobody is told again.
func TestLoginsOfOldDatabases(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		old, now := feed(1), feed(1)
		old.URL, now.Login = "https://desk:hush@1.example/feed", "desk:hush"
		db := open(t, location)
		setFeeds(t, db, old)
		linked, bare := item(old, "a", "Coup in Ruritania"), item(old, "b", "Coup in Tolmin")
		bare.Link = ""
		begin := asking(func(r news.Report, open []news.Story) news.Decision {
			d := decide(r, open)
			for i := range d.Alerts {
				d.Alerts[i].Item.Feed = r.Feed
			}
			return d
		})
		if _, err := db.Ingest(t.Context(), reading(old, noon, linked, bare), reports("coup", linked, bare), begin); err != nil {
			t.Fatal(err)
		}
		if err := db.Mute(t.Context(), news.Mute{Feed: old.URL}, noon); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}

		db = open(t, location)
		setFeeds(t, db, now)
		feeds, err := db.Feeds(t.Context())
		if err != nil || len(feeds) != 1 || feeds[0].URL != now.URL || feeds[0].Items != 2 || feeds[0].LastGood.IsZero() {
			t.Fatalf("feeds %+v, %v, want the one, with what was known of it", feeds, err)
		}
		if mutes, err := db.Mutes(t.Context(), noon); err != nil || len(mutes) != 1 || mutes[0].Feed != now.URL {
			t.Errorf("mutes %+v, %v", mutes, err)
		}
		if owed := due(t, db, noon.Add(time.Minute), "slack"); len(owed) != 1 || owed[0].Item.Feed != now.URL {
			t.Errorf("owed %+v, want one alert of %s", owed, now.URL)
		}
		linked, bare = item(now, "a", "Coup in Ruritania"), item(now, "b", "Coup in Tolmin: general speaks")
		bare.Link = ""
		got := record(t, db, reading(now, noon.Add(time.Hour), linked, bare), reports("coup", linked, bare))
		if want := (news.Tally{Revised: 1, Matched: 1, Renamed: 2}); got != want {
			t.Errorf("tally %+v, want %+v", got, want)
		}
		var of []string
		err = db.Items(t.Context(), noon.Add(-time.Hour), func(it news.Item) error {
			of = append(of, it.Feed)
			return nil
		})
		if want := []string{now.URL, now.URL}; err != nil || !slices.Equal(of, want) {
			t.Errorf("items are of %q, %v, want %q", of, err, want)
		}
	})
}

// Nor does it keep the token in its address.
func TestTokensOfOldDatabases(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		old, now := feed(1), feed(1)
		old.URL += "?page=1&token=hush"
		now.URL, now.Login = news.SplitSecrets(old.URL)
		db := open(t, location)
		setFeeds(t, db, old)
		bare := item(old, "a", "Coup in Ruritania")
		bare.Link = ""
		record(t, db, reading(old, noon, bare), nil)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		db = open(t, location)
		setFeeds(t, db, now)
		feeds, err := db.Feeds(t.Context())
		if err != nil || len(feeds) != 1 || feeds[0].URL != now.URL || feeds[0].Items != 1 {
			t.Fatalf("feeds %+v, %v, want the one, with its item", feeds, err)
		}
		bare = item(now, "a", "Coup in Ruritania")
		bare.Link = ""
		if got := record(t, db, reading(now, noon.Add(time.Hour), bare), nil); got != (news.Tally{Renamed: 1}) {
			t.Errorf("tally %+v, want nothing new", got)
		}
	})
}

// A feed that stands there without a login already takes the items in.
func TestLoginOfAnAddressThatIsThere(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		with, without := feed(1), feed(1)
		with.URL = "https://desk:hush@1.example/feed"
		db := open(t, location)
		setFeeds(t, db, with, without)
		it := item(with, "a", "Coup in Ruritania")
		record(t, db, reading(with, noon, it), nil)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		db = open(t, location)
		feeds, err := db.Feeds(t.Context())
		if err != nil || len(feeds) != 1 || feeds[0].URL != without.URL {
			t.Errorf("feeds %+v, %v, want one", feeds, err)
		}
		if found, err := db.ItemsByID(t.Context(), it.ID); err != nil || len(found) != 1 || found[0].Feed != without.URL {
			t.Errorf("items %+v, %v", found, err)
		}
	})
}
