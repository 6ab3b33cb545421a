package bench

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// said is what the workbench says to what was typed.
type said struct {
	Note      string    // why something was not done; "" for nothing
	Typing    bool      // it is still being typed: examples were not tried
	Fine      bool      // there are no mistakes
	Problems  []problem // in what was typed
	Elsewhere []string  // what it makes wrong in other places, or what was wrong before
	Theirs    string    // how the entry stands in its file, if somebody else changed that
	Reading   *reading
}

// A problem is a mistake in what was typed, with its line.
type problem struct {
	Line, Col   int // from 1, in letters
	Msg, Hint   string
	Code, Caret string // the part of the line around the mistake, and a sign below it
}

// shownProblems is how many mistakes are shown at once.
const shownProblems = 20

// problems says what err, which is of a check, says.
func (b *Room) problems(e matcher.Entry, f form, err error) *said {
	s := &said{Fine: err == nil}
	var all matcher.Problems
	if !errors.As(err, &all) {
		if err != nil {
			s.Elsewhere = []string{b.shorter(err.Error())}
		}
		return s
	}
	mine, others := e.Mine(all, f.Text)
	lines := strings.Split(f.Text, "\n")
	for _, p := range mine[:min(len(mine), shownProblems)] {
		x := problem{Line: p.Line, Col: p.Col, Msg: b.shorter(p.Msg), Hint: b.shorter(p.Hint)}
		if p.Line <= len(lines) {
			x.Code, x.Caret = window(lines[p.Line-1], p.Col)
		}
		s.Problems = append(s.Problems, x)
	}
	for _, p := range others[:min(len(others), shownProblems)] {
		s.Elsewhere = append(s.Elsewhere, b.shorter(p.Error()))
	}
	return s
}

// shorter returns a text with files as they are called from the folder of
// rules.yaml.
func (b *Room) shorter(text string) string {
	folder := b.o.Path[:strings.LastIndexAny(b.o.Path, `/\`)+1]
	if folder == "" {
		return text
	}
	return strings.ReplaceAll(text, folder, "")
}

// window returns some of a line around a column, which is from 1, and a sign that
// stands below that.
func window(line string, col int) (code, caret string) {
	letters := []rune(sheet.Lines(strings.TrimRight(line, "\r")))
	at := min(max(col-1, 0), len(letters))
	from, to := max(0, at-60), min(len(letters), at+40)
	return string(letters[from:to]), strings.Repeat(" ", at-from) + "^"
}

// A reading is what a text comes to by the rules in use and by those that were
// typed.
type reading struct {
	Title, Body []piece
	Language    string
	Was, Is     news.Severity // 0 for that nobody hears of it
	Verdicts    []verdict
}

// Changed reports whether people would hear of the text otherwise.
func (r reading) Changed() bool { return r.Was != r.Is }

// A piece is some of a text.
type piece struct {
	Text   string
	Marked bool
}

// A verdict is what one rule makes of the text by the rules in use, and by those that
// were typed.
type verdict struct {
	Rule, Title string
	Was, Is     string // an outcome, with its severity
	Changed     bool
	Mine        bool // it is the rule that is edited
	Hits        []hit
	Missing     []explain.Missing
}

// A hit is one place at which a rule's query is found.
type hit struct {
	Words   []string
	Reasons []string
}

// nearly is how many rules are shown that nearly match.
const nearly = 3

// read looks at an item with the rules in use and with those that were typed for an
// entry.
func read(now, then *matcher.Rules, it news.Item, e matcher.Entry) *reading {
	was, is := now.Explain(it, nil), then.Explain(it, nil)
	before := map[string]explain.Verdict{}
	for _, v := range was.Verdicts {
		before[v.Rule] = v
	}
	r := &reading{Language: is.Language, Was: gravest(was), Is: gravest(is)}
	near := 0
	var marks []explain.Passage
	for _, v := range is.Verdicts {
		old, known := before[v.Rule]
		x := verdict{Rule: v.Rule, Title: v.Title, Was: outcome(old, known), Is: outcome(v, true), Mine: e.Section == "rules" && v.Rule == e.Name, Missing: v.Missing}
		x.Changed = x.Was != x.Is
		delete(before, v.Rule)
		switch {
		case v.Outcome != explain.Missed && v.Outcome != explain.NotMeant, x.Changed, x.Mine:
		case v.Near() && near < nearly:
			near++
		default:
			continue
		}
		for _, h := range v.Hits {
			x.Hits = append(x.Hits, hitOf(h))
			marks = append(marks, h.Found...)
		}
		r.Verdicts = append(r.Verdicts, x)
	}
	for _, v := range was.Verdicts { // of rules that were taken out or renamed
		if _, gone := before[v.Rule]; gone && v.Severity > 0 {
			r.Verdicts = append(r.Verdicts, verdict{Rule: v.Rule, Title: v.Title, Was: outcome(v, true), Is: "not there", Changed: true})
		}
	}
	r.Title, r.Body = marked(it.Title, passages(marks, "title")), marked(it.Body, passages(marks, "body"))
	return r
}

func gravest(e explain.Explanation) (s news.Severity) {
	for _, v := range e.Verdicts {
		s = max(s, v.Severity)
	}
	return s
}

// outcome writes an outcome: "matched, high".
func outcome(v explain.Verdict, known bool) string {
	switch {
	case !known:
		return "not there"
	case v.Severity > 0:
		return string(v.Outcome) + ", " + v.Severity.String()
	}
	return string(v.Outcome)
}

func hitOf(h explain.Hit) (x hit) {
	for _, p := range h.Found {
		x.Words = append(x.Words, fmt.Sprintf("%q as %s", p.Words, p.Term))
	}
	for _, r := range h.Reasons {
		said := r.Effect + " by " + r.Condition
		if len(r.Met) > 0 {
			said += fmt.Sprintf(": %q", r.Met[0].Words)
		}
		x.Reasons = append(x.Reasons, said)
	}
	return x
}

// passages returns the marks of those passages that are in a field.
func passages(all []explain.Passage, field string) (marks []news.Mark) {
	for _, p := range all {
		if p.Field == field {
			marks = append(marks, news.Mark{Start: p.Start, End: p.End})
		}
	}
	slices.SortFunc(marks, func(a, b news.Mark) int { return a.Start - b.Start })
	return marks
}

// mostShown is how many bytes of a text are shown.
const mostShown = 4000

// marked returns a text in pieces, those that are marked apart from the others.
func marked(text string, marks []news.Mark) (all []piece) {
	at, end := 0, min(len(text), mostShown)
	add := func(to int, mark bool) {
		if to = min(to, end); to > at {
			all = append(all, piece{sheet.Lines(strings.ToValidUTF8(text[at:to], "")), mark})
			at = to
		}
	}
	for _, m := range marks {
		add(m.Start, false)
		add(m.End, true)
	}
	add(end, false)
	if end < len(text) {
		all = append(all, piece{Text: "…"})
	}
	return all
}

// itemOf reads a text as an item: its first line is the title.
func itemOf(sample string) news.Item {
	title, body, _ := strings.Cut(strings.TrimSpace(sample), "\n")
	now := time.Now().UTC()
	return news.Item{ID: news.ItemID("", title), Title: strings.TrimSpace(title), Body: strings.TrimSpace(body), Published: now, Fetched: now}
}

// longestFetch is how long a page may take.
const longestFetch = 20 * time.Second

// fetch returns the page behind a link as a text to look at.
func (b *Room) fetch(r *http.Request, link string) (string, error) {
	if b.o.Fetch == nil {
		return "", errors.New("no pages are read here; paste the text")
	}
	if !strings.HasPrefix(link, "https://") && !strings.HasPrefix(link, "http://") {
		return "", errors.New("a link begins with https:// or http://")
	}
	ctx, cancel := contextFor(r, longestFetch)
	defer cancel()
	it, err := b.o.Fetch(ctx, link)
	if err != nil {
		return "", err
	}
	text := sheet.Plain(it.Title) + "\n\n" + sheet.Lines(it.Body)
	if len(text) > mostSample/2 {
		text = strings.ToValidUTF8(text[:mostSample/2], "")
	}
	return text, nil
}
