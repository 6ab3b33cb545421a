package origins_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/origins"
)

// mentions are what the rules know of the titles below: by what is written
// there, an entity or a country.
var mentions = []news.Mention{
	{Entity: "ostrana", Name: "Ostrana", Country: "vm"},
	{Entity: "country:vm", Name: "Velmaria", Country: "vm"},
	{Entity: "redhouse", Name: "Kremlin", Country: "vm"},
	{Entity: "griffins", Name: "Griffin Group", Country: "vm"},
	{Entity: "varkun", Name: "Ilya Varkun", Country: "vm"},
}

var spelled = map[string]string{
	"Ostrana": "ostrana country:vm", "Velmaria": "country:vm", "Velmarian": "country:vm", "Kremlin": "redhouse",
	"Griffin": "griffins", "Griffin Group": "griffins", "Ilya Varkun": "varkun", "Varkun": "varkun", "the Griffins' cook": "varkun",
}

// says returns a report in which speaker says so, with what the rules find in
// that.
func saysSo(i int, speaker string) (news.Report, news.Attribution) {
	r := news.Report{Item: news.Item{ID: fmt.Sprint(i), Publisher: fmt.Sprint("p", i), Title: speaker + " says so", Link: fmt.Sprint("https://e.org/", i), Published: noon}}
	for name, ids := range spelled {
		at := strings.Index(r.Title, name)
		for _, m := range mentions {
			if at >= 0 && slices.Contains(strings.Fields(ids), m.Entity) {
				m.Span = news.Span{Field: news.Title, Start: at, End: at + len(name)}
				r.Mentions = append(r.Mentions, m)
			}
		}
	}
	return r, news.Attribution{Speaker: speaker, Span: news.Span{Field: news.Title, End: len(r.Title), Term: "says"}}
}

// A place, a country, an alias and two names of one person are never two
// origins, in whatever order they come.
func TestOneSpeakerOfManyNames(t *testing.T) {
	for _, tt := range []struct {
		names []string
		want  int
	}{
		{[]string{"Ostrana", "Velmaria", "Kremlin", "Kremlin spokesman", "the Velmarian government", "Velmarian authorities"}, 1},
		{[]string{"Griffin Group", "Griffin", "the Griffin chief", "chief of the private contractor Griffin Group", "Griffin Group spokeswoman"}, 1},
		{[]string{"Ilya Varkun", "Varkun", "the Griffins' cook"}, 1},
		{[]string{"Yevgeny Maren", "Yevgeny", "Maren", "Evgeny Maren"}, 1},
		{[]string{"Velmaria", "Griffin Group", "Varkun"}, 3},
		{[]string{"Ada Lund", "Ivo Maren", "Velmarian ambassador Ole Brandt"}, 3},
	} {
		for seed := range uint64(20) {
			names := slices.Clone(tt.names)
			rand.New(rand.NewPCG(seed, 3)).Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
			var s news.Story
			for i, name := range names {
				r, says := saysSo(i, name)
				s.Reports++
				s.Sources = append(s.Sources, news.Source{Publisher: r.Publisher, Link: r.Link, At: r.Published})
				origins.Add(&s, r, []news.Attribution{says}, table)
			}
			if len(s.Origins) != tt.want {
				t.Errorf("%q: origins %+v, want %d", names, s.Origins, tt.want)
				break
			}
		}
	}
}

// People are not their government: "Velmarians abroad say …".
func TestPeopleAreNotTheirGovernment(t *testing.T) {
	var s news.Story
	for i, m := range []struct {
		name  string
		sense news.Sense
	}{{"Velmaria", news.ItsName}, {"Velmarians", news.Nationality}} {
		r, says := saysSo(i, m.name)
		r.Mentions = []news.Mention{{Entity: "country:vm", Name: "Velmaria", Country: "vm", Sense: m.sense, Span: news.Span{Field: news.Title, End: len(m.name)}}}
		s.Reports++
		s.Sources = append(s.Sources, news.Source{Publisher: r.Publisher, Link: r.Link, At: r.Published})
		origins.Add(&s, r, []news.Attribution{says}, table)
	}
	if len(s.Origins) != 2 || s.Origins[1].Name != "Velmarians" {
		t.Errorf("origins %+v, want the state and its people", s.Origins)
	}
}

// One report is one origin, whomever it names.
func TestOneReportIsOneOrigin(t *testing.T) {
	s := fold(t, []told{tell("a", says("Ivo Maren", ""), says("Ada Lund", ""), own())})
	if len(s.Origins) != 3 || s.Independent() != 1 {
		t.Errorf("%d origins are named and %d counted, want 3 and 1", len(s.Origins), s.Independent())
	}
	s = fold(t, []told{tell("a", says("Ivo Maren", "")), tell("b", says("Ivo Maren", "")), tell("c")})
	if s.Independent() != 2 {
		t.Errorf("%d origins are counted, want 2", s.Independent())
	}
}
