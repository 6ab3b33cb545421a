package show_test

import (
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/show"
)

// style is a desk in Kyiv.
func style() show.Style {
	kyiv, err := time.LoadLocation("Europe/Kyiv")
	if err != nil {
		panic(err)
	}
	return show.Style{
		Zone:    kyiv,
		Country: func(code string) string { return map[string]string{"ml": "Mali", "ru": "Russia", "ir": "Iran"}[code] },
		Rule: func(id string) string {
			return map[string]string{"coup-rumour": "Coup rumour", "defection": "Defection"}[id]
		},
		Page: func(story string) string { return "https://coupwatch.example.org/story/" + story },
	}
}

func at(clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", "2026-08-22 "+clock)
	if err != nil {
		panic(err)
	}
	return t
}

// mali is a story that several publishers tell.
func mali() news.Story {
	return news.Story{
		ID: "5f1c0a9e", Headline: "Soldiers surround the presidential palace in Bamako", Link: "https://sahel.example/palace",
		Severity: news.Critical, Status: news.Claim, FirstSeen: at("10:58"), LastSeen: at("11:40"), Reports: 14,
		Sources: []news.Source{
			{Publisher: "Sahel Courier", Link: "https://sahel.example/palace", Title: "Soldiers surround the palace", At: at("10:58"), Reports: 6},
			{Publisher: "Agence du Fleuve", Link: "https://fleuve.example/1?a=1&b=2", Title: "Bamako", At: at("11:05"), Reports: 3},
			{Publisher: "Радио Волна", Link: "https://volna.example/bamako", At: at("11:12"), Reports: 2},
			{Publisher: "Northern Herald", At: at("11:26"), Reports: 2},
			{Publisher: "The Daily Ledger", Link: "https://ledger.example/mali", At: at("11:40").AddDate(0, 0, -1), Reports: 1},
		},
		Rules: []string{"coup-rumour"}, Countries: []string{"ml"}, Entities: []string{"country:ml"},
	}
}

// alert returns an alert of mali.
func alert(kind news.Kind) news.Alert {
	quote := "Gunfire was heard near the palace as a group of officers said they were taking power to save the nation."
	mark := func(word string) news.Mark {
		i := strings.Index(quote, word)
		return news.Mark{Start: i, End: i + len(word)}
	}
	return news.Alert{
		ID: "story/5f1c0a9e/slack/" + string(kind), Channel: "slack", Kind: kind, Story: mali(), DueAt: at("11:41"),
		Reason: "A named party claims it, and until now it was a rumour.",
		Item: news.Item{
			ID: "01", Title: "Officers claim power in Mali after gunfire at the palace", Link: "https://ledger.example/mali?id=7&ref=rss",
			Publisher: "The Daily Ledger", Published: at("11:40"),
		},
		Matches: []news.Match{
			{Rule: "coup-rumour", Title: "Coup rumour", Why: "Somebody is said to take power by force", Severity: news.Critical, Raised: []string{"it is happening now"}},
			{Rule: "mutiny", Title: "Mutiny", Severity: news.High},
		},
		Quote: news.Quote{Text: quote, Marks: []news.Mark{mark("Gunfire"), mark("officers"), mark("taking power")}},
	}
}

func notice() news.Alert {
	return news.Alert{
		ID: "notice/1", Channel: "slack", Kind: news.Notice, DueAt: at("09:00"),
		Notice: "rules.yaml was not loaded, the old rules stay in use:\nrules.yaml:16:15: rule \"defection\": unknown severity \"hgih\"; did you mean \"high\"?",
	}
}

// digest is a day with a few stories and two sick feeds.
func digest() news.Digest {
	beseda := news.Story{
		ID: "77aa", Headline: "Командир бригады перешёл на сторону противника, сообщают источники", Link: "https://volna.example/77",
		Severity: news.High, Status: news.Rumour, FirstSeen: at("02:10"), LastSeen: at("02:10"), Reports: 1,
		Sources: []news.Source{{Publisher: "Радио Волна", At: at("02:10")}}, Rules: []string{"defection", "coup-rumour"}, Countries: []string{"ru"},
	}
	iran := news.Story{
		ID: "88bb", Headline: "سپاه پاسداران شایعهٔ کودتا را رد می\u200cکند", Link: "https://negah.example/88",
		Severity: news.High, Status: news.Denied, FirstSeen: at("01:00").AddDate(0, 0, -1), LastSeen: at("03:30"), Reports: 9,
		Sources: []news.Source{{Publisher: "Negah"}, {Publisher: "Parsi Daily"}, {Publisher: "Northern Herald"}, {Publisher: "Ledger"}, {Publisher: "Agence du Fleuve"}, {Publisher: "Volna"}},
		Rules:   []string{"coup-rumour"}, Countries: []string{"ir"},
	}
	old := news.Story{
		ID: "99cc", Headline: "Ten years on: how the July plot failed", Link: "https://ledger.example/plot",
		Severity: news.Low, FirstSeen: at("03:00"), LastSeen: at("03:00"), Reports: 2, Sources: []news.Source{{Publisher: "The Daily Ledger"}},
		Rules: []string{"coup-rumour"},
	}
	return news.Digest{
		Date: "2026-08-22", From: at("04:00").AddDate(0, 0, -1), To: at("04:00"),
		Stories: []news.Story{old, iran, mali(), beseda}, Items: 8431, Reports: 41, Feeds: 63,
		Sick: []news.FeedState{
			{Feed: news.Feed{URL: "https://negah.example/rss", Name: "Negah"}, LastGood: at("02:00").AddDate(0, 0, -3), Problem: "403 Forbidden; the publisher blocks this address"},
			{Feed: news.Feed{URL: "https://gone.example/rss"}, Problem: "no such host"},
		},
	}
}

func daily() news.Alert {
	d := digest()
	return news.Alert{ID: "digest/2026-08-22/slack", Channel: "slack", Kind: news.Daily, Digest: &d, DueAt: d.To}
}

func quiet() news.Alert {
	d := digest()
	d.Stories, d.Reports, d.Sick = nil, 0, nil
	return news.Alert{ID: "digest/2026-08-22/slack", Channel: "slack", Kind: news.Daily, Digest: &d, DueAt: d.To}
}

func denied() news.Alert {
	a := alert(news.Escalation)
	a.Story.Status, a.Story.Severity = news.Denied, news.High
	a.Item.Title, a.Reason = "Mali's army denies coup <!channel> & \"gunfire\"", "Those concerned deny it."
	return a
}
