package show_test

import (
	"fmt"
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
	name := func(names ...string) func(string) string {
		return func(id string) string {
			for i := 0; i < len(names); i += 2 {
				if names[i] == id {
					return names[i+1]
				}
			}
			return ""
		}
	}
	return show.Style{
		Zone:    kyiv,
		Country: name("ml", "Mali", "ru", "Russia", "ir", "Iran", "ne", "Niger", "ve", "Venezuela", "bf", "Burkina Faso"),
		Entity:  name("severin", "General Pavel Severin", "guard", "Presidential Guard", "diallo", "Colonel Moussa Diallo"),
		Rule:    name("coup-rumour", "Coup rumour", "defection", "Defection", "mutiny", "Mutiny", "plot", "Plot"),
		Page:    func(story string) string { return "https://coupwatch.example.org/story/" + story },
		Buttons: true,
	}
}

func at(clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", "2026-08-22 "+clock)
	if err != nil {
		panic(err)
	}
	return t
}

// quote returns text with words marked.
func quote(text string, words ...string) news.Quote {
	q := news.Quote{Text: text}
	for _, w := range words {
		i := strings.Index(text, w)
		q.Marks = append(q.Marks, news.Mark{Start: i, End: i + len(w)})
	}
	return q
}

// general is a rumour that an exile told a newspaper, and that ten others
// retell.
func general() news.Story {
	st := news.Story{
		ID: "3b77e0d1", Headline: "General Severin was arrested over a plot in the Kremlin, exile says", Link: "https://harbour.example/severin",
		Severity: news.High, Status: news.Claim, FirstSeen: at("06:02"), LastSeen: at("09:31"), Reports: 14,
		Ladder: []news.Step{
			{Status: news.Rumour, At: at("06:02"), Publisher: "Радио Волна", Link: "https://volna.example/1", Sentence: "В телеграм-каналах пишут об аресте генерала."},
			{Status: news.Claim, At: at("06:40"), Publisher: "Harbour Times", Link: "https://harbour.example/severin", Sentence: "Arkady Belov, who runs a prisoners' aid group from Riga, told the Harbour Times that the general was taken from his home at night."},
		},
		Origins: []news.Origin{
			{
				Name: "Arkady Belov", Via: []string{"Harbour Times", "Northern Herald"}, At: at("06:40"), Link: "https://harbour.example/severin", Reports: 12,
				Quote: "Arkady Belov, who runs a prisoners' aid group from Riga, told the Harbour Times that the general was taken from his home at night.",
			},
			{Name: "unnamed officials", Via: []string{"Agence du Fleuve"}, At: at("08:15"), Link: "https://fleuve.example/severin", Reports: 2},
		},
		Rules: []string{"plot", "coup-rumour"}, Countries: []string{"ru"}, Entities: []string{"country:ru", "severin"},
	}
	for i, name := range []string{
		"Радио Волна", "Harbour Times", "Northern Herald", "Agence du Fleuve", "The Daily Ledger", "Baltic Wire", "El Faro del Sur",
		"Kurier Nadmorski", "Sahel Courier", "Negah", "Volna English", "Dagbok",
	} {
		st.Sources = append(st.Sources, news.Source{Publisher: name, Link: fmt.Sprintf("https://outlet%d.example/severin?a=1&b=2", i), At: at("06:02").Add(time.Duration(i) * 19 * time.Minute), Reports: 1})
	}
	return st
}

// mali is a mutiny that climbed from a rumour to what the junta says.
func mali() news.Story {
	return news.Story{
		ID: "5f1c0a9e", Headline: "Soldiers surround the presidential palace in Bamako", Link: "https://sahel.example/palace",
		Severity: news.Critical, Status: news.Official, FirstSeen: at("10:58"), LastSeen: at("11:40"), Reports: 23,
		Ladder: []news.Step{
			{Status: news.Rumour, At: at("10:58"), Publisher: "Sahel Courier", Sentence: "Residents spoke of shots near the palace."},
			{Status: news.Reported, At: at("11:12"), Publisher: "Agence du Fleuve", Sentence: "Soldiers have surrounded the palace."},
			{Status: news.Official, At: at("11:40"), Publisher: "The Daily Ledger", Sentence: "Colonel Moussa Diallo read a statement on state television: the army has taken power."},
		},
		Origins: []news.Origin{
			{Name: "Sahel Courier", At: at("10:58"), Reports: 9},
			{Name: "Agence du Fleuve", Via: []string{"Agence du Fleuve"}, At: at("11:05"), Reports: 8},
			{Name: "Moussa Diallo", Via: []string{"state television"}, At: at("11:38"), Reports: 5},
			{Name: "residents", At: at("11:39"), Reports: 1},
		},
		Sources: []news.Source{
			{Publisher: "Sahel Courier", Link: "https://sahel.example/palace", Title: "Soldiers surround the palace", At: at("10:58"), Reports: 6},
			{Publisher: "Agence du Fleuve", Link: "https://fleuve.example/1?a=1&b=2", Title: "Bamako", At: at("11:05"), Reports: 3},
			{Publisher: "Радио Волна", Link: "https://volna.example/bamako", At: at("11:12"), Reports: 2},
			{Publisher: "Northern Herald", At: at("11:26"), Reports: 2},
			{Publisher: "The Daily Ledger", Link: "https://ledger.example/mali", At: at("11:40"), Reports: 1},
		},
		Rules: []string{"mutiny", "coup-rumour"}, Countries: []string{"ml"}, Entities: []string{"country:ml", "guard", "diallo"},
	}
}

// first returns the alert that told of the general.
func first() news.Alert {
	return news.Alert{
		ID: "story/3b77e0d1/slack/new", Channel: "slack", Kind: news.New, Story: general(), DueAt: at("06:41"),
		Reason: "A new story.",
		Item:   news.Item{ID: "9a10", Title: "Kremlin general held over plot to remove president, says exile", Link: "https://harbour.example/severin?id=7&ref=front", Publisher: "Harbour Times", Published: at("06:40")},
		Matches: []news.Match{
			{Rule: "plot", Title: "Plot", Why: "people who are said to plan to take power", Severity: news.High},
			{Rule: "coup-rumour", Title: "Coup rumour", Severity: news.Medium, Lowered: []string{"only a claim"}},
		},
		Quote: quote("General Pavel Severin was detained on suspicion of a plot against the president, according to Arkady Belov, whose group has sources in the prisons.", "General Pavel Severin", "plot"),
	}
}

// alert returns an alert of mali. What escalates it is what it is known by from
// then on.
func alert(kind news.Kind) news.Alert {
	a := officers(kind)
	if kind == news.Escalation || kind == news.Refresh {
		a.Story.Was, a.Story.Headline, a.Story.Link, a.Story.Quote, a.Story.Rule = a.Story.Headline, a.Item.Title, a.Item.Link, a.Quote, "coup-rumour"
	}
	return a
}

func officers(kind news.Kind) news.Alert {
	return news.Alert{
		ID: "story/5f1c0a9e/slack/status-official", Channel: "slack", Kind: kind, Story: mali(), DueAt: at("11:41"),
		Reason: "It is now told officially, and until now it was reported.",
		Item: news.Item{
			ID: "01", Title: "Officers claim power in Mali after gunfire at the palace", Link: "https://ledger.example/mali?id=7&ref=rss",
			Publisher: "The Daily Ledger", Published: at("11:40"),
		},
		Matches: []news.Match{
			{Rule: "coup-rumour", Title: "Coup rumour", Why: "somebody who takes power by force, or is said to", Severity: news.Critical, Raised: []string{"it is happening now"}},
			{Rule: "mutiny", Title: "Mutiny", Severity: news.High},
		},
		Quote: quote("Gunfire was heard near the palace as a group of officers said they were taking power to save the nation.", "Gunfire", "officers", "taking power"),
	}
}

// graver is an escalation because the story became graver.
func graver() news.Alert {
	a := alert(news.Escalation)
	a.ID, a.Reason = "story/5f1c0a9e/slack/severity-critical", "Its severity rose from high to critical."
	a.Story.Status, a.Story.Ladder = news.Reported, a.Story.Ladder[:2]
	return a
}

// denied is an escalation because those concerned deny the story.
func denied() news.Alert {
	a := first()
	a.ID, a.Kind, a.Reason = "story/3b77e0d1/slack/status-denied", news.Escalation, "Those concerned deny it."
	a.Story.Status = news.Denied
	a.Story.Ladder = append(a.Story.Ladder, news.Step{Status: news.Denied, At: at("09:31"), Publisher: "Радио Волна", Sentence: "«Это ложь», — заявили в министерстве."})
	a.Item = news.Item{ID: "9a55", Title: "Минобороны <!channel> & \"Волна\": сообщения об аресте генерала — ложь", Link: "https://volna.example/denied", Publisher: "Радио Волна", Published: at("09:31")}
	a.Quote = quote("«Генерал на рабочем месте, остальное — ложь»", "ложь")
	a.Quote.By = "Минобороны"
	a.Story.Was, a.Story.Headline, a.Story.Quote = a.Story.Headline, a.Item.Title, a.Quote
	return a
}

// turns is an alert of so many developments.
func turns(n int) news.Alert {
	a := alert(news.Update)
	a.ID = "story/5f1c0a9e/slack/update-29742"
	for i := range n {
		a.Updates = append(a.Updates, news.Development{
			ID: fmt.Sprint(i), Title: []string{"Airport closed, flights turned back", "Border with Niger shut until further notice", "Неизвестные захватили телецентр", "Union calls for calm"}[i%4],
			Link: fmt.Sprintf("https://fleuve.example/%d", i), Publisher: []string{"Agence du Fleuve", "Sahel Courier", "Радио Волна"}[i%3],
			At: at("11:45").Add(time.Duration(i) * 3 * time.Minute), Status: []news.Status{news.Reported, news.Official, news.Rumour}[i%3], Reports: 1 + i%3,
		})
	}
	return a
}

// refreshed is the first alert of the general as it stands later.
func refreshed() news.Alert {
	a := alert(news.Refresh)
	a.ID = "story/5f1c0a9e/slack/refresh-29742"
	return a
}

func notice() news.Alert {
	return news.Alert{
		ID: "notice/1", Channel: "slack", Kind: news.Notice, DueAt: at("09:00"),
		Notice: "rules.yaml was not loaded, the old rules stay in use:\nrules.yaml:16:15: rule \"defection\": unknown severity \"hgih\"; did you mean \"high\"?",
	}
}

// burst is more alerts at once than anybody reads.
func burst() []news.Alert {
	all := []news.Alert{first(), alert(news.New), alert(news.Escalation), denied()}
	for i := range 40 {
		a := first()
		a.Story.ID, a.Story.Severity = fmt.Sprint(i), news.Severity(1+i%3)
		a.Item.Title = fmt.Sprintf("Report %d of unrest in a garrison", i)
		all = append(all, a)
	}
	return all
}

// digest is a day with a few stories of several regions, and all else.
func digest() news.Digest {
	beseda := news.Story{
		ID: "77aa", Headline: "Командир бригады перешёл на сторону противника, сообщают источники", Link: "https://volna.example/77",
		Severity: news.High, Status: news.Rumour, FirstSeen: at("02:10"), LastSeen: at("02:10"), Reports: 1,
		Origins: []news.Origin{{Name: "Радио Волна", At: at("02:10"), Reports: 1, Quote: "Как стало известно «Радио Волна», командир вышел к противнику с белым флагом."}},
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
	feed := func(name string) news.Feed { return news.Feed{URL: "https://" + name + ".example/rss", Name: name} }
	d := news.Digest{
		Date: "2026-08-22", From: at("04:00").AddDate(0, 0, -1), To: at("04:00"),
		Stories: []news.Story{old, iran, mali(), beseda, general()}, Items: 8431, Reports: 49, Feeds: 64,
		States: news.StateCounts{news.FeedFresh: 52, news.FeedQuiet: 9, news.FeedLate: 1, news.FeedBlocked: 1, news.FeedDead: 1},
		Sick: []news.FeedState{
			{Feed: news.Feed{URL: "https://user:secret@gone.example/rss"}, LastRead: at("02:00"), Failures: 9, Problem: "no such host"},
			{Feed: feed("Negah"), LastRead: at("02:00"), LastGood: at("02:00").AddDate(0, 0, -3), Failures: 9, Problem: "HTTP 403: the server refuses us; it may block programs, or this network", Signs: news.Signs{Fails: news.FeedBlocked}},
			{Feed: feed("Baltic Wire"), LastRead: at("02:00"), LastGood: at("02:00"), LastNew: at("01:00").AddDate(0, 0, -3), Signs: news.Signs{Silence: news.Silence{Since: at("01:00").AddDate(0, 0, -3), Known: true, Rate: 4, Usual: at("05:00").AddDate(0, 0, -3), Late: at("12:00").AddDate(0, 0, -2)}}},
		},
		Almost: []news.NearMiss{
			{Title: "Guards officer seen at the border with two suitcases", Link: "https://baltic.example/border", Publisher: "Baltic Wire", At: at("00:40"), Rule: "defection", Missing: "if a word of $defect stood near “officer”"},
			{Title: "В столице слышны выстрелы", Link: "https://volna.example/shots", Publisher: "Радио Волна", At: at("03:05"), Rule: "coup-rumour", Missing: "if one of @leaders stood near “выстрелы”"},
		},
		Muted: []news.Story{{ID: "m1", Headline: "Former minister repeats his tale of a plot", Link: "https://ledger.example/tale", Severity: news.Medium, Status: news.Claim, Reports: 3, Countries: []string{"ve"}, Rules: []string{"plot"}}},
	}
	for i, n := range []int{3, 5, 2, 0, 1, 4, 6, 3, 2, 2, 9, 4, 3, 5} {
		d.Days = append(d.Days, news.Day{Date: at("04:00").AddDate(0, 0, i-13).Format(time.DateOnly), Stories: n, Told: n / 2})
	}
	return d
}

func daily() news.Alert {
	d := digest()
	return news.Alert{ID: "digest/2026-08-22/slack", Channel: "slack", Kind: news.Daily, Digest: &d, DueAt: d.To}
}

// quiet is the digest of a day on which nothing was told.
func quiet() news.Alert {
	d := digest()
	d.Stories, d.Reports, d.Sick, d.Almost, d.Muted = nil, 0, nil, nil, nil
	d.States = news.StateCounts{news.FeedFresh: 64}
	return news.Alert{ID: "digest/2026-08-22/slack", Channel: "slack", Kind: news.Daily, Digest: &d, DueAt: d.To}
}
