package bench

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/census"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// One is all that is known of an entry.
type One struct {
	Row
	Why    string   `json:"why,omitempty"` // what a rule looks for
	Text   string   `json:"text"`          // as it is written
	Unmet  []string `json:"never_found,omitempty"`
	Often  []Term   `json:"found,omitempty"` // the terms that most items had
	UsedBy []string `json:"used_by,omitempty"`
	ByHand string   `json:"-"` // why it cannot be edited on the page
}

// A Term is one of an entry, and in how many items it was found.
type Term struct {
	Text  string `json:"term"`
	Items int    `json:"items"`
}

// One returns what is known of the entry called ref, and whether there is one.
func (b *Room) One(ctx context.Context, ref string) (One, bool, error) {
	s, err := b.files()
	if err != nil {
		return One{}, false, err
	}
	e, found := entry(s, ref)
	if !found {
		return One{}, false, nil
	}
	grades, err := b.grades(ctx, e.Section)
	if err != nil {
		return One{}, false, err
	}
	c, days := b.look()
	x := One{Row: b.row(e, c, grades), Text: e.Text, ByHand: e.ByHand, UsedBy: users(s, e)}
	x.Days = days
	if e.Section == "rules" {
		x.Why = b.o.Rules().Looks(e.Name)
	}
	x.addTerms(c)
	return x, true, nil
}

// entry returns the entry called ref; "rule:bench" is the rule of that name, which
// has no other way to its page.
func entry(s *matcher.Sources, ref string) (matcher.Entry, bool) {
	return s.Entry(strings.TrimPrefix(ref, "rule:"))
}

// mostTerms is how many terms that were found a page shows, and how many that were
// not.
const mostTerms, mostUnmet = 20, 300

// addTerms adds which terms were found, and which were not.
func (x *One) addTerms(c *census.Census) {
	if c == nil {
		return
	}
	terms, items := c.Terms(x.Ref)
	for i, t := range terms {
		if items[i] == 0 {
			x.Unmet = append(x.Unmet, t)
		} else {
			x.Often = append(x.Often, Term{t, items[i]})
		}
	}
	slices.SortStableFunc(x.Often, func(a, b Term) int { return b.Items - a.Items })
}

// users returns what names an entry in its text: what asks for it.
func users(s *matcher.Sources, e matcher.Entry) (refs []string) {
	if e.Section == "rules" {
		return nil
	}
	name := e.Ref()
	if e.Section == "points" {
		name = "$" + e.Name
	}
	named := regexp.MustCompile(regexp.QuoteMeta(name) + `(?:[^\pL\pN\pM_-]|[-_][^\pL\pN\pM]|$)`)
	for _, other := range s.Entries() {
		if other.Name != "" && other.Place() != e.Place() && strings.Contains(other.Text, name) && named.MatchString(other.Text) && !slices.Contains(refs, other.Ref()) {
			refs = append(refs, other.Ref())
		}
	}
	return refs
}

// A oneView is the page of an entry.
type oneView struct {
	sheet.Frame
	One
	Saved bool // it was just saved
}

// MoreUnmet returns how many terms that were never found are not shown.
func (v oneView) MoreUnmet() int { return max(0, len(v.Unmet)-mostUnmet) }

// Shown returns the first terms that were never found.
func (v oneView) Shown() []string { return v.Unmet[:min(len(v.Unmet), mostUnmet)] }

// Top returns the terms that most items had.
func (v oneView) Top() []Term { return v.Often[:min(len(v.Often), mostTerms)] }

// one answers with the page of an entry.
func (b *Room) one(w http.ResponseWriter, r *http.Request) {
	if _, err := b.files(); err != nil {
		b.unread(w, r, err)
		return
	}
	ref := r.PathValue("ref")
	x, found, err := b.One(r.Context(), ref)
	switch {
	case err != nil:
		b.o.Sheet.Down(w, r, err)
	case !found:
		b.o.Sheet.Nothing(w, r, http.StatusNotFound, "No rule, list or entity is called "+ref+"."+b.meant(ref))
	default:
		b.pages.Show(w, "rule.html", http.StatusOK, oneView{b.frame(r, x.Title, "/rules"), x, r.FormValue("saved") != ""})
	}
}

// meant says what is called nearly so.
func (b *Room) meant(ref string) string {
	s, err := b.files()
	if err != nil {
		return ""
	}
	var known []string
	for _, e := range s.Entries() {
		known = append(known, e.Ref())
	}
	if near := matcher.Nearest(ref, known); near != "" {
		return " Did you mean " + near + "?"
	}
	return ""
}

// pageOf returns the path of an entry's page.
func pageOf(ref string) string {
	if ref == "bench" {
		ref = "rule:" + ref
	}
	return "/rules/" + url.PathEscape(ref)
}

// percent writes a share.
func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

// rate writes how often something is a day.
func rate(n float64) string {
	switch {
	case n == 0:
		return "0"
	case n < 0.095:
		return "< 0.1"
	case n < 10:
		return fmt.Sprintf("%.1f", n)
	}
	return fmt.Sprintf("%.0f", n)
}

// signed writes a difference of alerts a day in words: "0.4 more", "no more and no
// fewer".
func signed(before, after float64) string {
	d := after - before
	switch {
	case math.Abs(d) < 0.005:
		return "no more and no fewer"
	case d < 0:
		return fmt.Sprintf("%.2g fewer", -d)
	}
	return fmt.Sprintf("%.2g more", d)
}
