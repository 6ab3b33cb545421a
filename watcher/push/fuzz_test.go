package push_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Whatever a hub sends, signed or not, it is answered, and what is not signed leaves
// no item.
func FuzzBody(f *testing.F) {
	f.Add(feedOf("https://hub.example/", "https://wire.example/", "Coup"), "", true)
	f.Add(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a</id><title>Coup</title></entry></feed>`, "application/atom+xml", true)
	f.Add(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"Coup"}]}`, "application/json", true)
	f.Add("", "text/xml; charset=utf-7", false)
	h := newHub(f)
	d := newDesk(f, h)
	form := h.subscribed()
	at, _ := url.Parse(form.Get("hub.callback"))
	f.Fuzz(func(t *testing.T, body, contentType string, signed bool) {
		d.t = t
		before := d.state().Items
		r := httptest.NewRequest(http.MethodPost, at.Path, strings.NewReader(body))
		r.Header.Set("Content-Type", contentType)
		if signed {
			r.Header.Set("X-Hub-Signature", sign256(form.Get("hub.secret"), body))
		}
		w := httptest.NewRecorder()
		d.hubs.ServeHTTP(w, r)
		if w.Code != http.StatusNoContent {
			t.Errorf("answered with %d", w.Code)
		}
		if after := d.state().Items; !signed && after != before {
			t.Errorf("%d items, and %d before what nobody signed", after, before)
		}
	})
}
