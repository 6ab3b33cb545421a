package web

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/web/board"
	"github.com/coupwatch/coupwatch/web/chart"
	"github.com/coupwatch/coupwatch/web/filter"
	"github.com/coupwatch/coupwatch/web/sheet"
)

const (
	aPage  = 20 // so many stories are shown at once
	folded = 12 // and so many of those that only the digest tells, beneath
)

// status is how the program does, as each page of stories says it.
type status struct {
	State
	overview
	Wrong  []string          // what is wrong besides
	untold map[string]string // why people have not heard of stories, by id
}

// status reads how the program does.
func (s site) status(ctx context.Context) (v status, err error) {
	v.State = s.state()
	if v.overview, err = s.seen.feeds(ctx, s.readFeeds); err != nil || s.deliveries == nil {
		return v, err
	}
	if v.untold, err = s.deliveries.Untold(ctx); err != nil {
		return v, err
	}
	v.Wrong, err = s.deliveries.Wrong(ctx)
	return v, err
}

// A glance is how the feeds were a moment ago: who looks at stories need not have
// each of thousands of feeds read anew.
type glance struct {
	mu sync.Mutex
	at time.Time
	of overview
}

// lately is for how long a glance holds.
const lately = 30 * time.Second

// feeds returns what read does, or did lately. Its maps are for reading only.
func (g *glance) feeds(ctx context.Context, read func(context.Context) (overview, error)) (overview, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if time.Since(g.at) < lately {
		return g.of, nil
	}
	of, err := read(ctx)
	if err == nil {
		g.at, g.of = time.Now(), of
	}
	return of, err
}

// An item is a story in a list.
type item struct {
	board.Card
	Untold string // why people have not heard of it, "" if they have or need not
	Now    time.Time
}

// items makes items of cards.
func (v status) items(cards []*board.Card, now time.Time) (all []item) {
	for _, c := range cards {
		all = append(all, item{*c, v.untold[c.ID], now})
	}
	return all
}

// listed are stories of which a page shows a part.
type listed struct {
	Shown []item
	All   int // how many there are
	Page  int // from 1
}

// First and Last return the numbers of those shown, from 1.
func (l listed) First() int { return (l.Page-1)*aPage + 1 }

func (l listed) Last() int { return min(l.Page*aPage, l.All) }

// nowView is what the first page shows to one reader.
type nowView struct {
	sheet.Frame
	nowParts
	Chips []chip
	Views []savedView
	Saves bool // who looks at it may keep what it shows under a name
}

// nowParts are what of the first page is the same for all who ask for the same: the
// stories, and the form and pictures beside them.
type nowParts struct {
	Main, Beside template.HTML
}

// nowLists are what these parts show.
type nowLists struct {
	status
	Now      time.Time
	UpTo     int64 // the version of the stories
	Query    string
	Asks     bool // it can be asked why an item was told or not
	Filter   filter.Filter
	Since    string // for how long back
	Chips    []chip
	Choices  []choice
	Stories  listed
	Digest   []item // the first of those that only the digest tells
	Others   int    // how many these are
	Days     template.HTML
	World    template.HTML
	Earlier  string // where earlier and later stories are, "" if there are none
	Later    string
	ToldOnly string // the addresses of the two kinds of story alone
	RestOnly string
}

// now answers with what matters now.
func (s site) now(w http.ResponseWriter, r *http.Request) {
	f, err := filter.Parse(r.URL.Query())
	if err != nil {
		s.sheet.Nothing(w, r, http.StatusBadRequest, err.Error())
		return
	}
	if r.URL.Query().Has("add") { // the form was sent: what it left open is not for the address
		http.Redirect(w, r, "/"+f.Query(), http.StatusSeeOther)
		return
	}
	number, err := strconv.Atoi(r.FormValue("page"))
	if err != nil || number < 1 || number > 1000 {
		number = 1
	}
	v := nowView{Frame: s.living(r, "Now", "/"), Chips: s.chips(f)}
	v.Query, v.Saves = f.Query(), s.views != nil && v.Changes()
	if v.nowParts, err = s.nowParts(r.Context(), f, number, v.UpTo); err == nil {
		v.Views, err = s.readViews(r.Context(), f)
	}
	if err != nil {
		s.sheet.Down(w, r, err)
		return
	}
	s.pages.Show(w, "now.html", http.StatusOK, v)
}

// nowParts returns what the page shows to everybody, of stories up to a version.
func (s site) nowParts(ctx context.Context, f filter.Filter, page int, version int64) (nowParts, error) {
	key := fmt.Sprintf("now %d %d %s", version, page, f.Query())
	parts, err := s.moment.get(ctx, key, func(ctx context.Context) (any, error) {
		v := nowLists{Now: time.Now().UTC(), UpTo: version, Query: f.Query(), Asks: s.records != nil, Filter: f}
		if err := s.fill(ctx, &v, page); err != nil {
			return nil, err
		}
		return s.partsOf(v)
	})
	if err != nil {
		return nowParts{}, err
	}
	return parts.(nowParts), nil
}

// partsOf writes the parts.
func (s site) partsOf(v nowLists) (parts nowParts, err error) {
	var page bytes.Buffer
	if err := s.pages.Write(&page, "now-main", v); err != nil {
		return parts, err
	}
	parts.Main = template.HTML(page.String()) // as a template made it
	page.Reset()
	err = s.pages.Write(&page, "now-beside", v)
	parts.Beside = template.HTML(page.String())
	return parts, err
}

// fill finds what is to be shown.
func (s site) fill(ctx context.Context, v *nowLists, page int) (err error) {
	if v.status, err = s.status(ctx); err != nil {
		return err
	}
	all, err := s.board.Find(ctx, v.Filter, shown, v.Now)
	if err != nil {
		return err
	}
	main, rest := all, []*board.Card(nil)
	if v.Filter.Told == "" {
		main, rest = parted(all)
	}
	v.Since = sheet.Back(cmp.Or(v.Filter.Since, shown))
	v.Stories.All, v.Stories.Page = len(main), page
	from := min((page-1)*aPage, len(main))
	v.Stories.Shown = v.items(main[from:min(from+aPage, len(main))], v.Now)
	v.Digest, v.Others = v.items(rest[:min(folded, len(rest))], v.Now), len(rest)
	v.Days = days(all, cmp.Or(v.Filter.Since, shown), v.Now)
	v.World = chart.World(s.sheet.Asset("world.svg"), spots(main), false)
	v.Chips = s.chips(v.Filter)
	v.ToldOnly, v.RestOnly = "/"+v.Filter.With(filter.ToldKey, "yes"), "/"+v.Filter.With(filter.ToldKey, "no")
	v.turn(from)
	v.Choices, err = s.choices(ctx, v.Filter, v.overview, v.Now)
	return err
}

// turn says where the pages beside this one are.
func (v *nowLists) turn(from int) {
	page := func(n int) string {
		if n == 1 {
			return "/" + v.Query
		}
		return "/" + v.Query + string("?&"[min(1, len(v.Query))]) + "page=" + strconv.Itoa(n)
	}
	if v.Stories.Page > 1 {
		v.Later = page(v.Stories.Page - 1)
	}
	if from+aPage < v.Stories.All {
		v.Earlier = page(v.Stories.Page + 1)
	}
}

// parted returns the stories that people were told of, and the others.
func parted(all []*board.Card) (told, rest []*board.Card) {
	for _, c := range all {
		if c.Told.IsZero() {
			rest = append(rest, c)
		} else {
			told = append(told, c)
		}
	}
	return told, rest
}

// days draws how many stories each day had, and of how many people were told;
// nothing for less than three days.
func days(all []*board.Card, back time.Duration, now time.Time) template.HTML {
	n := int(back / (24 * time.Hour))
	if n < 3 {
		return ""
	}
	bars := make([]chart.Bar, n)
	for i := range bars {
		bars[i].Label = now.AddDate(0, 0, i-n+1).Format("2")
		if n > 8 && i%5 != 0 {
			bars[i].Label = ""
		}
	}
	midnight := now.Truncate(24 * time.Hour).Add(24 * time.Hour)
	for _, c := range all {
		if i := n - 1 - int(midnight.Sub(c.LastSeen)/(24*time.Hour)); i >= 0 && i < n {
			bars[i].N++
			if !c.Told.IsZero() {
				bars[i].Mark++
			}
		}
	}
	return chart.Bars(bars)
}

// spots returns where the stories are.
func spots(cards []*board.Card) (all []chart.Spot) {
	for _, c := range cards {
		for _, code := range c.Where()[:min(1, len(c.Where()))] { // about which it is most
			i := slices.IndexFunc(all, func(s chart.Spot) bool { return s.Code == code })
			if i < 0 {
				i = len(all)
				all = append(all, chart.Spot{Code: code})
			}
			all[i].Stories++
			all[i].Severity = max(all[i].Severity, c.Severity)
		}
	}
	return all
}
