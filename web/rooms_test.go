package web_test

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
	"github.com/coupwatch/coupwatch/web/find"
	"github.com/coupwatch/coupwatch/web/handles"
	"github.com/coupwatch/coupwatch/web/handles/handlestest"
	"github.com/coupwatch/coupwatch/web/sheet"
	"github.com/coupwatch/coupwatch/web/sources"
)

// whole returns what serves an archive with the pages of all rooms.
func whole(a web.Archive, state web.State) web.Options {
	names, _ := a.(sheet.Names)
	s := sheet.New(names, quiet)
	desk := handlestest.New()
	desk.Mutes = []handles.Mute{{Kind: "story", ID: "s-1", Name: handlestest.Hostile, Until: now, By: handlestest.Hostile, Why: "enough"}, {Kind: "entity", ID: "country:td", Name: "Chad", Fixed: true}}
	desk.Labels = []handles.Label{{By: "ada", Relevant: true, Rule: "Coup", At: now}, {By: "local", Rule: handlestest.Hostile, At: now}}
	hands := handles.New(desk, s)
	return web.Options{
		Archive: a, State: func() web.State { return state }, Log: quiet, Sheet: s, Panel: hands.Panel,
		Rooms: slices.Concat(sources.New(s, shelf{a}, rulesFile{}).Doors(), hands.Doors(), find.New(s, stored{}).Doors()),
	}
}

// A shelf is an archive as the pages of feeds ask for it.
type shelf struct{ web.Archive }

func (s shelf) ItemsOfFeed(ctx context.Context, _ string, n int) (all []news.Taken, err error) {
	if r, is := s.Archive.(web.Records); is {
		items, err := r.ItemsOfStory(ctx, "")
		for _, it := range items[:min(n, len(items))] {
			all = append(all, news.Taken{ID: it.ID, Title: it.Title, Link: it.Link, Published: it.Published, Fetched: it.Fetched, Kind: it.Kind, Story: it.Story, Reason: it.Reason, Status: it.Status, Matches: it.Matches})
		}
		return all, err
	}
	return nil, nil
}

func (shelf) DaysOfFeed(_ context.Context, _ string, _ time.Time, n int) ([]int, error) {
	days := make([]int, n)
	for i := range days {
		days[i] = i * i % 11
	}
	return days, nil
}

func (shelf) WeekOf(context.Context, string) (week [7][24]float64, known bool, err error) {
	for d := range week {
		for h := range week[d] {
			week[d][h] = float64((7 - d) * (12 - max(h-12, 12-h)))
		}
	}
	return week, true, nil
}

func (shelf) FeedsAbout(context.Context, []string) (map[string]bool, error) {
	return map[string]bool{}, nil
}

func (shelf) ReadNow(context.Context, string, time.Time) (bool, error) { return true, nil }

// rulesFile is a rules.yaml that may be changed and has every feed.
type rulesFile struct{}

func (rulesFile) Writable() bool { return true }

func (rulesFile) Listed(url string) (news.Feed, string) {
	return news.Feed{URL: url, Charset: "windows-1251", Access: &news.Access{UserAgent: hostile, Bearer: news.Value{Env: "WIRE_TOKEN"}}}, "rules.yaml:12"
}

func (rulesFile) Find(_ context.Context, named string, _ news.Feed) (sources.Found, error) {
	return sources.Found{Candidates: []sources.Candidate{
		{URL: "https://herald.example/" + named, Title: hostile, Is: "RSS, in French (fr), about 20 a day", Content: "30, with dates", Problems: []string{"it has titles only: rules that look into the text find less"}, Items: []sources.CandidateItem{{Title: hostile, Rule: "high: Mutiny"}, {Title: "Rain", Published: now}}},
		{URL: "https://herald.example/old", Title: "The Herald", Is: "Atom", There: "Herald, in rules.yaml:9"},
	}, Failed: []string{hostile}, Advice: "Look at Google News too."}, nil
}

func (rulesFile) Add(_ context.Context, f news.Feed) (name, place string, err error) {
	return f.Name, "rules.yaml:13", nil
}

func (rulesFile) Lines(context.Context, news.Feed) (lines, place string, err error) {
	return hostile, "rules.yaml", nil
}

func (rulesFile) Remove(context.Context, string) (string, error) { return "rules.yaml:12", nil }

// stored is what is searched: of some items, with all that outlets may write, there is
// much, and of "wrong" nothing is understood.
type stored struct{}

func (stored) Examples() []find.Example {
	return []find.Example{{Query: "general dismissed", Finds: "both words"}, {Query: `$coup NEAR/12 (@countries OR "palace guard") AND lang:ru`, Finds: "what the list has near them"}}
}

func (stored) Search(_ context.Context, a find.Ask) (r find.Result, err error) {
	if a.Text == "wrong" {
		return r, find.Mistakes{{From: 0, To: 5, Says: "unknown list " + hostile, Hint: "did you mean $coup?"}}
	}
	if a.Text == "none" {
		return find.Result{Query: a.Text, Since: now}, nil
	}
	r = find.Result{Query: "coup AND army", Total: 12_345, About: true, Latest: 3000, Next: 77, Took: 41, Searched: now.AddDate(0, -3, 0)}
	for i, title := range []string{"Soldiers take the palace in Mali", hostile, "انقلاب عسكري في النيجر يطيح بالرئيس", "马里军人发动政变", strings.Repeat("unbroken", 30), ""} {
		q := find.Marked{Text: title}
		if len(title) > 12 {
			q.Marks = []find.Mark{{Start: 0, End: 12}}
		}
		it := find.Item{
			ID: "item" + title[:min(1, len(title))] + string(rune('a'+i)), Title: q, Passage: q, Link: "https://herald.example/" + strings.Repeat("long", 20), Publisher: "The Herald " + hostile, Language: "en",
			Published: now, Countries: []string{"ml", "ne"}, Rules: []string{"coup"}, Severity: news.High,
		}
		if i < 3 {
			it.Story, it.Headline, it.Told = "s-1", "A palace is taken", true
		}
		r.Items = append(r.Items, it)
	}
	for i := range 300 {
		r.Days = append(r.Days, find.Day{Date: now.AddDate(0, 0, -i).Truncate(24 * time.Hour), N: i * i % 37})
	}
	r.Facets = []find.Facet{
		{Key: "country", Values: []find.Value{{Value: "ml", Text: "Mali", N: 812}, {Value: "ne", Text: "Niger", N: 77}}},
		{Key: "feed", Values: []find.Value{{Value: "https://herald.example/rss", Text: hostile + strings.Repeat("unbroken", 9), N: 5}}},
	}
	return r, nil
}
