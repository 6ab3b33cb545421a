package daemon

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// coverageRules are those of two feeds of one region, whose reports name a country.
const coverageRules = `
feeds:
  - {url: "https://wire.example/rss", name: Wire, language: en, schedule: "@every 30m", tags: [sahel]}
  - {url: "https://courier.example/rss", name: Courier, language: en, schedule: "@every 30m", tags: [sahel]}
rules: [{id: mutiny, title: Mutiny, severity: high, match: mutin*}]
routes: [{to: slack, severity: medium}]
operators: [slack]
`

// An outlook is a desk at a clock of its own, that reads feeds which answer from a
// function.
type outlook struct {
	*desk
	watch  *watcher.Watcher
	answer func(url string, now time.Time) string
	told   []string // what operators heard

	replicas int // that look after the feeds
	seen     map[string]bool
}

func newOutlook(t *testing.T, rules string, edit func(*outlook, *watcher.Options)) *outlook {
	t.Helper()
	o := &outlook{desk: newDeskOf(t, rules), seen: map[string]bool{}, replicas: 1}
	options := watcher.Options{
		Rules: o.use.Rules, Store: o.db, Health: o.db, Decide: new(story.Stories).At, Log: slog.New(slog.DiscardHandler),
		Fetch: answering(func(f news.FeedState) string { return o.answer(f.URL, time.Now()) }),
	}
	if edit != nil {
		edit(o, &options)
	}
	o.watch = watcher.New(options)
	return o
}

// answering is a function as a [watcher.Fetcher]. No document is a fault of the server.
type answering func(news.FeedState) string

func (a answering) Fetch(_ context.Context, f news.FeedState) (fetch.Answer, error) {
	doc := a(f)
	if doc == "" {
		return fetch.Answer{}, errors.New("the server is away")
	}
	return fetch.Answer{Data: []byte(doc), Address: f.URL}, nil
}

// pass lets the desk work for a time: what is due is read, and the feeds are looked
// after every twenty minutes.
func (o *outlook) pass(t *testing.T, span time.Duration) {
	t.Helper()
	for end := time.Now().Add(span); time.Now().Before(end); <-time.After(20 * time.Minute) {
		if err := o.watch.Poll(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.watch.Wait()
		for range o.replicas {
			if err := o.ops.Feeds(t.Context(), o.watch); err != nil {
				t.Fatal(err)
			}
		}
		o.hear(t)
	}
}

// hear notes what operators are told that they were not.
func (o *outlook) hear(t *testing.T) {
	t.Helper()
	alerts, err := o.db.Outbox(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range slices.Backward(alerts) {
		if !o.seen[a.ID] && a.Kind == news.Notice {
			o.seen[a.ID] = true
			o.told = append(o.told, a.Notice)
			if err := o.db.Sent(t.Context(), a.ID, "1", time.Now()); err != nil { // what follows is another message
				t.Fatal(err)
			}
		}
	}
}

// expect fails unless operators heard this, in any order, and no more since the last
// time.
func (o *outlook) expect(t *testing.T, when string, want ...string) {
	t.Helper()
	if len(o.told) != len(want) {
		t.Fatalf("%s: told %q, want %q", when, o.told, want)
	}
	for _, x := range want {
		if !slices.ContainsFunc(o.told, func(text string) bool { return strings.Contains(text, x) }) {
			t.Errorf("%s: told %q, want %q", when, o.told, x)
		}
	}
	o.told = nil
}

// halfHourly is a document with the last items of a feed that brings one each half
// hour, up to now or to until.
func halfHourly(now, until time.Time, items int, title string) string {
	if now.After(until) {
		now = until
	}
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Feed</title>`)
	for i := range items {
		at := now.Truncate(30 * time.Minute).Add(-time.Duration(i) * 30 * time.Minute)
		fmt.Fprintf(&b, `<item><title>%s, at %s</title><guid>%d</guid><pubDate>%s</pubDate></item>`, title, at.Format("2 January 15:04"), at.Unix(), at.UTC().Format(time.RFC1123Z))
	}
	return b.String() + `</channel></rss>`
}

// A feed that falls silent is late within hours, one that fails all the while is
// dead after a day, and each is told once, and once when it is mended; so is the
// silence of a country that none names any more.
func TestCoverageIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutlook(t, coverageRules, nil)
		never := time.Now().AddDate(9, 0, 0)
		silent, countries := never, "Rain in Niger"
		o.answer = func(url string, now time.Time) string {
			if strings.Contains(url, "courier") {
				return halfHourly(now, never, 8, "Tea prices")
			}
			return halfHourly(now, silent, 8, countries)
		}
		o.pass(t, 11*24*time.Hour)
		o.expect(t, "in eleven days of news")
		o.replicas = 2
		if f := o.feed(t, "Wire"); f.State(time.Now()) != news.FeedFresh || f.Signs.Silence.Every() != "every 30 min" {
			t.Errorf("Wire is %s, %+v", f.State(time.Now()), f.Signs)
		}

		silent = time.Now()
		o.pass(t, 12*time.Hour)
		o.expect(t, "when it is silent", "The feed Wire is late: nothing new since", "Nothing was heard of Niger: nothing new since")
		if f := o.feed(t, "Wire"); f.State(time.Now()) != news.FeedLate {
			t.Errorf("Wire is %s, %+v", f.State(time.Now()), f.Signs)
		}
		silent, countries = never, "Rain in Chad"
		o.pass(t, 12*time.Hour)
		o.expect(t, "when it brings something of another country", "It is well again: The feed Wire is late")
		countries = "Rain in Niger"
		o.pass(t, 12*time.Hour)
		o.expect(t, "when the country is named again", "It is heard of again: Nothing was heard of Niger")
	})
}

// feed returns the feed of a name.
func (o *outlook) feed(t *testing.T, name string) news.FeedState {
	t.Helper()
	feeds, err := o.db.Feeds(t.Context())
	i := slices.IndexFunc(feeds, func(f news.FeedState) bool { return f.Name == name })
	if err != nil || i < 0 {
		t.Fatal(feeds, err)
	}
	return feeds[i]
}

// A feed that turns over between two readings is read faster, which is said; and
// when coupwatch itself stood still, no country is silent for that.
func TestGapAndHole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutlook(t, coverageRules, nil)
		never, items := time.Now().AddDate(9, 0, 0), 8
		readings := 0
		o.answer = func(url string, now time.Time) string {
			if strings.Contains(url, "wire") {
				readings++
			}
			return halfHourly(now, never, items, "Rain in Niger")
		}
		o.pass(t, 9*24*time.Hour)
		readings = 0
		o.pass(t, 4*time.Hour)
		usual := readings
		<-time.After(9 * time.Hour)
		items, readings = 2, 0
		o.pass(t, 4*time.Hour)
		f := o.feed(t, "Wire")
		if why := f.Why(time.Now()); !strings.Contains(why, "possible gap: nothing that it carried at") || readings <= usual {
			t.Errorf("after nine hours without a reading it is said %q, and it was read %d times in four hours, %d before", why, readings, usual)
		}
		items = 8
		o.pass(t, 26*time.Hour)
		if f := o.feed(t, "Wire"); f.Why(time.Now()) != "" {
			t.Errorf("a day later it is still said %q", f.Why(time.Now()))
		}
		o.expect(t, "for all that")
	})
}

// Versions of a real feed, read when they stood there: nothing is told of it while it
// goes on, and once when it stands still for days, as they did before the last, and
// once when it goes on.
func TestRealFeedFallsSilent(t *testing.T) {
	longtest.Only(t, "four weeks take half a minute")
	for _, name := range []string{"bbc-uk", "nytimes"} {
		t.Run(name, func(t *testing.T) {
			versions := replayed(t, filepath.Join("..", "..", "..", "..", "..", "shared", "feeds", "replay", name+".tar.gz"))
			synctest.Test(t, func(t *testing.T) {
				<-time.After(time.Until(versions[0].at))
				o := newOutlook(t, strings.ReplaceAll(coverageRules, ", tags: [sahel]", ""), nil)
				last := versions[len(versions)-1].at
				o.answer = func(url string, now time.Time) (doc string) {
					if strings.Contains(url, "courier") {
						return halfHourly(now, now, 8, "Tea prices")
					}
					for _, v := range versions {
						if !v.at.After(now) {
							doc = v.doc
						}
					}
					return doc
				}
				o.pass(t, 24*time.Hour)
				o.expect(t, "while it was read")
				o.pass(t, time.Until(last))
				o.pass(t, 2*time.Hour)
				o.expect(t, "when it stood still and went on", "The feed Wire is late: nothing new since", "It is well again: The feed Wire is late")
			})
		})
	}
}

// A version is a document and when it stood there.
type version struct {
	at  time.Time
	doc string
}

func replayed(t *testing.T, file string) (all []version) {
	t.Helper()
	packed, err := os.Open(file)
	if err != nil {
		t.Skip("no replay here: ", err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		_, stamp, _ := strings.Cut(path.Base(h.Name), "_")
		at, err := time.Parse("2006-01-02T150405.xml", stamp)
		if err != nil {
			continue // a folder
		}
		doc, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, version{at, string(doc)})
	}
	slices.SortFunc(all, func(a, b version) int { return a.at.Compare(b.at) })
	return all
}
