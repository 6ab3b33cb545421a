package show

import (
	"fmt"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/fit"
)

// digestText writes a digest as plain text, with as many stories as fit into
// maxText.
func (s Style) digestText(b *sheet, d news.Digest, ink ink) {
	fitting(&b.Buffer, maxText, longest(d), func(n int) { s.digest(d, n).text(b, ink) })
}

// text writes v as plain text.
func (v digestView) text(b *sheet, ink ink) {
	fmt.Fprintf(b, "%s\n%s\n", ink.in(bold, "DAILY DIGEST  "+v.Day), ink.in(faint, v.Period))
	for _, line := range fit.Wrap(dots(v.Summary, v.Coverage), b.columns) {
		b.WriteString(line + "\n")
	}
	if v.Quiet {
		return
	}
	for _, r := range v.Regions {
		if len(r.Rules) > 0 {
			heading(b, r.Name, r.Count, ink)
		}
		for _, rule := range r.Rules {
			fmt.Fprintf(b, "\n%s\n", ink.in(faint, "-- "+rule.Title+" --"))
			for _, st := range rule.Stories {
				b.WriteByte('\n')
				storyText(b, st, ink)
			}
		}
	}
	left(b, v.More)
	almostText(b, v.Almost, ink)
	if len(v.Muted.Shown) > 0 {
		heading(b, "Muted", v.Muted.Count(), ink)
		for _, st := range v.Muted.Shown {
			field(b, "-", dots(st.Headline, st.Label, st.Says.Facts))
		}
		left(b, v.Muted.More)
	}
	feedsText(b, "Feeds with a problem", v.Sick, ink)
	chartText(b, v.Days, ink)
}

// heading writes the title of a part of a digest, and how much is in it.
func heading(b *sheet, title string, n int, ink ink) {
	fmt.Fprintf(b, "\n%s\n", ink.in(bold, fmt.Sprintf("%s (%s)", strings.ToUpper(title), number(n))))
}

// left writes how much was left out, nothing if nothing was.
func left(b *sheet, n int) {
	if n > 0 {
		fmt.Fprintf(b, "\n%s\n", andMore(n))
	}
}

// storyText writes a story of a digest.
func storyText(b *sheet, st storyView, ink ink) {
	headText(b, st.Severity, st.Label, st.When, ink)
	for _, line := range fit.Wrap(st.Headline, b.columns) {
		b.WriteString(ink.in(bold, line) + "\n")
	}
	field(b, "was", st.Was)
	saysText(b, st.Says)
	field(b, "", sourcesText(st.Sources, st.More))
	field(b, "quote", quoted(st.Quote, st.By, ink))
	verbatim(b, "link", st.Link)
	verbatim(b, "page", st.Page)
}

// almostText writes the items that a rule all but matched.
func almostText(b *sheet, l list[missView], ink ink) {
	if len(l.Shown) == 0 {
		return
	}
	heading(b, "Almost", l.Count(), ink)
	for _, m := range l.Shown {
		b.WriteByte('\n')
		for _, line := range fit.Wrap(m.Headline, b.columns) {
			b.WriteString(line + "\n")
		}
		field(b, "from", strings.TrimSpace(m.Publisher+" "+m.When))
		field(b, "", m.Lacks)
		verbatim(b, "link", m.Link)
	}
	left(b, l.More)
}

// feedsText writes feeds that have a problem.
func feedsText(b *sheet, title string, l list[sickView], ink ink) {
	if len(l.Shown) == 0 {
		return
	}
	heading(b, title, l.Count(), ink)
	b.WriteByte('\n')
	for _, f := range l.Shown {
		fmt.Fprintf(b, "%s\n", dots(f.Name, f.State, f.Since))
		field(b, "", f.Problem)
	}
	left(b, l.More)
}

// barWidth is how many columns the highest bar of the chart takes.
const barWidth = 40

// chartText writes the stories of the latest days as bars.
func chartText(b *sheet, all []dayView, ink ink) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n\n", ink.in(bold, "STORIES A DAY")+"  "+ink.in(faint, "(of these, told at once: ▓)"))
	for _, d := range all {
		bars := min(barWidth, b.columns-2*margin)
		told, rest := d.Told100*bars/100, d.Rest*bars/100
		bar := strings.Repeat("▓", told) + strings.Repeat("░", rest)
		fmt.Fprintf(b, "%*s  %s\n", margin-2, strings.TrimSpace(d.Weekday+" "+d.Label), strings.TrimSpace(bar+" "+number(d.Stories)))
	}
}
