package handles_test

import (
	"context"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/handles"
	"github.com/coupwatch/coupwatch/web/handles/handlestest"
	"github.com/coupwatch/coupwatch/web/sheet"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// A house has the pages of a desk, to which somebody comes.
type house struct {
	mux   *http.ServeMux
	room  *handles.Room
	notes []string
}

func newHouse(d *handlestest.Desk) *house {
	h := &house{mux: http.NewServeMux()}
	h.room = handles.New(d, sheet.New(nil, slog.New(slog.DiscardHandler)))
	for _, door := range h.room.Doors() {
		h.mux.Handle(door.Pattern, door.Handler)
	}
	return h
}

// ask answers what somebody of a role asks.
func (h *house) ask(role gate.Role, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.mux.ServeHTTP(w, h.visit(role, "right", r))
	return w
}

// visit returns r in a visit of a token.
func (h *house) visit(role gate.Role, token string, r *http.Request) *http.Request {
	v := gate.Visit{Person: gate.Person{Name: "ada", Role: role}, Token: token, Note: func(_ context.Context, what string) { h.notes = append(h.notes, what) }}
	return r.WithContext(gate.With(r.Context(), v))
}

// send sends a form, with the token of the visit, of "name=value" pairs.
func send(to string, pairs ...string) *http.Request {
	form := url.Values{gate.Field: {"right"}}
	for _, p := range pairs {
		name, value, _ := strings.Cut(p, "=")
		form.Set(name, value)
	}
	r := httptest.NewRequest("POST", to, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// Each form does what it is for, once, in the name of who sent it, says so on the
// page to which it leads, and is noted.
func TestForms(t *testing.T) {
	const day = 24 * time.Hour
	sunday := time.Now().UTC().Add(72 * time.Hour)
	left := time.Until(sunday.Truncate(day).Add(day)).Round(time.Minute)
	for name, c := range map[string]struct {
		r    *http.Request
		did  string
		to   string // where it leads
		says string
		note string
	}{
		"out":                 {send("/story/s/out", "item=x"), "ada takes x out of s", "/story/s?done=", "is not of this story any more. It is a story of its own now.", "out of story s"},
		"mute a story":        {send("/story/s/mute", "for=7d", "why=enough"), `ada mutes "s" for 168h0m0s: enough`, "/story/s?done=", "Muted until", "muted story s until"},
		"unmute a story":      {send("/story/s/unmute"), `unmutes "s"`, "/story/s?done=", "It is muted no longer.", "unmuted s"},
		"relevant":            {send("/story/s/label", "says=relevant"), "ada says of s: true", "/story/s?done=", "Noted.", "called story s relevant"},
		"noise":               {send("/story/s/label", "says=noise"), "ada says of s: false", "/story/s?done=", "Noted.", "called story s not relevant"},
		"taken back":          {send("/story/s/label", "says=nothing"), "ada takes back s", "/story/s?done=", "taken back", "took back"},
		"mute a country":      {send("/mutes", "kind=entity", "name=@mali", "for=1h"), `ada mutes "mali" for 1h0m0s: `, "/mutes?done=", "The digest still lists it.", "muted"},
		"mute until a day":    {send("/mutes", "kind=rule", "name=coup", "for=date", "until="+sunday.Format(time.DateOnly)), fmt.Sprintf(`ada mutes "coup" for %s: `, left), "/mutes?done=", "Muted until", "muted"},
		"end a mute":          {send("/mutes/end", "kind=feed", "name=https://e.example/rss"), `unmutes "https://e.example/rss"`, "/mutes?done=", "muted no longer", "unmuted https://e.example/rss"},
		"retry":               {send("/outbox/retry", "id=lost"), "retries lost", "/outbox?state=owed&done=", "is due now over", "retried lost"},
		"retry what may be":   {send("/outbox/retry", "id=doubt", "sure=yes"), "retries doubt", "/outbox?state=owed&done=", "due now", "retried doubt"},
		"retry a channel":     {send("/outbox/retry", "channel=slack"), "retries all of slack", "/outbox?channel=slack&done=", "2 alerts are due now over slack.", "retried what slack owes"},
		"drop":                {send("/outbox/drop", "id=doubt", "why=old"), "ada drops doubt: old", "/outbox?state=failed&done=", "stays in this list", "dropped doubt: old"},
		"drop all of channel": {send("/outbox/drop", "channel=slack"), "ada drops all of slack: ", "/outbox?state=failed&channel=slack&done=", "1 alert is dropped.", "dropped what slack owed"},
	} {
		t.Run(name, func(t *testing.T) {
			d := handlestest.New()
			h := newHouse(d)
			w := h.ask(gate.Analyst, c.r)
			to := w.Header().Get("Location")
			if w.Code != http.StatusSeeOther || !strings.HasPrefix(to, c.to) || strings.Join(d.Did, ", ") != c.did {
				t.Fatalf("%d to %q, did %q: %s", w.Code, to, d.Did, w.Body)
			}
			if len(h.notes) != 1 || !strings.Contains(h.notes[0], c.note) {
				t.Errorf("noted is %q", h.notes)
			}
			page := ""
			if path, _, _ := strings.Cut(to, "#"); strings.HasPrefix(path, "/story/") {
				panel, err := h.room.Panel(h.visit(gate.Reader, "right", httptest.NewRequest("GET", path, nil)), news.Story{ID: "s"})
				if err != nil {
					t.Fatal(err)
				}
				page = string(panel)
			} else {
				page = h.ask(gate.Analyst, httptest.NewRequest("GET", path, nil)).Body.String()
			}
			if !strings.Contains(html.UnescapeString(page), c.says) || strings.Contains(page, "<script>alert") {
				t.Errorf("the page does not say %q:\n%s", c.says, page)
			}
		})
	}
}

// What was done is said by whichever replica answers, for some minutes, and only to who
// did it: nobody can have a page say something by a link.
func TestDoneIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := handlestest.New()
		one, other := newHouse(desk), newHouse(desk)
		to := one.ask(gate.Analyst, send("/mutes", "kind=rule", "name=coup", "for=1h")).Header().Get("Location")
		says := func(token, to string) bool {
			w := httptest.NewRecorder()
			other.mux.ServeHTTP(w, other.visit(gate.Analyst, token, httptest.NewRequest("GET", to, nil)))
			return strings.Contains(w.Body.String(), `role="status"`) && w.Code == http.StatusOK
		}
		text, rest, _ := strings.Cut(strings.TrimPrefix(to, "/mutes?done="), ".")
		at, mac, _ := strings.Cut(rest, ".")
		for name, c := range map[string]struct {
			token, to string
			want      bool
		}{
			"who did it":           {"right", to, true},
			"somebody else":        {"other", to, false},
			"nobody":               {"", to, false},
			"another text":         {"right", "/mutes?done=" + text + "QUJD." + at + "." + mac, false},
			"another time":         {"right", "/mutes?done=" + text + "." + at + "1." + mac, false},
			"no proof":             {"right", "/mutes?done=" + text + "." + at, false},
			"a text without codes": {"right", "/mutes?done=hello", false},
		} {
			if got := says(c.token, c.to); got != c.want {
				t.Errorf("%s: says it %v, want %v", name, got, c.want)
			}
		}
		<-time.After(11 * time.Minute)
		if says("right", to) {
			t.Error("it is said for ever")
		}
	})
}

// A report that is taken out twice is taken out once, and the second one who presses
// hears who did.
func TestPressedTwice(t *testing.T) {
	d := handlestest.New()
	h := newHouse(d)
	h.ask(gate.Analyst, send("/story/s/out", "item=x"))
	to := h.ask(gate.Analyst, send("/story/s/out", "item=x")).Header().Get("Location")
	path, _, _ := strings.Cut(to, "#")
	panel, err := h.room.Panel(h.visit(gate.Reader, "right", httptest.NewRequest("GET", path, nil)), news.Story{ID: "s"})
	if err != nil || !strings.Contains(string(panel), "was taken out before, by ada on 22 Aug 12:00.") {
		t.Errorf("%v: %s", err, panel)
	}
	if len(d.Did) != 1 || len(h.notes) != 1 {
		t.Errorf("did %q, noted %q", d.Did, h.notes)
	}
	h.ask(gate.Analyst, send("/story/s/unmute"))
	if len(h.notes) != 1 {
		t.Errorf("what was not muted any more is noted: %q", h.notes)
	}
}

// Readers see all pages, and no button; what they send, or what another site sends in
// the name of an analyst, does nothing.
func TestReaders(t *testing.T) {
	d := handlestest.New()
	d.Mutes = []handles.Mute{{Kind: "rule", ID: "coup", Name: handlestest.Hostile, Until: noon, By: handlestest.Hostile, Why: handlestest.Hostile}, {Kind: "feed", ID: "f", Name: "f", Fixed: true}}
	d.Labels = []handles.Label{{By: "ada", Relevant: true, Rule: handlestest.Hostile, At: noon}}
	h := newHouse(d)
	for _, path := range []string{"/outbox", "/outbox?state=failed", "/mutes", "/digest", "/digest/2026-08-21T05:00Z", "/status"} {
		for role, buttons := range map[gate.Role]bool{gate.Reader: false, gate.Analyst: true} {
			w := h.ask(role, httptest.NewRequest("GET", path, nil))
			page := w.Body.String()
			has := strings.Contains(page, `method="post"`)
			if w.Code != http.StatusOK || has && !buttons || buttons && !has && (path == "/outbox" || path == "/mutes") {
				t.Errorf("%s: a %s gets %d, with buttons: %v", path, role, w.Code, has)
			}
			for _, bad := range []string{"<script>alert", "<img src=x", "\u202e", `href="javascript`} {
				if strings.Contains(page, bad) {
					t.Errorf("%s has %q in it:\n%s", path, bad, page)
				}
			}
		}
	}
	panel, err := h.room.Panel(httptest.NewRequest("GET", "/story/s", nil), news.Story{ID: "s"})
	if err != nil || strings.Contains(string(panel), "<form") || strings.Contains(string(panel), "<script>alert") || !strings.Contains(string(panel), "Relevant, says") {
		t.Errorf("nobody's panel, %v: %s", err, panel)
	}
	sent := []*http.Request{
		send("/story/s/out", "item=x"), send("/story/s/mute", "for=1h"), send("/story/s/unmute"), send("/story/s/label", "says=noise"), send("/mutes", "kind=rule", "name=coup", "for=1h"),
		send("/mutes/end", "kind=rule", "name=coup"), send("/outbox/retry", "id=lost"), send("/outbox/drop", "id=lost"),
	}
	for _, r := range sent {
		if w := h.ask(gate.Reader, r); w.Code != http.StatusForbidden {
			t.Errorf("%s by a reader: %d", r.URL, w.Code)
		}
	}
	if w := h.ask(gate.Analyst, send("/outbox/drop", "id=lost", "csrf=wrong")); w.Code != http.StatusForbidden {
		t.Errorf("without the token: %d", w.Code)
	}
	if len(d.Did)+len(h.notes) > 0 {
		t.Errorf("did %q, noted %q", d.Did, h.notes)
	}
}

// What may have arrived is asked about before it is sent again, and a drop always.
func TestAskedFirst(t *testing.T) {
	d := handlestest.New()
	h := newHouse(d)
	for id, says := range map[string]string{"doubt": "it may have arrived", "late": "told in a summary already"} {
		w := h.ask(gate.Analyst, send("/outbox/retry", "id="+id))
		if to := w.Header().Get("Location"); to != "/outbox/retry?id="+id || len(d.Did) > 0 {
			t.Fatalf("%s leads to %q, did %q", id, to, d.Did)
		}
		page := h.ask(gate.Analyst, httptest.NewRequest("GET", "/outbox/retry?id="+id, nil)).Body.String()
		if !strings.Contains(page, says) || !strings.Contains(page, `name="sure" value="yes"`) {
			t.Errorf("%s:\n%s", id, page)
		}
	}
	for path, says := range map[string]string{"/outbox/drop?id=doubt": "Drop this alert?", "/outbox/drop?channel=slack": "2 alerts would be given up. 1 alert of them may have arrived.", "/story/s/out?item=x": "It never comes back to this one."} {
		if page := h.ask(gate.Analyst, httptest.NewRequest("GET", path, nil)).Body.String(); !strings.Contains(page, says) || strings.Contains(page, "<script>alert") {
			t.Errorf("%s does not say %q:\n%s", path, says, page)
		}
	}
}

// What cannot be done says why, and changes nothing.
func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		refuse handles.Refusal
		r      *http.Request
		code   int
		says   string
	}{
		"the only report":     {"Nothing would be left of it.", send("/story/s/out", "item=x"), http.StatusConflict, "Nothing would be left of it."},
		"no such report":      {"", httptest.NewRequest("GET", "/story/s/out?item=y", nil), http.StatusNotFound, "not any more"},
		"no such rule":        {"there is no rule, did you mean coup?", send("/mutes", "kind=rule", "name=cop", "for=1h"), http.StatusUnprocessableEntity, "did you mean coup?"},
		"no name":             {"", send("/mutes", "kind=rule", "for=1h"), http.StatusUnprocessableEntity, "Name what"},
		"no kind":             {"", send("/mutes", "name=x", "for=1h"), http.StatusUnprocessableEntity, "can be muted"},
		"no time":             {"", send("/mutes", "kind=rule", "name=coup"), http.StatusUnprocessableEntity, "Say for how long"},
		"a day that is none":  {"", send("/mutes", "kind=rule", "name=coup", "for=date", "until=soon"), http.StatusUnprocessableEntity, "Write the last day like"},
		"a day that is over":  {"", send("/mutes", "kind=rule", "name=coup", "for=date", "until=2020-01-01"), http.StatusUnprocessableEntity, "passed already"},
		"a story for no time": {"", send("/story/s/mute"), http.StatusConflict, "Say for how long"},
		"sent meanwhile":      {"It was sent.", send("/outbox/drop", "id=doubt"), http.StatusConflict, "It was sent."},
		"no such alert":       {"", send("/outbox/retry", "id=gone"), http.StatusNotFound, "no such alert"},
		"both":                {"", send("/outbox/retry", "id=lost", "channel=slack"), http.StatusBadRequest, "name an alert"},
		"no state":            {"", httptest.NewRequest("GET", "/outbox?state=lost", nil), http.StatusBadRequest, "An alert is owed"},
		"no word":             {"", send("/story/s/label", "says=maybe"), http.StatusBadRequest, "says is"},
		"no digest":           {"", httptest.NewRequest("GET", "/digest/2026", nil), http.StatusNotFound, "no such digest"},
	} {
		t.Run(name, func(t *testing.T) {
			d := handlestest.New()
			d.Refuse = c.refuse
			h := newHouse(d)
			w := h.ask(gate.Analyst, c.r)
			if w.Code != c.code || !strings.Contains(html.UnescapeString(w.Body.String()), c.says) || len(d.Did)+len(h.notes) > 0 {
				t.Errorf("%d, did %q: %s", w.Code, d.Did, w.Body)
			}
		})
	}
}

// As long as the database is down, every page says so and no more.
func TestDown(t *testing.T) {
	d := handlestest.New()
	d.Err = fmt.Errorf("dial postgres://secret@host")
	h := newHouse(d)
	for _, path := range []string{"/outbox", "/mutes", "/digest", "/digest/2026-08-21T05:00Z", "/status", "/story/s/out?item=x", "/outbox/drop?id=doubt", "/outbox/drop?channel=slack"} {
		if w := h.ask(gate.Analyst, httptest.NewRequest("GET", path, nil)); w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}

// A digest is there as the text of a mail too, and no browser takes it for a page.
func TestDigestText(t *testing.T) {
	h := newHouse(handlestest.New())
	for _, path := range []string{"/digest?form=text", "/digest/2026-08-21T05:00Z?form=text"} {
		w := h.ask(gate.Reader, httptest.NewRequest("GET", path, nil))
		if !strings.HasPrefix(w.Body.String(), "the text") || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
			t.Errorf("%s: %v %s", path, w.Header(), w.Body)
		}
	}
}

// However much there is, a page is small, and leads to the rest.
func TestPagesAreSmall(t *testing.T) {
	d := handlestest.New()
	many, err := d.Preview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d.Next = &many
	for range 500 {
		many.Stories = append(many.Stories, many.Stories[0])
	}
	h := newHouse(d)
	w := h.ask(gate.Reader, httptest.NewRequest("GET", "/digest", nil))
	if n := w.Body.Len(); n > 60_000 || !strings.Contains(w.Body.String(), "Show all (461 more)") || !strings.Contains(w.Body.String(), "501 stories") {
		t.Errorf("the digest has %d bytes:\n%.3000s", n, w.Body)
	}
	if n := h.ask(gate.Reader, httptest.NewRequest("GET", "/digest?all=1", nil)).Body.Len(); n < 100_000 {
		t.Errorf("all of it has %d bytes", n)
	}
	for i := range 40 {
		id := fmt.Sprint("story/s-0123456789abcdef/slack:C0123456789/new-", i)
		d.Owed[id] = handles.Alert{ID: id, State: "owed", Channel: "slack:C0123456789", Kind: news.New, Story: "s-0123456789abcdef", Title: strings.Repeat("A headline of usual length. ", 3), Problem: strings.Repeat("the token was revoked ", 4)}
	}
	d.More = true
	w = h.ask(gate.Analyst, httptest.NewRequest("GET", "/outbox?state=owed&from=40", nil))
	if n := w.Body.Len(); n > 60_000 || !strings.Contains(html.UnescapeString(w.Body.String()), `href="/outbox?from=`) {
		t.Errorf("the outbox has %d bytes:\n%.2000s", n, w.Body)
	}
}
