package watcher_test

import (
	"fmt"

	"github.com/coupwatch/coupwatch/watcher"
)

func ExampleRead() {
	doc := `<rss><channel><title>Freedonia Wire</title>
		<item><title>Officers &lt;b&gt;arrested&lt;/b&gt;</title><link>/news/1</link><pubDate>Sat, 22 Aug 2026 13:00:00 MSK</pubDate></item>
		<item><title>Minister dism`
	d, err := watcher.Read([]byte(doc), "text/xml", "https://example.org/feed")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.Title, "-", d.Problem)
	for _, it := range d.Items {
		fmt.Println(it.Published.Format("15:04 MST"), it.Title, it.Link)
	}
	// Output:
	// Freedonia Wire - the feed is cut off; 1 item was kept
	// 10:00 UTC Officers arrested https://example.org/news/1
}
