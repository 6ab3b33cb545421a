package doctor

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
)

func TestShow(t *testing.T) {
	ward := Ward{"slack", []notify.Finding{good("token", "xox"), unseen("scope", "not told"), bad("channel", errors.New("it is archived; choose another"))}}
	var text, lines strings.Builder
	wrong := ward.Show(&text)
	if want := "slack\n  ok     token: xox\n  ?      scope: not told\n  WRONG  channel: it is archived; choose another\n"; text.String() != want || wrong != 1 {
		t.Errorf("got %d wrong and\n%s\nwant 1 and\n%s", wrong, text.String(), want)
	}
	wrong, err := ward.WriteJSON(&lines)
	if want := `{"ward":"slack","what":"channel","state":"wrong","says":"it is archived; choose another"}` + "\n"; err != nil || wrong != 1 || !strings.HasSuffix(lines.String(), want) {
		t.Errorf("got %d wrong, %v and\n%s", wrong, err, lines.String())
	}
}

func TestClock(t *testing.T) {
	serve := func(ahead time.Duration) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", time.Now().Add(ahead).UTC().Format(http.TimeFormat))
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	silent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header()["Date"] = nil }))
	t.Cleanup(silent.Close)
	for _, c := range []struct {
		name    string
		servers []string
		want    string
	}{
		{"none", nil, "?"},
		{"one that says nothing", []string{silent.URL, "http://127.0.0.1:1/", "::"}, "?"},
		{"right", []string{serve(0), serve(5 * time.Second)}, "ok"},
		{"one is wrong", []string{serve(0), serve(-48 * time.Hour), serve(time.Second)}, "ok"},
		{"slow", []string{serve(2 * time.Hour), serve(2 * time.Hour), silent.URL}, "2h0m0s slow"},
		{"fast", []string{serve(-10 * time.Minute)}, "fast; set it"},
	} {
		word, says := say(Clock(t.Context(), nil, feedsAt(c.servers)).Findings[0])
		if word != c.want && !strings.Contains(says, c.want) {
			t.Errorf("%s: got %s %q, want %s", c.name, word, says, c.want)
		}
	}
}

func TestFeeds(t *testing.T) {
	wrong := Feeds([]news.FeedState{
		{Feed: news.Feed{Name: "Wire"}, LastGood: time.Now()},
		{Feed: news.Feed{Name: "Herald"}, Failures: 3, Problem: "the server refuses"},
		{Feed: news.Feed{Name: "Courier"}, LastRead: time.Now(), LastGood: time.Now(), Signs: news.Signs{Silence: news.Silence{Late: time.Now().Add(-time.Hour)}}},
	}, nil).Show(new(strings.Builder))
	if wrong != 2 {
		t.Errorf("%d things are wrong, want the one that fails and the one that is late", wrong)
	}
	away := []news.FeedState{{Feed: news.Feed{Name: "Courier"}, Failures: 1, Problem: "the server refuses"}}
	for range 30 {
		away = append(away, news.FeedState{Feed: news.Feed{Name: "Herald"}, Failures: 2, Problem: "there is no server called herald.example; check the feed's address"})
	}
	var said strings.Builder
	if wrong := Feeds(away, nil).Show(&said); wrong != 2 || !strings.Contains(said.String(), "30 of 31 feeds cannot be reached: this network seems to be down.") {
		t.Errorf("%d things are wrong, want the network and the one that is reached:\n%s", wrong, said.String())
	}
	if wrong := Feeds(nil, nil).Show(new(strings.Builder)); wrong != 0 {
		t.Errorf("%d things are wrong before the first reading, want none", wrong)
	}
}

func feedsAt(servers []string) (feeds []news.Feed) {
	for _, s := range servers {
		feeds = append(feeds, news.Feed{URL: s})
	}
	return feeds
}
