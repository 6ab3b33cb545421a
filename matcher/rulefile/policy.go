package rulefile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
	"github.com/coupwatch/coupwatch/news"
)

var (
	defaultsKeys = []string{"schedule", "max_age"}
	storiesKeys  = []string{"gather", "origins"}
	muteKeys     = []string{"story", "rule", "entity", "feed", "until", "why"}
	mutable      = muteKeys[:4] // what can be muted
)

// defaults reads what holds where nothing else is said.
func (r *reader) defaults(n *yaml.Node) {
	r.Fields(n, "defaults", defaultsKeys, func(key string, v *yaml.Node) {
		at := "defaults: " + key
		if key == "schedule" {
			r.schedule = r.when(v, at)
			return
		}
		r.spec.Policy.MaxAge = r.duration(v, at, "write 24h, 90m or 2d")
	})
}

// off is what is written for a setting that does nothing.
const off = "off"

// stories reads what people hear of stories that they were told.
func (r *reader) stories(n *yaml.Node) {
	r.Fields(n, "stories", storiesKeys, func(key string, v *yaml.Node) {
		at := "stories: " + key
		if key == "origins" {
			r.spec.Policy.Origins = r.countOrOff(v, at, 2) // every story has one
			return
		}
		r.spec.Policy.Gather = 0
		if node.Deref(v).Value != off {
			r.spec.Policy.Gather = r.duration(v, at, "write 15m or 1h, or off")
		}
	})
}

// countOrOff returns a number, least or more, or 0 for "off".
func (r *reader) countOrOff(n *yaml.Node, what string, least int) int {
	const most = 1000
	text := r.Text(n, what)
	if text == off || text == "" {
		return 0
	}
	count, err := strconv.Atoi(text)
	if err != nil || count < least || count > most {
		r.Add(node.Deref(n), code.BadNumber, fmt.Sprintf("%s should be a number from %d to %d, or off, not %s", what, least, most, say.Quote(text)), "")
	}
	return count
}

// duration returns a length of time, which may be in days. The hint is for who
// wrote something else.
func (r *reader) duration(n *yaml.Node, what, hint string) time.Duration {
	text := r.Text(n, what)
	d, err := time.ParseDuration(text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		var count int
		count, err = strconv.Atoi(days)
		d = time.Duration(min(count, maxDays)) * 24 * time.Hour
	}
	if text != "" && (err != nil || d <= 0) {
		r.Add(node.Deref(n), code.BadDuration, what+": "+say.Quote(text)+" is no length of time", hint)
	}
	return d
}

// maxDays is more than anyone means, and less than a duration can hold.
const maxDays = 100 * 365

// A pending mute is one of which it is not known yet what it mutes.
type pendingMute struct {
	news.Mute
	entity member // "" for none
	feed   string // a name or publisher, "" for none
}

// mute reads an entry of mutes.
func (r *reader) mute(i int, n *yaml.Node) {
	what := fmt.Sprintf("mute %d", i+1)
	var out pendingMute
	var muted []string // the keys that say what
	r.Fields(n, what, muteKeys, func(key string, v *yaml.Node) {
		at := what + ": " + key
		if slices.Contains(mutable, key) {
			muted = append(muted, key)
		}
		switch key {
		case "story":
			out.Story = r.Text(v, at)
		case "rule":
			out.Rule = r.Text(v, at)
			r.mentions = append(r.mentions, mention{"rule", out.Rule, what, func() node.Spot { return r.At(node.Deref(v)) }})
		case "entity":
			out.entity = member{name: strings.TrimPrefix(r.Text(v, at), "@"), what: what, at: r.At(node.Deref(v))}
		case "feed":
			out.feed = r.Text(v, at)
			r.mentions = append(r.mentions, mention{"publisher", out.feed, what, func() node.Spot { return r.At(node.Deref(v)) }})
		case "until":
			out.Until = r.day(v, at)
		case "why":
			out.Why = say.OneLine(r.Text(v, at))
		}
	})
	switch {
	case node.Deref(n).Kind != yaml.MappingNode:
		return
	case len(muted) == 0:
		r.Add(node.Deref(n), code.MuteOfNothing, what+" does not say what is muted", "write one of story, rule, entity and feed")
	case len(muted) > 1:
		r.Add(node.Deref(n), code.MuteOfSeveral, what+": "+say.Enumerate(muted)+" stand together", "write a mute for each")
	}
	r.mutes = append(r.mutes, out)
}

// spread returns a mute of each of the entities or feeds that m is for.
func (p *parser) spread(m pendingMute) []news.Mute {
	var out []news.Mute
	switch {
	case m.entity.name != "":
		for _, id := range p.ids(m.entity) {
			m.Entity = id
			out = append(out, m.Mute)
		}
	case m.feed != "":
		for _, url := range p.spec.Called[m.feed] {
			m.Feed = url
			out = append(out, m.Mute)
		}
	default:
		out = append(out, m.Mute)
	}
	return out
}
