package bench

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/census"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// A Row is what is known of a rule, list, group, entity or table of points.
type Row struct {
	Ref      string        `json:"ref"` // "coup", "$coup", "@beseda"
	Kind     string        `json:"kind"`
	Title    string        `json:"title"`
	Severity news.Severity `json:"severity,omitzero"` // of a rule
	Place    string        `json:"place"`             // file:line
	Count    Count         `json:"count"`
	Never    int           `json:"never"` // of its terms, that no item had
	Terms    int           `json:"terms"`
	Unused   bool          `json:"unused,omitempty"` // nothing asks for it
	Grade    Grade         `json:"grade"`
	Counts   bool          `json:"-"` // it is looked for by itself, so that it is counted
	Days     int           `json:"-"` // that were counted
}

// Line returns the items of the days that were counted, today last.
func (r Row) Line() []int { return r.Count.Days[census.Days-r.Days:] }

// ADay returns in how many items a day something was found.
func (r Row) ADay() float64 {
	if r.Days == 0 {
		return 0
	}
	return float64(r.Count.Items) / float64(r.Days)
}

// Last returns the latest item in which something was found; nil if there is none.
func (r Row) Last() *census.Hit {
	if len(r.Count.Latest) == 0 {
		return nil
	}
	return &r.Count.Latest[0]
}

// kinds are what entries are called, by the section in which they stand.
var kinds = map[string]string{"rules": "rule", "lists": "list", "groups": "group", "entities": "entity", "points": "table of points"}

// sections are those that have rows of their own on the page.
var sections = []string{"rules", "lists", "entities", "groups", "points"}

// An Index is the rows of a section.
type Index struct {
	Section string `json:"section"`
	Items   int    `json:"items"` // that were counted
	Days    int    `json:"days"`  // of them
	Rows    []Row  `json:"rows"`
}

// Index returns what is known of each entry of a section: "rules", "lists",
// "entities", "groups" or "points", in the order in which they stand.
func (b *Room) Index(ctx context.Context, section string) (Index, error) {
	s, err := b.files()
	if err != nil {
		return Index{}, err
	}
	grades, err := b.grades(ctx, section)
	if err != nil {
		return Index{}, err
	}
	c, days := b.look()
	x := Index{Section: section, Days: days}
	if c != nil {
		_, x.Items = c.Items()
	}
	for _, e := range s.Entries() {
		if e.Section == section && e.Name != "" {
			r := b.row(e, c, grades)
			r.Days = days
			x.Rows = append(x.Rows, r)
		}
	}
	return x, nil
}

func (b *Room) grades(ctx context.Context, section string) (map[string]Grade, error) {
	if b.o.Grades == nil || section != "rules" {
		return nil, nil
	}
	return b.o.Grades(ctx)
}

// row returns what is known of an entry.
func (b *Room) row(e matcher.Entry, c *census.Census, grades map[string]Grade) Row {
	rules := b.o.Rules()
	r := Row{Ref: e.Ref(), Kind: kinds[e.Section], Title: e.Ref(), Place: b.place(e)}
	switch e.Section {
	case "rules":
		r.Title, r.Grade, r.Severity = rules.Title(e.Name), grades[e.Name], rules.Severity(e.Name)
	case "entities":
		r.Title = rules.EntityName(e.Name)
	}
	if r.Counts = slices.Contains([]string{"rules", "lists", "entities"}, e.Section); c == nil || !r.Counts {
		return r
	}
	r.Count = c.Of(r.Ref)
	r.Never, r.Terms = c.Never(r.Ref)
	r.Unused = e.Section == "lists" && !c.Asked(r.Ref)
	return r
}

// place returns where an entry stands, as "rules/fall.yaml:12".
func (b *Room) place(e matcher.Entry) string { return fmt.Sprintf("%s:%d", b.short(e.File), e.Line) }

// short returns the path of a file of rules from the folder of rules.yaml.
func (b *Room) short(file string) string {
	folder := b.o.Path[:strings.LastIndexAny(b.o.Path, `/\`)+1]
	return strings.TrimPrefix(file, folder)
}

// mostRows is how many rows one page has.
const mostRows = 75

// An indexView is what the page of rules shows.
type indexView struct {
	sheet.Frame
	Index
	Ways   []way // to the other sections
	Asked  string
	Sort   string
	Total  int
	Before string // the addresses of the pages before and after, "" if there are none
	After  string
	Whole  int // days that are to be counted
}

// A way leads to a section.
type way struct {
	Name string
	Here bool
}

// index answers with what the entries of a section bring.
func (b *Room) index(w http.ResponseWriter, r *http.Request) {
	section := cmp.Or(r.FormValue("show"), "rules")
	if !slices.Contains(sections, section) {
		b.o.Sheet.Nothing(w, r, http.StatusNotFound, "There are rules, lists, entities, groups and points, and nothing called "+strconv.Quote(section)+".")
		return
	}
	if _, err := b.files(); err != nil {
		b.unread(w, r, err)
		return
	}
	x, err := b.Index(r.Context(), section)
	if err != nil {
		b.o.Sheet.Down(w, r, err)
		return
	}
	v := indexView{Frame: b.frame(r, "Rules", "/rules"), Index: x, Asked: strings.TrimSpace(r.FormValue("q")), Sort: r.FormValue("sort"), Whole: census.Days}
	for _, s := range sections {
		v.Ways = append(v.Ways, way{s, s == section})
	}
	v.Rows = slices.DeleteFunc(v.Rows, func(r Row) bool { return !r.has(v.Asked) })
	switch v.Sort {
	case "most":
		slices.SortStableFunc(v.Rows, func(a, b Row) int { return b.Count.Items - a.Count.Items })
	case "least":
		slices.SortStableFunc(v.Rows, func(a, b Row) int { return a.Count.Items - b.Count.Items })
	default:
		v.Sort = ""
	}
	v.Total = len(v.Rows)
	v.cut(r)
	b.pages.Show(w, "rules.html", http.StatusOK, v)
}

// has reports whether what is asked for is in the name or title of a row.
func (r Row) has(asked string) bool {
	asked = strings.ToLower(asked)
	return strings.Contains(strings.ToLower(r.Ref+" "+r.Title), asked)
}

// cut leaves the rows of one page.
func (v *indexView) cut(r *http.Request) {
	from, err := strconv.Atoi(r.FormValue("from"))
	if err != nil || from < 0 || from >= v.Total {
		from = 0
	}
	at := func(from int) string {
		q := url.Values{"show": {v.Section}}
		for key, value := range map[string]string{"q": v.Asked, "sort": v.Sort} {
			if value != "" {
				q.Set(key, value)
			}
		}
		if from > 0 {
			q.Set("from", strconv.Itoa(from))
		}
		return "/rules?" + q.Encode()
	}
	if from > 0 {
		v.Before = at(max(0, from-mostRows))
	}
	if from+mostRows < v.Total {
		v.After = at(from + mostRows)
	}
	v.Rows = v.Rows[from:min(v.Total, from+mostRows)]
}

// frame returns what stands around a page of the room.
func (b *Room) frame(r *http.Request, title, here string) sheet.Frame {
	f := b.o.Sheet.Frame(r, title, here)
	f.Styles = []string{"bench.css"}
	return f
}
