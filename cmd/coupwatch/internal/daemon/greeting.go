package daemon

import (
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
)

// A Greeting is what the daemon says when it starts.
type Greeting struct {
	Version  string
	Settings settings.Settings
	Use      *InUse
	Page     string   // the address on which the page is served, "" for none
	Dry      bool     // nothing is sent, so that all is printed
	Advice   []string // sentences about what is odd in the settings
}

// Write says in a few lines what is watched, who is told, and where the page is.
func (g Greeting) Write(w io.Writer) {
	sum, pol := g.Use.File.Current().Summary(), g.Use.Policy()
	fmt.Fprintf(w, "coupwatch %s\n", g.Version)
	fmt.Fprintf(w, "  watches    %s with %s and %s of %s\n", terminal.Count(sum.Feeds, "feed"), terminal.Count(sum.Rules, "rule"), terminal.Count(sum.Entities, "entity"), g.Settings.Rules)
	fmt.Fprintf(w, "  remembers  in %s\n", settings.ShownURL(g.Settings.Database))
	for i, route := range pol.Routes {
		label := "tells"
		if i > 0 {
			label = ""
		}
		fmt.Fprintf(w, "  %-9s  %s\n", label, g.routeLine(route))
	}
	if len(pol.Digest.To) > 0 {
		next := pol.Digest.Next(time.Now())
		fmt.Fprintf(w, "  digest     %s %s, to %s\n", next.In(pol.Digest.Zone).Format("Mon 2 Jan 15:04"), pol.Digest.Zone, g.channelList(pol.Digest.To))
	}
	if g.Page != "" {
		fmt.Fprintf(w, "  page       http://%s/ (for machines: /healthz)\n", Reachable(g.Page))
	}
	for _, text := range slices.Concat(g.Use.Channels.Shortcomings(), g.Advice) {
		fmt.Fprintln(w, text)
	}
	fmt.Fprintf(w, "What a feed carries when it is first read wakes nobody. Stop with Ctrl-C.\n\n")
}

// Reachable is an address by which a browser here reaches one that is listened
// on.
func Reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort("localhost", port)
	}
	return addr
}

// routeLine says who hears of what on a route.
func (g Greeting) routeLine(r news.Route) string {
	what := "every story"
	if r.Severity > news.Medium {
		what = r.Severity.String() + " stories"
	}
	var of []string
	of = append(of, r.Rules...)
	for _, e := range r.Entities {
		of = append(of, "@"+e)
	}
	of = append(of, r.Tags...)
	if len(of) > 0 {
		what += " of " + strings.Join(of, ", ")
	}
	return what + " to " + g.channelList(r.To)
}

// channelList names channels, and says of those that are not set up that their
// alerts are printed instead.
func (g Greeting) channelList(to []string) string {
	var names []string
	for _, channel := range to {
		kind, _, _ := strings.Cut(channel, ":")
		missing := g.Settings.Missing(kind)
		switch {
		case g.Dry:
			channel += " (printed here: this is a dry run)"
		case missing != "":
			channel += " (printed here: " + missing + " is not set)"
		}
		names = append(names, channel)
	}
	return strings.Join(names, ", ")
}
