package chart_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/chart"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

func asIs(s string) string { return s }

// drawn fails if a picture is not well formed, has a style or a script of its own,
// or text beyond its edges.
func drawn(t *testing.T, picture template.HTML) string {
	t.Helper()
	text := string(picture)
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		e, ok := token.(xml.StartElement)
		if ok && (e.Name.Local == "style" || e.Name.Local == "script" || e.Name.Local == "img") {
			t.Errorf("the picture has a %s", e.Name.Local)
		}
		for _, a := range e.Attr {
			if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
				t.Errorf("the picture has %s=%q", a.Name.Local, a.Value)
			}
		}
	}
	if !strings.Contains(text, `aria-hidden="true"`) {
		t.Error("the picture is read aloud")
	}
	return text
}

func TestLadder(t *testing.T) {
	for _, tt := range []struct {
		status news.Status
		steps  []news.Step
		bars   int
		denied bool
	}{
		{news.Rumour, nil, 1, false},
		{news.Official, nil, 4, false},
		{news.Denied, []news.Step{{Status: news.Claim}, {Status: news.Official, Withdrawn: true}, {Status: news.Denied}}, 2, true},
		{0, nil, 0, false},
	} {
		got := drawn(t, chart.Ladder(tt.status, tt.steps))
		if n := strings.Count(got, `class="on"`); n != tt.bars || strings.Contains(got, "<path") != tt.denied {
			t.Errorf("%v: %d bars in %s", tt.status, n, got)
		}
	}
}

// All who say so and have it from them are in the tree, as many as fit, each below
// the one before.
func TestTree(t *testing.T) {
	origins := []news.Origin{{Name: "Ann <Example>", Via: []string{"The Herald"}, Reports: 1200}, {Name: "State Radio", Reports: 1}}
	sources := []news.Source{{Publisher: "The Herald", Origins: []string{"Ann <Example>"}}}
	for i := range 9 {
		sources = append(sources, news.Source{Publisher: fmt.Sprintf("Wire %d", i), Origins: []string{"Ann <Example>"}, Via: []string{"The Herald"}})
	}
	got := drawn(t, chart.Tree(origins, sources, asIs))
	for _, want := range []string{"Ann &lt;Example&gt;", "1,200 reports", "The Herald", "Wire 4", "and 4 more", "State Radio", "1 report<"} {
		if !strings.Contains(got, want) {
			t.Errorf("the tree lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "Wire 5") || strings.Count(got, "<path") != 1+5 {
		t.Errorf("the tree has other twigs than from one to one to five:\n%s", got)
	}
	height, _ := strconv.Atoi(regexp.MustCompile(`height="(\d+)"`).FindStringSubmatch(got)[1])
	for _, m := range regexp.MustCompile(`<text [^>]*y="(\d+)"`).FindAllStringSubmatch(got, -1) {
		if y, _ := strconv.Atoi(m[1]); y > height-8 {
			t.Errorf("a name at %d in a tree of %d", y, height)
		}
	}
	many := make([]news.Origin, 30)
	if got := drawn(t, chart.Tree(many, nil, asIs)); !strings.Contains(got, "and 20 more origins") {
		t.Error("thirty origins are drawn")
	}
}

func TestCourse(t *testing.T) {
	at := func(h int) time.Time { return noon.Add(time.Duration(h) * time.Hour) }
	got := drawn(t, chart.Course(
		[]chart.Dot{{At: at(0), Status: news.Rumour}, {At: at(5), Status: news.Claim, Copy: true}, {At: at(9), Status: 0}},
		[]news.Step{{Status: news.Rumour, At: at(0)}, {Status: news.Official, At: at(2), Withdrawn: true}, {Status: news.Denied, At: at(9)}},
		[]time.Time{at(1), at(10)}))
	for want, n := range map[string]int{`class="own"`: 1, `class="copy"`: 1, `<circle class="told"`: 2, `<path class="told"`: 2, "15:00": 1, `d="M92 179H862V59H948"`: 1} {
		if got := strings.Count(got, want); got != n {
			t.Errorf("%d times %q, want %d", got, want, n)
		}
	}
	if got := chart.Course(nil, nil, nil); got != "" {
		t.Errorf("of nothing there is %s", got)
	}
	for _, long := range []time.Duration{0, time.Hour, 30 * time.Hour, 90 * 24 * time.Hour, 5 * 365 * 24 * time.Hour} {
		got := drawn(t, chart.Course([]chart.Dot{{At: noon, Status: news.Claim}, {At: noon.Add(long), Status: news.Claim}}, nil, nil))
		if n := strings.Count(got, `class="tick"`); n > 8+int(long/(200*24*time.Hour))*10 {
			t.Errorf("%v has %d ticks", long, n)
		}
	}
}

func TestBars(t *testing.T) {
	got := drawn(t, chart.Bars([]chart.Bar{{"1", 0, 0}, {"2", 200, 1}, {"3", 1, 1}}))
	if !strings.Contains(got, ">200<") || strings.Contains(got, ">0<") || strings.Count(got, `class="mark"`) != 2 {
		t.Errorf("got %s", got)
	}
	drawn(t, chart.Bars(nil))
}

// Each hour has the shade of what it has beside the fullest one, and an empty one none.
func TestWeek(t *testing.T) {
	var week [7][24]float64
	if got := chart.Week(week); got != "" {
		t.Errorf("of nothing there is %s", got)
	}
	week[0][0], week[6][23], week[2][5], week[3][1] = 10, 9.9, 1, 0.1
	got := drawn(t, chart.Week(week))
	for want, n := range map[string]int{"<path": 2, `class="shade4" d="M34 16h14v14h-14zM402 112h14`: 1, `class="shade0" d="M114 48h`: 1, "18:00": 1, ">Sun<": 1} {
		if got := strings.Count(got, want); got != n {
			t.Errorf("%d times %q, want %d", got, want, n)
		}
	}
	for d := range week {
		for h := range week[d] {
			week[d][h] = float64(d*24 + h)
		}
	}
	if got := drawn(t, chart.Week(week)); len(got) > 6000 || strings.Count(got, "z") > 7*24 {
		t.Errorf("a full week has %d bytes", len(got))
	}
}

// Countries lie where they lie, and none goes over the edge of the sheet.
func TestWorld(t *testing.T) {
	land := string(chart.Land())
	if len(land) < 20_000 || len(land) > 60_000 {
		t.Errorf("the land has %d bytes", len(land))
	}
	spots := []chart.Spot{{Code: "ml", Stories: 3, Severity: news.High}, {Code: "fj", Stories: 1, Severity: news.Low}, {Code: "mv", Stories: 1, Severity: news.Critical}, {Code: "xx", Stories: 9}, {Code: "ru", Stories: 1}, {Code: "us", Stories: 1}}
	got := drawn(t, chart.World("/land.svg", spots, true))
	if n := strings.Count(got, "<circle"); n != 5 {
		t.Errorf("%d countries, want those five that are there", n)
	}
	if n := strings.Count(got, "<path"); n != 4 {
		t.Errorf("%d outlines; the Maldives have none", n)
	}
	if strings.LastIndex(got, `<g class="critical"`) < strings.LastIndex(got, `<g class="high"`) {
		t.Error("the gravest does not lie on top")
	}
	if got := drawn(t, chart.World("/land.svg", spots, false)); strings.Contains(got, "<path") {
		t.Error("outlines that nobody asked for")
	}
	if chart.World("/land.svg", nil, false) != "" {
		t.Error("a world of nothing")
	}
	for _, step := range regexp.MustCompile(`[a-z ](-?\d+)[ -]`).FindAllStringSubmatch(land, -1) {
		if n, _ := strconv.Atoi(step[1]); n > 400 || n < -400 {
			t.Errorf("a border leaps by %d", n)
		}
	}
}

// Whatever is in a name stays text.
func FuzzTree(f *testing.F) {
	f.Add(`</text><script>alert(1)</script>`, `" onload="x`)
	f.Fuzz(func(t *testing.T, name, via string) {
		clean := func(s string) string {
			return strings.Map(func(r rune) rune {
				if r < ' ' || r == 0xfffd || r == 0xfffe || r == 0xffff {
					return -1
				}
				return r
			}, strings.ToValidUTF8(s, ""))
		}
		drawn(t, chart.Tree([]news.Origin{{Name: name, Via: []string{via}}}, []news.Source{{Publisher: via, Origins: []string{name}, Via: []string{via}}}, clean))
	})
}

// A line has a point for each day on which it turns, and none of it is outside.
func TestSpark(t *testing.T) {
	for _, tt := range []struct {
		days []int
		path string
	}{
		{[]int{0, 0, 0, 0}, "M3 21L117 21"},
		{[]int{0, 4, 0}, "M3 21L60 3L117 21"},
		{[]int{7}, "M3 3"},
		{[]int{-1, 1 << 40}, "M3 21L117 3"},
	} {
		if text := drawn(t, chart.Spark(tt.days)); !strings.Contains(text, `d="`+tt.path+`"`) {
			t.Errorf("%v: %s", tt.days, text)
		}
	}
	if chart.Spark(nil) != "" {
		t.Error("nothing is drawn as a line")
	}
}
