package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/text"
)

// nearMisses is how many rules are shown, at the most, that missed an item which
// none matched: the one that came nearest, and others that came near.
const nearMisses = 3

// showReasons shows what is known of items, each story once.
func (s *screen) showReasons(x *reasons) {
	if len(x.items) == 0 {
		s.showSite(x)
		return
	}
	shown := map[string]bool{}
	for i, it := range x.items {
		if i > 0 {
			s.WriteString("\n")
		}
		s.showItem(it)
		s.showMatch(it, x.noRules)
		s.showSays(it)
		story, in := x.stories[it.Story]
		s.showFate(it, story)
		if in && !shown[it.Story] {
			shown[it.Story] = true
			s.showStoryOf(story)
		}
	}
}

// showItem shows what an item is and where it was read.
func (s *screen) showItem(it knownItem) {
	s.WriteString(s.strong(safe(it.Title)) + "\n")
	if it.Link != "" {
		s.WriteString("  " + safe(it.Link) + "\n")
	}
	published := "with no time of its own"
	if !it.Published.IsZero() {
		published = "published " + moment(it.Published)
	}
	s.line(2, fmt.Sprintf("%s · %s · first read %s UTC", dash(it.Publisher), published, moment(it.Fetched)))
	feed := it.Feed
	if it.feed.Name != "" {
		feed = it.feed.Name + ", " + it.Feed
	}
	s.line(2, "from "+feed)
	s.line(2, "item "+it.ID)
	if it.Revision > 0 {
		s.line(2, "edited "+times(it.Revision))
	}
	for _, t := range it.titles {
		s.line(6, "until "+moment(t.At)+": "+t.Title)
	}
}

// showMatch shows what of an item matched, or nearly did.
func (s *screen) showMatch(it knownItem, noRules error) {
	s.heading(matchedBy(it))
	if it.now != nil && len(it.Matches) == 0 {
		s.line(2, "it was read as "+cmp.Or(text.LanguageName(it.now.Language), "English, since it is too short to tell its language"))
	}
	if it.now == nil {
		s.wrapped(2, fmt.Sprintf("What matched or was missing cannot be shown: %v", noRules))
		return
	}
	now := matchedNow(*it.now)
	if slices.Equal(slices.Sorted(slices.Values(now)), storedRules(it.Matches)) {
		s.explain(*it.now, len(now) > 0)
		return
	}
	s.wrapped(2, "By the rules as they are now it is another matter:")
	s.explain(*it.now, len(now) > 0)
}

// matchedBy says which rules matched an item, and how grave each found it.
func matchedBy(it knownItem) string {
	if len(it.Matches) == 0 {
		return "No rule matched"
	}
	var rules []string
	for _, m := range it.Matches {
		rules = append(rules, m.Rule+" ("+m.Severity.String()+")")
	}
	return "Matched " + strings.Join(rules, ", ")
}

// matchedNow returns the rules that match by an explanation.
func matchedNow(x matcher.Explanation) []string {
	var ids []string
	for _, v := range x.Verdicts {
		if v.Severity > 0 {
			ids = append(ids, v.Rule)
		}
	}
	return ids
}

func storedRules(matches []news.Match) []string {
	var ids []string
	for _, m := range matches {
		ids = append(ids, m.Rule)
	}
	slices.Sort(ids)
	return ids
}

// explain shows what rules found, or if none matched what the nearest missed.
func (s *screen) explain(x matcher.Explanation, matched bool) {
	missed := 0
	x.Verdicts = slices.DeleteFunc(slices.Clone(x.Verdicts), func(v matcher.Verdict) bool {
		switch v.Outcome {
		case matcher.NotMeant:
			return true
		case matcher.Missed:
			missed++
			return matched || missed > nearMisses || missed > 1 && !v.Near()
		default:
			return false
		}
	})
	x.Names = nil
	var b strings.Builder
	_ = x.Render(&b, s.colour) // a builder takes everything
	for line := range strings.Lines(b.String()) {
		if line = strings.TrimRight(line, "\n"); line != "" && !strings.HasPrefix(line, "language: ") {
			s.WriteString("  " + line + "\n")
		}
	}
}

// showSays shows who says so in an item, and how firmly it tells it.
func (s *screen) showSays(it knownItem) {
	if it.Status == 0 && len(it.Says) == 0 {
		return
	}
	heading := "Who says so"
	if it.Status != 0 {
		heading = "Told as " + asTold[it.Status]
	}
	s.heading(heading)
	if len(it.Says) == 0 {
		s.line(2, "by "+it.Publisher+", which names nobody")
	}
	for _, a := range it.Says {
		s.line(2, saying(a))
		if sentence := spanOf(it.Item, a.Span); sentence != "" {
			s.wrapped(6, "“"+sentence+"”")
		}
	}
}

// asTold says how firmly each status is told.
var asTold = map[news.Status]string{
	news.Rumour: "a rumour", news.Claim: "a claim", news.Reported: "a fact", news.Official: "official word", news.Denied: "denied",
}

// saying says who says so to whom.
func saying(a news.Attribution) string {
	said := cmp.Or(a.Speaker, a.Via)
	switch {
	case a.Speaker != "" && a.Via != "":
		said = a.Speaker + ", via " + a.Via
	case said == "":
		said = "nobody named"
	}
	if a.Own {
		said += ", of its own knowledge"
	}
	if a.Hearsay {
		said += ", by hearsay"
	}
	return said
}

// spanOf returns the text of a span, "" if the item has been edited since and
// has no such place.
func spanOf(it news.Item, span news.Span) string {
	text := it.Text(span.Field)
	if span.Start < 0 || span.End > len(text) || span.Start >= span.End {
		return ""
	}
	return strings.ToValidUTF8(text[span.Start:span.End], "")
}

// showFate shows why people were told of an item or not.
func (s *screen) showFate(it knownItem, of told) {
	in := of.story
	ofItem := func(d store.Delivery) bool { return d.Item.ID == it.ID }
	u, untold := untoldOf(of.alerts, ofItem, time.Now())
	switch it.Kind {
	case "":
		s.heading("Nobody was told")
		s.line(2, "it belongs to no story")
		return
	case news.New, news.Escalation:
		if untold {
			s.heading(sayUntold(u))
		} else {
			s.heading("People were told at once")
		}
	case news.Update:
		s.heading("Those who were told of its story heard of it")
	case news.Copy:
		s.heading("Nobody was told: it is a copy")
	case news.DigestOnly:
		s.heading("Nobody was interrupted: it is for the digest")
	default:
		s.heading(string(it.Kind))
	}
	s.wrapped(2, it.Reason)
	if it.Muted {
		s.line(2, "people would have heard of it but for a mute")
	}
	i := slices.IndexFunc(in.Updates, func(u news.Development) bool { return u.ID == it.Update })
	switch {
	case i < 0 || it.Update == "":
	case strings.HasPrefix(it.Update, it.ID): // an edited text brings one of its own
		s.line(2, fmt.Sprintf("it brought an update, which %s since", copied(in.Updates[i].Reports-1)))
	default:
		u := in.Updates[i]
		s.wrapped(2, fmt.Sprintf("it tells what %s told at %s: %s", dash(u.Publisher), moment(u.At), u.Title))
	}
}

func copied(n int) string {
	if n == 0 {
		return "nobody copied"
	}
	return "was told " + times(n) + " more"
}

// showBriefly shows of items what a few lines have room for: what matched, or
// what was missing, which story they are in, and why people were told or not.
func (s *screen) showBriefly(x *reasons) {
	for i, it := range x.items {
		if i > 0 {
			s.WriteString("\n")
		}
		s.showItem(it)
		if len(it.Matches) == 0 {
			s.showMatch(it, x.noRules)
		} else {
			s.heading(matchedBy(it))
		}
		story, in := x.stories[it.Story]
		s.showFate(it, story)
		if in {
			s.showStoryFacts(story)
		}
	}
}

// showStoryOf shows the story of an item in short.
func (s *screen) showStoryOf(x told) {
	s.showStoryFacts(x)
	if len(x.alerts) == 0 {
		s.line(2, "no alert was owed")
		return
	}
	s.heading("Alerts of its story")
	s.showAlerts(x.alerts)
}

// firmWord returns the last word of somebody who could know: "official: the
// defence ministry (Transland Wire, 20 Nov 19:56): “…”"; "" for none.
func firmWord(steps []news.Step) string {
	for _, x := range slices.Backward(steps) {
		if (x.Status == news.Official || x.Status == news.Denied) && !x.Withdrawn {
			by := x.Status.String()
			if x.Speaker != "" {
				by += ": " + safe(x.Speaker)
			}
			return fmt.Sprintf("%s (%s, %s): “%s”", by, safe(x.Publisher), moment(x.At), x.Sentence)
		}
	}
	return ""
}

// showStoryFacts shows how the story of an item stands.
func (s *screen) showStoryFacts(x told) {
	s.heading("Its story")
	s.line(2, x.story.Headline)
	s.wrapped(2, fmt.Sprintf("%s · %s of %s · %s · %s", standing(x.story.Severity, x.story.Status), counted(x.story.Reports, "report"),
		counted(len(x.story.Sources), "publisher"), atMost(x.story.Independent()), span(x.story.FirstSeen, x.story.LastSeen)))
	if word := firmWord(x.story.Ladder); word != "" {
		s.wrapped(2, word)
	}
	for _, m := range x.mutes {
		s.line(2, muted(m))
	}
	s.line(2, "see: coupwatch story "+beginningOf(x.story.ID))
}

// showSite shows which feeds there are of the site of a link that is not
// stored.
func (s *screen) showSite(x *reasons) {
	if len(x.feeds) == 0 {
		return
	}
	s.line(0, "Feeds of "+siteOf(x.asked)+":")
	now := time.Now()
	t := newTable("lll")
	for _, f := range x.feeds {
		t.row(safe(f.Name), feedState(f), "last read "+ago(f.LastGood, now))
	}
	for i, row := range t.lines() {
		s.line(2, row)
		s.line(6, x.feeds[i].URL)
	}
}

// Reasons as why --json prints them.
type shownReasons struct {
	Asked   string       `json:"asked"`
	Items   []shownItem  `json:"items"`
	Stories []wholeStory `json:"stories"`
	Feeds   []string     `json:"feeds"` // of the link's site, if no item is stored
}

type shownItem struct {
	seenItem
	Feed     string               `json:"feed"`
	Read     time.Time            `json:"read"` // first
	Edited   int                  `json:"edited"`
	Rules    []string             `json:"rules"` // that matched
	Severity news.Severity        `json:"severity"`
	Kind     news.Kind            `json:"kind"` // "" if it belongs to no story
	Reason   string               `json:"reason"`
	Muted    bool                 `json:"muted"`
	Story    string               `json:"story"`
	Update   string               `json:"update"` // id of the item that brought what it tells
	Status   news.Status          `json:"status"` // how firmly it tells it
	Says     []shownSaying        `json:"says"`
	Now      *matcher.Explanation `json:"now"` // by the rules as they are now; null if they cannot be read
}

type shownSaying struct {
	Speaker  string `json:"speaker"`
	Via      string `json:"via"`
	Own      bool   `json:"own"`
	Hearsay  bool   `json:"hearsay"`
	Sentence string `json:"sentence"`
}

func reasonsOf(x *reasons) shownReasons {
	out := shownReasons{Asked: x.asked, Items: []shownItem{}, Stories: []wholeStory{}, Feeds: []string{}}
	shown := map[string]bool{}
	for _, it := range x.items {
		out.Items = append(out.Items, shownItemOf(it.Verdict, it.now))
		if story, in := x.stories[it.Story]; in && !shown[it.Story] {
			shown[it.Story] = true
			out.Stories = append(out.Stories, wholeStoryOf(story))
		}
	}
	for _, f := range x.feeds {
		out.Feeds = append(out.Feeds, f.URL)
	}
	return out
}

func shownItemOf(v store.Verdict, now *matcher.Explanation) shownItem {
	out := shownItem{
		seenItem: seen(v.Item), Feed: v.Feed, Read: v.Fetched, Edited: v.Revision, Rules: some(storedRules(v.Matches)),
		Severity: news.Report{Matches: v.Matches}.Severity(), Kind: v.Kind, Reason: v.Reason, Muted: v.Muted,
		Story: v.Story, Update: v.Update, Status: v.Status, Says: []shownSaying{}, Now: now,
	}
	for _, a := range v.Says {
		out.Says = append(out.Says, shownSaying{a.Speaker, a.Via, a.Own, a.Hearsay, spanOf(v.Item, a.Span)})
	}
	return out
}
