package story_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
)

// A press makes reports with words as rare as those of a language: the nth
// word is n times rarer than the first.
type press struct {
	random *rand.Rand
	zipf   *rand.Zipf
	made   int
}

func newPress() *press {
	random := rand.New(rand.NewPCG(1, 1))
	return &press{random: random, zipf: rand.NewZipf(random, 1.1, 4, 30000)}
}

// report returns a report of the event n, by one of forty publishers.
func (p *press) report(n int, at time.Time) news.Report {
	p.made++
	var words []string
	for range 40 {
		words = append(words, fmt.Sprintf("w%dord", p.zipf.Uint64()))
	}
	country := fmt.Sprintf("%c%c", 'a'+n%13, 'a'+n/13%12)
	title := fmt.Sprintf("Officers of Garrison%d plot a coup against Leader%d over the affair%d", n%977, n%1201, n)
	r := told{
		id: fmt.Sprint("i", p.made), publisher: fmt.Sprint("p", p.random.IntN(40)), title: title, summary: strings.Join(words, " "),
		entities: []string{"country:" + country, fmt.Sprint("leader", n%1201)},
	}.report()
	r.Published, r.Fetched = at, at
	return r
}

// open returns n open stories, told in the days before at.
func (p *press) open(n int, at time.Time) *story.Stories {
	stories := new(story.Stories)
	for i := range n {
		then := at.Add(-time.Duration(n-i) * 20 * 24 * time.Hour / time.Duration(n))
		stories.At(policy, then).Decide(p.report(i, then))
	}
	return stories
}

// sizes are how many stories are known before a benchmark begins. The largest
// takes minutes to set up.
func sizes() []int {
	if testing.Short() {
		return []int{1000, 5000}
	}
	return []int{1000, 5000, 10000, 100000}
}

// BenchmarkDecide shows what a report costs that a rule matched, by how many
// stories are open.
func BenchmarkDecide(b *testing.B) {
	for _, n := range sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := newPress()
			stories := p.open(n, noon)
			reports := make([]news.Report, 500)
			for i := range reports {
				reports[i] = p.report(p.random.IntN(n+n/4), noon.Add(time.Duration(i)*time.Minute))
			}
			i := 0
			for b.Loop() {
				r := reports[i%len(reports)]
				r.ID = fmt.Sprint("b", i)
				stories.At(policy, noon).Decide(r)
				i++
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
		})
	}
}

// BenchmarkDecideOther shows what a report costs that no rule matched, while a
// hundredth of the stories are warm.
func BenchmarkDecideOther(b *testing.B) {
	for _, n := range sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := newPress()
			stories := p.open(n, noon)
			for i := range n / 100 {
				for range 6 {
					stories.At(policy, noon).Decide(p.report(i*100, noon))
				}
			}
			reports := make([]news.Report, 2000)
			for i := range reports {
				reports[i] = p.report(p.random.IntN(n), noon)
				reports[i].Matches = nil
				reports[i].Title = fmt.Sprintf("Ministers of w%dord meet on w%dord", p.zipf.Uint64(), p.zipf.Uint64())
			}
			i := 0
			for b.Loop() {
				stories.At(policy, noon).Decide(reports[i%len(reports)])
				i++
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
		})
	}
}
