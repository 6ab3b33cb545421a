package feedlist

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/schedule"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/discover"
	"github.com/coupwatch/coupwatch/web/sources"
)

// A Page is the feeds of a rules file as the page asks for them, and changes them; see
// [sources.List]. It is safe for concurrent use; make it with [NewPage].
type Page struct {
	path          string        // of rules.yaml
	file          *matcher.File // which follows it
	editable      bool
	fetch, abroad watcher.Fetcher
	written       func(context.Context) // the file was changed
	searches      chan struct{}         // holds one for each search that is under way
}

// searchesAtOnce is how many people may look for feeds at the same time: each asks a
// site for several pages.
const searchesAtOnce = 2

// NewPage returns the page of the rules at path, which file follows. What people name
// is fetched by fetch, and what pages name on other hosts by abroad. If it is editable
// the file is changed, and written called after that.
func NewPage(path string, file *matcher.File, editable bool, fetch, abroad watcher.Fetcher, written func(context.Context)) *Page {
	return &Page{path: path, file: file, editable: editable, fetch: fetch, abroad: abroad, written: written, searches: make(chan struct{}, searchesAtOnce)}
}

// Writable implements [sources.List].
func (p *Page) Writable() bool { return p.editable }

// Listed implements [sources.List].
func (p *Page) Listed(url string) (news.Feed, string) {
	for _, f := range p.file.Current().Feeds() {
		if f.URL == url {
			return f, p.file.FeedPlace(url)
		}
	}
	return news.Feed{}, ""
}

// errBusy is that others look for feeds.
var errBusy = errors.New("others are looking for feeds just now; try again in a minute")

// Find implements [sources.List].
func (p *Page) Find(ctx context.Context, named string, as news.Feed) (sources.Found, error) {
	select {
	case p.searches <- struct{}{}:
		defer func() { <-p.searches }()
	default:
		return sources.Found{}, errBusy
	}
	if err := checkSchedule(as); err != nil {
		return sources.Found{}, err
	}
	rules := p.file.Current()
	s := discover.Searcher{Fetch: p.fetch, Abroad: p.abroad, As: as, Watched: rules.Feeds()}
	found, err := s.Find(ctx, named)
	out := sources.Found{Advice: found.Advice}
	now := time.Now()
	for _, c := range found.Candidates {
		out.Candidates = append(out.Candidates, p.candidate(factsOf(c, now), rules, now))
	}
	for _, f := range found.Failed[:min(len(found.Failed), mostFailed)] {
		out.Failed = append(out.Failed, f.URL+": "+f.Err.Error())
	}
	return out, err
}

// candidate returns what is known of a feed as the page shows it.
func (p *Page) candidate(f facts, rules *matcher.Rules, now time.Time) sources.Candidate {
	c := sources.Candidate{URL: f.Feed.URL, Title: cmp.Or(f.Document.Title, f.Feed.URL), Is: f.kind(now), Content: f.content(), Why: f.Why, Problems: f.problems}
	if watched(f.Candidate) {
		c.There = strings.TrimSuffix(f.Feed.Name+", in "+p.file.FeedPlace(f.Feed.URL), ", in ")
	}
	for _, it := range f.items[:min(len(f.items), shownItems)] {
		c.Items = append(c.Items, sources.CandidateItem{Published: it.Published, Title: it.Title, Rule: toldBy(rules, it)})
	}
	return c
}

func checkSchedule(f news.Feed) error {
	if f.Schedule == "" {
		return nil
	}
	if _, err := schedule.Parse(f.Schedule); err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	return nil
}

// drafted returns the list as it is, and f as it would be in it.
func (p *Page) drafted(f news.Feed) (*matcher.FeedList, news.Feed, error) {
	if err := checkSchedule(f); err != nil {
		return nil, f, err
	}
	list, err := matcher.ReadFeedList(p.path)
	if err != nil {
		return nil, f, fmt.Errorf("the rules cannot be changed as they are: %w", err)
	}
	known := registerOf(list)
	if at, found := known.at(f.URL); found {
		return nil, f, errors.New(alreadyThere(f.URL, at))
	}
	f.Name = known.unusedName(cmp.Or(f.Name, hostOf(f.URL)), f.URL)
	return list, f, nil
}

// Add implements [sources.List].
func (p *Page) Add(ctx context.Context, f news.Feed) (name, place string, err error) {
	list, f, err := p.drafted(f)
	if err != nil {
		return "", "", err
	}
	if place, err = put(list, p.path, f); err != nil {
		return "", "", err
	}
	p.written(ctx)
	return f.Name, place, nil
}

// Lines implements [sources.List].
func (p *Page) Lines(_ context.Context, f news.Feed) (lines, place string, err error) {
	list, f, err := p.drafted(f)
	if err != nil {
		return "", "", err
	}
	e, err := list.Add([]news.Feed{f})
	if err != nil {
		return "", "", notWritten(err)
	}
	before, err := os.ReadFile(e.File)
	if err != nil {
		return "", "", err
	}
	lines, line := inserted(string(before), e.Text)
	return lines, fmt.Sprintf("%s, as line %d", e.File, line), nil
}

// inserted returns the lines that after has more than before, and the number of the
// first of them.
func inserted(before, after string) (lines string, line int) {
	was, is := strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n")
	first := 0
	for first < len(was) && first < len(is) && was[first] == is[first] {
		first++
	}
	last := 0
	for last < len(was)-first && last < len(is)-first && was[len(was)-1-last] == is[len(is)-1-last] {
		last++
	}
	return strings.Join(is[first:len(is)-last], ""), first + 1
}

// Remove implements [sources.List].
func (p *Page) Remove(ctx context.Context, url string) (place string, err error) {
	list, err := matcher.ReadFeedList(p.path)
	if err != nil {
		return "", fmt.Errorf("the rules cannot be changed as they are: %w", err)
	}
	f, err := takeOut(list, url)
	if err != nil {
		return "", err
	}
	p.written(ctx)
	return f.Place(), nil
}
