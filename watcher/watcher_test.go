package watcher_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// rules match items with "coup" in the title.
type rules struct {
	feeds []news.Feed
	bug   bool
}

func (r *rules) Feeds() []news.Feed  { return r.feeds }
func (r *rules) Policy() news.Policy { return news.Policy{} }
func (r *rules) Match(it news.Item) (news.Report, bool) {
	if r.bug {
		panic("a bug")
	}
	return news.Report{Item: it}, strings.Contains(it.Title, "coup")
}

// memory is a store that remembers nothing for longer than itself.
type memory struct {
	mu       sync.Mutex
	feeds    map[string]*news.FeedState
	claimed  map[string]bool
	seen     map[string]bool
	readings []news.Reading
	reports  []news.Report
	sets     int
	broken   error
}

func (m *memory) SetFeeds(_ context.Context, feeds []news.Feed) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sets++
	if m.feeds == nil {
		m.feeds, m.claimed, m.seen = map[string]*news.FeedState{}, map[string]bool{}, map[string]bool{}
	}
	for _, f := range feeds {
		if m.feeds[f.URL] == nil {
			m.feeds[f.URL] = &news.FeedState{Feed: f}
		}
	}
	return m.broken
}

func (m *memory) Claim(_ context.Context, now time.Time, n int) (due []news.FeedState, next time.Time, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for url, f := range m.feeds {
		switch {
		case m.claimed[url]:
		case len(due) < n && !f.NextAt.After(now):
			m.claimed[url] = true
			due = append(due, *f)
		case next.IsZero() || f.NextAt.Before(next):
			next = f.NextAt
		}
	}
	return due, next, nil
}

func (m *memory) Ingest(_ context.Context, r news.Reading, reports []news.Report, _ news.Decider) (t news.Tally, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.feeds[r.Feed.URL]
	f.Hub, f.ETag, f.LastModified, f.Checksum = r.Hub, r.ETag, r.LastModified, r.Checksum
	f.Signs = r.Signs
	f.NextAt, f.LastRead, f.Failures, f.Problem = r.NextAt, r.At, r.Failures, r.Problem
	for _, it := range r.Items {
		if !m.seen[it.ID] {
			m.seen[it.ID] = true
			t.New++
		}
	}
	f.Items += t.New
	if r.Failures == 0 {
		f.LastGood = r.At
	}
	if t.New > 0 {
		f.LastNew = r.At
	}
	m.readings = append(m.readings, r)
	m.reports = append(m.reports, reports...)
	m.claimed[r.Feed.URL] = false
	return t, nil
}

func (m *memory) Feeds(context.Context) (all []news.FeedState, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range m.feeds {
		all = append(all, *f)
	}
	return all, m.broken
}

func (m *memory) SetTold(_ context.Context, _ []news.FeedState, told map[string]news.Told) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range m.feeds {
		if t, changed := told[f.URL]; changed {
			f.Told = t
		}
	}
	return true, m.broken
}

// fetcher is a function as a [watcher.Fetcher].
type fetcher func(context.Context, news.FeedState) (fetch.Answer, error)

func (f fetcher) Fetch(ctx context.Context, s news.FeedState) (fetch.Answer, error) {
	return f(ctx, s)
}

// logged keeps what is logged.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// newWatcher returns a watcher of feeds "0", "1" … of a store in memory.
func newWatcher(n int, fetch fetcher) (*watcher.Watcher, *rules, *memory, *logged) {
	return newWatcherWith(n, fetch, func(*watcher.Options) {})
}

// newWatcherWith is as newWatcher, with options changed.
func newWatcherWith(n int, fetch fetcher, change func(*watcher.Options)) (*watcher.Watcher, *rules, *memory, *logged) {
	r, store, log := &rules{}, &memory{}, &logged{}
	for i := range n {
		r.feeds = append(r.feeds, news.Feed{URL: fmt.Sprintf("https://example.org/%d", i), Schedule: "@every 10s"})
	}
	o := watcher.Options{
		Rules: func() watcher.Rules { return r }, Fetch: fetch, Store: store, Health: store, Workers: 4,
		Decide: func(news.Policy, time.Time) news.Decider { return nil },
		Log:    slog.New(slog.NewTextHandler(log, nil)),
	}
	change(&o)
	return watcher.New(o), r, store, log
}

// sends returns a fetcher of one document.
func sends(doc string) fetcher {
	return func(context.Context, news.FeedState) (fetch.Answer, error) {
		return fetch.Answer{Data: []byte(doc), ETag: "v1", Address: address}, nil
	}
}

// fetcherOf returns a fetcher of a document and the hubs of its headers, as they are
// when it is asked.
func fetcherOf(doc *string, hubs *[]string) fetcher {
	return func(context.Context, news.FeedState) (fetch.Answer, error) {
		return fetch.Answer{Data: []byte(*doc), Address: address, Hubs: *hubs}, nil
	}
}

func poll(t *testing.T, w *watcher.Watcher) {
	t.Helper()
	if err := w.Poll(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestPoll(t *testing.T) {
	w, _, store, _ := newWatcher(10, sends(rss(`<item><guid>1</guid><title>coup</title></item><item><guid>2</guid><title>rain</title></item>`)))
	poll(t, w)
	w.Wait()
	poll(t, w) // nothing is due
	w.Wait()
	if len(store.readings) != 10 || len(store.reports) != 10 || store.sets != 1 {
		t.Errorf("%d readings, %d reports, feeds set %d times, want 10, 10, 1", len(store.readings), len(store.reports), store.sets)
	}
	if r := store.reports[0]; !r.First || r.Title != "coup" {
		t.Errorf("report %+v, want the coup of a first reading", r)
	}
}

// TestSlowFeed: a feed that does not answer holds up no other, and no more
// feeds are read at a time than there are workers.
func TestSlowFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		now, most := 0, 0
		w, _, store, _ := newWatcher(9, func(ctx context.Context, f news.FeedState) (fetch.Answer, error) {
			mu.Lock()
			now++
			most = max(most, now)
			mu.Unlock()
			wait := time.Second
			if strings.HasSuffix(f.URL, "/0") {
				wait = time.Hour
			}
			<-time.After(wait) // of the fake clock
			mu.Lock()
			now--
			mu.Unlock()
			return fetch.Answer{Data: []byte(rss(""))}, nil
		})
		for range 60 {
			poll(t, w)
			<-time.After(time.Second)
		}
		counts := map[string]int{}
		store.mu.Lock()
		for _, r := range store.readings {
			counts[r.Feed.URL]++
		}
		store.mu.Unlock()
		for i := 1; i < 9; i++ {
			if n := counts[fmt.Sprintf("https://example.org/%d", i)]; n < 5 {
				t.Errorf("feed %d was read %d times in a minute, want 5", i, n)
			}
		}
		w.Wait()
		if most != 4 {
			t.Errorf("up to %d feeds read at a time, want 4", most)
		}
	})
}

func TestProblemIsLoggedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var err error = &fetch.Trouble{Text: "HTTP 500: bad luck"}
		w, _, store, log := newWatcher(1, func(context.Context, news.FeedState) (fetch.Answer, error) {
			return fetch.Answer{Data: []byte(rss("<item><title>a</title></item>"))}, err
		})
		read := func() {
			poll(t, w)
			w.Wait()
			<-time.After(13 * time.Hour)
		}
		for range 5 {
			read()
		}
		if got := store.readings[4]; got.Failures != 5 || got.Problem != "HTTP 500: bad luck" {
			t.Errorf("fifth reading has %d failures, problem %q", got.Failures, got.Problem)
		}
		err = nil
		read()
		read()
		if got := log.text.String(); strings.Count(got, "bad luck") != 1 || strings.Count(got, "well again") != 1 {
			t.Errorf("log:\n%s\nwant the problem once and the recovery once", got)
		}
		if got := store.readings[6]; !got.Unchanged || got.Failures != 0 || got.Items != nil {
			t.Errorf("the same bytes again: %+v, want unchanged", got)
		}
	})
}

func TestReadings(t *testing.T) {
	items := `<item><guid>1</guid><title>a</title></item>`
	last := news.FeedState{Feed: news.Feed{URL: "https://example.org/0"}, ETag: "v0", Checksum: "c0", Items: 7, LastGood: time.Now()}
	tests := []struct {
		name string
		was  news.FeedState
		a    fetch.Answer
		want news.Reading
		ails news.State
	}{
		{"good", last, fetch.Answer{Data: []byte(rss(items)), ETag: "v1"}, news.Reading{ETag: "v1", Checksum: "new"}, ""},
		{"not modified", last, fetch.Answer{NotModified: true}, news.Reading{Unchanged: true, ETag: "v0", Checksum: "c0"}, ""},
		{"cut off", last, fetch.Answer{Data: []byte(rss(items)), ETag: "v1", Cut: &fetch.Trouble{Text: "broke off"}}, news.Reading{Problem: "the feed is cut off; 1 item was kept"}, news.FeedPartial},
		{"cut off before an item", last, fetch.Answer{Data: []byte("<rss><chan"), ETag: "v1", Cut: &fetch.Trouble{Text: "slow"}}, news.Reading{ETag: "v0", Checksum: "c0", Failures: 1, Problem: "slow"}, ""},
		{"emptied", last, fetch.Answer{Data: []byte(rss("")), ETag: "v1"}, news.Reading{ETag: "v1", Checksum: "new", Problem: "the feed is empty, although it carried items before"}, news.FeedEmpty},
		{"never full", news.FeedState{Feed: last.Feed}, fetch.Answer{Data: []byte(rss("")), ETag: "v1"}, news.Reading{ETag: "v1", Checksum: "new", First: true, Problem: "the feed carries no items; look whether it is the right one"}, news.FeedEmpty},
		{"no feed", last, fetch.Answer{Data: []byte("nothing here")}, news.Reading{ETag: "v0", Checksum: "c0", Failures: 1, Problem: `this is not a feed; it begins with "nothing here"`}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, _, store, _ := newWatcher(1, func(context.Context, news.FeedState) (fetch.Answer, error) { return tt.a, nil })
			if err := store.SetFeeds(t.Context(), []news.Feed{tt.was.Feed}); err != nil {
				t.Fatal(err)
			}
			store.feeds[tt.was.URL] = &tt.was
			poll(t, w)
			w.Wait()
			got := store.readings[0]
			if got.Checksum != "" && got.Checksum != "c0" {
				got.Checksum = "new"
			}
			if got.Unchanged != tt.want.Unchanged || got.First != tt.want.First || got.ETag != tt.want.ETag || got.Checksum != tt.want.Checksum || got.Failures != tt.want.Failures || got.Signs.Ails != tt.ails || got.Problem != tt.want.Problem {
				t.Errorf("got %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

// TestPanic: a bug in the reading of a feed costs that reading, not the program.
func TestPanic(t *testing.T) {
	w, r, store, log := newWatcher(2, sends(rss(`<item><title>a</title></item>`)))
	r.bug = true
	poll(t, w)
	w.Wait()
	if len(store.readings) != 0 || strings.Count(log.text.String(), "mistake of coupwatch") != 2 {
		t.Errorf("%d readings, log:\n%s", len(store.readings), log.text.String())
	}
}

// TestShutdown: what is cut short by the end of the program is no failure of
// the feed.
func TestShutdown(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w, _, store, _ := newWatcher(1, func(ctx context.Context, _ news.FeedState) (fetch.Answer, error) {
		cancel()
		return fetch.Answer{}, ctx.Err()
	})
	if err := w.Poll(ctx); err != nil {
		t.Fatal(err)
	}
	w.Wait()
	if len(store.readings) != 0 {
		t.Errorf("recorded %+v, want nothing", store.readings)
	}
}

func TestPollFails(t *testing.T) {
	w, _, store, _ := newWatcher(1, sends(""))
	store.broken = errors.New("disk full")
	if err := w.Poll(t.Context()); !errors.Is(err, store.broken) || !strings.Contains(err.Error(), "set the feeds") {
		t.Errorf("error %v, want that the feeds could not be set", err)
	}
}
