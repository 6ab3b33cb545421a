package rulefile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
)

// What a feed needs is read as it is written, and printed nowhere.
func TestAccess(t *testing.T) {
	const text = `
feeds:
  - {url: "https://plain.example/", name: Plain}
  - url: https://wire.example/
    name: Wire
    user_agent: Mozilla/5.0
    headers: {x-key: hush-1, X-Number: 7}
    cookies: {session: {file: wire-cookie}}
    auth: {user: desk, password: {env: FEED_WIRE}}
    proxy: "socks5h://u:hush-2@proxy.example:1080"
    insecure: true
    timezone: Europe/Moscow
    charset: windows-1251
    identity: link
    fulltext: always
  - {url: "https://token.example/", name: Token, auth: {bearer: hush-3}}
rules: [{id: coup, severity: high, title: Coup, match: coup}]
`
	feeds := mustRead(t, text).Feeds
	if len(feeds) != 3 || feeds[0].Access != nil || feeds[0].How() != "" {
		t.Fatalf("got %+v, want three feeds, the first of which needs nothing", feeds)
	}
	want := news.Access{
		UserAgent: "Mozilla/5.0",
		Headers:   []news.Sent{{Name: "X-Key", Value: news.Value{Text: "hush-1"}}, {Name: "X-Number", Value: news.Value{Text: "7"}}},
		Cookies:   []news.Sent{{Name: "session", Value: news.Value{File: "wire-cookie"}}},
		User:      news.Value{Text: "desk"}, Password: news.Value{Env: "FEED_WIRE"},
		Proxy:    news.Value{Text: "socks5h://u:hush-2@proxy.example:1080"},
		Insecure: true,
	}
	wire := feeds[1]
	if diff := cmp.Diff(want, *wire.Access); diff != "" {
		t.Errorf("access (-want +got):\n%s", diff)
	}
	if wire.Zone.String() != "Europe/Moscow" || wire.Charset != "windows-1251" || wire.Identity != news.ByLink || wire.FullText != news.AllText {
		t.Errorf("got zone %v, charset %q, identity %q, full text %v", wire.Zone, wire.Charset, wire.Identity, wire.FullText)
	}
	if string(feeds[2].Access.Bearer.Text) != "hush-3" || feeds[2].How() == wire.How() {
		t.Error("the token is not the one that is written")
	}
	for _, format := range []string{"%v", "%+v", "%#v"} {
		if out := fmt.Sprintf(format, *wire.Access); strings.Contains(out, "hush") {
			t.Errorf("%s shows a secret: %s", format, out)
		}
	}
}
