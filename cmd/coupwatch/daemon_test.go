package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A process is a running coupwatch and what it prints.
type process struct {
	t     testing.TB
	cmd   *exec.Cmd
	lines chan string // of standard output and error; closed at its end
	seen  strings.Builder
}

// start starts the daemon in dir, with settings in the form NAME=value.
func start(t testing.TB, dir string, settings []string, args ...string) *process {
	t.Helper()
	return startProgram(t, "coupwatch", dir, settings, args...)
}

func startProgram(t testing.TB, program, dir string, settings []string, args ...string) *process {
	t.Helper()
	d := &process{t: t, cmd: exec.CommandContext(t.Context(), program, args...), lines: make(chan string, 10000)}
	d.cmd.Dir = dir
	d.cmd.Env = append(os.Environ(), append([]string{"NO_COLOR=1", "COUPWATCH_ALLOW_PRIVATE=127.0.0.0/8", "COUPWATCH_LISTEN=off"}, settings...)...)
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	d.cmd.Stderr = d.cmd.Stdout
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(d.lines)
		for scan := bufio.NewScanner(out); scan.Scan(); {
			d.lines <- scan.Text()
		}
		_, _ = io.Copy(io.Discard, out)
	}()
	t.Cleanup(func() { _ = d.cmd.Process.Kill(); _ = d.cmd.Wait() })
	return d
}

// await waits for a line that matches the pattern and returns it.
func (d *process) await(pattern string) string {
	d.t.Helper()
	return d.awaitEach(pattern)
}

// awaitEach waits until every pattern had a line that matches it, in whatever
// order they come, and returns the last of these lines.
func (d *process) awaitEach(patterns ...string) string {
	d.t.Helper()
	limit := time.After(time.Minute)
	for {
		select {
		case line, open := <-d.lines:
			if !open {
				d.t.Fatalf("the daemon ended before it printed %q:\n%s", patterns, d.seen.String())
			}
			d.seen.WriteString(line + "\n")
			patterns = slices.DeleteFunc(patterns, func(p string) bool { return regexp.MustCompile(p).MatchString(line) })
			if len(patterns) == 0 {
				return line
			}
		case <-limit:
			d.t.Fatalf("the daemon did not print %q:\n%s", patterns, d.seen.String())
		}
	}
}

// exit waits for the daemon's end and returns its exit code.
func (d *process) exit() int {
	for line := range d.lines {
		d.seen.WriteString(line + "\n")
	}
	_ = d.cmd.Wait() // the code tells
	return d.cmd.ProcessState.ExitCode()
}

// A newsfeed serves a feed that grows. Its first reading, which wakes nobody,
// finds one old item.
type newsfeed struct {
	*httptest.Server
	mu     sync.Mutex
	titles []string
	dates  []string // when each was published, as RSS has it; "" for no time of its own
	served int      // how often it was asked for
}

func newFeed(t *testing.T) *newsfeed {
	f := &newsfeed{titles: []string{"Rain in the capital"}, dates: []string{""}}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *newsfeed) add(title string) { f.addDated(title, "") }

// addAt adds an item that was published so long ago.
func (f *newsfeed) addAt(title string, ago time.Duration) {
	f.addDated(title, "<pubDate>"+time.Now().Add(-ago).UTC().Format(time.RFC1123Z)+"</pubDate>")
}

func (f *newsfeed) addDated(title, date string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.titles, f.dates = append(f.titles, title), append(f.dates, date)
}

func (f *newsfeed) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.served++
	fmt.Fprint(w, `<rss version="2.0"><channel><title>Example</title><language>en</language>`)
	for i, title := range f.titles {
		fmt.Fprintf(w, `<item><title>%s</title><guid>g%d</guid><link>https://news.example/%d</link>%s</item>`, title, i, i, f.dates[i])
	}
	fmt.Fprint(w, `</channel></rss>`)
}

func (f *newsfeed) rules(term string) string {
	return fmt.Sprintf("feeds:\n  - {url: %q, name: Example, schedule: \"@every 1s\"}\nrules:\n  - {id: watch, title: Watch, severity: high, match: %s}\n", f.URL, term)
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A change of rules.yaml takes effect while the daemon runs; one with mistakes
// is told with their places, once, and changes nothing.
func TestReload(t *testing.T) {
	t.Parallel()
	dir, feed := t.TempDir(), newFeed(t)
	file := filepath.Join(dir, "rules.yaml")
	write(t, file, feed.rules("coup"))
	d := start(t, dir, nil)
	d.await(`watches +1 feed with 1 rule`)
	d.await(`msg="feed read"`)

	write(t, file, strings.Replace(feed.rules("coup"), "severity: high", "severity: hgih", 1))
	d.await(`mistake in the rules.*rules.yaml:4:\d+.*unknown severity.*hgih`)
	d.await(`^rules.yaml:4:\d+: rule "watch": unknown severity "hgih"; did you mean "high"\?`)
	feed.add("Coup in the capital")
	d.await(`^Coup in the capital`) // the old rules are still at work

	write(t, file, feed.rules("putsch"))
	d.await(`msg="rules loaded" changed="rules ~watch`)
	feed.add("Putsch in the north")
	d.await(`^Putsch in the north`)
	if mended := "The rules file is without mistakes again"; !strings.Contains(d.seen.String(), mended) {
		d.await("^" + mended)
	}
	if n := strings.Count(d.seen.String(), "hgih"); n != 2 {
		t.Errorf("the mistake was told %d times, want once in the log and once to the operators:\n%s", n, d.seen.String())
	}
	_ = d.cmd.Process.Signal(syscall.SIGTERM)
	if code := d.exit(); code != 0 {
		t.Errorf("exits with %d after SIGTERM, want 0:\n%s", code, d.seen.String())
	}
}

func TestSecondDaemonIsRefused(t *testing.T) {
	t.Parallel()
	dir, feed := t.TempDir(), newFeed(t)
	write(t, filepath.Join(dir, "rules.yaml"), feed.rules("coup"))
	start(t, dir, nil).await(`watches`)
	second := start(t, dir, nil)
	if code := second.exit(); code != 1 || !strings.Contains(second.seen.String(), "is in use by process") {
		t.Errorf("the second daemon exits with %d and says\n%s", code, second.seen.String())
	}
}

func TestPortTaken(t *testing.T) {
	t.Parallel()
	dir, feed := t.TempDir(), newFeed(t)
	write(t, filepath.Join(dir, "rules.yaml"), feed.rules("coup"))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	d := start(t, dir, nil, "run", "--listen", ln.Addr().String())
	if code := d.exit(); code != 1 || !strings.Contains(d.seen.String(), "choose another address with --listen") {
		t.Errorf("exits with %d and says\n%s", code, d.seen.String())
	}
}

// The flag --listen off takes precedence over the address in the environment.
func TestListenOff(t *testing.T) {
	t.Parallel()
	dir, feed := t.TempDir(), newFeed(t)
	write(t, filepath.Join(dir, "rules.yaml"), feed.rules("coup"))
	d := start(t, dir, []string{"COUPWATCH_LISTEN=127.0.0.1:0"}, "run", "--listen", "off")
	d.await("Stop with Ctrl-C")
	if strings.Contains(d.seen.String(), "page ") {
		t.Errorf("there is a page:\n%s", d.seen.String())
	}
}

// Health says how many feeds are watched and how many problems there are, and in
// plain words that nobody answers.
func TestHealthTold(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{
		`{"status":"ok","feeds":1}`: "ok: 1 feed watched\n",
		`{"status":"degraded","feeds":21,"problems":["A: HTTP 404","B: is down"]}`: "degraded: 2 problems, 21 feeds watched\n  A: HTTP 404\n  B: is down\n",
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, answer) }))
		env := []string{"COUPWATCH_LISTEN=" + srv.Listener.Addr().String()}
		if out, errs, code := coupwatch(t, t.TempDir(), env, "health"); code != 0 || out != want {
			t.Errorf("of %s health exits with %d and says %q%s, want %q", answer, code, out, errs, want)
		}
		srv.Close()
		if _, errs, code := coupwatch(t, t.TempDir(), env, "health"); code != 1 || !strings.HasSuffix(errs, "start it, or say with COUPWATCH_LISTEN where its page is (connection refused)\n") {
			t.Errorf("of nobody health exits with %d and says %q", code, errs)
		}
	}
}

// The daemon's page and health answer while it runs.
func TestPageAndHealth(t *testing.T) {
	t.Parallel()
	dir, feed := t.TempDir(), newFeed(t)
	write(t, filepath.Join(dir, "rules.yaml"), feed.rules("coup"))
	d := start(t, dir, nil, "run", "--listen", "127.0.0.1:0")
	line := d.await(`page +http`)
	url := regexp.MustCompile(`http://[^ ]+/`).FindString(line)
	for path, want := range map[string]string{"": "Nothing that people had to be told of in the last seven days", "healthz": `"status":"ok"`} {
		res, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("GET /%s: %d %v, want %q in\n%s", path, res.StatusCode, err, want, body)
		}
	}
}

// A slackDouble takes messages as Slack does and keeps them.
type slackDouble struct {
	mu    sync.Mutex
	texts []string
	got   chan string
}

func (s *slackDouble) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text := r.FormValue("blocks") + r.FormValue("text")
	s.mu.Lock()
	s.texts = append(s.texts, text)
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprint(w, `{"ok":true,"channel":"C1","ts":"1.1"}`)
	s.got <- text
}

// Killed again and again while news comes in, the daemon loses no item and no
// alert.
func TestKilledLosesNothing(t *testing.T) {
	t.Parallel()
	dir, feed := t.TempDir(), newFeed(t)
	write(t, filepath.Join(dir, "rules.yaml"), feed.rules("coup"))
	slack := &slackDouble{got: make(chan string, 1000)}
	api := httptest.NewServer(slack)
	defer api.Close()
	settings := []string{"SLACK_BOT_TOKEN=xoxb-test", "SLACK_CHANNEL=C1", "SLACK_API_URL=" + api.URL + "/"}
	d := start(t, dir, settings)
	d.await(`watches`)
	d.await(`msg="feed read"`)
	titles := []string{
		"Coup in Ardania: tanks circle the broadcaster", "Colonel leads Belmora coup before breakfast", "Cordavia wakes to a coup and shut borders",
		"Generals plan coup, Drusland envoy warns", "Estovia court jails three for coup", "Fishermen saw the Farland coup begin at sea",
		"Gormania president flees coup by helicopter", "Students cheer Holmark coup on the square",
	}
	place := regexp.MustCompile(`Ardania|Belmora|Cordavia|Drusland|Estovia|Farland|Gormania|Holmark`)
	for i, title := range titles {
		feed.add(title)
		if i%2 == 1 { // in the middle of whatever it does
			_ = d.cmd.Process.Kill()
			d.exit()
			d = start(t, dir, settings)
			d.await(`watches`)
		}
	}
	missing := map[string]bool{}
	for _, title := range titles {
		missing[place.FindString(title)] = true
	}
	limit := time.After(60 * time.Second)
	for len(missing) > 0 {
		select {
		case text := <-slack.got:
			delete(missing, place.FindString(text))
		case <-limit:
			t.Fatalf("never told of %v:\n%s", missing, d.seen.String())
		}
	}
}
