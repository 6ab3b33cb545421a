package login_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/login"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// Who listens to what happens hears nothing more once their session has ended.
func TestLiveEnds(t *testing.T) {
	quiet := slog.New(slog.DiscardHandler)
	around := sheet.New(nil, quiet)
	synctest.Test(t, func(t *testing.T) {
		var out atomic.Bool
		began := time.Now()
		session := func() (news.Session, bool) {
			return news.Session{ID: "x", Name: "anna", By: news.ByPassword, Role: news.Reader, Began: began, Seen: time.Now()}, !out.Load()
		}
		desk := login.New(login.Options{Store: stub{session: session}, Sheet: around, Log: quiet, Listen: "0.0.0.0:1"})
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/live", nil)
		r.AddCookie(&http.Cookie{Name: "coupwatch", Value: "SECRET"})
		var ended time.Duration
		go desk.Guard(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
			ended = time.Since(began)
		})).ServeHTTP(httptest.NewRecorder(), r)
		<-time.After(10 * time.Minute)
		out.Store(true)
		<-time.After(time.Minute)
		synctest.Wait()
		if ended < 10*time.Minute || ended > 10*time.Minute+30*time.Second {
			t.Errorf("listening ended after %v, the session after 10m", ended)
		}
	})
}
