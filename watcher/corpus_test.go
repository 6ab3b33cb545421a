package watcher_test

import (
	"archive/tar"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
)

// shared returns a path among the third-party feeds, which are not part of the
// repository; without them the test is skipped.
func shared(t testing.TB, path ...string) string {
	t.Helper()
	p := filepath.Join(append([]string{"..", "..", "shared"}, path...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("the shared feeds are not there: %v", err)
	}
	return p
}

// skipSlow skips a test that takes long under the race detector, which has
// nothing to find where there is one goroutine.
func skipSlow(t *testing.T) {
	t.Helper()
	if raceDetector {
		t.Skip("slow and without concurrency: run it without -race")
	}
}

// feedFiles returns the files of feeds below a folder.
func feedFiles(t testing.TB, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, p)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in %s: %v", dir, err)
	}
	return files
}

func TestRealFeeds(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	items, undated, empty := 0, 0, 0
	files := feedFiles(t, shared(t, "feeds", "real"))
	for _, file := range files {
		if filepath.Base(file) == "manifest.csv" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d, err := watcher.Read(data, "", "https://feeds.example.org/feed")
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
		if len(d.Items) == 0 {
			empty++
		}
		items += len(d.Items)
		for _, it := range d.Items {
			if it.Published.IsZero() {
				undated++
			}
			if strings.ContainsAny(it.Title, "\n\r\t") || it.ID == "" || it.Title == "" {
				t.Errorf("%s: bad item %+v", filepath.Base(file), it)
			}
		}
	}
	t.Logf("%d files, %d items, %d of them undated, %d feeds without items", len(files)-1, items, undated, empty)
	if items < 4900 {
		t.Errorf("%d items, want at least 4900", items)
	}
}

// TestReplay walks through consecutive versions of feeds. Wants are counts of
// different items as the feeds themselves tell them apart.
func TestReplay(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	wants := map[string]int{"bbc-uk": 284, "nytimes": 111, "smh": 359, "meduza-regen": 52, "lede-aggregate": 859, "theins-regen": 37}
	for name, want := range wants {
		t.Run(name, func(t *testing.T) {
			ids, edited := map[string]string{}, map[string]bool{}
			versions := unpack(t, shared(t, "feeds", "replay", name+".tar.gz"))
			for _, data := range versions {
				d, err := watcher.Read(data, "", "https://example.org/feed")
				if err != nil {
					t.Fatal(err)
				}
				for _, it := range d.Items {
					if title, ok := ids[it.ID]; ok && title != it.Title {
						edited[it.ID] = true
					}
					ids[it.ID] = it.Title
				}
			}
			t.Logf("%d versions, %d items, %d edited", len(versions), len(ids), len(edited))
			if len(ids) != want {
				t.Errorf("%d items, want %d", len(ids), want)
			}
		})
	}
}

// unpack returns the files of an archive in the order of their names.
func unpack(t *testing.T, path string) [][]byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	type file struct {
		name string
		data []byte
	}
	var files []file
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if data, _ := io.ReadAll(r); len(data) > 0 {
			files = append(files, file{h.Name, data})
		}
	}
	if len(files) == 0 {
		t.Fatal("no cases")
	}
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	var all [][]byte
	for _, f := range files {
		all = append(all, f.data)
	}
	return all
}

// A check is one expectation of another parser's tests.
type check struct {
	Path string
	Want any
}

// TestSuites runs the tests of three other parsers. What they want and we do not
// is listed with the reason; of the rest not one in fifty may be otherwise.
func TestSuites(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	theirs := peersFaults(t)
	data, err := os.ReadFile(shared(t, "feeds", "suite", "expectations.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	passed, failed, unread, wrong, all := map[string]int{}, map[string]int{}, 0, 0, 0
	for l := range strings.Lines(string(data)) {
		var c struct {
			Suite, File string
			Headers     map[string]string
			Checks      []check
		}
		if err := json.Unmarshal([]byte(l), &c); err != nil {
			t.Fatal(err)
		}
		doc, err := os.ReadFile(shared(t, "feeds", "suite", filepath.FromSlash(c.File)))
		if err != nil {
			continue
		}
		d, err := watcher.Read(doc, c.Headers["Content-type"], "http://example.com/feed")
		if err != nil {
			unread++
			t.Logf("%s: %v", c.File, err)
			continue
		}
		for _, ch := range c.Checks {
			got, ok := look(d, ch.Path)
			if !ok {
				continue
			}
			all++
			fault := c.File + "\t" + ch.Path
			if agree(got, ch.Want) {
				passed[c.Suite]++
			} else if _, known := theirs[fault]; known {
				delete(theirs, fault)
			} else {
				failed[c.Suite]++
				wrong++
				t.Logf("%s: %s = %.80q, want %.80q", c.File, ch.Path, got, ch.Want)
			}
		}
	}
	t.Logf("passed %v, failed %v, %d documents not read", passed, failed, unread)
	if wrong*50 > all {
		t.Errorf("%d of %d checks come out otherwise than they should, want one in fifty at most", wrong, all)
	}
	for fault := range theirs {
		t.Errorf("testdata/peers.tsv has %q, which comes out as the peer wants it", fault)
	}
	for suite, floor := range map[string]int{"feedparser": 190, "feed-rs": 190, "rss-parser": 66} {
		if passed[suite] < floor {
			t.Errorf("%s: %d checks passed, want at least %d", suite, passed[suite], floor)
		}
	}
}

// peersFaults returns what other parsers want and we do not, file and path.
func peersFaults(t *testing.T) map[string]bool {
	t.Helper()
	table, err := os.ReadFile(filepath.Join("testdata", "peers.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	faults := map[string]bool{}
	for l := range strings.Lines(string(table)) {
		if f := strings.Split(l, "\t"); len(f) == 3 {
			faults[f[0]+"\t"+f[1]] = true
		}
	}
	return faults
}

// look returns what d has at a path of an expectation; it is not ok if that
// is nothing a Document has.
func look(d watcher.Document, path string) (got any, ok bool) {
	switch path {
	case "feed.title":
		return d.Title, true
	case "len(entries)":
		return float64(len(d.Items)), true
	}
	rest, ok := strings.CutPrefix(path, "entries[0].")
	if !ok || len(d.Items) == 0 {
		return nil, false
	}
	it := d.Items[0]
	switch rest {
	case "title":
		return it.Title, true
	case "link":
		return it.Link, true
	case "id", "guid":
		return it.GUID, it.GUID != ""
	case "author":
		return it.Author, true
	case "date_any", "published_parsed", "updated_parsed":
		return it.Published, true
	}
	return nil, false
}

// agree tells whether two values are the same as people read them.
func agree(got, want any) bool {
	switch want := want.(type) {
	case string:
		d, err := watcher.Read([]byte("<rss><channel><item><title><![CDATA["+want+"]]></title></item></channel></rss>"), "", "")
		text := want
		if err == nil && len(d.Items) == 1 {
			text = d.Items[0].Title
		}
		return got == want || got == text
	case float64:
		return got == want
	case map[string]any:
		at, ok := got.(time.Time)
		unix, _ := want["unix"].(float64)
		return ok && math.Abs(float64(at.Unix())-unix) < 1
	}
	return false
}

// TestSynthetic reads feeds that are each broken in one way.
func TestSynthetic(t *testing.T) {
	data, err := os.ReadFile(shared(t, "feeds", "synth", "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Name, File, CT string }
	if err := json.Unmarshal(data, &cases); err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	notFeeds := []string{"html-page", "html-with-rss-word", "empty-body", "json-not-feed", "truncated-mid-item1"}
	for _, c := range cases {
		doc, err := os.ReadFile(shared(t, "feeds", "synth", c.File))
		if err != nil {
			t.Fatal(err)
		}
		d, err := watcher.Read(doc, c.CT, "https://example.org/feed")
		if slices.Contains(notFeeds, c.Name) {
			if err == nil {
				t.Errorf("%s: read, want an error", c.Name)
			}
			continue
		}
		if err != nil || len(d.Items) == 0 && c.Name != "empty-channel" {
			t.Errorf("%s: %d items, error %v", c.Name, len(d.Items), err)
		}
		for _, it := range d.Items {
			if problem := suspicious(it); problem != "" {
				t.Errorf("%s: %s: %q %q", c.Name, problem, it.Title, it.Link)
			}
			t.Logf("%s: %q %q %q", c.Name, it.Title, it.Link, it.GUID)
		}
	}
}

// suspicious says what is wrong with an item that should be plain text and
// free of misread letters.
func suspicious(it news.Item) string {
	switch {
	case strings.ContainsAny(it.Title, "\u00ad\u200b"), regexp.MustCompile(`<[a-zA-Z/!]`).MatchString(it.Title):
		return "markup left in the title"
	case strings.Contains(it.Title, "&laquo;"), strings.Contains(it.Title, "&#"), strings.Contains(it.Title, "&amp;"):
		return "references left in the title"
	case strings.Contains(it.Title, "Рµ"), strings.Contains(it.Title, "Ð"):
		return "letters misread"
	case it.Link != "" && !strings.HasPrefix(it.Link, "http"):
		return "a link that leads nowhere"
	case strings.Contains(it.Title, "root:"):
		return "a file was read"
	}
	return ""
}
