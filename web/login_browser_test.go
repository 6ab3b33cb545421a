package web_test

import (
	"context"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/web"
	"github.com/coupwatch/coupwatch/web/browsertest"
	"github.com/coupwatch/coupwatch/web/login"
	"github.com/coupwatch/coupwatch/web/login/issuer"
	"github.com/coupwatch/coupwatch/web/login/password"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// guardedPage serves a page at which people log in, anna among them, with a quiet ship
// by night for a password, and returns its address.
func guardedPage(t *testing.T) (string, *store.DB) {
	t.Helper()
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	hash, err := password.Hash(t.Context(), "anna", "a quiet ship by night")
	if err == nil {
		err = db.AddUser(t.Context(), "anna", news.Analyst, hash, now)
	}
	if err != nil {
		t.Fatal(err)
	}
	for i, what := range []string{"muted rule coup until 3 Dec 2026 12:00 UTC: elections, " + hostile, "added user anna, analyst", "retried 3 alerts of slack"} {
		if err := db.NoteDeed(t.Context(), news.Deed{At: now.Add(-time.Duration(i) * time.Hour), Who: "anna", From: "2001:db8:1234:5678:9abc:def0:1234:5678", What: what}); err != nil {
			t.Fatal(err)
		}
	}
	around := sheet.New(nil, quiet)
	who := login.New(login.Options{
		Store: db, Sheet: around, Log: quiet, Listen: "0.0.0.0:8090", Recheck: 50 * time.Millisecond,
		Issuer: issuer.New(issuer.Options{URL: "https://accounts.a-rather-long-name-of-a-company.example"}),
	})
	d := crowd(20, now)
	srv := httptest.NewServer(web.Hurried(web.Options{Archive: d, State: func() web.State { return web.State{} }, Log: quiet, Sheet: around, Gate: who.Guard, Rooms: who.Doors()}))
	t.Cleanup(srv.CloseClientConnections)
	return srv.URL, db
}

// The pages to log in, of one's account and of changes are well to look at in all
// sizes and themes, and can be used by everybody.
func TestLoginLooks(t *testing.T) {
	root, _ := guardedPage(t) // which ends after the browser
	ctx := browsertest.Tab(t)
	look := func(name, path string) {
		for _, look := range browsertest.Looks() {
			look.Open(t, ctx, root+path)
			look.Check(t, ctx, name)
		}
	}
	look("login", "/feeds?to=/")
	browsertest.Do(t, ctx, chromedp.SendKeys(`[name="name"]`, "anna"), chromedp.SendKeys(`[name="password"]`, "wrong words\r"))
	browsertest.Await(t, ctx, `document.querySelector("[role=alert]")?.textContent.includes("not right") && document.querySelector("[name=name]").value === "anna"`)
	browsertest.Photograph(t, ctx, "login-wrong")
	browsertest.Do(t, ctx, chromedp.SendKeys(`[name="password"]`, "a quiet ship by night\r"))
	browsertest.Await(t, ctx, `location.pathname + location.search === "/feeds?to=/" && document.querySelector(".clock a").textContent === "anna"`)
	look("account", "/account")
	look("audit", "/audit")
	browsertest.Do(t, ctx, chromedp.Navigate(root+"/account"), chromedp.Click(`[action="/account/key"] button`))
	browsertest.Await(t, ctx, `document.querySelector(".code").textContent.includes("/alerts.atom?key=")`)
	browsertest.Photograph(t, ctx, "account-key")
	browsertest.Do(t, ctx, chromedp.Click(`[action="/logout"] button`))
	browsertest.Await(t, ctx, `location.pathname === "/login"`)
}

// Who has a page open whose session ends is asked to log in, and comes back to it.
func TestLoginEndsUnderneath(t *testing.T) {
	root, db := guardedPage(t)
	ctx := browsertest.Tab(t)
	browsertest.Do(t, ctx, chromedp.EmulateViewport(1280, 800), chromedp.Navigate(root+"/?severity=medium"), chromedp.SendKeys(`[name="name"]`, "anna"), chromedp.SendKeys(`[name="password"]`, "a quiet ship by night\r"))
	browsertest.Await(t, ctx, `location.search === "?severity=medium" && document.querySelectorAll("article").length > 0`)
	if err := db.EndSessions(t.Context(), "anna", ""); err != nil {
		t.Fatal(err)
	}
	within, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	if err := chromedp.Do(within, chromedp.WaitVisible(`body.login`)); err != nil {
		t.Fatalf("whose session has ended is not asked to log in: %v", err)
	}
	browsertest.Do(t, ctx, chromedp.SendKeys(`[name="name"]`, "anna"), chromedp.SendKeys(`[name="password"]`, "a quiet ship by night\r"))
	browsertest.Await(t, ctx, `location.search === "?severity=medium" && document.querySelectorAll("article").length > 0`)
}
