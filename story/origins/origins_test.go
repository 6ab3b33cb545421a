package origins_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/origins"
)

// press is a small press: the family of each outlet by its names.
type press map[string]string

func (p press) Family(publisher string) string {
	if family := p[publisher]; family != "" {
		return family
	}
	return publisher
}

func (p press) Named(name string) (news.Outlet, bool) {
	family, ok := p[name]
	return news.Outlet{Name: strings.TrimPrefix(name, "The "), Family: family}, ok
}

var table = press{
	"The Courier": "Courier", "Courier": "Courier", "Courier Sunday": "Courier", "Курьер": "Courier",
	"Meridian": "Meridian", "BBC": "BBC", "BBC Russian": "BBC",
}

// A told is a report in short: who tells it, and where they have it from.
type told struct {
	publisher string
	says      []news.Attribution
}

// Ways to say where one has it from.
func says(speaker, via string) news.Attribution {
	return news.Attribution{Speaker: speaker, Via: via}
}
func cites(outlet string) news.Attribution { return news.Attribution{Via: outlet} }
func unnamed(via string) news.Attribution {
	return news.Attribution{Speaker: "unnamed officials", Via: via, Hearsay: true}
}

// below puts an attribution below the title.
func below(a news.Attribution) news.Attribution {
	a.Span.Field = news.Summary
	return a
}

func reprint(outlet string) news.Attribution {
	return news.Attribution{Via: outlet, Span: news.Span{Term: "read the original"}}
}
func own() news.Attribution { return news.Attribution{Own: true} }

func tell(publisher string, says ...news.Attribution) told { return told{publisher, says} }

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// fold adds the reports to a story, as package story does.
func fold(t *testing.T, reports []told) news.Story {
	t.Helper()
	var s news.Story
	for i, x := range reports {
		r := news.Report{Item: news.Item{ID: fmt.Sprint(i), Publisher: x.publisher, Title: "Coup", Link: fmt.Sprintf("https://%s.example/%d", x.publisher, i), Published: noon.Add(time.Duration(i) * time.Hour)}}
		s.Reports++
		if !slices.ContainsFunc(s.Sources, func(o news.Source) bool { return o.Publisher == x.publisher }) {
			s.Sources = append(s.Sources, news.Source{Publisher: x.publisher, Link: r.Link, At: r.Published})
		}
		before, _ := json.Marshal(s)
		older := s
		origins.Add(&s, r, x.says, table)
		if after, _ := json.Marshal(older); string(after) != string(before) {
			t.Fatal("Add wrote to an older version of the story")
		}
		doc, err := json.Marshal(s) // a restart between any two
		if err != nil {
			t.Fatal(err)
		}
		s = news.Story{}
		if err := json.Unmarshal(doc, &s); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// names returns the names of the origins of s.
func names(s news.Story) []string {
	var out []string
	for _, o := range s.Origins {
		out = append(out, o.Name)
	}
	slices.Sort(out)
	return out
}

// scenarios are ways in which a story is told, and its origins.
var scenarios = []struct {
	name    string
	reports []told
	want    []string // in some order of arrival; their number in any
}{
	{"one publisher", []told{tell("Herald")}, []string{"Herald"}},
	{"ten outlets retell one exile in The Courier", []told{
		tell("The Courier", says("Ivo Maren", "")), tell("a", says("Ivo Maren", "The Courier")), tell("b", says("Maren", "The Courier")), tell("c", cites("The Courier")),
		tell("d", says("Ivo Maren", "Courier")), tell("e", cites("Courier")), tell("f", says("Mr Maren", "")), tell("g", says("I. Maren", "The Courier")),
		tell("h", cites("The Courier"), says("Ivo Maren", "")), tell("i", cites("e")), tell("j", says("Ivo Maren", "d")),
	}, []string{"Ivo Maren"}},
	{"the exile is named late", []told{tell("a", cites("The Courier")), tell("b", cites("a")), tell("c", says("Ivo Maren", "The Courier"))}, []string{"Ivo Maren"}},
	{"nobody says who told The Courier", []told{tell("a", cites("The Courier")), tell("b", cites("Courier")), tell("Courier Sunday")}, []string{"Courier"}},
	{"an exile named below the title", []told{tell("a", unnamed(""), below(says("Ivo Maren", "The Courier")))}, []string{"Ivo Maren"}},
	{"officials beside an exile", []told{tell("a", below(says("Ivo Maren", "The Courier")), below(unnamed("")))}, []string{"Ivo Maren", "a"}},
	{"two copies of a wire report", []told{tell("a", cites("Meridian")), tell("b", cites("Meridian"))}, []string{"Meridian"}},
	{"a broadcaster adds its own source", []told{tell("a", says("Ivo Maren", "The Courier")), tell("BBC", says("Ivo Maren", "The Courier"), own())}, []string{"BBC", "Ivo Maren"}},
	{"own source, and others cite it", []told{tell("BBC", own()), tell("a", cites("BBC")), tell("BBC", cites("The Courier"))}, []string{"BBC", "Courier"}},
	{"a chain of four", []told{tell("a", cites("b")), tell("b", cites("c")), tell("c", cites("d")), tell("d")}, []string{"d"}},
	{"a chain of four, the other way", []told{tell("d"), tell("c", cites("d")), tell("b", cites("c")), tell("a", cites("b"))}, []string{"d"}},
	{"a circle", []told{tell("a", cites("b")), tell("b", cites("c")), tell("c", cites("a"))}, []string{"a"}},
	{"a circle with a way out", []told{tell("a", cites("b")), tell("b", cites("a"), says("Ivo Maren", ""))}, []string{"Ivo Maren"}},
	{"two scripts", []told{tell("a", says("Vladimir Maren", "The Courier")), tell("b", says("Владимир Марен", "Курьер")), tell("c", says("Володимир Марен", "")), tell("d", says("Марен", ""))}, []string{"Vladimir Maren"}},
	{"two of one name", []told{tell("a", says("Ivo Maren", "")), tell("b", says("Ana Maren", ""))}, []string{"Ana Maren", "Ivo Maren"}},
	{"unknown publishers", []told{tell("x1"), tell("x2"), tell("x3")}, []string{"x1", "x2", "x3"}},
	{"feeds of one family", []told{tell("BBC"), tell("BBC Russian"), tell("BBC")}, []string{"BBC"}},
	{"unnamed officials of one outlet", []told{tell("a", unnamed("")), tell("b", unnamed("a")), tell("c", cites("b"))}, []string{"a"}},
	{"unnamed officials of two", []told{tell("a", unnamed("")), tell("b", unnamed(""))}, []string{"a", "b"}},
	{"it is claimed", []told{tell("a", news.Attribution{Speaker: "unnamed", Hearsay: true}, says("Ivo Maren", ""))}, []string{"Ivo Maren"}},
	{"two outlets, two speakers", []told{tell("a", says("Ivo Maren", "The Courier")), tell("b", says("General Ada Lund", "Meridian")), tell("c", cites("Meridian"))}, []string{"General Ada Lund", "Ivo Maren"}},
	{"a body speaks of itself", []told{tell("a", says("the defence ministry", "")), tell("b", says("Ministry of Defence", "")), tell("c", says("Минобороны", "")), tell("d", cites("a"))}, []string{"the defence ministry"}},
	{"an outlet cites itself", []told{tell("Courier", cites("The Courier")), tell("a", cites("Courier"))}, []string{"Courier"}},
	{"who names a source once has it from there", []told{tell("a"), tell("a", says("Ivo Maren", "The Courier")), tell("b")}, []string{"Ivo Maren", "b"}},
	{"letters to an exile", []told{tell("a", unnamed("Ivo Maren")), tell("b", says("Ivo Maren", "The Courier")), tell("c", unnamed("Maren"), cites("Courier"))}, []string{"Ivo Maren"}},
	{"an outlet that nobody lists", []told{tell("a", says("Ivo Maren", "Harbour Post")), tell("b", cites("Harbour Post")), tell("Harbour Post", own())}, []string{"Harbour Post", "Ivo Maren"}},
	{"a reprint", []told{tell("portal", reprint("Courier"), says("Ivo Maren", "")), tell("Courier"), tell("a", cites("portal"))}, []string{"Ivo Maren"}},
	{"an unnamed expert", []told{tell("a", says("an expert", "")), tell("b", says("an expert", ""))}, []string{"a", "b"}},
}

func TestAdd(t *testing.T) {
	for _, tt := range scenarios {
		if diff := cmp.Diff(tt.want, names(fold(t, tt.reports))); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// The number of origins does not depend on the order in which reports come,
// and every report rests on one.
func TestAnyOrder(t *testing.T) {
	for _, tt := range scenarios {
		for seed := range uint64(60) {
			reports := slices.Clone(tt.reports)
			rand.New(rand.NewPCG(seed, 7)).Shuffle(len(reports), func(i, j int) { reports[i], reports[j] = reports[j], reports[i] })
			s := fold(t, reports)
			if len(s.Origins) != len(tt.want) {
				t.Errorf("%s, seed %d: origins %v, want %d", tt.name, seed, names(s), len(tt.want))
				break
			}
			for _, o := range s.Origins {
				if o.Name == "" || o.Link == "" || o.At.IsZero() || o.Reports == 0 {
					t.Errorf("%s: origin %+v lacks something", tt.name, o)
				}
			}
			for _, x := range s.Sources {
				for _, name := range x.Origins {
					if !slices.Contains(names(s), name) {
						t.Errorf("%s: %s rests on %q, which is no origin", tt.name, x.Publisher, name)
					}
				}
				if len(x.Origins) == 0 {
					t.Errorf("%s: %s rests on nobody", tt.name, x.Publisher)
				}
			}
		}
	}
}

// The same holds of whatever is told.
func TestAnythingInAnyOrder(t *testing.T) {
	press := []string{"a", "b", "c", "The Courier", "Курьер", "BBC", "BBC Russian", "Harbour Post"}
	people := []string{"Ivo Maren", "Иво Марен", "Maren", "Ana Lund", "the army", "an expert"}
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 5))
		one := func(list []string) string { return list[random.IntN(len(list))] }
		reports := make([]told, 2+random.IntN(6))
		for i := range reports {
			reports[i].publisher = one(press)
			for range random.IntN(3) {
				reports[i].says = append(reports[i].says, []news.Attribution{
					says(one(people), ""), says(one(people), one(press)), cites(one(press)), unnamed(""), unnamed(one(press)), unnamed(one(people)), own(), reprint(one(press)),
				}[random.IntN(8)])
			}
		}
		want := names(fold(t, reports))
		shuffled := slices.Clone(reports)
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if got := names(fold(t, shuffled)); len(got) != len(want) {
			t.Errorf("seed %d: origins %q, in another order %q of\n%+v", seed, want, got, reports)
		}
	}
}

// What is kept of an origin is what the desk asks about it.
func TestAddFills(t *testing.T) {
	r := news.Report{Item: news.Item{Publisher: "Herald", Link: "https://herald.example/1", Published: noon, Title: "Exile: coup is near", Body: "Ivo Maren told The Courier that a coup is near."}}
	a := says("Ivo Maren", "The Courier")
	a.Span = news.Span{Field: news.Body, Start: 0, End: len(r.Body), Term: "told"}
	s := news.Story{Sources: []news.Source{{Publisher: "Herald"}}}
	origins.Add(&s, r, []news.Attribution{a}, table)
	want := news.Story{
		Origins: []news.Origin{{Name: "Ivo Maren", Via: []string{"Courier"}, At: noon, Link: r.Link, Quote: r.Body, Reports: 1}},
		Sources: []news.Source{{Publisher: "Herald", Origins: []string{"Ivo Maren"}, Via: []string{"Courier"}}},
	}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Error(diff)
	}
}

// What is said of something else makes no origin.
func TestMatter(t *testing.T) {
	aside := "Anna Lund told Meridian that the harvest was good."
	body := "Ivo Maren said that a coup is near. " + strings.Repeat("The city has many bridges. ", 20) + aside + strings.Repeat(" The weather is fair.", 20)
	r := news.Report{Item: news.Item{Publisher: "Herald", Title: "Exile warns", Body: body, Published: noon}}
	at := strings.Index(body, "coup")
	r.Matches = []news.Match{{Spans: []news.Span{{Field: news.Body, Start: at, End: at + 4}}}}
	where := func(a news.Attribution, sentence string) news.Attribution {
		i := strings.Index(body, sentence)
		a.Span = news.Span{Field: news.Body, Start: i, End: i + len(sentence)}
		return a
	}
	s := news.Story{Sources: []news.Source{{Publisher: "Herald"}}}
	origins.Add(&s, r, []news.Attribution{where(says("Ivo Maren", ""), "Ivo Maren said that a coup is near."), where(says("Anna Lund", "Meridian"), aside)}, table)
	if diff := cmp.Diff([]string{"Ivo Maren"}, names(s)); diff != "" {
		t.Error(diff)
	}
}

func TestReportsAreCounted(t *testing.T) {
	s := fold(t, scenarios[1].reports)
	if len(s.Origins) != 1 || s.Origins[0].Reports != len(scenarios[1].reports) {
		t.Errorf("origins %+v, want one on which %d reports rest", s.Origins, len(scenarios[1].reports))
	}
}

func FuzzAdd(f *testing.F) {
	f.Add("Ivo Maren", "The Courier", "Марен", "Herald")
	f.Add("", "", "", "")
	f.Add("the army", "BBC", "i.", "BBC")
	f.Fuzz(func(t *testing.T, speaker, via, other, publisher string) {
		s := news.Story{Sources: []news.Source{{Publisher: publisher}}}
		for range 2 {
			origins.Add(&s, news.Report{Item: news.Item{Publisher: publisher}}, []news.Attribution{says(speaker, via), says(other, via), unnamed(via)}, table)
			if len(s.Origins) == 0 || len(s.Sources[0].Origins) == 0 {
				t.Fatalf("a story without an origin: %+v", s)
			}
		}
	})
}

// BenchmarkAdd adds a report to a story of many publishers.
func BenchmarkAdd(b *testing.B) {
	for _, n := range []int{10, 100} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var s news.Story
			for i := range n {
				p := fmt.Sprint("p", i)
				s.Sources = append(s.Sources, news.Source{Publisher: p})
				origins.Add(&s, news.Report{Item: news.Item{Publisher: p}}, []news.Attribution{says(fmt.Sprint("Ivo Maren", i%10), fmt.Sprint("p", i/2))}, table)
			}
			b.ReportAllocs()
			for b.Loop() {
				x := s
				origins.Add(&x, news.Report{Item: news.Item{Publisher: "p1"}}, []news.Attribution{says("Ivo Maren", "p2")}, table)
			}
		})
	}
}
