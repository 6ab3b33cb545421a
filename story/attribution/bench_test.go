package attribution_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/attribution"
	"github.com/coupwatch/coupwatch/story/outlets"
)

func BenchmarkFind(b *testing.B) {
	table := outlets.New(nil)
	summary := "Several officers told The Times that the barracks had been sealed, and the defence ministry denied it. " +
		"“We know of no unrest,” a spokesman said in an interview with Radio Liberty, per Metro, on Tuesday night."
	bench := func(name string, it news.Item) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(it.Title) + len(it.Summary) + len(it.Body)))
			for b.Loop() {
				if len(attribution.Find(news.Report{Item: it}, table)) == 0 {
					b.Fatal("nothing was found")
				}
			}
		})
	}
	title := "Officers seal barracks as rumours of a mutiny grow"
	bench("summary", news.Item{Title: title, Summary: summary})
	for _, times := range []int{10, 100, 1000} {
		bench(fmt.Sprintf("body of %d", times), news.Item{Title: title, Body: strings.Repeat(summary+"\n", times)})
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		outlets.New(nil)
	}
}
