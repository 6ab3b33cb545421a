package rulefile_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

// The secret in the query of a feed's address is not of its address, which is
// shown, and two feeds that differ in nothing else are two.
func TestSecretsOfFeeds(t *testing.T) {
	feeds := mustRead(t, `
feeds:
  - {url: "https://wire.example/feed?lang=en&token=hush-one", name: One}
  - {url: "https://wire.example/feed?lang=en&token=hush-two", name: Two}
rules: [{id: coup, severity: high, title: Coup, match: coup}]
`).Feeds
	if len(feeds) != 2 || feeds[0].URL == feeds[1].URL {
		t.Fatalf("got %+v, want two feeds", feeds)
	}
	for i, want := range []string{"hush-one", "hush-two"} {
		if f := feeds[i]; strings.Contains(f.URL, "hush") || f.Login.In(f.URL) != "https://wire.example/feed?lang=en&token="+want {
			t.Errorf("%s is shown, %s is asked", f.URL, f.Login.In(f.URL))
		}
	}
	told := problemsOf(t, fstest.MapFS{"rules.yaml": {Data: []byte(`
feeds:
  - {url: "https://wire.example/feed?key=hush"}
  - {url: "https://wire.example/feed?key=hush"}
mutes: [{feed: "https://wire.example/none?key=hush"}]
rules: [{id: coup, severity: high, title: Coup, match: coup}]
`)}}).Error()
	if strings.Contains(told, "hush") || !strings.Contains(told, "stands twice") {
		t.Errorf("got %s, want that the url stands twice, and no secret", told)
	}
}
