package web_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
)

// A desk is an archive that knows everything.
type desk struct {
	records
	untold map[string]string
	wrong  []string
	sent   []web.Delivery
	kept   *[]news.View // saved views
}

func (d desk) Views(context.Context) ([]news.View, error) { return *d.kept, d.err }

func (d desk) SaveView(_ context.Context, v news.View) (bool, error) {
	if len(*d.kept) == 5 {
		return false, d.err
	}
	*d.kept = append(*d.kept, v)
	return true, d.err
}

func (d desk) DropView(_ context.Context, name string) error {
	*d.kept = slices.DeleteFunc(*d.kept, func(v news.View) bool { return v.Name == name })
	return d.err
}

func (d desk) Untold(context.Context) (map[string]string, error)            { return d.untold, d.err }
func (d desk) Undelivered(context.Context) ([]web.Channel, error)           { return nil, d.err }
func (d desk) Wrong(context.Context) ([]string, error)                      { return d.wrong, d.err }
func (d desk) DeliveriesOf(context.Context, string) ([]web.Delivery, error) { return d.sent, d.err }

// events are what the crowd tells of: invented, in the scripts that a desk reads.
var events = []struct {
	title, quote, country, rule, entity string
	severity                            news.Severity
	status                              news.Status
}{
	{"Soldiers seize the broadcaster of Zamunda and declare the government dissolved", "“The council has taken power tonight”, a man in uniform read on the air.", "ml", "overthrow", "palace", news.Critical, news.Official},
	{"В Тольмине взбунтовалась Четвёртая бригада", "По словам жителей, солдаты отказались выполнять приказы и заперли полковника.", "ru", "mutiny", "brigade", news.High, news.Reported},
	{"قادة الجيش يجتمعون سراً وسط شائعات عن انقلاب وشيك في العاصمة", "قال مصدر إن الاجتماع استمر حتى الفجر.", "sd", "coup-rumour", "", news.High, news.Rumour},
	{"传闻称将军被带走调查，首都街头出现装甲车", "消息人士说，他自周二以来没有公开露面。", "cn", "purge", "", news.Medium, news.Claim},
	{"सेना प्रमुख की बर्खास्तगी के बाद राजधानी में सैनिक तैनात", "अधिकारियों ने इसे नियमित अभ्यास बताया।", "np", "purge", "", news.Medium, news.Reported},
	{"Officers in Zamunda plan to remove the president, exile says", "“The plan is ready”, Ann Example told The Herald.", "zm", "coup-rumour", "palace", news.High, news.Denied},
	{"Captain of the presidential guard asks for asylum abroad", "He crossed the border at night with his family, Wire One reports.", "ve", "defection", "palace", news.Medium, news.Claim},
	{"Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung: generals of the river fleet dismissed without a word", "", "de", "purge", "", news.Medium, news.Official},
	{"Parliament of the islands dissolved by decree; opposition calls it a coup", "The decree came at noon.", "fj", "overthrow", "", news.High, news.Reported},
}

// crowd returns n stories of the last days, three of four of which people were
// told of, and feeds.
func crowd(n int, at time.Time) desk {
	d := desk{kept: &[]news.View{{Name: "Sahel, what is grave", Query: "severity=high&country=ml&country=ne", By: "ann"}, {Name: hostile + strings.Repeat("unbroken", 8), Query: "severity=medium&rule=purge&q=x", By: "ann"}}}
	for i := range n {
		e := events[i%len(events)]
		s := sample(at.Add(-time.Duration(i*i)*time.Minute - 10*time.Hour))
		s.ID, s.Headline, s.Severity, s.Status = fmt.Sprintf("s-%016x", i+1), e.title, e.severity, e.status
		s.Countries, s.Rules, s.Rule, s.Reports = []string{e.country}, []string{e.rule, "unrest"}, e.rule, 1+i*7%40
		s.Quote = news.Quote{Text: e.quote, Marks: []news.Mark{{Start: 0, End: len(e.quote) / 3}}, By: "The Herald"}
		if e.entity != "" {
			s.Entities = []string{e.entity}
		}
		s.Ladder = append(s.Ladder[:2:2], news.Step{Status: e.status, At: s.LastSeen, Publisher: "State Radio", Sentence: e.quote, Speaker: "a spokesman of the army"})
		if i%4 == 3 {
			s.Told, s.Notified, s.Severity = time.Time{}, nil, news.Low
		}
		d.stories = append(d.stories, s)
	}
	d.items = sampleItems(at.Add(-9 * time.Hour))
	d.sent = []web.Delivery{
		{Channel: "slack:C0123", Kind: news.New, Reason: "a new story that a rule calls high", At: at.Add(-9 * time.Hour), Arrived: true, State: "sent"},
		{Channel: "email:desk@desk.example", Kind: news.Escalation, Reason: "it is now told officially", At: at, State: "owed since 22 Aug 09:00, tried twice: the server refuses"},
		{Channel: "slack:C0123", Kind: news.Update, At: at.Add(-time.Hour), Arrived: true, State: "sent"},
		{Channel: "slack:C0123", Kind: news.Update, At: at.Add(-time.Hour), State: "given up: no such thread"},
		{Channel: "slack:C0123", Kind: news.Refresh, At: at, Arrived: true, State: "sent"},
	}
	if n > 1 {
		d.untold = map[string]string{d.stories[1].ID: "People should have heard of it since 09:00 and have not: the channel is archived."}
	}
	for i := range 12 {
		d.feeds = append(d.feeds, news.FeedState{Feed: news.Feed{Name: fmt.Sprintf("Wire %d", i), URL: "https://wire.example/" + strings.Repeat("long-path/", i), Language: []string{"en", "ru", "ar"}[i%3], Tags: []string{"exile"}}, Items: i * 40, LastGood: at, LastNew: at, NextAt: at, Size: 51_000})
	}
	d.feeds[3].Failures, d.feeds[3].Problem = 4, "HTTP 403: the server refuses programs; see docs/feeds.md"
	return d
}
