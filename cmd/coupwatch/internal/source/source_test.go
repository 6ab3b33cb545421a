package source

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// A text becomes an item by where it stands and what it looks like.
func TestItem(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"article.txt": "\n Soldiers seize the radio \n\nThey came at dawn.\n", "empty.txt": " \n",
		"item.json": `{"title": "Soldiers seize the radio", "description": "They came at dawn.", "lang": "en"}` + "\nmore",
		"page.html": "<html><head><title>Soldiers seize the radio</title></head><body><article><p>They came at dawn.</article>",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for source, want := range map[string]string{
		"Soldiers seize the radio": "Soldiers seize the radio||",
		"coup":                     "coup||",
		"article.txt":              "Soldiers seize the radio||They came at dawn.",
		"item.json":                "Soldiers seize the radio|They came at dawn.|",
		"page.html":                "Soldiers seize the radio||They came at dawn.",
		"empty.txt":                "empty.txt: there is no text",
		"missing.txt":              "missing.txt",
	} {
		it, err := Reader{}.Item(t.Context(), source)
		if err != nil {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %s", source, err, want)
			}
			continue
		}
		if got := it.Title + "|" + it.Summary + "|" + strings.TrimSpace(it.Body); got != want {
			t.Errorf("%s is read as %q, want %q", source, got, want)
		}
	}
}

// A URL is read as feeds are: not from a private network, unless that is
// allowed, and the item has no login in its link.
func TestItemOfURL(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		_, _ = w.Write([]byte("<title>Soldiers seize the radio</title><p>By " + user + " " + password + " and " + r.UserAgent()))
	}))
	defer srv.Close()
	url := strings.Replace(srv.URL, "://", "://ada:secret@", 1) + "/a"
	if it, err := (Reader{}).Item(t.Context(), url); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("read %+v, %v, want it refused without a word of the login", it, err)
	}
	it, err := Reader{Options: fetch.Options{UserAgent: "Coupwatch/1", Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}}.Item(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	if it.Title != "Soldiers seize the radio" || it.Link != srv.URL+"/a" || !strings.Contains(it.Body, "By ada secret and Coupwatch/1") {
		t.Errorf("read %+v", it)
	}
	if it.ID != news.ItemID("", url) {
		t.Errorf("its id is %s", it.ID)
	}
}

// What looks like the name of a file is one, also if it is not there.
func TestIsHeadline(t *testing.T) {
	file := filepath.Join(t.TempDir(), "two words")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"Coup in Mali": true, "переворот": true, "": true, "a.txt": false, "news/a": false, `news\a`: false, "-": false, "https://h/a": false, file: false,
		"Mali vs. Niger.": true, strings.Repeat("a ", 5000): true,
	} {
		if got := isHeadline(text); got != want {
			t.Errorf("isHeadline(%.20q) = %v, want %v", text, got, want)
		}
	}
}
