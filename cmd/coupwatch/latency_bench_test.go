package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A pressroom serves one feed, to which it adds items.
type pressroom struct {
	mu    sync.Mutex
	items string
}

func (p *pressroom) publish(guid, title string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.items = fmt.Sprintf("<item><guid>%s</guid><title>%s</title><link>/%s</link></item>", guid, title, guid) + p.items
}

func (p *pressroom) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintf(w, `<rss version="2.0"><channel><title>Wire</title>%s</channel></rss>`, p.items)
}

// BenchmarkPublicationToPost is how long it takes from when an item stands in a
// feed that is read every second until the daemon has posted the alert to a
// webhook. Run it with -benchtime 60x.
func BenchmarkPublicationToPost(b *testing.B) {
	countries := strings.Fields(`Angola Bahrain Belize Benin Bhutan Bolivia Botswana Brunei Burundi Cameroon Chad Comoros Cuba Djibouti Ecuador Egypt Eritrea
		Ethiopia Fiji Gabon Ghana Guyana Haiti Honduras Iraq Jordan Kenya Kosovo Kuwait Laos Lesotho Liberia Libya Malawi Maldives Mali Mauritania Mongolia Mozambique
		Namibia Nepal Nicaragua Niger Oman Panama Paraguay Peru Qatar Rwanda Senegal Seychelles Somalia Suriname Tanzania Togo Tunisia Uganda Uruguay Vanuatu Yemen Zambia`)
	wire := &pressroom{}
	wire.publish("first", "Rain in Ruritania")
	feed := httptest.NewServer(wire)
	b.Cleanup(feed.Close)
	posts := make(chan string, 1000)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // a post that broke off is sent again
		posts <- string(body)
	}))
	b.Cleanup(hook.Close)
	dir := b.TempDir()
	write(b, filepath.Join(dir, "rules.yaml"), fmt.Sprintf(`
feeds: [{url: %q, name: Wire, schedule: "@every 1s"}]
routes: [{to: webhook, severity: high, limit: 1000}]
rules: [{id: coup, title: Coup, severity: high, match: coup}]
`, feed.URL))
	start(b, dir, []string{"WEBHOOK_URL=" + hook.URL}).await(`msg="feed read"`)
	var took []time.Duration
	for n := 0; b.Loop(); n++ {
		if n == len(countries) {
			b.Fatalf("there are only %d countries", n)
		}
		<-time.After(time.Duration(rand.IntN(1000)) * time.Millisecond) // at any moment of a second
		published := time.Now()
		wire.publish(fmt.Sprint(n), fmt.Sprintf("Soldiers stage a coup in %s, garrison%d revolts", countries[n], n))
		for post := ""; !strings.Contains(post, fmt.Sprintf("garrison%d", n)); {
			select {
			case post = <-posts:
			case <-time.After(time.Minute):
				b.Fatalf("nothing was posted of %s", countries[n])
			}
		}
		took = append(took, time.Since(published))
	}
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2].Seconds(), "median-s")
	b.ReportMetric(took[len(took)*99/100].Seconds(), "p99-s")
}
