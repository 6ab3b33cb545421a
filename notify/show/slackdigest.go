package show

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/coupwatch/coupwatch/news"
)

// slackDigest returns a digest with as many stories as Slack takes.
func (s Style) slackDigest(d news.Digest) Message {
	v := s.digest(d, maxStories)
	out := Message{
		Text: Escape("🗞 Daily digest, " + v.Day + ": " + dots(v.Summary, v.Coverage)),
		Blocks: []slack.Block{
			header("🗞 Daily digest · " + v.Day),
			small(Escape(dots(v.Summary, v.Coverage, v.Period))),
		},
	}
	if len(v.Days) > 0 {
		out.Blocks = append(out.Blocks, small(spark(v.Days)))
	}
	out.Blocks = append(out.Blocks, slackRegions(v)...)
	if len(v.Almost.Shown) > 0 {
		out.Blocks = append(out.Blocks, slackAlmost(v.Almost))
	}
	out.addNames("🔕 Muted: ", v.Muted.More, first(v.Muted.Shown, 5, func(st storyView) string { return st.Headline }))
	out.addNames("🤒 Feeds with a problem: ", v.Sick.More, first(v.Sick.Shown, maxSick, func(f sickView) string { return f.Name + " (" + f.State + ")" }))
	return out
}

// slackRegions returns the stories of a digest by region and rule, as many as
// there is room for, and how many are left out.
func slackRegions(v digestView) []slack.Block {
	var out []slack.Block
	room, more := storiesRoom, v.More
	for _, r := range v.Regions {
		var body []slack.RichTextElement
		for _, rule := range r.Rules {
			var lines []slack.RichTextElement
			for _, st := range rule.Stories {
				if room -= st.length(); room < 0 {
					more++
					continue
				}
				lines = append(lines, st.slack())
			}
			if len(lines) > 0 {
				body = append(body, section(strong(r.Name), words(" · "+rule.Title)), slack.NewRichTextList(slack.RTEListBullet, 0, lines...))
			}
		}
		if len(body) > 0 {
			out = append(out, slack.NewRichTextBlock("", body...))
		}
	}
	if more > 0 {
		out = append(out, small(andMore(more)))
	}
	return out
}

// slack returns a story as an entry of a list.
func (st storyView) slack() slack.RichTextElement {
	return section(words(mark(st.Severity)+" "), linked(st.Headline, st.Link, nil), words(prefixed("\nwas: ", st.Was)+"\n"+dots(st.Says.String(), st.When)))
}

// length returns about how much room the story takes in Slack, in runes.
func (st storyView) length() int {
	return 30 + utf8.RuneCountInString(st.Headline+st.Was+st.Link+st.Says.String()+st.When)
}

// slackAlmost returns the first few items that a rule all but matched.
func slackAlmost(l list[missView]) slack.Block {
	var lines []slack.RichTextElement
	shown := l.Shown[:min(len(l.Shown), 5)]
	for _, m := range shown {
		if len(m.Link) > 300 {
			m.Link = ""
		}
		lines = append(lines, section(linked(m.Headline, m.Link, nil), words("\n"+m.Lacks)))
	}
	body := []slack.RichTextElement{section(strong("Almost")), slack.NewRichTextList(slack.RTEListBullet, 0, lines...)}
	if more := l.Count() - len(shown); more > 0 {
		body = append(body, section(words(andMore(more))))
	}
	return slack.NewRichTextBlock("", body...)
}

// namesRoom is how many runes names in one paragraph take, escaped.
const namesRoom = 600

// addNames adds names in one paragraph, nothing if there are none.
func (m *Message) addNames(title string, more int, names []string) {
	if len(names) == 0 {
		return
	}
	var shown []string
	room := namesRoom
	for _, name := range names {
		name = Escape(Cut(name, 60))
		if room -= utf8.RuneCountInString(name); room < 0 {
			break
		}
		shown = append(shown, name)
	}
	if more += len(names) - len(shown); more > 0 {
		shown = append(shown, "+"+number(more)+" more")
	}
	m.Blocks = append(m.Blocks, small(title+strings.Join(shown, " · ")))
}

// spark returns the stories of each day as one line.
func spark(all []dayView) string {
	const levels = "▁▂▃▄▅▆▇█"
	bars := []rune(levels)
	var b strings.Builder
	for _, d := range all {
		b.WriteRune(bars[d.Height*(len(bars)-1)/100])
	}
	last := all[len(all)-1]
	return fmt.Sprintf("Stories a day %s %s", b.String(), number(last.Stories))
}
