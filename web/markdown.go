package web

import (
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// markdown answers with a story as Markdown, for a note or a mail.
func (s site) markdown(w http.ResponseWriter, v storyView) {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	say("# %s\n\n", linked(v.Headline, v.Link))
	say("**%s%s** · %s · %s · %s – %s UTC\n\n", strings.ToUpper(v.Severity.String()), dotted(v.Status.String()),
		sheet.Count(v.Reports, "report"), sheet.Origins(v.Independent()), sheet.Clock(v.FirstSeen), sheet.Clock(v.LastSeen))
	if v.Was != "" {
		say("Was: %s\n\n", escaped(v.Was))
	}
	if v.Quote.Text != "" {
		say("> %s%s\n\n", escaped(v.Quote.Text), dashed(v.Quote.By))
	}
	for _, about := range []struct{ what, are string }{
		{"Countries", s.sheet.Countries(v.Where())}, {"About", joined(v.Entities, s.sheet.Entity)}, {"Rules", joined(v.Filed(), s.sheet.Rule)},
	} {
		if about.are != "" {
			say("%s: %s  \n", about.what, escaped(about.are))
		}
	}
	steps(say, v.Ladder)
	roots(say, v.Story)
	if len(v.Items) > 0 {
		say("\n## Reports, the latest first\n\n")
	}
	for _, it := range v.Items {
		say("- %s · %s: %s%s\n", sheet.Clock(it.When()), escaped(it.Publisher), linked(it.Title, it.Link), dotted(it.Status.String()))
	}
	tellings(say, v)
	say("\nStory %s, as it stood %s UTC. Origins are counted at most: they may have more in common than their texts admit.\n", v.ID, v.Now.Format(time.DateTime))
	w.Header().Set("Content-Type", "text/markdown; charset=utf-8")
	_, _ = w.Write([]byte(b.String())) // the reader has gone; nobody is left to tell
}

type sayer = func(format string, args ...any)

// steps writes how firmly a story was told, step by step.
func steps(say sayer, ladder []news.Step) {
	if len(ladder) > 0 {
		say("\n## How firmly\n\n")
	}
	for _, x := range ladder {
		say("- %s · **%s**%s%s · %s%s\n", sheet.Clock(x.At), x.Status, dashed(x.Speaker), map[bool]string{true: ", withdrawn"}[x.Withdrawn], linked(x.Publisher, x.Link), quoted(x.Sentence))
	}
}

// roots writes on whose word a story rests.
func roots(say sayer, s news.Story) {
	if len(s.Origins) > 0 {
		say("\n## On whose word\n\n")
	}
	for _, o := range s.Origins {
		say("- **%s** · %s · since %s%s\n", escaped(o.Name), sheet.Count(o.Reports, "report"), sheet.Clock(o.At), quoted(o.Quote))
		for _, b := range o.Branches(s.Sources) {
			told := escaped(strings.Join(b.Publishers(), ", "))
			switch {
			case b.Via != "" && told != "":
				say("  - through %s: %s\n", escaped(b.Via), told)
			case b.Via != "":
				say("  - through %s\n", escaped(b.Via))
			case told != "":
				say("  - %s\n", told)
			}
		}
	}
}

// tellings writes what people were told.
func tellings(say sayer, v storyView) {
	all := messages(v.Story)
	if len(all) > 0 {
		say("\n## Told\n\n")
	}
	for _, m := range all {
		say("- %s · %s · %s\n", sheet.Clock(m.At), escaped(sheet.Capital(m.Says)), escaped(entry{Channels: m.Channels}.Over()))
	}
	if v.Untold != "" {
		say("\n%s\n", escaped(v.Untold))
	}
}

// joined writes names after one another.
func joined(ids []string, name func(string) string) string {
	var names []string
	for _, id := range ids {
		names = append(names, name(id))
	}
	return strings.Join(names, ", ")
}

// dotted, dashed and quoted write a text behind something, if there is one.
func dotted(s string) string { return behind(" · ", s, "") }

func dashed(s string) string { return behind(" — ", escaped(s), "") }

func quoted(s string) string { return behind("\n  > ", escaped(s), "") }

func behind(before, s, after string) string {
	if s == "" {
		return ""
	}
	return before + s + after
}

// marks are what Markdown gives a meaning to.
const marks = "\\`*_{}[]()#+-.!|~:@"

// escaped returns a text from outside that Markdown leaves as it is.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range sheet.Plain(s) {
		switch {
		case strings.ContainsRune("<>&", r):
			b.WriteString(html.EscapeString(string(r)))
			continue
		case strings.ContainsRune(marks, r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// linked writes a text that leads somewhere, if it is to the web.
func linked(text, link string) string {
	if link = sheet.Web(link); link == "" {
		return escaped(text)
	}
	return "[" + escaped(text) + "](<" + strings.NewReplacer("<", "%3C", ">", "%3E", "\\", "%5C").Replace(link) + ">)"
}
