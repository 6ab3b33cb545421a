package find

import (
	"cmp"
	"embed"
	"errors"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/coupwatch/coupwatch/web/chart"
	"github.com/coupwatch/coupwatch/web/sheet"
)

//go:embed templates
var templates embed.FS

//go:embed find.css
var style []byte

// A Room is the page, ready to be served.
type Room struct {
	sheet   *sheet.Sheet
	archive Archive
	pages   sheet.Pages
}

// New returns the room of an archive, and adds its tab to the sheet.
func New(s *sheet.Sheet, archive Archive) *Room {
	s.AddFile("find.css", style)
	s.AddTab(sheet.Tab{Path: "/search", Name: "Search", Place: 30})
	return &Room{s, archive, s.Pages(templates, template.FuncMap{"labels": labels})}
}

// Doors returns what is served.
func (r *Room) Doors() []sheet.Door {
	return []sheet.Door{{Pattern: "GET /search", Handler: http.HandlerFunc(r.search)}}
}

// A view is the page of one search.
type view struct {
	sheet.Frame
	Ask
	Problem  string // with the address
	Wrong    []wrong
	Asked    bool
	Found    Result
	Groups   []group
	Chips    []chip
	Facets   []facet
	Chart    template.HTML
	Span     string // of days that the chart shows
	Examples []example

	First, Further string // addresses of other pages, "" for none
}

// A wrong is a piece of a query, with what is wrong with it.
type wrong struct {
	Before, Place, After string
	Says                 string
}

// A group are items of one story, or one that is in none.
type group struct {
	Item
	More []Item
}

// A chip is something that is asked for beside the text.
type chip struct{ Label, Text, Away string }

// A facet is a list of what else can be asked for.
type facet struct {
	Label  string
	Values []choice
}

type choice struct {
	Value
	Address string
	Chosen  bool
}

type example struct {
	Example
	Address string
}

func (r *Room) search(w http.ResponseWriter, req *http.Request) {
	v := view{Frame: r.sheet.Frame(req, "Search", "/search")}
	v.Styles = []string{"find.css"}
	code := http.StatusOK
	ask, err := ParseAsk(req.URL.Query())
	if err != nil {
		v.Problem, code = err.Error(), http.StatusBadRequest
	}
	v.Ask = ask
	if ask.Text == "" {
		for _, x := range r.archive.Examples() {
			v.Examples = append(v.Examples, example{x, ask.address(keyText, x.Query)})
		}
		r.pages.Show(w, "search.html", code, v)
		return
	}
	v.Title = ask.Text + " · Search"
	found, err := r.archive.Search(req.Context(), ask)
	var mistakes Mistakes
	switch {
	case errors.As(err, &mistakes):
		v.Wrong = told(ask.Text, mistakes)
	case err != nil:
		r.sheet.Down(w, req, err)
		return
	default:
		r.fill(&v, found)
	}
	r.pages.Show(w, "search.html", code, v)
}

// fill puts what was found into a view.
func (r *Room) fill(v *view, found Result) {
	v.Found, v.Asked, v.Groups = found, true, groups(found.Items)
	texts := map[part]string{}
	for _, f := range found.Facets {
		shown := facet{Label: labels(f.Key)}
		for _, x := range f.Values {
			p := part{f.Key, x.Value}
			texts[p] = x.Text
			c := choice{x, v.address(f.Key, x.Value), slices.Contains(v.parts(), p)}
			shown.Values = append(shown.Values, c)
		}
		if len(shown.Values) > 0 {
			v.Facets = append(v.Facets, shown)
		}
	}
	for _, p := range v.parts() {
		v.Chips = append(v.Chips, chip{labels(p.Key), cmp.Or(texts[p], p.Value), v.address(p.Key, "")})
	}
	v.Chart, v.Span = drawn(found.Days)
	if v.Before > 0 {
		v.First = v.address("", "")
	}
	if found.Next > 0 {
		v.Further = v.address(keyBefore, strconv.FormatInt(found.Next, 10))
	}
}

// labels returns what people call a key of an address.
func labels(key string) string {
	return map[string]string{
		keyLanguage: "Language", keyCountry: "Country", keyFeed: "Feed", keyRule: "Rule", keyTold: "Told", keyFrom: "From", keyTo: "To",
	}[key]
}

// groups returns items by their stories, in the order of the first of each.
func groups(items []Item) (all []group) {
	of := map[string]int{}
	for _, it := range items {
		at, known := of[it.Story]
		if it.Story == "" || !known {
			of[it.Story] = len(all)
			all = append(all, group{Item: it})
			continue
		}
		all[at].More = append(all[at].More, it)
	}
	return all
}

// told returns a query with its mistakes, each with the place where it is.
func told(text string, mistakes Mistakes) (all []wrong) {
	for _, m := range mistakes {
		from := start(text, min(max(m.From, 0), len(text)))
		to := start(text, min(max(m.To, from), len(text)))
		all = append(all, wrong{shortened(text[:from], true), text[from:to], shortened(text[to:], false), m.String()})
	}
	return all
}

// shortened returns the end or the beginning of what stands around a mistake.
func shortened(text string, end bool) string {
	const most = 80
	r := []rune(text)
	switch {
	case len(r) <= most:
		return text
	case end:
		return "…" + string(r[len(r)-most:])
	}
	return string(r[:most]) + "…"
}

// drawn draws numbers a day, or a week or more if there are many days, and says
// what is drawn.
func drawn(days []Day) (template.HTML, string) {
	if len(days) < 2 {
		return "", ""
	}
	const bars = 90
	first, last := days[len(days)-1].Date, days[0].Date
	all := int(last.Sub(first)/(24*time.Hour)) + 1
	each := (all + bars - 1) / bars
	counts := make([]int, (all+each-1)/each)
	for _, d := range days {
		fromLast := int(last.Sub(d.Date) / (24 * time.Hour))
		counts[len(counts)-1-fromLast/each] += d.N
	}
	what := "a day"
	if each == 7 {
		what = "a week"
	} else if each > 1 {
		what = "in " + strconv.Itoa(each) + " days"
	}
	first = last.AddDate(0, 0, 1-each*len(counts))
	return chart.Counts(counts, first.Format("2 Jan 2006"), last.Format("2 Jan 2006")), what
}
