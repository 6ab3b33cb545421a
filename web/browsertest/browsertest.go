// Package browsertest looks at pages in a Chromium, for tests: those of a test program
// have its one tab, one after the other, as if it was new.
package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// patience is how long anything in a page may take, on a machine that does much else.
const patience = 40 * time.Second

// Main runs the tests of a package and ends the browser, for its TestMain.
func Main(m *testing.M) {
	code := m.Run()
	if end := ended.Load(); end != nil {
		(*end)()
	}
	os.Exit(code)
}

var errNoChromium = errors.New("there is no Chromium to see the page with; apt-get install chromium")

var (
	ended   atomic.Pointer[func()] // what ends the browser, once it has started
	started = sync.OnceValues(func() (context.Context, error) {
		path, err := find()
		if err != nil {
			return nil, err
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("disable-gpu", true), chromedp.WSURLReadTimeout(time.Minute))
		ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
		browser, _ := chromedp.NewContext(ctx) // ends with ctx
		if err := chromedp.Do(browser, chromedp.Navigate("about:blank")); err != nil {
			end()
			return nil, fmt.Errorf("the Chromium does not start: %w", err)
		}
		wait := func() {
			_ = chromedp.Cancel(browser) // it has ended, whatever it says
			end()
		}
		ended.Store(&wait)
		return browser, nil
	})
)

func find() (path string, err error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err = exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNoChromium
}

// Tab returns the tab, as new, until the test ends: no other has it meanwhile, and so
// none that runs in parallel. (In a second tab Chromium 156 draws nothing at times, and
// who waits for a page waits for ever.) It skips the test if there is no Chromium, unless
// REQUIRE_CHROMIUM=1, and if -short is given; whatever a page writes to its console
// fails the test.
func Tab(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: no browser")
	}
	browser, err := started()
	if errors.Is(err, errNoChromium) && os.Getenv("REQUIRE_CHROMIUM") != "1" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	turn.Lock()
	t.Cleanup(turn.Unlock)
	ctx, end := context.WithCancel(browser)
	t.Cleanup(end)
	listen(t, ctx)
	t.Cleanup(func() { renew(t, ctx) })
	return ctx
}

var turn sync.Mutex // of who has the tab

// renew leaves the tab as a new one is.
func renew(t *testing.T, ctx context.Context) {
	t.Helper()
	Do(t, ctx, chromedp.Navigate("about:blank"), chromedp.ResetViewport())
	Call(t, ctx, network.ClearBrowserCookies, cdp.Empty{})
	Call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	Call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{})
}

// listen fails the test for what the console says, but of what the network does and of
// pages that are left without a word, until the test ends.
func listen(t *testing.T, ctx context.Context) {
	listened, stop := context.WithCancel(ctx)
	said := make(chan []string, 1)
	go func() {
		var all []string
		for m, err := range chromedp.Console(listened) {
			if err == nil && !strings.Contains(m.Text, "status of 4") && !strings.Contains(m.Text, "net::ERR_") && !strings.Contains(m.Text, "'beforeunload'") {
				all = append(all, m.Text)
			}
		}
		said <- all
	}()
	t.Cleanup(func() {
		stop()
		for _, text := range <-said {
			t.Errorf("the console says: %s", text)
		}
	})
}

// Hurry lets time pass so many times faster for the scripts of the pages that are
// opened after it.
func Hurry(t *testing.T, ctx context.Context, times int) {
	t.Helper()
	script := fmt.Sprintf(`(() => {
		const began = Date.now(), now = Date.now.bind(Date), later = setTimeout.bind(window);
		Date.now = () => began + (now() - began) * %[1]d;
		window.setTimeout = (f, ms, ...more) => later(f, ms / %[1]d, ...more);
	})()`, times)
	added, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		Call(t, ctx, page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams(added))
	})
}

// Do does what a reader does, and fails the test if it cannot be done.
func Do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// See returns what an action finds.
func See[T any](t *testing.T, ctx context.Context, action chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	found, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Evaluate returns the value of an expression in the page.
func Evaluate[T any](t *testing.T, ctx context.Context, expression string, options ...chromedp.EvaluateOption) T {
	t.Helper()
	return See(t, ctx, chromedp.Evaluate[T](expression, options...))
}

// Await waits until an expression is true in the page, also in one that it leads to, and
// the scripts of that have run.
func Await(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	began := time.Now()
	for range time.Tick(20 * time.Millisecond) {
		if yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.readyState === "complete" && !!(`+expression+`)`)); err == nil && yes {
			return
		}
		if time.Since(began) > patience {
			t.Fatalf("in %v it was not so: %s\n%s", patience, expression, Evaluate[string](t, ctx, `document.body.innerText`))
		}
	}
}

// Call sends a command to the browser.
func Call[P, R any](t *testing.T, ctx context.Context, command cdp.Command[P, R], params P) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if _, err := chromedp.Call(ctx, command, params); err != nil {
		t.Fatal(err)
	}
}
