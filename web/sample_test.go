package web_test

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
)

// records is an archive that knows single stories and items.
type records struct {
	archive
	items []web.Verdict
}

func (r records) Story(_ context.Context, id string) (news.Story, bool, error) {
	begin := slices.DeleteFunc(slices.Clone(r.stories), func(s news.Story) bool { return !strings.HasPrefix(s.ID, id) })
	if len(begin) != 1 {
		return news.Story{}, false, r.err
	}
	return begin[0], true, r.err
}

func (r records) ItemsOfStory(context.Context, string) ([]web.Verdict, error) { return r.items, r.err }

func (r records) ItemsByLink(_ context.Context, link string) (out []web.Verdict, err error) {
	for _, it := range r.items {
		if it.Link == link {
			out = append(out, it)
		}
	}
	return out, r.err
}

// CountryName implements [web.Names].
func (records) CountryName(code string) string { return map[string]string{"ru": "Russia"}[code] }

// EntityName implements [web.Names].
func (records) EntityName(id string) string { return map[string]string{"palace": "Palace Guard"}[id] }

// Land implements [web.Names].
func (records) Land(id string) string { return map[string]string{"velmaria": "Velmaria"}[id] }

// Export implements [web.Records].
func (r records) Export(_ context.Context, id string) (any, error) {
	return map[string]string{"story": id}, r.err
}

// RuleTitle implements [web.Names].
func (records) RuleTitle(id string) string {
	return map[string]string{"overthrow": "Overthrow planned or feared"}[id]
}

// sample returns a story that was told, climbed and was denied.
func sample(at time.Time) news.Story {
	h := func(n int) time.Time { return at.Add(time.Duration(n) * time.Hour) }
	return news.Story{
		ID: "5f1c2a9d03b7e846", Headline: "Officers in Zamunda plan to remove the president, exile says", Link: "https://herald.example/plan",
		Severity: news.High, Status: news.Denied, FirstSeen: at, LastSeen: h(9), Told: at, Reports: 14, Countries: []string{"zm", "ru"}, Rules: []string{"overthrow", "coup-rumour"},
		Notified: []news.Notification{{Key: "new", Channels: []string{"slack", "email:desk@desk.example"}, At: at}, {Key: "severity-medium", Channels: []string{"slack", "email:desk@desk.example"}, At: at}, {Key: "status-rumour", Channels: []string{"slack", "email:desk@desk.example"}, At: at}, {Key: "severity-high", Channels: []string{"slack"}, At: h(2)}, {Key: "status-claim", Channels: []string{"slack"}, At: h(2)}, {Key: "origins-3", At: h(4)}, {Key: "new", Channels: []string{"webhook"}, At: h(5)}, {Key: "status-denied", Channels: []string{"slack"}, At: h(9)}},
		Ladder: []news.Step{
			{Status: news.Rumour, At: at, Publisher: "The Herald", Link: "https://herald.example/plan", Sentence: "Sources close to the palace speak of a plan among officers."},
			{Status: news.Claim, At: h(2), Publisher: "Wire One", Link: "https://wire.example/1", Sentence: "“The plan is ready”, Ann Example told The Herald."},
			{Status: news.Denied, At: h(9), Publisher: "State Radio", Link: "https://radio.example/no", Sentence: "The palace calls it an invention."},
		},
		Origins: []news.Origin{
			{Name: "Ann Example", Via: []string{"The Herald"}, At: at, Quote: "Ann Example told The Herald that officers meet at night.", Reports: 11},
			{Name: "State Radio", At: h(9), Reports: 2},
		},
		Sources: []news.Source{
			{Publisher: "The Herald", Link: "https://herald.example/plan", Title: "Officers plan to remove the president", At: at, Reports: 2, Origins: []string{"Ann Example"}},
			{Publisher: "Wire One", Link: "https://wire.example/1", Title: "Exile speaks of plot", At: h(2), Reports: 9, Origins: []string{"Ann Example"}, Via: []string{"The Herald"}},
			{Publisher: "State Radio", Link: "https://radio.example/no", Title: "Palace: an invention", At: h(9), Reports: 2, Origins: []string{"State Radio"}},
			{Publisher: "Газета", Link: "https://gazeta.example/1", Title: "Офицеры готовят заговор", At: h(3), Reports: 1},
		},
		Updates: []news.Development{
			{ID: "i1", Title: "Officers in Zamunda plan to remove the president, exile says", Link: "https://herald.example/plan", Publisher: "The Herald", At: at, Status: news.Claim, Reports: 10},
			{ID: "i2", Title: "Двоих генералов видели у дворца", Link: "https://gazeta.example/1", Publisher: "Газета", At: h(3), Status: news.Reported, Reports: 1},
			{ID: "i3", Title: "Palace: the plot is an invention", Link: "https://radio.example/no", Publisher: "State Radio", At: h(9), Status: news.Denied, Reports: 3},
		},
		Linked: []string{"77ab00c1d2e3f405"},
	}
}

// sampleItems returns two reports of the sample and one that is in no story.
func sampleItems(at time.Time) []web.Verdict {
	return []web.Verdict{
		{
			Item:  news.Item{Title: "Officers in Zamunda plan to remove the president, exile says", Link: "https://herald.example/plan", Publisher: "The Herald", Published: at, Fetched: at.Add(time.Minute)},
			Story: "5f1c2a9d03b7e846", Kind: news.New, Reason: "a new story: nobody told of it before", Status: news.Claim, Matches: []news.Match{{Rule: "overthrow", Title: "Overthrow planned or feared", Severity: news.High}},
		},
		{
			Item:  news.Item{Title: "Exile speaks of plot", Link: "https://wire.example/1", Publisher: "Wire One", Published: at.Add(2 * time.Hour), Fetched: at.Add(2 * time.Hour)},
			Story: "5f1c2a9d03b7e846", Kind: news.Copy, Reason: "a copy of what The Herald told", Status: news.Claim,
		},
		{Item: news.Item{Title: "Rain in Zamunda", Link: "https://wire.example/rain", Publisher: "Wire One", Fetched: at}},
	}
}
