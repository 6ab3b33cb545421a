package store_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// What a clock wrote that was five hours ahead is due when it is right again, once,
// and in its order; what is due later for another reason is not.
func TestTurnBack(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		setFeeds(t, db, feed(1), feed(2))
		ahead := noon.Add(5 * time.Hour)
		wrong, right := reading(feed(1), ahead), reading(feed(2), noon)
		wrong.NextAt, right.NextAt = ahead.Add(time.Hour), noon.Add(3*time.Hour)
		wrong.Rests = []news.Rest{{Address: feed(1).URL, Until: ahead.Add(time.Minute)}}
		record(t, db, wrong, nil)
		record(t, db, right, nil)
		for id, due := range map[string]time.Time{"story/s-1/slack/new": ahead, "story/s-2/slack/new": ahead.Add(-time.Hour), "story/s-3/slack/new": noon.Add(3 * time.Hour)} {
			owed := due
			if id == "story/s-3/slack/new" { // it waits for the end of quiet hours
				owed = noon
			}
			queue(t, db, news.Alert{ID: id, Channel: "slack", Kind: news.New, DueAt: owed, Story: news.Story{ID: id[6:9]}})
			if owed != due {
				if err := db.Retry(t.Context(), id, due, ""); err != nil {
					t.Fatal(err)
				}
			}
		}
		if by, err := db.TurnBack(t.Context(), ahead.Add(-5*time.Minute)); err != nil || by != 0 {
			t.Errorf("a clock that is five minutes behind another turns back %v, %v", by, err)
		}
		if by, err := db.TurnBack(t.Context(), noon); err != nil || by != 5*time.Hour {
			t.Errorf("turned back %v, %v, want five hours", by, err)
		}
		feeds, _, err := db.Claim(t.Context(), noon, 10)
		if err != nil || len(feeds) != 1 || feeds[0].URL != feed(1).URL || feeds[0].LastRead.After(noon) || feeds[0].LastGood.After(noon) {
			t.Errorf("due are %+v, %v, want the one that was read ahead", feeds, err)
		}
		alerts, err := db.ClaimDue(t.Context(), noon, "slack", 10)
		if err != nil || len(alerts) != 2 || alerts[0].ID != "story/s-2/slack/new" || alerts[1].ID != "story/s-1/slack/new" {
			t.Errorf("owed are %+v, %v, want the two that were owed ahead in their order", alerts, err)
		}
		if by, err := db.TurnBack(t.Context(), noon.Add(time.Second)); err != nil || by != 0 {
			t.Errorf("turned back again by %v, %v", by, err)
		}
	})
}

// A replica whose clock is not that of the server turns back what is ahead of it only
// where it is alone: the others are right.
func TestWrongClockTurnsNothingBack(t *testing.T) {
	location := newPostgres(t)
	first, second := open(t, location), open(t, location)
	setFeeds(t, first, feed(1))
	record(t, first, reading(feed(1), noon.Add(5*time.Hour)), nil)
	beat(t, first)
	beat(t, second)
	if by, err := first.TurnBack(t.Context(), noon); err != nil || by != 0 {
		t.Errorf("beside another it turns back by %v, %v", by, err)
	}
	if _, err := first.SQL().ExecContext(t.Context(), `DELETE FROM replicas WHERE id = $1`, second.Holder()); err != nil {
		t.Fatal(err)
	}
	if by, err := first.TurnBack(t.Context(), noon); err != nil || by != 5*time.Hour {
		t.Errorf("alone it turns back by %v, %v, want five hours", by, err)
	}
}
