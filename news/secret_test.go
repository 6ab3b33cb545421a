package news_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

func TestSplitSecrets(t *testing.T) {
	for _, tt := range []struct{ address, plain string }{
		{"https://wire.example/feed?token=hush", "https://wire.example/feed?token=…"},
		{"https://wire.example/feed?lang=en&api_key=hush&page=2#top", "https://wire.example/feed?lang=en&api_key=…&page=2#top"},
		{"https://desk:hush@wire.example/feed?key=hush&sig=hush", "https://wire.example/feed?key=…&sig=…"},
		{"https://wire.example/feed?title=…&key=hush", "https://wire.example/feed?title=…&key=…"},
		{"https://wire.example/feed?apiKey=hush", "https://wire.example/feed?apiKey=…"},
		{"https://wire.example/feed?X-Amz-Signature=hush", "https://wire.example/feed?X-Amz-Signature=…"},
		{"https://wire.example/feed?auth=hush%3D", "https://wire.example/feed?auth=…"},
		{"https://wire.example/feed?access%5Ftoken=hush", "https://wire.example/feed?access%5Ftoken=…"},
		{"https://wire.example/feed?keyword=coup&author=lee&monkey=1&design=2", "https://wire.example/feed?keyword=coup&author=lee&monkey=1&design=2"},
		{"https://wire.example/feed?token=&token", "https://wire.example/feed?token=&token"},
		{"https://wire.example/#/feed?token=page", "https://wire.example/#/feed?token=page"},
		{"notes?token=page", "notes?token=page"},
	} {
		plain, secrets := news.SplitSecrets(tt.address)
		if got := withoutMarks(plain); got != tt.plain {
			t.Errorf("%s is shown as %s, want %s", tt.address, got, tt.plain)
		}
		if strings.Contains(plain, "hush") || strings.Contains(secrets.String(), "hush") {
			t.Errorf("%s is shown as %s, with %s", tt.address, plain, secrets)
		}
		if again, none := news.SplitSecrets(plain); again != plain || none != "" {
			t.Errorf("%s is shown as %s the second time", plain, again)
		}
		if got := secrets.In(plain); strings.Contains(tt.address, "://") && got != tt.address {
			t.Errorf("put together again: %s, want %s", got, tt.address)
		}
	}
	one, _ := news.SplitSecrets("https://wire.example/feed?key=one")
	two, _ := news.SplitSecrets("https://wire.example/feed?key=two")
	if one == two {
		t.Errorf("two feeds are one: %s", one)
	}
}

// withoutMarks returns an address without the marks that tell its secrets apart.
func withoutMarks(plain string) string {
	parts := strings.Split(plain, "…")
	for i := range parts[1:] {
		if p := parts[i+1]; len(p) >= 4 && p[0] != '&' {
			parts[i+1] = p[4:]
		}
	}
	return strings.Join(parts, "…")
}
