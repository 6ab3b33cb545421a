package feedlist

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

const (
	wirePage = `<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/a.xml"><link rel="alternate" type="application/rss+xml" href="/b.xml"></head></html>`
	someRule = "rules:\n  - {id: coup, match: coup}\nfeeds:\n"
)

// newDesk returns a desk with a rules.yaml of its own and somebody who presses
// keys, and a site that has two feeds.
func newDesk(t *testing.T, keys string) (d *Desk, out *bytes.Buffer, site string) {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			_, _ = io.WriteString(w, wirePage)
			return
		}
		_, _ = io.WriteString(w, "<rss version='2.0'><channel><title>Wire "+r.URL.Path+"</title><item><title>Rain "+r.URL.Path+"</title></item></channel></rss>")
	}))
	t.Cleanup(srv.Close)
	path := filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(path, []byte(someRule), 0o640); err != nil {
		t.Fatal(err)
	}
	http := fetch.New(fetch.Options{Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	pressed := strings.NewReader(keys)
	out = &bytes.Buffer{}
	return &Desk{Out: out, Err: io.Discard, Rules: path, Fetch: http, Abroad: http, Screen: terminal.NewScreen(100, false), Now: now, Key: pressed.ReadByte}, out, srv.URL
}

// One key chooses; keys that mean nothing are passed over.
func TestAddAsks(t *testing.T) {
	for keys, want := range map[string]string{"a": "/a.xml", "xB1b": "/b.xml", "q": "", "\x03": "", "\x1b": "", "": ""} {
		d, out, site := newDesk(t, keys)
		err := d.Add(t.Context(), site, news.Feed{}, false)
		text, _ := os.ReadFile(d.Rules)
		if want == "" {
			if err == nil || string(text) != someRule {
				t.Errorf("%q: error %v, and the rules are\n%s", keys, err, text)
			}
			continue
		}
		if err != nil || !strings.Contains(string(text), site+want) || strings.Count(string(text), "url:") != 1 {
			t.Errorf("%q: error %v, and the rules are\n%s", keys, err, text)
		}
		if !strings.Contains(out.String(), "Which one? a to b, q for none: "+keys[len(keys)-1:]+"\nadded Wire "+want) {
			t.Errorf("%q: said\n%s", keys, out)
		}
	}
}

// Two feeds of one name are told apart.
func TestAddUnusedName(t *testing.T) {
	d, _, site := newDesk(t, "")
	for _, path := range []string{"/a.xml", "/b.xml", "/c.xml"} {
		if err := d.Add(t.Context(), site+path, news.Feed{Name: "Wire"}, true); err != nil {
			t.Fatal(err)
		}
	}
	text, _ := os.ReadFile(d.Rules)
	for _, name := range []string{"name: Wire}", `name: "Wire (127.0.0.1)"}`, `name: "Wire (127.0.0.1) 2"}`} {
		if !strings.Contains(string(text), name) {
			t.Errorf("no %s in\n%s", name, text)
		}
	}
}

// A login stands in the rules and nowhere else.
func TestAddLogin(t *testing.T) {
	d, out, site := newDesk(t, "")
	address := strings.Replace(site, "//", "//desk:hush@", 1) + "/a.xml?token=hush"
	if err := d.Add(t.Context(), address, news.Feed{}, true); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(d.Rules)
	if strings.Contains(out.String(), "hush") || !strings.Contains(string(text), `"`+address+`"`) {
		t.Errorf("said\n%s\nand wrote\n%s", out, text)
	}
	if err := d.Remove(address); err != nil || strings.Contains(out.String(), "hush") {
		t.Errorf("removed it with error %v, and said\n%s", err, out)
	}
}

// edited returns the feeds of a rules file, and the edit that adds one.
func edited(t *testing.T, path, address string) (*matcher.FeedList, matcher.Edit) {
	t.Helper()
	list, err := matcher.ReadFeedList(path)
	if err != nil {
		t.Fatal(err)
	}
	e, err := list.Add([]news.Feed{{URL: address, Name: "A"}})
	if err != nil {
		t.Fatal(err)
	}
	return list, e
}

// What somebody wrote meanwhile stays, and so do mode and links.
func TestReplace(t *testing.T) {
	d, _, _ := newDesk(t, "")
	link := filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.Symlink(d.Rules, link); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(d.Rules)
	list, e := edited(t, link, "https://a.example/")
	if err := list.Write(e); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(d.Rules)
	text, _ := os.ReadFile(d.Rules)
	if at, _ := os.Readlink(link); err != nil || info.Mode() != 0o640 || at != d.Rules || string(text) != e.Text {
		t.Errorf("the file has mode %v and is\n%s", info.Mode(), text)
	}
	if err := list.Write(e); !errors.Is(err, matcher.ErrChanged) {
		t.Errorf("the same once more: %v", err)
	}
	if after, _ := os.ReadFile(d.Rules); string(after) != string(text) {
		t.Errorf("the file became\n%s", after)
	}
	if kept, err := os.ReadFile(d.Rules + "~"); err != nil || string(kept) != string(before) {
		t.Errorf("kept, with error %v, is\n%s", err, kept)
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(d.Rules), ".*.new"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Of several that write at once, what one has written stays.
func TestReplaceTogether(t *testing.T) {
	d, _, _ := newDesk(t, "")
	const writers = 8
	start, done := make(chan bool), make(chan error)
	for i := range writers {
		list, e := edited(t, d.Rules, fmt.Sprintf("https://%d.example/", i))
		go func() {
			<-start
			done <- list.Write(e)
		}()
	}
	close(start)
	wrote := 0
	for range writers {
		if err := <-done; err == nil {
			wrote++
		} else if !errors.Is(err, matcher.ErrChanged) {
			t.Error(err)
		}
	}
	if wrote != 1 {
		t.Errorf("%d of %d wrote, want one", wrote, writers)
	}
}
