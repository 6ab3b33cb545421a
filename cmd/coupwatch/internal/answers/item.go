package answers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/outbox"
	"github.com/coupwatch/coupwatch/text"
)

// nearMisses is how many rules are shown, at the most, that missed an item which
// none matched: the one that came nearest, and others that came near.
const nearMisses = 3

// Show shows what is known of items, each story once.
func (x *Found) Show(s *terminal.Screen) {
	if len(x.items) == 0 {
		showSite(s, x)
		return
	}
	shown := map[string]bool{}
	for i, it := range x.items {
		if i > 0 {
			s.WriteString("\n")
		}
		showItem(s, it)
		showMatch(s, it, x.noRules)
		showSays(s, it)
		story, in := x.stories[it.Story]
		showFate(s, it, story)
		if in && !shown[it.Story] {
			shown[it.Story] = true
			showStoryOf(s, story)
		}
	}
}

// showItem shows what an item is and where it was read.
func showItem(s *terminal.Screen, it knownItem) {
	s.WriteString(s.Strong(terminal.Safe(it.Title)) + "\n")
	if it.Link != "" {
		s.WriteString("  " + terminal.Safe(it.Link) + "\n")
	}
	published := "with no time of its own"
	if !it.Published.IsZero() {
		published = "published " + terminal.Moment(it.Published)
	}
	s.Line(2, fmt.Sprintf("%s · %s · first read %s UTC", terminal.Dash(it.Publisher), published, terminal.Moment(it.Fetched)))
	feed := it.Feed
	if it.feed.Name != "" && it.feed.Name != it.Feed {
		feed = it.feed.Name + ", " + it.Feed
	}
	s.Line(2, "from "+feed)
	s.Line(2, "item "+it.ID)
	if it.page != nil {
		s.Wrapped(2, "page: "+pageOf(it.Item, *it.page))
	}
	if it.Revision > 0 {
		s.Line(2, "edited "+terminal.Times(it.Revision))
	}
	for _, t := range it.titles {
		s.Line(6, "until "+terminal.Moment(t.At)+": "+t.Title)
	}
}

// pageOf says whether the text of an item is that of the page behind its link, and
// if not, why.
func pageOf(it news.Item, page news.PageText) string {
	switch {
	case it.FromPage:
		return fmt.Sprintf("read, and its text taken, %s", terminal.Count(len(strings.Fields(it.Body)), "word"))
	case page.Text != "":
		return "read; the feed has more text"
	case page.Problem != "":
		return "not used after " + terminal.Count(page.Attempts, "attempt") + ": " + page.Problem
	}
	return "not read yet"
}

// showMatch shows what of an item matched, or nearly did.
func showMatch(s *terminal.Screen, it knownItem, noRules error) {
	s.Heading(matchedBy(it))
	if it.now != nil && len(it.Matches) == 0 {
		s.Line(2, "it was read as "+cmp.Or(text.LanguageName(it.now.Language), "English, since it is too short to tell its language"))
	}
	if it.now == nil {
		s.Wrapped(2, fmt.Sprintf("What matched or was missing cannot be shown: %v", noRules))
		return
	}
	now := matchedNow(*it.now)
	if slices.Equal(slices.Sorted(slices.Values(now)), storedRules(it.Matches)) {
		showVerdicts(s, *it.now, len(now) > 0)
		return
	}
	s.Wrapped(2, "By the rules as they are now it is another matter:")
	showVerdicts(s, *it.now, len(now) > 0)
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
func matchedNow(x explain.Explanation) []string {
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

// showVerdicts shows what rules found, or if none matched what the nearest missed.
func showVerdicts(s *terminal.Screen, x explain.Explanation, matched bool) {
	missed := 0
	x.Verdicts = slices.DeleteFunc(slices.Clone(x.Verdicts), func(v explain.Verdict) bool {
		switch v.Outcome {
		case explain.NotMeant:
			return true
		case explain.Missed:
			missed++
			return matched || missed > nearMisses || missed > 1 && !v.Near()
		default:
			return false
		}
	})
	x.Names = slices.DeleteFunc(slices.Clone(x.Names), func(n explain.Naming) bool { return n.Warm == "" })
	var b strings.Builder
	_ = x.Render(&b, s.Colour) // a builder takes everything
	for line := range strings.Lines(b.String()) {
		if line = strings.TrimRight(line, "\n"); line != "" && !strings.HasPrefix(line, "language: ") {
			s.WriteString("  " + line + "\n")
		}
	}
}

// showSays shows who says so in an item, and how firmly it tells it.
func showSays(s *terminal.Screen, it knownItem) {
	if it.Status == 0 && len(it.Says) == 0 {
		return
	}
	heading := "Who says so"
	if it.Status != 0 {
		heading = "Told as " + asTold[it.Status]
	}
	s.Heading(heading)
	if len(it.Says) == 0 {
		s.Line(2, "by "+it.Publisher+", which names nobody")
	}
	for _, a := range it.Says {
		s.Line(2, saying(a))
		if sentence := spanOf(it.Item, a.Span); sentence != "" {
			s.Wrapped(6, "“"+sentence+"”")
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
func showFate(s *terminal.Screen, it knownItem, of Told) {
	in := of.story
	ofItem := func(d outbox.Delivery) bool { return d.Item.ID == it.ID }
	u, untold := untoldOf(of.alerts, ofItem, time.Now())
	switch it.Kind {
	case "":
		s.Heading("Nobody was told")
		s.Line(2, "it belongs to no story")
		return
	case news.New, news.Escalation:
		if untold {
			s.Heading(Untold(u))
		} else {
			s.Heading("People were told at once")
		}
	case news.Update:
		s.Heading("Those who were told of its story heard of it")
	case news.Copy:
		s.Heading("Nobody was told: it is a copy")
	case news.DigestOnly:
		s.Heading("Nobody was interrupted: it is for the digest")
	default:
		s.Heading(string(it.Kind))
	}
	s.Wrapped(2, it.Reason)
	if it.Muted {
		s.Line(2, "people would have heard of it but for a mute")
	}
	i := slices.IndexFunc(in.Updates, func(u news.Development) bool { return u.ID == it.Update })
	switch {
	case i < 0 || it.Update == "":
	case strings.HasPrefix(it.Update, it.ID): // an edited text brings one of its own
		s.Line(2, fmt.Sprintf("it brought an update, which %s since", copied(in.Updates[i].Reports-1)))
	default:
		u := in.Updates[i]
		s.Wrapped(2, fmt.Sprintf("it tells what %s told at %s: %s", terminal.Dash(u.Publisher), terminal.Moment(u.At), u.Title))
	}
}

func copied(n int) string {
	if n == 0 {
		return "nobody copied"
	}
	return "was told " + terminal.Times(n) + " more"
}

// ShowBriefly shows of items what a few lines have room for: what matched, or
// what was missing, which story they are in, and why people were told or not.
func (x *Found) ShowBriefly(s *terminal.Screen) {
	for i, it := range x.items {
		if i > 0 {
			s.WriteString("\n")
		}
		showItem(s, it)
		if len(it.Matches) == 0 {
			showMatch(s, it, x.noRules)
		} else {
			s.Heading(matchedBy(it))
		}
		story, in := x.stories[it.Story]
		showFate(s, it, story)
		if in {
			showStoryFacts(s, story)
		}
	}
}

// showStoryOf shows the story of an item in short.
func showStoryOf(s *terminal.Screen, x Told) {
	showStoryFacts(s, x)
	if len(x.alerts) == 0 {
		s.Line(2, "no alert was owed")
		return
	}
	s.Heading("Alerts of its story")
	showAlerts(s, x.alerts)
}

// firmWord returns the last word of somebody who could know: "official: the
// defence ministry (Transland Wire, 20 Nov 19:56): “…”"; "" for none.
func firmWord(steps []news.Step) string {
	for _, x := range slices.Backward(steps) {
		if (x.Status == news.Official || x.Status == news.Denied) && !x.Withdrawn {
			by := x.Status.String()
			if x.Speaker != "" {
				by += ": " + terminal.Safe(x.Speaker)
			}
			return fmt.Sprintf("%s (%s, %s): “%s”", by, terminal.Safe(x.Publisher), terminal.Moment(x.At), x.Sentence)
		}
	}
	return ""
}

// showStoryFacts shows how the story of an item stands.
func showStoryFacts(s *terminal.Screen, x Told) {
	s.Heading("Its story")
	s.Line(2, x.story.Headline)
	s.Wrapped(2, fmt.Sprintf("%s · %s of %s · %s · %s", standing(x.story.Severity, x.story.Status), terminal.Counted(x.story.Reports, "report"),
		terminal.Counted(len(x.story.Sources), "publisher"), atMost(x.story.Independent()), terminal.Span(x.story.FirstSeen, x.story.LastSeen)))
	if filed := x.story.Filed(); len(filed) > 0 {
		s.Line(2, "filed under "+terminal.Safe(filed[0]))
	}
	if word := firmWord(x.story.Ladder); word != "" {
		s.Wrapped(2, word)
	}
	for _, m := range x.mutes {
		s.Line(2, muted(m))
	}
	s.Line(2, "see: coupwatch story "+beginningOf(x.story.ID))
}

// showSite shows which feeds there are of the site of a link that is not
// stored.
func showSite(s *terminal.Screen, x *Found) {
	if len(x.feeds) == 0 {
		return
	}
	s.Line(0, "Feeds of "+siteOf(x.asked)+":")
	now := time.Now()
	t := terminal.NewTable("lll")
	for _, f := range x.feeds {
		t.Row(terminal.Safe(f.Name), FeedState(f, now), "last read "+terminal.Ago(f.LastGood, now))
	}
	for i, row := range t.Lines() {
		s.Line(2, row)
		s.Line(6, x.feeds[i].URL)
	}
}
