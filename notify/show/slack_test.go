package show_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/show"
)

// refused returns why Slack would refuse m, or why nobody should send it; ""
// if all is well.
// See https://docs.slack.dev/reference/block-kit/blocks/.
func refused(t testing.TB, m show.Message) string {
	t.Helper()
	b, err := json.Marshal(m.Blocks)
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]any
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) > 50 {
		return fmt.Sprintf("%d blocks", len(all))
	}
	if n := utf8.RuneCountInString(m.Text); n == 0 || n > 4000 {
		return fmt.Sprintf("a text of %d characters", n)
	}
	if problem := wrongMarkup(m.Text); problem != "" {
		return problem
	}
	total := 0
	for _, b := range all {
		if problem := wrongBlock(b); problem != "" {
			return problem
		}
		total += letters(b)
	}
	if total > 13_000 {
		return fmt.Sprintf("blocks of %d characters", total)
	}
	return ""
}

// letters counts all that is in a block beside its structure.
func letters(v any) int {
	n := 0
	switch v := v.(type) {
	case map[string]any:
		for k, part := range v {
			if s, ok := part.(string); ok && (k == "text" || k == "url" || k == "value" || k == "fallback") {
				n += utf8.RuneCountInString(s)
			} else {
				n += letters(part)
			}
		}
	case []any:
		for _, part := range v {
			n += letters(part)
		}
	}
	return n
}

func wrongBlock(b map[string]any) string {
	elements, _ := b["elements"].([]any)
	if b["type"] != "header" && len(elements) == 0 {
		return "a block without elements"
	}
	switch b["type"] {
	case "header":
		text := b["text"].(map[string]any)
		if n := utf8.RuneCountInString(text["text"].(string)); n < 1 || n > 150 || text["type"] != "plain_text" {
			return "wrong header"
		}
	case "context":
		for _, e := range elements {
			text := e.(map[string]any)["text"].(string)
			if n := utf8.RuneCountInString(text); n < 1 || n > 3000 || len(elements) > 10 {
				return "wrong context"
			}
			if problem := wrongMarkup(text); problem != "" {
				return problem
			}
		}
	case "actions":
		for _, e := range elements {
			e := e.(map[string]any)
			text := e["text"].(map[string]any)
			if e["type"] != "button" || text["type"] != "plain_text" || utf8.RuneCountInString(text["text"].(string)) > 75 || len(e["value"].(string)) > 2000 {
				return "wrong button"
			}
		}
	case "rich_text":
		return wrongRichText(elements)
	default:
		return fmt.Sprintf("a block %v", b["type"])
	}
	return ""
}

var (
	call    = regexp.MustCompile("<[!@#]")
	address = regexp.MustCompile(`^https?://[^\s<>|]+$`)
	sound   = regexp.MustCompile(`<https?://[^\s<>|]+\|[^<>|]*>|<!date\^\d+\^[a-z_{} ]+\|[^<>|]*>|&(amp|lt|gt);`)
)

func wrongRichText(elements []any) string {
	for _, e := range elements {
		e := e.(map[string]any)
		switch e["type"] {
		case "rich_text_section", "rich_text_quote", "rich_text_list":
			inner := e["elements"].([]any)
			if len(inner) == 0 {
				return "empty rich text"
			}
			if problem := wrongRichText(inner); problem != "" {
				return problem
			}
		case "text", "link":
			text, _ := e["text"].(string)
			if text == "" || utf8.RuneCountInString(text) > 3000 || call.MatchString(text) {
				return fmt.Sprintf("text %.80q", text)
			}
			if to, _ := e["url"].(string); e["type"] == "link" && !address.MatchString(to) {
				return "a link to " + to
			}
		case "date":
			if e["timestamp"].(float64) <= 0 || e["fallback"] == "" {
				return "wrong date"
			}
		default:
			return fmt.Sprintf("rich text %v", e["type"])
		}
	}
	return ""
}

// wrongMarkup looks for control sequences other than links to web pages and
// dates, and for characters that should have been escaped.
func wrongMarkup(text string) string {
	rest := sound.ReplaceAllString(text, "")
	if i := strings.IndexAny(rest, "<>&"); i >= 0 {
		return "unescaped: " + rest[i:]
	}
	return ""
}

func TestSlackTakesSamples(t *testing.T) {
	for name, a := range samples() {
		if problem := refused(t, style().Slack(a)); problem != "" {
			t.Errorf("%s: %s", name, problem)
		}
	}
	if problem := refused(t, style().Summary(burst())); problem != "" {
		t.Errorf("summary: %s", problem)
	}
}

// What changed is said before all else.
func TestEscalationSaysWhatChanged(t *testing.T) {
	origins := alert(news.Escalation)
	origins.ID = "story/5f1c0a9e/slack:C01/origins-4"
	for want, a := range map[string]news.Alert{
		"⬆ 🔴 Critical · now official · Mali": alert(news.Escalation), "⬆ 🔴 Now critical · reported · Mali": graver(),
		"⬆ 🔴 Critical · official · now 4 origins · Mali": origins, "✖ 🟠 Denied · high · Russia": denied(),
		"🔴 Critical · now official · Mali": refreshed(), "🟠 High · claim · Russia": first(),
	} {
		m := style().Slack(a)
		text := string(blocks(t, m))
		if !strings.HasPrefix(m.Text, want+":") {
			t.Errorf("got text %.100q, want it to begin with %q", m.Text, want)
		}
		if a.Kind == news.Escalation {
			inOrder(t, text, want, strings.TrimSuffix(a.Reason, "."), strings.Fields(a.Item.Title)[0])
		}
	}
}

// A message that is edited is headed by what is told now, says under what it
// was known, and quotes the report that heads it.
func TestRefreshIsHeadedByItsStory(t *testing.T) {
	m := style().Slack(refreshed())
	inOrder(t, string(blocks(t, m)), "Critical · now official", "Officers claim power in Mali", "was: Soldiers surround the presidential palace", "taking power", "23 reports · at most 4 independent origins · rumour → reported → official", show.ActionsBlock)
}

func TestUpdatesAreCutAndCounted(t *testing.T) {
	for n, want := range map[int]string{1: "", 10: "", 17: "and 7 more"} {
		text := string(blocks(t, style().Slack(turns(n))))
		if got := strings.Count(text, `"type": "date"`); got != min(n, 10) {
			t.Errorf("%d updates: got %d lines", n, got)
		}
		if strings.Contains(text, `"text": "and `) != (want != "") || !strings.Contains(text, want) {
			t.Errorf("%d updates: want %q in %s", n, want, text)
		}
		if strings.Contains(text, show.ActionsBlock) {
			t.Error("updates have buttons")
		}
	}
	if m := style().Slack(alert(news.Update)); refused(t, m) != "" || !strings.Contains(m.Text, "Officers claim power") {
		t.Errorf("an update without developments: got %q", m.Text)
	}
}

func TestSummary(t *testing.T) {
	m := style().Summary(burst())
	text := string(blocks(t, m))
	if want := "🔴 42 stories at once · 1 critical · 14 high · 13 medium · 14 low"; !strings.HasPrefix(m.Text, want) {
		t.Errorf("got %q, want %q", m.Text, want)
	}
	inOrder(t, text, "Officers claim power", "Report 2 of", "Report 1 of", "and 12 more")
	var long []news.Alert
	for i := range 200 {
		a := first()
		a.Story.ID, a.Item.Link, a.Item.Title = fmt.Sprint(i), "https://e.example/"+strings.Repeat("x", 1900), strings.Repeat("Слово ", 60)
		long = append(long, a)
	}
	m = style().Summary(long)
	if problem := refused(t, m); problem != "" || !strings.Contains(string(blocks(t, m)), "and 19") {
		t.Errorf("200 long alerts: %s", problem)
	}
	if problem := refused(t, style().Summary(nil)); problem != "" {
		t.Errorf("no alerts: %s", problem)
	}
}

func TestButtons(t *testing.T) {
	s := style()
	text := string(blocks(t, s.Slack(first())))
	inOrder(t, text, show.RelevantButton, show.NoiseButton, show.MuteStoryButton, show.MuteEntityButton)
	if !strings.Contains(text, `"value": "3b77e0d1|9a10|plot|severin"`) || !strings.Contains(text, "Mute General Pavel Severin") {
		t.Errorf("got buttons %s", text[strings.Index(text, show.ActionsBlock):])
	}
	if p, ok := show.ParsePressed("3b77e0d1|9a10|plot|severin"); !ok || p != (show.Pressed{Story: "3b77e0d1", Item: "9a10", Rule: "plot", Entity: "severin"}) {
		t.Errorf("got %+v, %v", p, ok)
	}
	for _, value := range []string{"", "a|b|c", "|b|c|d", "a|b|c|d|e"} {
		if p, ok := show.ParsePressed(value); ok {
			t.Errorf("%q: got %+v, want nothing", value, p)
		}
	}
	country, nameless, odd := first(), first(), first()
	country.Story.Entities = []string{"country:ru"}
	nameless.Story.Entities, nameless.Story.Countries = nil, nil
	odd.Story.ID = "a|b"
	if text := string(blocks(t, s.Slack(country))); !strings.Contains(text, "|country:ru\"") || !strings.Contains(text, "Mute Russia") {
		t.Error("a story that names only a country: want a button to mute the country")
	}
	if text := string(blocks(t, s.Slack(nameless))); strings.Contains(text, show.MuteEntityButton) || !strings.Contains(text, show.NoiseButton) {
		t.Error("a story that names nobody: want all buttons but that to mute somebody")
	}
	if text := string(blocks(t, s.Slack(odd))); strings.Contains(text, show.ActionsBlock) {
		t.Error("a story of an odd id: got buttons that say something else")
	}
	s.Buttons = false
	if text := string(blocks(t, s.Slack(first()))); strings.Contains(text, show.ActionsBlock) {
		t.Error("got buttons that nobody listens to")
	}
}

// The thread of a story that turned out to be of another says where it goes
// on, and so does its message.
func TestStoryGoesOnElsewhere(t *testing.T) {
	for kind, want := range map[news.Kind][]string{
		news.Update:  {"Goes on in another story", "https://coupwatch.example.org/story/3b77e0d1", "Columns march on Bamako"},
		news.Refresh: {"It goes on in another story: “Columns march on Bamako”", "Officers claim power in Mali"},
	} {
		a := alert(kind)
		a.Story.Into = news.Reference{ID: "3b77e0d1", Headline: "Columns march on Bamako", Link: "https://sahel.example/columns"}
		inOrder(t, string(blocks(t, style().Slack(a))), want...)
		if text := string(style().Text(a, false)); !strings.Contains(strings.Join(strings.Fields(text), " "), "Columns march on Bamako") {
			t.Errorf("the text does not say where the story goes on: %s", text)
		}
	}
}
