package bench_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/coupwatch/coupwatch/web/browsertest"
	"github.com/coupwatch/coupwatch/web/gate"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

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
	ctx := browsertest.Tab(t)
	d := newDesk(t, nil)
	root := d.serve(t)
	said := func(text string) string {
		return fmt.Sprintf(`document.querySelector("#said").textContent.includes(%q)`, text)
	}
	// choose selects the first of some letters of the rule.
	choose := func(letters string) {
		t.Helper()
		browsertest.Evaluate[bool](t, ctx, fmt.Sprintf(`(() => { const t = document.querySelector("#text"), at = t.value.indexOf(%q); t.focus(); t.setSelectionRange(at, at + %d); return at >= 0 })()`, letters, len(letters)))
	}
	browsertest.Do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(root+"/rules/coup"), chromedp.Click(`a[href="/rules/bench?ref=coup"]`))
	browsertest.Await(t, ctx, `document.querySelector("#text")?.value.includes("# what people are woken for")`)
	choose("high")
	browsertest.Do(t, ctx, chromedp.KeyEvent("hgih"))
	browsertest.Await(t, ctx, said(`unknown severity "hgih"`))
	browsertest.Do(t, ctx, chromedp.Click(`#said button.at`))
	browsertest.Await(t, ctx, `(t => t.value.slice(t.selectionStart, t.selectionEnd))(document.activeElement) === "hgih"`)
	browsertest.Do(t, ctx, chromedp.KeyEvent("critical"))
	browsertest.Await(t, ctx, said("No mistakes so far"))

	choose("$coup AND")
	browsertest.Do(t, ctx, chromedp.KeyEvent("($coup OR mutiny OR $id"))
	browsertest.Await(t, ctx, `document.querySelector("#choices li")?.textContent === "$idle" && !document.querySelector("#choices").hidden`)
	browsertest.Do(t, ctx, chromedp.KeyEvent("\t"), chromedp.KeyEvent(") AND"))
	browsertest.Await(t, ctx, `document.querySelector("#text").value.includes("match: ($coup OR mutiny OR $idle) AND @countries # in any order")`)
	browsertest.Await(t, ctx, said("No mistakes so far"))

	browsertest.Do(t, ctx, chromedp.SendKeys("#sample", "A mutiny in Mali"), chromedp.Click(`button[value="check"]`))
	browsertest.Await(t, ctx, said("people are told, as critical"))
	browsertest.Await(t, ctx, `[...document.querySelectorAll("#said mark")].map(m => m.textContent).join() === "mutiny,Mali"`)
	browsertest.Do(t, ctx, chromedp.Click(`button[value="try"]`))
	browsertest.Await(t, ctx, `document.querySelector("#trial .headline")?.textContent === "+1 story, −0; 0.33 more alerts a day"`)
	if text := browsertest.Evaluate[string](t, ctx, `document.querySelector("#trial").innerText`); !strings.Contains(text, "Newly matched: 0") || !strings.Contains(text, "Matched otherwise: 4") || !strings.Contains(text, "A mutiny in Chad") {
		t.Errorf("the trial says %s", text)
	}
	if kept := browsertest.Evaluate[string](t, ctx, `document.querySelector("#sample").value`); kept != "A mutiny in Mali" {
		t.Errorf("the text to look at is now %q", kept)
	}
	browsertest.Do(t, ctx, chromedp.Click(`button[value="save"]`))
	browsertest.Await(t, ctx, `location.pathname === "/rules/coup" && document.querySelector(".fine")?.textContent.startsWith("Saved.")`)
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
	ctx := browsertest.Tab(t)
	d := newDesk(t, nil)
	root := d.serve(t)
	browsertest.Call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	browsertest.Do(t, ctx, chromedp.Navigate(root+"/rules/bench?ref=quiet"), chromedp.SetValue("#text", "  - {id: quiet, severity: lwo, match: mutiny}"), chromedp.Click(`button[value="check"]`), chromedp.WaitVisible("#said .problems"))
	browsertest.Do(t, ctx, chromedp.SetValue("#text", "  - {id: quiet, severity: medium, match: mutiny}"), chromedp.Click(`button[value="try"]`), chromedp.WaitVisible("#trial"))
	d.room.Wait()
	browsertest.Do(t, ctx, chromedp.Reload(), chromedp.WaitVisible("#trial .headline"), chromedp.Click(`button[value="save"]`), chromedp.WaitVisible(".fine"))
	if got := d.read(t, "rules.yaml"); !strings.Contains(got, "severity: medium, match: mutiny") {
		t.Errorf("the file is\n%s", got)
	}
}

// Each page of the room is well to look at in all sizes and themes: nothing stands out
// of it at the side, and axe, whose file AXE_CORE names, finds nothing in the way of
// people who cannot see it. With PICTURES=DIR there are pictures.
func TestLooks(t *testing.T) {
	ctx := browsertest.Tab(t)
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
			for _, look := range browsertest.Looks() {
				look.Open(t, ctx, root+path)
				work(t, ctx, name)
				look.Check(t, ctx, name)
			}
		})
	}
}

// work does what is done at a page before it is looked at: at the workbench a mistake is
// made, and read.
func work(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	switch name {
	case "bench":
		browsertest.Evaluate[bool](t, ctx, `(t => { t.value = t.value.replace("high", "hgih").replace("@countries", "@countrys"); t.focus(); t.dispatchEvent(new Event("input")); return true })(document.querySelector("#text"))`)
		browsertest.Await(t, ctx, `document.querySelectorAll("#said button.at").length === 2`)
		browsertest.Evaluate[bool](t, ctx, `(t => { const at = t.value.indexOf("severity: ") + 10; t.setSelectionRange(at, at); t.dispatchEvent(new KeyboardEvent("keydown", {key: " ", ctrlKey: true, bubbles: true})); return true })(document.querySelector("#text"))`)
	case "trial":
		browsertest.Evaluate[bool](t, ctx, `(b => { b.click(); return true })(document.querySelector("button[value=check]"))`)
		browsertest.Await(t, ctx, `document.querySelector("#said .reading")`)
	}
}
