package main

import (
	"errors"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

// Most tests of the program wait, for a daemon, a schedule or a timeout: more of
// them run at a time than there are processors, unless -parallel says how many.
func TestMain(m *testing.M) {
	atOnce := "12"
	if raceDetector { // which makes them work more than wait
		atOnce = "6"
	}
	if err := flag.Set("test.parallel", atOnce); err != nil {
		panic(err)
	}
	testscript.Main(inMemory{m}, map[string]func(){"coupwatch": main})
}

// inMemory are tests whose files lie in memory; the programs that they start may not.
type inMemory struct{ *testing.M }

func (m inMemory) Run() int {
	enginetest.UseMemory()
	return m.M.Run()
}

// TestScripts runs the commands as users do. Beside what testscript brings, a
// script may say:
//
//	exits N command…    the command exits with N
//	serve NAME DIR      serves DIR on loopback, at the address $NAME
//	status NAME CODE    makes that server answer with CODE; 200 for its files
//	fill TEMPLATE FILE  copies a file with its $variables filled in
//	remember FILE…      stores a story and its reports in coupwatch.db
//	json N              standard output is N lines, each a JSON object
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Files: scripts(t),
		Setup: func(e *testscript.Env) error {
			e.Setenv("NO_COLOR", "1")
			e.Setenv("COUPWATCH_ALLOW_PRIVATE", "127.0.0.0/8")
			e.Values["servers"] = map[string]*server{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "serve": serve, "status": status, "fill": fill, "remember": remember, "json": isJSON},
	})
}

// racing are the scripts whose commands do several things at a time. Those of the
// others do one after the other, five times as slowly under the race detector.
var racing = []string{"feeds-add", "feeds-try", "once", "replay", "search", "sick-feeds"}

// scripts returns the scripts to run: all, but under the race detector with -short
// those alone in which something may race.
func scripts(t *testing.T) (files []string) {
	t.Helper()
	files, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(files) <= len(racing) {
		t.Fatalf("found %d scripts: %v", len(files), err)
	}
	if raceDetector && testing.Short() {
		files = nil
		for _, name := range racing {
			files = append(files, filepath.Join("testdata", "script", name+".txtar"))
		}
	}
	return files
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if (code == want) == neg {
		ts.Fatalf("%v exits with %d, want %d", args[1:], code, want)
	}
}

// A server serves a folder, or a status.
type server struct {
	files  http.Handler
	status atomic.Int64
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if code := s.status.Load(); code != http.StatusOK {
		w.WriteHeader(int(code))
		return
	}
	s.files.ServeHTTP(w, r)
}

func serve(ts *testscript.TestScript, _ bool, args []string) {
	s := &server{files: http.FileServer(http.Dir(ts.MkAbs(args[1])))}
	s.status.Store(http.StatusOK)
	srv := httptest.NewServer(s)
	ts.Defer(srv.Close)
	ts.Value("servers").(map[string]*server)[args[0]] = s
	ts.Setenv(args[0], srv.URL)
}

func status(ts *testscript.TestScript, _ bool, args []string) {
	code, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Value("servers").(map[string]*server)[args[0]].status.Store(int64(code))
}

func fill(ts *testscript.TestScript, _ bool, args []string) {
	text := os.Expand(ts.ReadFile(args[0]), ts.Getenv)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}
