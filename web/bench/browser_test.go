package bench_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/coupwatch/coupwatch/web/gate"
)

// browser returns a tab of a Chromium of the test's own; without one the test is
// skipped, unless REQUIRE_CHROMIUM=1.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: no browser")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("REQUIRE_CHROMIUM") == "1" {
			t.Fatal("there is no Chromium, and REQUIRE_CHROMIUM=1; apt-get install chromium")
		}
		t.Skip("there is no Chromium to see the page with; apt-get install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("disable-gpu", true), chromedp.WSURLReadTimeout(time.Minute))
	ctx, cancel := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return ctx
}

// do runs what an analyst does, and fails if it cannot be done.
func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

func see[T any](t *testing.T, ctx context.Context, expression string, opts ...chromedp.EvaluateOption) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, opts...))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// await waits until an expression is true in the page, also in one that it leads to.
func await(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	began := time.Now()
	for range time.Tick(50 * time.Millisecond) {
		if yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")")); err == nil && yes {
			return
		}
		if time.Since(began) > 40*time.Second {
			t.Fatalf("in forty seconds it was not so: %s\n%s", expression, see[string](t, ctx, `document.querySelector("main").innerText`))
		}
	}
}

// serve serves a desk's room as the page does.
func (d *desk) serve(t *testing.T) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		d.mux.ServeHTTP(w, r.WithContext(gate.With(r.Context(), d.visit)))
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

// An analyst opens a rule, makes a mistake and sees it, mends it, has a list
// completed, looks at a text, sees what the archive would have brought, and saves: the
// file has the rule, with all comments.
func TestWorkbench(t *testing.T) {
	ctx := browser(t)
	d := newDesk(t, nil)
	root := d.serve(t)
	said := func(text string) string {
		return fmt.Sprintf(`document.querySelector("#said").textContent.includes(%q)`, text)
	}
	// choose selects the first of some letters of the rule.
	choose := func(letters string) {
		t.Helper()
		see[bool](t, ctx, fmt.Sprintf(`(() => { const t = document.querySelector("#text"), at = t.value.indexOf(%q); t.focus(); t.setSelectionRange(at, at + %d); return at >= 0 })()`, letters, len(letters)))
	}
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(root+"/rules/coup"), chromedp.Click(`a[href="/rules/bench?ref=coup"]`))
	await(t, ctx, `document.querySelector("#text")?.value.includes("# what people are woken for")`)
	choose("high")
	do(t, ctx, chromedp.KeyEvent("hgih"))
	await(t, ctx, said(`unknown severity "hgih"`))
	do(t, ctx, chromedp.Click(`#said button.at`))
	await(t, ctx, `(t => t.value.slice(t.selectionStart, t.selectionEnd))(document.activeElement) === "hgih"`)
	do(t, ctx, chromedp.KeyEvent("critical"))
	await(t, ctx, said("No mistakes so far"))

	choose("$coup AND")
	do(t, ctx, chromedp.KeyEvent("($coup OR mutiny OR $id"))
	await(t, ctx, `document.querySelector("#choices li")?.textContent === "$idle" && !document.querySelector("#choices").hidden`)
	do(t, ctx, chromedp.KeyEvent("\t"), chromedp.KeyEvent(") AND"))
	await(t, ctx, `document.querySelector("#text").value.includes("match: ($coup OR mutiny OR $idle) AND @countries # in any order")`)
	await(t, ctx, said("No mistakes so far"))

	do(t, ctx, chromedp.SendKeys("#sample", "A mutiny in Mali"), chromedp.Click(`button[value="check"]`))
	await(t, ctx, said("people are told, as critical"))
	await(t, ctx, `[...document.querySelectorAll("#said mark")].map(m => m.textContent).join() === "mutiny,Mali"`)
	do(t, ctx, chromedp.Click(`button[value="try"]`))
	await(t, ctx, `document.querySelector("#trial .headline")?.textContent === "+1 story, −0; 0.33 more alerts a day"`)
	if text := see[string](t, ctx, `document.querySelector("#trial").innerText`); !strings.Contains(text, "Newly matched: 0") || !strings.Contains(text, "Matched otherwise: 4") || !strings.Contains(text, "A mutiny in Chad") {
		t.Errorf("the trial says %s", text)
	}
	if kept := see[string](t, ctx, `document.querySelector("#sample").value`); kept != "A mutiny in Mali" {
		t.Errorf("the text to look at is now %q", kept)
	}
	do(t, ctx, chromedp.Click(`button[value="save"]`))
	await(t, ctx, `location.pathname === "/rules/coup" && document.querySelector(".fine")?.textContent.startsWith("Saved.")`)
	want := strings.Replace(strings.Replace(rulesText, "severity: high", "severity: critical", 1), "$coup AND", "($coup OR mutiny OR $idle) AND", 1)
	if got := d.read(t, "rules.yaml"); got != want {
		t.Errorf("the file is\n%s", got)
	}
	if len(d.noted) != 1 || d.reloads != 1 {
		t.Errorf("noted %q, %d reloads", d.noted, d.reloads)
	}
}

// Without the script all of it works: check, try, save.
func TestWorkbenchWithoutScript(t *testing.T) {
	ctx := browser(t)
	d := newDesk(t, nil)
	root := d.serve(t)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(root+"/rules/bench?ref=quiet"), chromedp.SetValue("#text", "  - {id: quiet, severity: lwo, match: mutiny}"), chromedp.Click(`button[value="check"]`), chromedp.WaitVisible("#said .problems"))
	do(t, ctx, chromedp.SetValue("#text", "  - {id: quiet, severity: medium, match: mutiny}"), chromedp.Click(`button[value="try"]`), chromedp.WaitVisible("#trial"))
	d.room.Wait()
	do(t, ctx, chromedp.Reload(), chromedp.WaitVisible("#trial .headline"), chromedp.Click(`button[value="save"]`), chromedp.WaitVisible(".fine"))
	if got := d.read(t, "rules.yaml"); !strings.Contains(got, "severity: medium, match: mutiny") {
		t.Errorf("the file is\n%s", got)
	}
}

// Each page of the room is well to look at in all sizes and themes: nothing stands out
// of it at the side, and axe, whose file AXE_CORE names, finds nothing in the way of
// people who cannot see it. With PICTURES=DIR there are pictures.
func TestLooks(t *testing.T) {
	ctx := browser(t)
	axe, _ := os.ReadFile(os.Getenv("AXE_CORE"))
	if len(axe) == 0 && os.Getenv("REQUIRE_CHROMIUM") == "1" {
		t.Fatal("AXE_CORE names no axe.min.js, and REQUIRE_CHROMIUM=1; npm pack axe-core has it")
	}
	d := newDesk(t, nil)
	if err := d.room.Count(t.Context()); err != nil {
		t.Fatal(err)
	}
	root := d.serve(t)
	mutiny := strings.Replace(coupLines, "$coup AND", "(coup OR mutiny OR "+strings.Repeat("unbroken", 7)+") AND", 1)
	mutiny = strings.Replace(mutiny, "A putsch", "A mutiny", 1)
	code, answer, header := d.post(t, "try", map[string]string{"text": mutiny, "sample": "Mutiny in Mali " + hostile + strings.Repeat("unbroken", 60)})
	if code != http.StatusSeeOther {
		t.Fatalf("%d: %s", code, answer)
	}
	d.room.Wait()
	pages := map[string]string{
		"rules": "/rules", "lists": "/rules?show=lists", "entities": "/rules?show=entities", "rule": "/rules/coup?saved=1", "list": "/rules/$coup",
		"bench-empty": "/rules/bench", "bench": "/rules/bench?ref=coup", "trial": header.Get("Location"),
	}
	for name, path := range pages {
		t.Run(name, func(t *testing.T) {
			for _, width := range []int64{320, 768, 1440, 3840} {
				for _, theme := range []string{"light", "dark"} {
					looks(t, ctx, root+path, name, width, theme, string(axe))
				}
			}
		})
	}
}

// looks looks at a page; at the workbench it makes a mistake first, and has it read.
func looks(t *testing.T, ctx context.Context, address, name string, width int64, theme, axe string) {
	t.Helper()
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}}); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address))
	switch name {
	case "bench":
		see[bool](t, ctx, `(t => { t.value = t.value.replace("high", "hgih").replace("@countries", "@countrys"); t.focus(); t.dispatchEvent(new Event("input")); return true })(document.querySelector("#text"))`)
		await(t, ctx, `document.querySelectorAll("#said button.at").length === 2`)
		see[bool](t, ctx, `(t => { const at = t.value.indexOf("severity: ") + 10; t.setSelectionRange(at, at); t.dispatchEvent(new KeyboardEvent("keydown", {key: " ", ctrlKey: true, bubbles: true})); return true })(document.querySelector("#text"))`)
	case "trial":
		see[bool](t, ctx, `(b => { b.click(); return true })(document.querySelector("button[value=check]"))`)
		await(t, ctx, `document.querySelector("#said .reading")`)
	}
	if wide := see[int64](t, ctx, `document.scrollingElement.scrollWidth`); wide > width {
		t.Errorf("%s at %d, %s: it is %d wide", name, width, theme, wide)
	}
	if dir := os.Getenv("PICTURES"); dir != "" {
		picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", name, width, theme)), picture, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if see[bool](t, ctx, `!!document.querySelector("script:not([src^='/static/'])") || !!document.querySelector("img, iframe, object, [onerror], [style]")`) {
		t.Errorf("%s at %d, %s: there is something in it that is not ours", name, width, theme)
	}
	if axe == "" {
		return
	}
	see[int](t, ctx, axe+";0")
	for _, v := range see[[]string](t, ctx, `axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.html.slice(0, 300) + "\n" + n.failureSummary)))`, chromedp.EvalAwaitPromise) {
		t.Errorf("%s at %d, %s: %s", name, width, theme, v)
	}
}
