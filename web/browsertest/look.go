package browsertest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/coupwatch/coupwatch/internal/longtest"
)

// A Look is a way to look at a page.
type Look struct {
	Width, Height int64  // in pixels
	Theme         string // "light" or "dark"
}

// Looks returns the ways to look at each page: the smallest and a usual one, and all
// sizes and themes where long tests are wanted.
func Looks() (all []Look) {
	if !longtest.Wanted() {
		return []Look{{320, 640, "dark"}, {1440, 900, "light"}}
	}
	for _, size := range [][2]int64{{320, 640}, {768, 1024}, {1440, 900}, {3840, 2160}} {
		for _, theme := range []string{"light", "dark"} {
			all = append(all, Look{size[0], size[1], theme})
		}
	}
	return all
}

// Open opens the page at an address to look at it so.
func (l Look) Open(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	Call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.Theme}}})
	Do(t, ctx, chromedp.EmulateViewport(l.Width, l.Height), chromedp.Navigate(address))
}

// Check checks that the page that is open, called name, is well to look at: nothing
// stands out of it at the side, there is nothing in it that is not ours, and axe, whose
// file AXE_CORE names, finds nothing in the way of people who cannot see it, or not
// well. With PICTURES=DIR there is a picture of it.
func (l Look) Check(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	at := fmt.Sprintf("%s at %d, %s", name, l.Width, l.Theme)
	if wide := Evaluate[int64](t, ctx, `document.scrollingElement.scrollWidth`); wide > l.Width {
		t.Errorf("%s: it is %d wide", at, wide)
	}
	Photograph(t, ctx, fmt.Sprintf("%s-%d-%s", name, l.Width, l.Theme))
	if Evaluate[bool](t, ctx, `!!document.querySelector("script:not([src^='/static/'])") || !!document.querySelector("img, iframe, object, [onerror], [style]")`) {
		t.Errorf("%s: there is something in it that is not ours", at)
	}
	for _, v := range Violations(t, ctx) {
		t.Errorf("%s: %s", at, v)
	}
}

// CheckPrinted checks that nothing of the page that is open stands out of the paper.
func CheckPrinted(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	const width = 718 // A4 but for its edges
	Call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	Do(t, ctx, chromedp.EmulateViewport(width, 1000))
	if wide := Evaluate[int64](t, ctx, `document.scrollingElement.scrollWidth`); wide > width {
		t.Errorf("%s printed: it is %d wide", name, wide)
	}
	Photograph(t, ctx, name+"-print")
	Call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
}

// Photograph takes a picture of the page into the folder that PICTURES names, if it
// does.
func Photograph(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if dir := os.Getenv("PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), See(t, ctx, chromedp.FullScreenshot(100)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Violations returns what axe finds wrong with the page that is open; nothing if
// AXE_CORE names no file of it and it need not.
func Violations(t *testing.T, ctx context.Context) []string {
	t.Helper()
	file := os.Getenv("AXE_CORE")
	if file == "" {
		if os.Getenv("REQUIRE_CHROMIUM") == "1" {
			t.Fatal("AXE_CORE names no axe.min.js, and REQUIRE_CHROMIUM=1; npm pack axe-core has it")
		}
		return nil
	}
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	Evaluate[int](t, ctx, string(script)+";0")
	return Evaluate[[]string](t, ctx, `axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + v.help + "\n" + n.html.slice(0, 300) + "\n" + n.failureSummary)))`, chromedp.EvalAwaitPromise)
}
