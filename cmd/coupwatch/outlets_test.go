package main

import (
	"archive/tar"
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/coupwatch/coupwatch/store"
)

// shared returns a path among the texts of real publishers, which are not part
// of the repository; without them the test is skipped.
func shared(t testing.TB, parts ...string) string {
	t.Helper()
	p := filepath.Join(append([]string{"..", "..", "..", "shared"}, parts...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("needs real feeds and texts, which are not part of the repository: %v", err)
	}
	return p
}

// skipSlow skips a test that takes long under the race detector and has no
// concurrency that other tests lack.
func skipSlow(t *testing.T) {
	t.Helper()
	if raceDetector {
		t.Skip("slow under the race detector, and others test the same concurrency: run it without -race")
	}
}

// Outlets serve real feeds as their own servers would, with ETag and 304. Of a
// feed with several versions they serve the one that is set.
type outlets struct {
	*httptest.Server
	versions map[string][][]byte // by path

	mu      sync.Mutex
	version int
	full    int // answers with a feed
	same    int // answers 304
	bad     int // answers to a request with validators that did not fit
}

// newOutlets serves the single files of real feeds, and the replays.
func newOutlets(t testing.TB) *outlets {
	t.Helper()
	o := &outlets{versions: map[string][][]byte{}}
	files, err := filepath.Glob(filepath.Join(shared(t, "feeds", "real"), "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		o.versions[path.Join("/real", filepath.Base(filepath.Dir(file)), filepath.Base(file))] = [][]byte{data}
	}
	archives, err := filepath.Glob(filepath.Join(shared(t, "feeds", "replay"), "*.tar.gz"))
	if err != nil || len(archives) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range archives {
		o.versions["/replay/"+strings.TrimSuffix(filepath.Base(file), ".tar.gz")] = unpackVersions(t, file)
	}
	o.Server = httptest.NewServer(o)
	t.Cleanup(o.Close)
	return o
}

// thin leaves each nth feed. Call it before the first is served.
func (o *outlets) thin(n int) {
	for i, p := range slices.Sorted(maps.Keys(o.versions)) {
		if i%n > 0 {
			delete(o.versions, p)
		}
	}
}

func (o *outlets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	versions := o.versions[r.URL.Path]
	if versions == nil {
		http.NotFound(w, r)
		return
	}
	data := versions[min(o.version, len(versions)-1)]
	tag := fmt.Sprintf(`"%.8x"`, sha256.Sum256(data))
	w.Header().Set("ETag", tag)
	switch r.Header.Get("If-None-Match") {
	case tag:
		o.same++
		w.WriteHeader(http.StatusNotModified)
		return
	case "":
	default:
		o.bad++
	}
	o.full++
	w.Header().Set("Content-Type", "application/xml")
	_, _ = w.Write(data) // a reader that went away is its own business
}

// turn sets the version that is served, and returns how the outlets have
// answered since the last turn.
func (o *outlets) turn(version int) (full, same, bad int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	full, same, bad = o.full, o.same, o.bad
	o.version, o.full, o.same, o.bad = version, 0, 0, 0
	return full, same, bad
}

// feeds returns the part of a rules file that lists the feeds below folder.
func (o *outlets) feeds(folder, schedule string) string {
	var b strings.Builder
	b.WriteString("feeds:\n")
	for _, p := range slices.Sorted(maps.Keys(o.versions)) {
		if strings.HasPrefix(p, folder) {
			fmt.Fprintf(&b, "  - {url: %q, name: %q, schedule: %q}\n", o.URL+p, path.Base(p), schedule)
		}
	}
	return b.String()
}

// unpackVersions returns the files of an archive in the order of their names.
func unpackVersions(t testing.TB, file string) (versions [][]byte) {
	t.Helper()
	packed, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	type named struct {
		name string
		data []byte
	}
	var files []named
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg {
			files = append(files, named{h.Name, data})
		}
	}
	slices.SortFunc(files, func(a, b named) int { return cmp.Compare(a.name, b.name) })
	for _, f := range files {
		versions = append(versions, f.data)
	}
	if len(versions) == 0 {
		t.Fatalf("%s: no versions", file)
	}
	return versions
}

// coupwatch runs one command of the program in dir, with settings in the form
// NAME=value, and returns what it prints and its exit code.
func coupwatch(t testing.TB, dir string, settings []string, args ...string) (out, errs string, code int) {
	t.Helper()
	var stdout, stderr strings.Builder
	cmd := exec.CommandContext(t.Context(), "coupwatch", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
	cmd.Env = append(os.Environ(), append([]string{"NO_COLOR=1", "COUPWATCH_ALLOW_PRIVATE=127.0.0.0/8", "COUPWATCH_LISTEN=off"}, settings...)...)
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// openStore opens the database that the program uses in dir.
func openStore(t testing.TB, dir string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(dir, "coupwatch.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
