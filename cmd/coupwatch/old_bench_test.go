//go:build unix

package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
)

// BenchmarkOldItems reads feeds for the first time whose items match and are
// months old, as those of slow blogs are: 400 of them, and 2,000. The exponent
// by which the work of the processor grows with the number of feeds must stay
// at 1.1 at the most.
func BenchmarkOldItems(b *testing.B) {
	rules := openShipped(b).Current()
	var took [2]time.Duration
	for i, feeds := range []int{400, 2000} {
		b.Run(fmt.Sprint(feeds), func(b *testing.B) {
			matched := 0
			for b.Loop() {
				b.StopTimer()
				readings, reports := oldReadings(rules, feeds)
				db, err := store.Open(b.Context(), b.TempDir()+"/coupwatch.db")
				if err != nil {
					b.Fatal(err)
				}
				var stories story.Stories
				for _, found := range reports {
					matched += len(found)
				}
				b.StartTimer()
				began := cpuTime(b)
				for n, r := range readings {
					if _, err := db.Ingest(b.Context(), r, reports[n], stories.At(rules.Policy(), r.At)); err != nil {
						b.Fatal(err)
					}
				}
				took[i] = cpuTime(b) - began
				b.StopTimer()
				if err := db.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
			if matched == 0 {
				b.Fatal("no item matches")
			}
			b.ReportMetric(float64(feeds)/took[i].Seconds(), "feeds/cpu-s")
			if took[0] > 0 && took[1] > 0 {
				b.ReportMetric(math.Log(float64(took[1])/float64(took[0]))/math.Log(5), "exponent")
			}
		})
	}
}

// cpuTime returns how long processors worked for this program up to now,
// whatever else the machine has to do.
func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// oldReadings returns first readings of so many feeds, each with two old
// reports. As in the news, there are more events where there are more feeds,
// and some feeds tell of one.
func oldReadings(rules *matcher.Rules, feeds int) (readings []news.Reading, reports [][]news.Report) {
	now := time.Now().UTC()
	countries := strings.Fields(`Angola Bahrain Belize Benin Bhutan Bolivia Botswana Brunei Burundi Cameroon Chad Comoros Cuba Djibouti Ecuador Egypt Eritrea
		Ethiopia Fiji Gabon Ghana Guyana Haiti Honduras Iraq Jordan Kenya Kosovo Kuwait Laos Lesotho Liberia Libya Malawi Maldives Mali Mauritania Mongolia Mozambique
		Namibia Nepal Nicaragua Niger Oman Panama Paraguay Peru Qatar Rwanda Senegal Seychelles Somalia Suriname Tanzania Togo Tunisia Uganda Uruguay Vanuatu Yemen Zambia`)
	for n := range feeds {
		f := news.Feed{URL: fmt.Sprintf("https://blog%d.example/rss", n), Name: fmt.Sprint("Blog ", n), Publisher: fmt.Sprint("Blog ", n), Language: "en"}
		r := news.Reading{Feed: f, At: now, First: true, NextAt: now.Add(time.Hour)}
		var found []news.Report
		for i := range 2 {
			event := (n + i*feeds/2) % (2 * feeds / 3)
			rnd := rand.New(rand.NewPCG(uint64(event), 9))
			_, text := dispatch(rnd)
			it := news.Item{
				ID: news.ItemID(f.URL, fmt.Sprint(i)), Feed: f.URL, GUID: fmt.Sprint(i), Link: fmt.Sprintf("https://blog%d.example/%d", n, i), Publisher: f.Publisher, Language: "en",
				Title: fmt.Sprintf("Soldiers stage a coup in %s, garrison%d revolts", countries[rnd.IntN(len(countries))], event), Summary: text,
				Published: now.Add(-time.Duration(90+rnd.IntN(60)) * 24 * time.Hour), Fetched: now,
			}
			r.Items = append(r.Items, it)
			if rep, ok := rules.Match(it); ok {
				found = append(found, rep)
			}
		}
		readings, reports = append(readings, r), append(reports, found)
	}
	return readings, reports
}
