package sources

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/numbers"
	"github.com/coupwatch/coupwatch/web/filter"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// aPage is how many feeds a page has: with much to say of each it stays below 60 kB.
const aPage = 75

// listView is what the list of feeds shows.
type listView struct {
	sheet.Frame
	Asked   filter.Feeds
	Word    string
	Counts  []count // of all feeds
	Chips   []chip
	Choices []choice
	Feeds   []*news.FeedState // of the page
	Found   int               // on all pages
	All     int
	Sick    int
	Wrong   int // in a state in which somebody should look after them
	First   int
	Last    int
	Before  string // address of the page before, "" for none
	After   string
	Says    string // what came of a form, "" for nothing
}

// A count is how many feeds are in a state.
type count struct {
	State news.State
	N     int
	Here  bool // it is asked for
}

// A chip is one thing that is asked for, to be taken away.
type chip struct{ Label, Text, Away string }

// A choice is one field of the form by which feeds are asked for.
type choice struct {
	Key, Label string
	Options    []option
}

type option struct {
	Value, Text string
	Chosen      bool
}

// labels are the parts of a filter as people know them.
var labels = map[string]string{filter.State: "State", filter.Tag: "Tag", filter.Language: "Language", filter.Country: "Told of", filter.Words: "Words"}

// feeds answers with how the feeds are, those with a problem first.
func (r *Room) feeds(w http.ResponseWriter, req *http.Request) {
	asked, err := filter.ParseFeeds(req.URL.Query())
	if err != nil {
		r.sheet.Nothing(w, req, http.StatusBadRequest, err.Error())
		return
	}
	if req.URL.Query().Has("show") { // the form was sent: what it left open is not for the address
		http.Redirect(w, req, "/feeds"+asked.Query(), http.StatusSeeOther)
		return
	}
	v := listView{Frame: r.frame(req, "Feeds"), Asked: asked, Word: strings.Join(asked.Words, " ")}
	if req.URL.Query().Has("removed") {
		v.Says = "The feed is out of the rules, and off this list in a few seconds. What was read of it stays."
	}
	if err := r.fill(req.Context(), &v, req.FormValue("page")); err != nil {
		r.sheet.Down(w, req, err)
		return
	}
	r.pages.Show(w, "feeds.html", http.StatusOK, v)
}

// fill puts the feeds that are asked for on a page, and how many there are.
func (r *Room) fill(ctx context.Context, v *listView, page string) error {
	all, err := r.archive.Feeds(ctx)
	if err != nil {
		return err
	}
	v.All = len(all)
	for i := range all {
		v.Sick += min(1, all[i].Sickness(v.Now))
		if all[i].State(v.Now).Wrong() {
			v.Wrong++
		}
	}
	v.Counts = counts(all, v.Asked, v.Now)
	v.Choices = choices(all, v.Asked)
	for _, p := range v.Asked.Parts() {
		v.Chips = append(v.Chips, chip{labels[p.Key], r.named(p), "/feeds" + v.Asked.Without(p)})
	}
	found, err := r.asked(ctx, all, v.Asked, v.Now)
	if err != nil {
		return err
	}
	v.turn(found, page)
	return nil
}

// named writes a part of a filter as people know it.
func (r *Room) named(p filter.Part) string {
	if p.Key == filter.Country {
		return r.sheet.Country(p.Value)
	}
	return p.Value
}

// asked returns those of feeds that are asked for, those with a problem first.
func (r *Room) asked(ctx context.Context, all []news.FeedState, asked filter.Feeds, now time.Time) (found []*news.FeedState, err error) {
	var about map[string]bool
	if len(asked.Countries) > 0 {
		if about, err = r.archive.FeedsAbout(ctx, asked.Countries); err != nil {
			return nil, err
		}
	}
	for i := range all {
		if f := &all[i]; asked.Matches(*f, now) && (about == nil || about[f.URL]) {
			found = append(found, f)
		}
	}
	news.WorstFirst(found, now)
	return found, nil
}

// turn puts those feeds into v that the page with a number has; the first one for
// what is no number.
func (v *listView) turn(found []*news.FeedState, number string) {
	pages := max(1, (len(found)+aPage-1)/aPage)
	page, err := strconv.Atoi(number)
	if err != nil {
		page = 1
	}
	page = min(max(page, 1), pages)
	from := (page - 1) * aPage
	v.Feeds, v.Found = found[from:min(from+aPage, len(found))], len(found)
	v.First, v.Last = from+1, from+len(v.Feeds)
	address := func(n int) string {
		query := v.Asked.Query()
		if n == 1 {
			return "/feeds" + query
		}
		return "/feeds" + query + string("?&"[min(1, len(query))]) + "page=" + strconv.Itoa(n)
	}
	if page > 1 {
		v.Before = address(page - 1)
	}
	if page < pages {
		v.After = address(page + 1)
	}
}

// counts returns how many feeds are in each state that there is, the gravest first.
func counts(all []news.FeedState, asked filter.Feeds, now time.Time) (out []count) {
	in := news.CountStates(all, now)
	for _, s := range slices.Backward(news.States) {
		if in[s] > 0 {
			out = append(out, count{s, in[s], slices.Contains(asked.States, s)})
		}
	}
	return out
}

// mostChoices is how many values a field of the form offers, the commonest.
const mostChoices = 40

// choices returns the form: the tags and languages of the feeds.
func choices(all []news.FeedState, asked filter.Feeds) []choice {
	tags, languages := map[string]int{}, map[string]int{}
	for _, f := range all {
		for _, t := range f.Tags {
			tags[t]++
		}
		if f.Language != "" {
			languages[f.Language]++
		}
	}
	return slices.DeleteFunc([]choice{
		{filter.Tag, "Tag", options(tags, asked.Tags)}, {filter.Language, "Language", options(languages, asked.Languages)},
	}, func(c choice) bool { return len(c.Options) == 0 })
}

// options returns the commonest values, in the order of the alphabet.
func options(counted map[string]int, chosen []string) (all []option) {
	values := slices.SortedFunc(maps.Keys(counted), func(a, b string) int { return cmp.Or(counted[b]-counted[a], strings.Compare(a, b)) })
	values = values[:min(mostChoices, len(values))]
	slices.Sort(values)
	for _, v := range values {
		all = append(all, option{v, v + " (" + numbers.Thousands(counted[v]) + ")", slices.Equal(chosen, []string{v})})
	}
	return all
}

// later returns the later of two times.
func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// short cuts a text that a list has no room for.
func short(s string) string {
	const most = 160
	if letters := []rune(s); len(letters) > most {
		return strings.TrimRight(string(letters[:most]), " ") + "…"
	}
	return s
}
