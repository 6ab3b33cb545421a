package fetch_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// pack compresses doc.
func pack(t *testing.T, enc, doc string) []byte {
	t.Helper()
	var out bytes.Buffer
	var w io.WriteCloser
	switch enc {
	case "gzip":
		w = gzip.NewWriter(&out)
	case "br":
		w = brotli.NewWriter(&out)
	case "zstd":
		z, err := zstd.NewWriter(&out)
		if err != nil {
			t.Fatal(err)
		}
		w = z
	}
	if _, err := io.WriteString(w, doc); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFetchCompressed(t *testing.T) {
	doc := rss(strings.Repeat(`<item><title>rain</title></item>`, 60_000)) // 2 MB
	for _, enc := range []string{"gzip", "br", "zstd"} {
		packed := pack(t, enc, doc)
		send := func(data []byte, headers ...string) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				if !strings.Contains(r.Header.Get("Accept-Encoding"), enc) {
					t.Errorf("%s was not asked for", enc)
				}
				w.Header().Set("Content-Encoding", enc)
				for i := 0; i < len(headers); i += 2 {
					w.Header().Set(headers[i], headers[i+1])
				}
				w.Write(data)
			}
		}
		a, err := ask(t, fetch.Options{Private: loopback}, serve(t, send(packed)))
		if err != nil || string(a.Data) != doc || a.Cut != nil {
			t.Errorf("%s: %d bytes, %v, %v, want %d", enc, len(a.Data), a.Cut, err, len(doc))
		}
		a.Release()
		// Cut off, what came is kept.
		a, err = ask(t, fetch.Options{Private: loopback}, serve(t, send(packed[:len(packed)-8], "Content-Length", "99999")))
		if err != nil || a.Cut == nil || !strings.HasPrefix(doc, string(a.Data)) {
			t.Errorf("%s, cut: %d bytes, %v, %v, want what came", enc, len(a.Data), a.Cut, err)
		}
		a.Release()
		// What is not compressed as it says is told as that.
		if _, err = ask(t, fetch.Options{Private: loopback}, serve(t, send([]byte(rss(""))))); err == nil || !strings.Contains(err.Error(), "says that it is compressed, but is not") {
			t.Errorf("%s, but plain: %v", enc, err)
		}
	}
}

// A small answer that becomes a large one is refused, whatever it is compressed
// by, and takes no more memory than it may.
func TestFetchBombs(t *testing.T) {
	for _, enc := range []string{"gzip", "br", "zstd"} {
		bomb := pack(t, enc, strings.Repeat("\x00", 128<<20))
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", enc)
			w.Write(bomb)
		})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		began := time.Now()
		_, err := ask(t, fetch.Options{Private: loopback, MaxBytes: 4 << 20}, url)
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), "larger than 4 MB") {
			t.Errorf("%s: %v, want that it is too large", enc, err)
		}
		if taken := after.TotalAlloc - before.TotalAlloc; taken > 64<<20 {
			t.Errorf("%s: %d kB of bomb took %d MB of memory in %v", enc, len(bomb)>>10, taken>>20, time.Since(began))
		}
	}
}

// What is packed twice over, or refers back farther than the web allows, is no
// feed.
func TestFetchOddPacking(t *testing.T) {
	var far bytes.Buffer
	z, err := zstd.NewWriter(&far, zstd.WithWindowSize(64<<20))
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if _, err := z.Write(bytes.Repeat([]byte("rain "), 1<<18)); err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	for enc, data := range map[string][]byte{"zstd": far.Bytes(), "gzip, br": []byte("x"), "br": {0xff, 0xff, 0xff, 0xff}} {
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", enc)
			w.Write(data)
		})
		if _, err := ask(t, fetch.Options{Private: loopback, MaxBytes: 200 << 20}, url); err == nil || !strings.Contains(err.Error(), "compressed") {
			t.Errorf("%s: %v, want that it cannot be unpacked", enc, err)
		}
	}
}

// Large answers that wait for memory do not keep small ones from being unpacked.
func TestUnpackingIsNotHeldUp(t *testing.T) {
	large, small := pack(t, "br", rss(strings.Repeat(`<item><title>rain</title></item>`, 60_000))), pack(t, "br", rss(""))
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		if r.URL.Path == "/small" {
			w.Write(small)
			return
		}
		w.Write(large)
	})
	h := fetch.New(fetch.Options{Private: loopback, MaxBytes: 4 << 20})
	get := func(path string) (fetch.Answer, error) {
		return h.Fetch(t.Context(), news.FeedState{Feed: news.Feed{URL: url + path}})
	}
	first, err := get("/large") // has all the memory that there is, until it is released
	if err != nil {
		t.Fatal(err)
	}
	var waiting sync.WaitGroup
	for range 8 {
		waiting.Go(func() {
			if a, err := get("/large"); err != nil || len(a.Data) < 1<<20 {
				t.Errorf("a large one: %d bytes, %v", len(a.Data), err)
			} else {
				a.Release()
			}
		})
	}
	for range 20 {
		if a, err := get("/small"); err != nil || len(a.Data) == 0 {
			t.Errorf("a small one: %d bytes, %v", len(a.Data), err)
		}
	}
	first.Release()
	waiting.Wait()
}
