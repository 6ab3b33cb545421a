package login_test

import (
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/web/login"
)

// Whoever is asked to log in goes on to a page of this host, never to another.
func TestOnward(t *testing.T) {
	for to, want := range map[string]string{
		"/story/1?q=a%20b": "/story/1?q=a%20b", "/": "/", "": "/", "/wall?by=region#x": "/wall?by=region",
		"//evil.example/": "/", "https://evil.example/": "/", `/\evil.example`: "/", "/\t/evil.example": "/", "javascript:alert(1)": "/",
		"evil": "/", "/login": "/", "/login/back?state=x": "/", "/%zz": "/", "http:/x": "/", "/\n/evil.example": "/", "/%2fevil.example/ ": "/", "/%2Fevil.example/ä": "/",
	} {
		if got := login.Onward(to); got != want {
			t.Errorf("%q leads on to %q, want %q", to, got, want)
		}
	}
}

// FuzzOnward: no address of another host comes out.
func FuzzOnward(f *testing.F) {
	for _, to := range []string{"/a", "//a", `/\a`, "/./../a", "/%2f/a", "/;//a", "/a?b=//c", "/%2f "} {
		f.Add(to)
	}
	f.Fuzz(func(t *testing.T, to string) {
		got := login.Onward(to)
		if !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.HasPrefix(got, `/\`) || strings.ContainsAny(got, "\r\n\t\\") {
			t.Errorf("%q leads on to %q", to, got)
		}
	})
}

func TestNames(t *testing.T) {
	for given, want := range map[string]string{
		"Anna": "anna", " anna@example.org ": "anna@example.org", "Жанна": "жанна", "ＡＮＮＡ": "anna", "a.b-c_d": "a.b-c_d",
		"": "", "two words": "", "a\u202eb": "", "a\x00": "", "local": "", "LOCAL": "", "machine": "", strings.Repeat("a", 101): "", "a\nb": "",
	} {
		got, err := login.UserName(given)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is kept as %q, %v; want %q", given, got, err, want)
		}
	}
	for given, want := range map[string]string{"Anna  Müller": "anna müller", "ANNA@EXAMPLE.ORG": "anna@example.org", "a\u202eb": "", "": "", "Local": ""} {
		if got, err := login.OutsideName(given); got != want || (err == nil) != (want != "") {
			t.Errorf("%q from outside is %q, %v; want %q", given, got, err, want)
		}
	}
}

func TestList(t *testing.T) {
	l, err := login.ParseList("Anna, *@Example.org , group:Desk,,")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		groups []string
		want   bool
	}{
		{"anna", nil, true},
		{"rea@example.org", nil, true},
		{"rea@notexample.org", nil, false},
		{"rea@example.org.evil", nil, false},
		{"eve", []string{"Desk"}, true},
		{"eve", []string{"desk"}, false},
		{"group:desk", nil, false},
		{"", nil, false},
	} {
		if got := l.Has(c.name, c.groups); got != c.want {
			t.Errorf("%q of %q is named: %v", c.name, c.groups, got)
		}
	}
	if all, _ := login.ParseList("*"); !all.Has("anybody", nil) || (login.List{}).Has("anybody", nil) {
		t.Error("* is not everybody, or nothing is")
	}
	for _, bad := range []string{"group:", "*x", "*@", "a\u202eb"} {
		if l, err := login.ParseList(bad); err == nil {
			t.Errorf("%q is read as %q", bad, l)
		}
	}
}

// The address is that of the last hop that no proxy of ours has: what stands before
// it anybody can write.
func TestAddressOf(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, c := range []struct{ peer, hops, want string }{
		{"192.0.2.1:5", "203.0.113.1", "192.0.2.1"},
		{"10.0.0.1:5", "203.0.113.1", "203.0.113.1"},
		{"10.0.0.1:5", "198.51.100.1, 203.0.113.1, 10.2.2.2", "203.0.113.1"},
		{"10.0.0.1:5", "", "10.0.0.1"},
		{"10.0.0.1:5", "rubbish", "10.0.0.1"},
		{"[::1]:5", "2001:db8::1", "2001:db8::1"},
		{"[::ffff:10.0.0.1]:5", "203.0.113.1", "203.0.113.1"},
		{"@", "203.0.113.1", "unknown"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		r.Header.Set("X-Forwarded-For", c.hops)
		if got := login.AddressOf(r, proxies); got != c.want {
			t.Errorf("%s by way of %q is %s, want %s", c.peer, c.hops, got, c.want)
		}
	}
}
