package rulefile

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
	"github.com/coupwatch/coupwatch/news"
)

var (
	routeKeys    = []string{"to", "severity", "rules", "entities", "tags", "limit", "quiet"}
	quietKeys    = []string{"from", "to", "timezone"}
	digestKeys   = []string{"at", "timezone", "to", "empty"}
	channelKinds = []string{"slack", "email", "chat", "webhook", "console"}
)

// A pending route is one whose rules and entities are not known yet.
type pendingRoute struct {
	news.Route
	entities []member
}

// route reads an entry of routes.
func (r *reader) route(i int, n *yaml.Node) {
	what := fmt.Sprintf("route %d", i+1)
	out := pendingRoute{Route: news.Route{Severity: defaultSeverity, Limit: defaultLimit}}
	r.Fields(n, what, routeKeys, func(key string, v *yaml.Node) {
		at := what + ": " + key
		switch key {
		case "to":
			out.To = r.channels(v, at)
		case "severity":
			out.Severity = r.severity(v, what)
		case "rules":
			for _, item := range r.Items(v) {
				id := r.Text(item, at)
				r.mentions = append(r.mentions, mention{"rule", id, what, func() node.Spot { return r.At(node.Deref(item)) }})
				out.Rules = append(out.Rules, id)
			}
		case "entities":
			for _, item := range r.Items(v) {
				if text := r.Text(item, at); text != "" {
					out.entities = append(out.entities, member{name: strings.TrimPrefix(text, "@"), what: what, at: r.At(node.Deref(item))})
				}
			}
		case "tags":
			out.Tags = r.Texts(v, at)
		case "limit":
			out.Limit = r.countOrOff(v, at, 1)
		case "quiet":
			out.Quiet = r.quiet(v, at)
		}
	})
	r.needs(n, what, "to")
	r.routes = append(r.routes, out)
}

// channels returns the channels that n names, one or several.
func (r *reader) channels(n *yaml.Node, what string) []string {
	var out []string
	for _, item := range r.Items(n) {
		text := r.Text(item, what)
		if text == "" {
			continue
		}
		if hint, ok := knownChannel(text); !ok {
			r.Add(node.Deref(item), code.UnknownChannel, what+": "+say.Quote(text)+" is no channel", hint)
		}
		out = append(out, text)
	}
	return out
}

// knownChannel reports whether text names a channel, and what to write instead
// if it does not.
func knownChannel(text string) (hint string, ok bool) {
	kind, rest, colon := strings.Cut(text, ":")
	switch {
	case !slices.Contains(channelKinds, kind):
		if strings.Contains(text, "@") {
			return "write email:" + text, false
		}
		if strings.HasPrefix(text, "#") || strings.HasPrefix(text, "C0") {
			return "write slack:" + text, false
		}
		return say.Suggest(kind, channelKinds), false
	case !colon:
		return "", true
	case kind == "email":
		addr, err := mail.ParseAddress(rest)
		return "write email:desk@example.org", err == nil && addr.Address == rest
	case kind == "slack":
		return "write slack:C0123ABCD, with the id of the channel", isPlain(rest)
	case kind == "chat":
		return "write chat:desk, with the name that the environment gives to a chat service", isPlain(rest)
	default:
		return "write " + kind + " alone", false
	}
}

// isPlain reports whether s is a name of a channel and not an address.
func isPlain(s string) bool { return s != "" && !strings.ContainsAny(s, " \t:/@") }

// quiet reads quiet hours.
func (r *reader) quiet(n *yaml.Node, what string) *news.Quiet {
	q := &news.Quiet{Zone: time.UTC}
	r.Fields(n, what, quietKeys, func(key string, v *yaml.Node) {
		at := what + " " + key
		switch key {
		case "from":
			q.From = r.clock(v, at)
		case "to":
			q.To = r.clock(v, at)
		case "timezone":
			q.Zone = r.zone(v, at)
		}
	})
	r.needs(n, what, "from", "to")
	if q.From == q.To && q.From >= 0 && node.Value(n, "from") != nil {
		r.Add(node.Deref(n), code.EmptyQuiet, what+": it ends when it begins", "for a route that is never quiet leave quiet: out")
	}
	return q
}

// digest reads when the digest is due and who gets it.
func (r *reader) digest(n *yaml.Node) {
	d := &r.spec.Policy.Digest
	r.Fields(n, "digest", digestKeys, func(key string, v *yaml.Node) {
		at := "digest: " + key
		switch key {
		case "at":
			d.At = r.clock(v, at)
		case "timezone":
			d.Zone = r.zone(v, at)
		case "to":
			d.To = r.channels(v, at)
		case "empty":
			d.Empty = r.Flag(v, at)
		}
	})
}

// clock returns a time of day, since midnight, or -1 for none.
func (r *reader) clock(n *yaml.Node, what string) time.Duration {
	text := r.Text(n, what)
	t, err := time.Parse("15:04", text)
	if err != nil {
		if text != "" {
			r.Add(node.Deref(n), code.BadClock, what+": "+say.Quote(text)+" is no time of day", `write it like "07:00" or "22:30"`)
		}
		return -1
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// zone returns a time zone.
func (r *reader) zone(n *yaml.Node, what string) *time.Location {
	text := r.Text(n, what)
	// "Local" would be the zone of the machine, which may be any.
	zone, err := time.LoadLocation(text)
	if err != nil || text == "Local" {
		r.Add(node.Deref(n), code.UnknownZone, what+": unknown time zone "+say.Quote(text), "write one like Europe/Kyiv or UTC")
		return time.UTC
	}
	return zone
}

// policy fills in what rules.yaml does not say of who hears what.
func (p *parser) policy() {
	out := &p.spec.Policy
	for _, route := range p.routes {
		for _, m := range route.entities {
			route.Entities = append(route.Entities, p.ids(m)...)
		}
		out.Routes = append(out.Routes, route.Route)
	}
	if len(out.Routes) == 0 {
		out.Routes = []news.Route{{To: []string{"slack"}, Severity: defaultSeverity, Limit: defaultLimit}}
	}
	out.Routes = append(out.Routes, p.wires...)
	for _, m := range p.mutes {
		out.Mutes = append(out.Mutes, p.spread(m)...)
	}
	out.Operators = p.operators
	if out.Operators == nil {
		out.Operators = []string{"console"}
	}
}
