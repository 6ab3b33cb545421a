// Package sources is the pages of the feeds: how each is, found by state, tag,
// language, country and words; and one of them with its cadence, its last items and
// what was decided of them, to be read now. Feeds are found, added and removed here as
// by "coupwatch feeds", if rules.yaml may be changed from the page; else it says which
// lines to change.
package sources

import (
	"context"
	"embed"
	"html/template"
	"net/http"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/sheet"
)

//go:embed templates
var templates embed.FS

//go:embed static/sources.css
var style []byte

// An Archive knows feeds and their items.
type Archive interface {
	// Feeds returns the feeds that are read, sorted by name.
	Feeds(ctx context.Context) ([]news.FeedState, error)
	// ItemsOfFeed returns the n items of a feed that were first read last, the
	// latest first.
	ItemsOfFeed(ctx context.Context, url string, n int) ([]news.Taken, error)
	// DaysOfFeed returns how many items of a feed were first read on each of the n
	// days in UTC of which now is of the last.
	DaysOfFeed(ctx context.Context, url string, now time.Time, n int) ([]int, error)
	// WeekOf returns how many items of a feed are to be expected in each hour of
	// each day of the week, from Monday on, and whether that is known.
	WeekOf(ctx context.Context, url string) (week [7][24]float64, known bool, err error)
	// FeedsAbout returns the URLs of the feeds that brought a report of a story
	// about one of countries of late.
	FeedsAbout(ctx context.Context, countries []string) (map[string]bool, error)
	// ReadNow makes a feed due at now, and has whoever reads feeds look. It reports
	// whether it is one of those that are read.
	ReadNow(ctx context.Context, url string, now time.Time) (listed bool, err error)
}

// A List knows the feeds of rules.yaml. What its errors say is for whoever asked.
type List interface {
	// Listed returns a feed as rules.yaml has it, and where, such as
	// "rules.yaml:12"; place is "" if it is not there.
	Listed(url string) (f news.Feed, place string)
	// Writable reports whether the file may be changed from the page.
	Writable() bool
	// Find looks for the feeds of what somebody named: an address, a site, words.
	// The feeds that it finds are read as as says.
	Find(ctx context.Context, named string, as news.Feed) (Found, error)
	// Add writes a feed into the file, and returns as what and where.
	Add(ctx context.Context, f news.Feed) (name, place string, err error)
	// Lines returns what Add would write, and where: below which line.
	Lines(ctx context.Context, f news.Feed) (lines, place string, err error)
	// Remove takes a feed out of the file, and returns where it stood.
	Remove(ctx context.Context, url string) (place string, err error)
}

// Found is what came of a search for feeds. The zero value is nothing.
type Found struct {
	Candidates []Candidate // the best first
	Failed     []string    // what is named as a feed and is none, with the reason
	Advice     string      // where else to look, "" for nowhere
}

// A Candidate is a feed that was found.
type Candidate struct {
	URL      string
	Title    string
	Is       string   // format, language and pace in words
	Content  string   // how many items, and what they have
	Why      string   // how it was found, "" for the address itself
	Problems []string // what is wrong with it
	There    string   // where it stands in rules.yaml already, "" if it does not
	Items    []CandidateItem
}

// A CandidateItem is an item of a candidate, and by which rule it would be told.
type CandidateItem struct {
	Published time.Time // zero for unknown
	Title     string
	Rule      string // "" for none
}

// A Room is the pages of the feeds. Make it with [New].
type Room struct {
	archive Archive
	list    List
	sheet   *sheet.Sheet
	pages   sheet.Pages
}

// New returns the pages of the feeds of an archive and of a list.
func New(s *sheet.Sheet, archive Archive, list List) *Room {
	s.AddFile("sources.css", style)
	s.AddTab(sheet.Tab{Path: "/feeds", Name: "Feeds", Place: 40})
	r := &Room{archive: archive, list: list, sheet: s}
	r.pages = s.Pages(templates, template.FuncMap{"later": later, "grave": news.State.Wrong, "id": news.FeedID, "short": short, "decided": decided, "host": news.HostOf})
	return r
}

// Doors returns the pages and forms.
func (r *Room) Doors() []sheet.Door {
	form := func(f http.HandlerFunc) http.Handler { return gate.Analysts(f) }
	return []sheet.Door{
		{Pattern: "GET /feeds", Handler: http.HandlerFunc(r.feeds)},
		{Pattern: "GET /feeds/{id}", Handler: http.HandlerFunc(r.feed)},
		{Pattern: "GET /feeds/add", Handler: http.HandlerFunc(r.adding)},
		{Pattern: "POST /feeds/find", Handler: form(r.find)},
		{Pattern: "POST /feeds/add", Handler: form(r.add)},
		{Pattern: "POST /feeds/{id}/read", Handler: form(r.readNow)},
		{Pattern: "POST /feeds/{id}/remove", Handler: form(r.remove)},
	}
}

// frame is what stands around a page of the room.
func (r *Room) frame(req *http.Request, title string) sheet.Frame {
	f := r.sheet.Frame(req, title, "/feeds")
	f.Styles = []string{"sources.css"}
	return f
}

// one returns the feed whose page is asked for, and answers if there is none.
func (r *Room) one(w http.ResponseWriter, req *http.Request) (f news.FeedState, found bool) {
	all, err := r.archive.Feeds(req.Context())
	if err != nil {
		r.sheet.Down(w, req, err)
		return f, false
	}
	for _, f := range all {
		if news.FeedID(f.URL) == req.PathValue("id") {
			return f, true
		}
	}
	r.sheet.Nothing(w, req, http.StatusNotFound, "There is no such feed among those that are read. One that was added a moment ago is there in a few seconds.")
	return f, false
}
