package web

import (
	"cmp"
	"context"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/board"
	"github.com/coupwatch/coupwatch/web/chart"
	"github.com/coupwatch/coupwatch/web/filter"
	"github.com/coupwatch/coupwatch/web/sheet"
)

const (
	onWall   = 48 * time.Hour // for how long back the wall shows stories if nothing else is asked
	inColumn = 6              // so many stories a column has
)

// A column is one of the wall.
type column struct {
	Title string
	Class string // "critical", "region"
	Shown []item
	More  int // stories that have no room
}

// wallView is what the wall shows.
type wallView struct {
	sheet.Frame
	status
	Columns []column
	World   template.HTML
	Days    template.HTML // of the last week, whatever is asked for besides
	Spots   []chart.Spot  // the countries with most stories
	Since   string
	Told    int
}

// wall answers with the wall: columns by severity, or by region with by=region.
func (s site) wall(w http.ResponseWriter, r *http.Request) {
	f, err := filter.Parse(r.URL.Query())
	if err != nil {
		s.sheet.Nothing(w, r, http.StatusBadRequest, err.Error())
		return
	}
	v := wallView{Frame: s.living(r, "Wall", "/wall"), Since: sheet.Back(cmp.Or(f.Since, onWall))}
	f.Told = filter.Yes
	if v.status, err = s.status(r.Context()); err == nil {
		err = s.hang(r.Context(), &v, f, r.FormValue("by") == "region")
	}
	if err != nil {
		s.sheet.Down(w, r, err)
		return
	}
	s.pages.Show(w, "wall.html", http.StatusOK, v)
}

// hang puts stories on the wall.
func (s site) hang(ctx context.Context, v *wallView, f filter.Filter, byRegion bool) error {
	cards, err := s.board.Find(ctx, f, onWall, v.Now)
	if err != nil {
		return err
	}
	where := spots(cards)
	v.Told, v.World = len(cards), chart.World(s.sheet.Asset("world.svg"), where, true)
	slices.SortStableFunc(where, func(a, b chart.Spot) int { return cmp.Or(b.Stories-a.Stories, int(b.Severity-a.Severity)) })
	v.Spots = sheet.First(8, where)
	f.Told, f.Since = "", shown
	week, err := s.board.Find(ctx, f, shown, v.Now)
	if err != nil {
		return err
	}
	v.Days = days(week, shown, v.Now)
	columnOf := func(c *board.Card) column { return column{Title: c.Severity.String(), Class: c.Severity.String()} }
	if byRegion {
		columnOf = func(c *board.Card) column { return column{Title: regionOf(c.Story), Class: "region"} }
	}
	for _, c := range cards {
		col := columnOf(c)
		i := slices.IndexFunc(v.Columns, func(x column) bool { return x.Title == col.Title })
		if i < 0 {
			i = len(v.Columns)
			v.Columns = append(v.Columns, col)
		}
		if len(v.Columns[i].Shown) == inColumn {
			v.Columns[i].More++
			continue
		}
		v.Columns[i].Shown = append(v.Columns[i].Shown, v.items([]*board.Card{c}, v.Now)...)
	}
	if !byRegion {
		slices.SortStableFunc(v.Columns, func(a, b column) int { return int(b.Shown[0].Severity - a.Shown[0].Severity) })
	}
	return nil
}

// regions are those of the United Nations, by which a wall may be divided.
var regions = []struct{ name, code string }{
	{"Africa", "002"}, {"Americas", "019"}, {"Western Asia", "145"}, {"Asia", "142"}, {"Europe", "150"}, {"Oceania", "009"},
}

// regionOf returns in which region a story is.
func regionOf(s news.Story) string {
	for _, code := range s.Where() {
		country, err := language.ParseRegion(strings.ToUpper(code))
		if err != nil {
			continue
		}
		for _, r := range regions {
			if language.MustParseRegion(r.code).Contains(country) {
				return r.name
			}
		}
	}
	return "Elsewhere"
}
