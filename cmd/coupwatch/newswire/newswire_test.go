package newswire

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestLoad(t *testing.T) {
	w, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Outlets) < 12 || len(w.Items) < 180 {
		t.Errorf("%d outlets and %d items, want a dozen and some 190", len(w.Outlets), len(w.Items))
	}
	items := map[string]int{}
	for i, it := range w.Items {
		items[it.Outlet]++
		if i > 0 && it.At < w.Items[i-1].At {
			t.Errorf("%q comes before what is older", it.Title)
		}
		if it.At > Length {
			t.Errorf("%q comes after the end", it.Title)
		}
	}
	for _, o := range w.Outlets {
		if items[o.ID] == 0 {
			t.Errorf("%s publishes nothing", o.Name)
		}
		if !strings.Contains(Rules("http://x"), "http://x/"+o.ID+`"`) {
			t.Errorf("the rules do not read %s", o.Name)
		}
	}
}

func TestParseProblems(t *testing.T) {
	for _, tt := range []struct{ src, says string }{
		{"outlet: a | A | en | rss\nday 1 09:00 | b | Title | Text", `line 2: no outlet is called "b"`},
		{"outlet: a | A | en", "line 1: 3 fields"},
		{"outlet: a | A | en | rss\nday one | a | Title | Text", "line 2:"},
	} {
		if _, err := parse(tt.src); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("parse(%q): %v, want %q", tt.src, err, tt.says)
		}
	}
}

func TestServer(t *testing.T) {
	w, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	s := NewServer(w)
	get := func(path, etag string) (*http.Response, []byte) {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("If-None-Match", etag)
		rec := httptest.NewRecorder()
		s.ServeHTTP(rec, r)
		body, err := io.ReadAll(rec.Result().Body)
		if err != nil {
			t.Fatal(err)
		}
		return rec.Result(), body
	}
	before := s.Published()
	first, body := get("/vesti", "")
	if cyrillic, err := charmap.Windows1251.NewDecoder().Bytes(body); err != nil || !bytes.Contains(cyrillic, []byte("пшеницы")) {
		t.Errorf("the feed in windows-1251 is\n%s", body)
	}
	if res, _ := get("/vesti", first.Header.Get("ETag")); res.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %d, want 304", res.StatusCode)
	}
	s.Set(Length)
	if s.Published() != len(w.Items) || before >= s.Published() {
		t.Errorf("%d items at the beginning and %d of %d at the end", before, s.Published(), len(w.Items))
	}
	if res, _ := get("/vesti", first.Header.Get("ETag")); res.StatusCode != http.StatusOK {
		t.Errorf("asked when there is news: %d, want 200", res.StatusCode)
	}
	if res, _ := get("/nowhere", ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("asked for a feed that is not there: %d, want 404", res.StatusCode)
	}
}
