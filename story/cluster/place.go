package cluster

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/story/gist"
)

// A Spot is where a report belongs.
type Spot struct {
	Cluster *Cluster // nil for a new story
	Update  string   // the development of it that the report copies; "" for a new one
	Why     string
	Copied  string   // publisher of the text that the report copies, if it is a copy of one
	Article bool     // the report is an article that the story has, at another address or in another feed
	Linked  []string // for a new story: earlier ones of the same people
}

// Place returns where f belongs.
func (ix *Index) Place(f gist.Features) Spot {
	if at, ok := ix.same(f); ok {
		return at.orArticle(f)
	}
	best, linked := ix.nearest(f)
	if best.story != nil && best.score >= ix.weights.Thresholds.Join {
		return Spot{
			Cluster: best.story, Update: ix.Development(f, best.story),
			Why: best.reason(),
		}.orArticle(f)
	}
	if linked.story == nil || linked.timeless < ix.weights.Thresholds.Link {
		return Spot{}
	}
	return Spot{Linked: []string{linked.story.ID}, Why: fmt.Sprintf("akin to %q, but not the same", linked.story.Headline)}
}

// reason returns why a report is of the story it is like. What two reports have
// in common may be nothing that people would write: the rules that found them,
// the time, a country without a name in either.
func (l likeness) reason() string {
	if l.why == "" {
		return fmt.Sprintf("like %q", l.story.Headline)
	}
	return fmt.Sprintf("like %q: both tell of %s", l.story.Headline, l.why)
}

// An edit tells of another event if its text is no more like the story than
// that of any other report of another event, and its title has little in
// common with what it was, or both are about countries and none is the same.
const keptOfTitle = 1.0 / 3

// IsOther reports whether f, an edited report of cl, tells of another event now.
func (ix *Index) IsOther(f gist.Features, cl *Cluster) bool {
	l := ix.like(f, cl)
	if l.score >= ix.weights.Thresholds.Join {
		return false
	}
	for _, m := range cl.members {
		if m.gist.Item == f.Gist.Item {
			return l.strangers || gist.CommonWords(m.gist.Title, f.Gist.Title) < keptOfTitle
		}
	}
	return l.strangers
}

// atOnce is within which time one outlet publishes an article at two
// addresses: it corrects a slug, or files it under two heads.
const atOnce = 12 * time.Hour

// orArticle returns at, or where the article of f is if the story has that.
func (at Spot) orArticle(f gist.Features) Spot {
	if m := at.Cluster.article(f); m != nil && !at.Article {
		return Spot{Cluster: at.Cluster, Update: m.gist.Update, Article: true, Why: "the same article, at another address"}
	}
	return at
}

// article returns the report of cl that is the article of f at another address:
// of the same outlet, of the same countries, of the same time and with the same
// title but for a slip of the pen; nil if there is none.
func (cl *Cluster) article(f gist.Features) *member {
	for _, m := range cl.members {
		if m.gist.Item != f.Gist.Item && m.gist.Publisher == f.Gist.Publisher && f.Gist.At.Sub(m.gist.At).Abs() <= atOnce &&
			sameTitle(m.gist.Title, f.Gist.Title) && slices.Equal(m.gist.Places, f.Gist.Places) {
			return m
		}
	}
	return nil
}

// sameTitle reports whether two titles have the same words but for one letter
// of one of them, which is long enough for a slip to be likelier than another
// word.
func sameTitle(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) || len(x) == 0 {
		return false
	}
	slips := 0
	for i := range x {
		switch {
		case x[i] == y[i]:
		case slips == 0 && isSlip([]rune(x[i]), []rune(y[i])):
			slips++
		default:
			return false
		}
	}
	return true
}

// isSlip reports whether a and b, words of six letters or more, differ in one
// letter that is missing, too many, another, or in two that changed places.
func isSlip(a, b []rune) bool {
	const long = 6
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < long || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	if slices.Equal(a[i+1:], b[i+1:]) {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}
