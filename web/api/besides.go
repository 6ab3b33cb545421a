package api

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
)

// A Refusal is an error that is told to whoever wanted something: what is wrong, and
// what may be done instead.
type Refusal string

// Error returns the refusal.
func (r Refusal) Error() string { return string(r) }

// A Desk does what people want with what others are told. A value of type any is served
// as it is written as JSON; an error that is no [Refusal] is for the log.
type Desk interface {
	// Handled returns what people said of a story.
	Handled(ctx context.Context, story string) (said any, found bool, err error)
	// Label keeps what somebody thinks of what people were told of a story, and
	// returns a sentence about it; Unlabel takes it back, and reports whether there
	// was something.
	Label(ctx context.Context, story, by string, relevant bool) (string, error)
	Unlabel(ctx context.Context, story, by string) (bool, error)
	// TakeOut takes a report out of a story, and returns what became of it.
	TakeOut(ctx context.Context, story, item, by string) (any, error)
	// Muted returns a list of what is muted.
	Muted(ctx context.Context) (any, error)
	// Mute mutes something, and returns a list of the mutes that hold it.
	Mute(ctx context.Context, m news.Mute) (any, error)
	// Unmute ends mutes, and reports whether there were any.
	Unmute(ctx context.Context, m news.Mute) (bool, error)
	// Outbox returns what is owed, and what became of the latest; what is empty is met
	// by all. So many alerts are passed over.
	Outbox(ctx context.Context, state, channel, story string, from int) (any, error)
	// Retry makes an alert due now, and Drop gives one up.
	Retry(ctx context.Context, id string) error
	Drop(ctx context.Context, id, by, why string) error
	// Digests returns a list of those that were sent.
	Digests(ctx context.Context) (any, error)
	// Digest returns one as a mail has it, "next" for the next one.
	Digest(ctx context.Context, key string) (text string, found bool, err error)
}

// A Finder searches what is stored. What it does not understand is a [Refusal].
type Finder interface {
	Search(ctx context.Context, query url.Values) (any, error)
}

// A Rulebook knows rules, lists and entities.
type Rulebook interface {
	// Index returns those of a section, one of [Sections].
	Index(ctx context.Context, section string) (any, error)
	// One returns one: "coup", "$coup", "@beseda".
	One(ctx context.Context, ref string) (one any, found bool, err error)
}

// An Audit knows what people changed.
type Audit interface {
	// Deeds returns the latest n.
	Deeds(ctx context.Context, n int) ([]news.Deed, error)
}

// besides returns the routes to what there is besides the archive.
func (a *API) besides() (routes []route) {
	if a.List != nil {
		routes = append(routes, route{"POST", "/feeds", a.addFeed}, route{"DELETE", "/feeds/{id}", a.removeFeed})
	}
	if a.Desk != nil {
		routes = append(routes,
			route{"GET", "/stories/{id}/said", a.said}, route{"POST", "/stories/{id}/label", a.label}, route{"DELETE", "/stories/{id}/label", a.unlabel}, route{"POST", "/stories/{id}/out", a.takeOut},
			route{"GET", "/mutes", a.mutes}, route{"POST", "/mutes", a.mute}, route{"DELETE", "/mutes/{kind}/{name}", a.unmute},
			route{"GET", "/outbox", a.outbox}, route{"POST", "/outbox/retry", a.retry}, route{"POST", "/outbox/drop", a.drop},
			route{"GET", "/digests", a.digests}, route{"GET", "/digests/{key}", a.digest})
	}
	if a.Finder != nil {
		routes = append(routes, route{"GET", "/search", a.search})
	}
	if a.Rules != nil {
		routes = append(routes, route{"GET", "/rules", a.rules}, route{"GET", "/rules/{ref}", a.rule})
	}
	if a.Audit != nil {
		routes = append(routes, route{"GET", "/audit", a.audit})
	}
	return routes
}

// search answers with the items that are asked for.
func (a *API) search(r *http.Request) (any, error) {
	return a.Finder.Search(r.Context(), r.URL.Query())
}

// Sections are those of the rules.
var Sections = []string{"rules", "lists", "entities", "groups", "points"}

// rules answers with those of a section.
func (a *API) rules(r *http.Request) (any, error) {
	section := cmp.Or(r.URL.Query().Get("section"), Sections[0])
	if !slices.Contains(Sections, section) {
		return nil, wrong("section: write %s", strings.Join(Sections, ", "))
	}
	return a.Rules.Index(r.Context(), section)
}

// rule answers with one.
func (a *API) rule(r *http.Request) (any, error) {
	one, found, err := a.Rules.One(r.Context(), r.PathValue("ref"))
	if err == nil && !found {
		err = unknown("the rules have no %q; write coup for a rule, $coup for a list, @beseda for an entity", r.PathValue("ref"))
	}
	return one, err
}

// mostDeeds is how many changes are served, the latest.
const mostDeeds = 500

// audit answers analysts with what people changed.
func (a *API) audit(r *http.Request) (any, error) {
	if who := gate.Of(r.Context()); !who.May(gate.Analyst) {
		return nil, problem{http.StatusForbidden, "only analysts may see what people changed"}
	}
	all, err := a.Audit.Deeds(r.Context(), mostDeeds)
	type deed struct {
		At   time.Time `json:"at"`
		Who  string    `json:"who"`
		From string    `json:"from"`
		What string    `json:"what"`
	}
	deeds := []deed{}
	for _, d := range all {
		deeds = append(deeds, deed(d))
	}
	return map[string]any{"deeds": deeds}, err
}
