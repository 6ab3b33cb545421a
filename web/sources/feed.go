package sources

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/numbers"
	"github.com/coupwatch/coupwatch/web/chart"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// How much of a feed its page shows.
const (
	lastItems = 30
	lastDays  = 30
)

// feedView is what the page of a feed shows.
type feedView struct {
	sheet.Frame
	news.FeedState
	Place    string   // where it stands in rules.yaml, "" if it does not any more
	Needs    []string // what it takes to read it
	Writable bool
	Items    []news.Taken
	Week     template.HTML
	WeekSays string
	Days     template.HTML
	DaysSay  string
	Says     string // what came of a form, "" for nothing
}

// feed answers with the page of a feed.
func (r *Room) feed(w http.ResponseWriter, req *http.Request) {
	f, found := r.one(w, req)
	if !found {
		return
	}
	v := feedView{Frame: r.frame(req, "Feed"), FeedState: f, Writable: r.list.Writable()}
	v.Title = sheet.Plain(cmp.Or(f.Name, f.URL))
	var listed news.Feed
	if listed, v.Place = r.list.Listed(f.URL); v.Place != "" {
		v.Needs = needs(listed)
	}
	if req.URL.Query().Has("asked") {
		v.Says = asking(f, v.Now)
	}
	if err := r.readFeed(req.Context(), &v); err != nil {
		r.sheet.Down(w, req, err)
		return
	}
	r.pages.Show(w, "feed.html", http.StatusOK, v)
}

// readFeed reads what the database has of a feed.
func (r *Room) readFeed(ctx context.Context, v *feedView) (err error) {
	if v.Items, err = r.archive.ItemsOfFeed(ctx, v.URL, lastItems); err != nil {
		return err
	}
	days, err := r.archive.DaysOfFeed(ctx, v.URL, v.Now, lastDays)
	if err != nil {
		return err
	}
	v.Days, v.DaysSay = drawDays(days, v.Now)
	week, known, err := r.archive.WeekOf(ctx, v.URL)
	if err == nil && known {
		v.Week, v.WeekSays = chart.Week(week), busiest(week)
	}
	return err
}

// asking says what becomes of a feed that was to be read now.
func asking(f news.FeedState, now time.Time) string {
	switch due := later(f.NextAt, f.HeldUntil); {
	case now.Sub(f.LastRead) < soon:
		return "It was read " + sheet.Age(now, f.LastRead) + "."
	case due.After(now.Add(soon)):
		return "It will be read at " + sheet.Clock(due) + " UTC: its server wants to be left alone until then."
	}
	return "It is due and will be read in a moment; load the page again to see what came."
}

// drawDays draws how many items came on each day, of which the last is of now, and
// says so.
func drawDays(days []int, now time.Time) (picture template.HTML, says string) {
	bars := make([]chart.Bar, len(days))
	sum, silent := 0, 0
	for i, n := range days {
		bars[i].N = n
		sum += n
		if n == 0 {
			silent++
		}
		if at := now.AddDate(0, 0, i-len(days)+1); i%5 == len(days)%5 {
			bars[i].Label = at.Format("2 Jan")
		}
	}
	if sum == 0 {
		return "", fmt.Sprintf("Nothing came in the last %d days.", len(days))
	}
	says = fmt.Sprintf("%s in the last %d days", sheet.Count(sum, "item"), len(days))
	if silent > 0 {
		says += fmt.Sprintf(", none on %s of them", numbers.Thousands(silent))
	}
	return chart.Bars(bars), says + "."
}

// weekdays are the days of a week as [chart.Week] has them.
var weekdays = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

// busiest says in words when most comes.
func busiest(week [7][24]float64) string {
	var days [7]float64
	var hours [24]float64
	sum := 0.0
	for d := range week {
		for h, n := range week[d] {
			days[d] += n
			hours[h] += n
			sum += n
		}
	}
	top, low, hour := 0, 0, 0
	for d := range days {
		if days[d] > days[top] {
			top = d
		}
		if days[d] < days[low] {
			low = d
		}
	}
	for h := range hours {
		if hours[h] > hours[hour] {
			hour = h
		}
	}
	return fmt.Sprintf("About %.0f times a week, what comes at once counted once; most on %ss, least on %ss, and of all hours most from %02d:00 to %02d:00 UTC.", sum, weekdays[top], weekdays[low], hour, (hour+1)%24)
}

// decided says in a few words what was decided of an item.
func decided(it news.Taken) string {
	switch {
	case it.Kind != "" && it.Status != 0:
		return string(it.Kind) + ", " + it.Status.String()
	case it.Kind != "":
		return string(it.Kind)
	case len(it.Matches) > 0:
		return "matched, in no story"
	}
	return "no rule"
}
