package news_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

func TestSplitLogin(t *testing.T) {
	tests := []struct{ address, plain, user, password string }{
		{"https://desk:pw@wire.example/feed", "https://wire.example/feed", "desk", "pw"},
		{"https://desk@wire.example/feed", "https://wire.example/feed", "desk", ""},
		{"https://:pw@wire.example", "https://wire.example", "", "pw"},
		{"http://desk:p%40s%2Fs@127.0.0.1:80/a?b=c@d", "http://127.0.0.1:80/a?b=c@d", "desk", "p@s/s"},
		{"http://desk:p@ss@wire.example/", "http://wire.example/", "desk", "p@ss"},
		{"http://desk:pa/ss@wire.example/", "http://wire.example/", "desk", "pa/ss"},
		{"http://desk:50%@wire.example/", "http://wire.example/", "desk", "50%"},
		{"http://[::1]:80/@desk", "http://[::1]:80/@desk", "", ""},
		{"https://wire.example:8443/@desk/feed", "https://wire.example:8443/@desk/feed", "", ""},
		{"https://wire.example/?mail=a@b.example", "https://wire.example/?mail=a@b.example", "", ""},
		{"desk@wire.example", "desk@wire.example", "", ""},
	}
	for _, tt := range tests {
		plain, login := news.SplitLogin(tt.address)
		user, password := login.Parts()
		if plain != tt.plain || user != tt.user || password != tt.password {
			t.Errorf("%s: %s, user %q, password %q; want %s, %q, %q", tt.address, plain, user, password, tt.plain, tt.user, tt.password)
		}
		if got := login.In(plain); got != tt.address {
			t.Errorf("put together again: %s, want %s", got, tt.address)
		}
	}
}

func TestLoginIsNotShown(t *testing.T) {
	f := news.Feed{URL: "https://wire.example/feed", Login: "desk:hush", Access: &news.Access{Bearer: news.Value{Text: "hush"}}}
	encoded, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, shown := range []string{string(encoded), fmt.Sprint(f), fmt.Sprintf("%+v %#v %v", f, f, *f.Access), fmt.Sprintf("%v", news.FeedState{Feed: f})} {
		if strings.Contains(shown, "hush") || strings.Contains(shown, "desk") {
			t.Errorf("shown: %s", shown)
		}
	}
}

func TestRedact(t *testing.T) {
	tests := []struct{ text, want string }{
		{`Get "https://desk:hush@wire.example/feed": no answer`, `Get "https://wire.example/feed": no answer`},
		{"https://hush@a.example, HTTP://desk:hu'sh@b.example/x?y#z and smtp://u:hush@c.example:25", "https://a.example, HTTP://b.example/x?y#z and smtp://c.example:25"},
		{`Get "https://wire.example/feed?page=2&token=hush": no answer`, `Get "https://wire.example/feed?page=2&token=…dc83": no answer`},
		{"see https://a.example/@desk or write to desk@a.example", "see https://a.example/@desk or write to desk@a.example"},
	}
	for _, tt := range tests {
		if got := news.Redact(tt.text); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

// Whatever is in an address, what is split off is not in what is shown.
func FuzzRedact(f *testing.F) {
	f.Add("https://desk:hush@wire.example/feed")
	f.Add("http://a:b/c@d:e/f@g")
	f.Add("https://a:b@c/?token=d&key=e#f")
	f.Add("?key://=0")
	f.Fuzz(func(t *testing.T, address string) {
		plain, login := news.SplitSecrets(address)
		if login != "" && login.In(plain) != address && !strings.Contains(address, "://@") && !strings.Contains(address, "\x00") { // an empty login, and what no address has
			t.Errorf("%q is %q and %q", address, plain, string(login))
		}
		if login.String() != "" && login.String() != "…" {
			t.Errorf("shown: %s", login)
		}
		if !strings.ContainsAny(address, " \t\r\n\v\f\"<>\u0085\u00a0") && strings.HasPrefix(address, "https://") && news.Redact(address) != plain {
			t.Errorf("%q is shown as %q, want %q", address, news.Redact(address), plain)
		}
	})
}
