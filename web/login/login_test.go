package login_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/login"
	"github.com/coupwatch/coupwatch/web/login/password"
	"github.com/coupwatch/coupwatch/web/sheet"
)

const words = "a quiet ship by night"

// A house is a page behind a desk, with a database of its own.
type house struct {
	*testing.T
	db   *store.DB
	desk *login.Desk
	url  string
	log  *strings.Builder
}

// newHouse serves a page that says who asks, and one that only analysts may change.
func newHouse(t *testing.T, o login.Options) *house {
	t.Helper()
	h := &house{T: t, log: &strings.Builder{}}
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	h.db, o.Store, o.Log = db, db, slog.New(slog.NewTextHandler(h.log, nil))
	o.Sheet = sheet.New(nil, o.Log)
	if o.Listen == "" {
		o.Listen = "127.0.0.1:8090"
	}
	h.desk = login.New(o)
	mux := http.NewServeMux()
	for _, d := range h.desk.Doors() {
		mux.Handle(d.Pattern, d.Handler)
	}
	says := func(w http.ResponseWriter, r *http.Request) {
		p := gate.Of(r.Context())
		w.Header().Set("Cache-Control", "no-cache")
		fmt.Fprintf(w, "%s %s %s %s", p.Name, p.Role, r.URL.RequestURI(), gate.Token(r.Context()))
	}
	mux.HandleFunc("GET /", says)
	mux.Handle("POST /mutes", gate.Analysts(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		gate.Note(r.Context(), "muted rule coup, postgres://anna:secret@db/x")
		says(w, r)
	})))
	srv := httptest.NewServer(h.desk.Guard(mux))
	t.Cleanup(srv.Close)
	h.url = srv.URL
	return h
}

// add adds a user whose password is words.
func (h *house) add(name string, role news.Role) {
	h.Helper()
	hash, err := password.Hash(h.Context(), name, words)
	if err == nil {
		err = h.db.AddUser(h.Context(), name, role, hash, time.Now())
	}
	if err != nil {
		h.Fatal(err)
	}
}

// A visitor is a browser with cookies.
type visitor struct {
	*house
	client *http.Client
}

func (h *house) visitor() *visitor {
	jar, _ := cookiejar.New(nil)
	return &visitor{h, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// An answer is what a visitor sees.
type answer struct {
	*http.Response
	page string
}

// do sends a request as a browser does.
func (v *visitor) do(method, path string, form url.Values, headers ...string) answer {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), method, v.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	res, err := v.client.Do(r)
	if err != nil {
		v.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil {
		v.Fatal(err)
	}
	return answer{res, string(page)}
}

func (v *visitor) get(path string, headers ...string) answer {
	v.Helper()
	return v.do("GET", path, nil, headers...)
}

var tokenField = regexp.MustCompile(`name="csrf" value="([0-9a-f]+)"`)

// send sends the form of a page, with its token.
func (v *visitor) send(page, to string, fields ...string) answer {
	v.Helper()
	m := tokenField.FindStringSubmatch(v.get(page).page)
	if m == nil {
		v.Fatalf("%s has no form with a token: %s", page, v.get(page).page)
	}
	form := url.Values{"csrf": {m[1]}}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return v.do("POST", to, form)
}

// logIn logs a user in whose password is words.
func (v *visitor) logIn(name string) {
	v.Helper()
	if a := v.send("/login", "/login", "name", name, "password", words); a.StatusCode != http.StatusSeeOther {
		v.Fatalf("%s is not let in: %d %s", name, a.StatusCode, a.page)
	}
}

// wants fails unless an answer is of a status and has a text.
func (a answer) wants(t *testing.T, what string, code int, text string) {
	t.Helper()
	if a.StatusCode != code || !strings.Contains(a.page, text) {
		t.Errorf("%s: %d %.300s; want %d and %q", what, a.StatusCode, a.page, code, text)
	}
}

// On this machine, as long as there are no users, everybody is the analyst "local":
// under a name of this machine.
func TestThisMachine(t *testing.T) {
	h := newHouse(t, login.Options{URLs: []string{"https://coups.example.org"}})
	v := h.visitor()
	for host, want := range map[string]int{
		"127.0.0.1:8090": 200, "localhost": 200, "[::1]:8090": 200, "news.localhost": 200, "coups.example.org": 200, "Coups.Example.org.:443": 200,
		"evil.example": 421, "127.0.0.1.evil.example": 421, "192.168.1.7": 421, "localhost.evil.example": 421, "desk": 421,
	} {
		if a := v.get("/x", "Host", host); a.StatusCode != want {
			t.Errorf("as %s: %d %s, want %d", host, a.StatusCode, a.page, want)
		}
	}
	v.get("/x").wants(t, "a page", 200, "local analyst /x ")
	v.get("/healthz", "Host", "evil.example").wants(t, "machines hear no reasons", 200, " nobody /healthz")
}

// Tokens are asked for on this machine, too.
func TestThisMachineHasTokens(t *testing.T) {
	h := newHouse(t, login.Options{})
	v := h.visitor()
	v.do("POST", "/mutes", nil).wants(t, "without a token", 403, "out of date")
	token := strings.Fields(v.get("/x").page)[3]
	v.do("POST", "/mutes", url.Values{"csrf": {token}}).wants(t, "with one", 200, "local analyst")
	v.do("POST", "/mutes", url.Values{"csrf": {token}}, "Sec-Fetch-Site", "cross-site").wants(t, "from another site", 403, "")
	h.visitor().do("POST", "/mutes", url.Values{"csrf": {token}}).wants(t, "with the token of another browser", 403, "out of date")
	quiet := slog.New(slog.DiscardHandler)
	again := login.New(login.Options{Store: h.db, Sheet: sheet.New(nil, quiet), Log: quiet, Listen: "127.0.0.1:1"})
	r := httptest.NewRequest("GET", "http://localhost/x", nil)
	at, _ := url.Parse(h.url)
	for _, c := range v.client.Jar.Cookies(at) {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	again.Guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, gate.Token(r.Context())) })).ServeHTTP(w, r)
	if w.Body.String() != token {
		t.Errorf("a form that is open does not outlive a restart: %q, was %q", w.Body, token)
	}
}

// Where others reach the page it is said at the start what to set.
func TestReady(t *testing.T) {
	everywhere := "0.0.0.0:8090"
	for name, c := range map[string]struct {
		o     login.Options
		user  bool
		ready bool
	}{
		"this machine":            {login.Options{}, false, true},
		"this machine, by name":   {login.Options{Listen: "localhost:1"}, false, true},
		"this machine, IPv6":      {login.Options{Listen: "[::1]:1"}, false, true},
		"everywhere":              {login.Options{Listen: everywhere}, false, false},
		"everywhere, in short":    {login.Options{Listen: ":8090"}, false, false},
		"a name of others":        {login.Options{Listen: "desk:8090"}, false, false},
		"everywhere, with a user": {login.Options{Listen: everywhere}, true, true},
		"everywhere, on purpose":  {login.Options{Listen: everywhere, Open: true}, false, true},
		"behind a proxy":          {login.Options{Listen: everywhere, Header: "X-Forwarded-User"}, false, true},
	} {
		h := newHouse(t, c.o)
		if c.user {
			h.add("anna", news.Reader)
		}
		if err := h.desk.Ready(t.Context()); (err == nil) != c.ready {
			t.Errorf("%s: %v, want ready %v", name, err, c.ready)
		}
		if says, err := h.desk.Describe(t.Context()); (err == nil) != c.ready || says == "" && c.ready {
			t.Errorf("%s is told as %q, %v", name, says, err)
		}
	}
}

// An open page is open as long as there are no users, and under no name that
// somebody outside could give it.
func TestOpen(t *testing.T) {
	h := newHouse(t, login.Options{Listen: "0.0.0.0:8090", Open: true})
	v := h.visitor()
	for host, want := range map[string]int{"192.168.1.7:8090": 200, "desk:8090": 200, "localhost": 200, "[2001:db8::1]": 200, "rebind.evil.example": 421, "": 200} {
		if host == "" {
			continue
		}
		if a := v.get("/x", "Host", host); a.StatusCode != want {
			t.Errorf("as %s: %d, want %d", host, a.StatusCode, want)
		}
	}
	h.add("anna", news.Reader)
	v.get("/x").wants(t, "once there is a user", 303, "")
}

// A page that others reach stays shut when the last user is removed.
func TestShutWithoutUsers(t *testing.T) {
	h := newHouse(t, login.Options{Listen: "0.0.0.0:8090"})
	v := h.visitor()
	v.get("/x").wants(t, "without users", 303, "")
	v.get("/login").wants(t, "the log-in", 200, "Nobody can log in here")
}

func TestLogIn(t *testing.T) {
	h := newHouse(t, login.Options{Listen: "0.0.0.0:8090"})
	h.add("anna", news.Analyst)
	h.add("rea", news.Reader)
	v := h.visitor()
	a := v.get("/story/1?q=%D0%BF")
	if a.wants(t, "a stranger", 303, ""); a.Header.Get("Location") != "/login?to=%2Fstory%2F1%3Fq%3D%25D0%25BF" {
		t.Errorf("is sent to %s", a.Header.Get("Location"))
	}
	v.get("/live", "Accept", "text/event-stream").wants(t, "a program", 401, "Log in")
	for _, free := range []string{"/static/page.css", "/healthz", "/favicon.ico"} {
		v.get(free).wants(t, free, 200, " nobody "+free)
	}
	for what, fields := range map[string][]string{
		"another password": {"name", "anna", "password", "another password"},
		"nobody":           {"name", "nobody", "password", words},
		"no name":          {"name", "", "password", words},
		"no password":      {"name", "anna", "password", ""},
		"a bad name":       {"name", "<b>\x00", "password", words},
	} {
		v.send("/login", "/login", fields...).wants(t, what, 403, "The name or the password is not right.")
	}
	v.do("POST", "/login", url.Values{"name": {"anna"}, "password": {words}}).wants(t, "without a token", 403, "cookies")
	a = v.send("/login", "/login", "name", " Anna ", "password", words, "to", "/story/1?q=x")
	if a.wants(t, "anna", 303, ""); a.Header.Get("Location") != "/story/1?q=x" {
		t.Errorf("goes on to %s", a.Header.Get("Location"))
	}
	v.get("/x").wants(t, "anna", 200, "anna analyst /x")
	v.get("/login?to=/y").wants(t, "the log-in again", 303, "")
	r := h.visitor()
	r.logIn("rea")
	r.send("/account", "/mutes").wants(t, "a reader changes", 403, "Only analysts")
	v.send("/account", "/mutes").wants(t, "an analyst changes", 200, "anna analyst")
	r.get("/audit").wants(t, "a reader at the audit", 403, "<h1>Not allowed</h1>")
	a = v.get("/audit")
	if a.wants(t, "the audit", 200, "muted rule coup"); strings.Contains(a.page, "secret") || !strings.Contains(a.page, "127.0.0.1") {
		t.Errorf("the audit tells %s", a.page)
	}
	at, _ := url.Parse(h.url)
	kept := v.client.Jar.Cookies(at)
	v.send("/account", "/logout").wants(t, "log-out", 303, "")
	v.get("/x").wants(t, "after the log-out", 303, "")
	v.client.Jar.SetCookies(at, kept)
	v.get("/x").wants(t, "with a cookie that somebody kept", 303, "")
	for _, secret := range []string{words, "another password"} {
		if strings.Contains(h.log.String(), secret) {
			t.Errorf("the log tells a password: %s", h.log)
		}
	}
}

// A stolen cookie is worth nothing once its session has ended, and a session is not
// the one that the browser had before.
func TestCookies(t *testing.T) {
	for _, page := range []string{"", "https://example.com", "https://coups.example.org"} { // example.com is whom httptest asks for
		secure := page == "https://example.com"
		h := newHouse(t, login.Options{Listen: "0.0.0.0:8090", URLs: []string{page}})
		h.add("anna", news.Analyst)
		w := httptest.NewRecorder()
		form := url.Values{"name": {"anna"}, "password": {words}}
		prefix := map[bool]string{true: "__Host-"}[secure]
		r := httptest.NewRequest("GET", "/login", nil)
		r.Header.Set("Accept", "text/html")
		h.serve(w, r)
		forms := w.Result().Cookies()[0]
		form.Set("csrf", tokenField.FindStringSubmatch(w.Body.String())[1])
		r = httptest.NewRequest("POST", "/login", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(forms)
		planted := &http.Cookie{Name: prefix + "coupwatch", Value: "PLANTED"}
		r.AddCookie(planted)
		w = httptest.NewRecorder()
		h.serve(w, r)
		var got *http.Cookie
		for _, c := range w.Result().Cookies() {
			if c.Name == prefix+"coupwatch" {
				got = c
			}
		}
		if got == nil || got.Value == planted.Value || len(got.Value) < 26 || !got.HttpOnly || got.Secure != secure || got.SameSite != http.SameSiteLaxMode || got.Path != "/" || got.Domain != "" {
			t.Fatalf("with page %q the cookie is %v", page, got)
		}
		if hsts := w.Header().Get("Strict-Transport-Security"); (hsts != "") != secure {
			t.Errorf("with page %q: Strict-Transport-Security %q", page, hsts)
		}
		if _, found, _ := h.db.SessionOf(t.Context(), got.Value); found {
			t.Error("the database holds what the browser has")
		}
	}
}

// serve answers a request in place.
func (h *house) serve(w http.ResponseWriter, r *http.Request) {
	mux := http.NewServeMux()
	for _, d := range h.desk.Doors() {
		mux.Handle(d.Pattern, d.Handler)
	}
	h.desk.Guard(mux).ServeHTTP(w, r)
}

// A session ends when nobody used it for a day, two weeks after it began, and when
// its user is removed, gets another password, or ends it from elsewhere.
func TestSessionsEnd(t *testing.T) {
	h := newHouse(t, login.Options{Listen: "0.0.0.0:8090"})
	now := time.Now()
	h.desk.SetNow(func() time.Time { return now })
	for name, c := range map[string]struct {
		do   func(v *visitor)
		in   bool
		text string
	}{
		"used now and then": {func(v *visitor) {
			for range 13 {
				now = now.Add(23 * time.Hour)
				v.get("/x")
			}
		}, true, ""},
		"idle": {func(*visitor) { now = now.Add(25 * time.Hour) }, false, ""},
		"old": {func(v *visitor) {
			for range 15 {
				now = now.Add(23 * time.Hour)
				v.get("/x")
			}
		}, false, ""},
		"removed":  {func(v *visitor) { h.db.RemoveUser(t.Context(), "anna") }, false, ""},
		"password": {func(v *visitor) { h.db.SetPassword(t.Context(), "anna", "other", "", now) }, false, ""},
		"from elsewhere": {func(*visitor) {
			other := h.visitor()
			other.logIn("anna")
			other.send("/account", "/account/others").wants(t, "others", 303, "")
			other.get("/x").wants(t, "who ended the others", 200, "anna")
		}, false, ""},
	} {
		h.add("anna", news.Reader)
		v := h.visitor()
		v.logIn("anna")
		v.get("/x").wants(t, name+", at first", 200, "anna reader")
		if c.do(v); (v.get("/x").StatusCode == 200) != c.in {
			t.Errorf("%s: in %v, want %v", name, !c.in, c.in)
		}
		h.db.RemoveUser(t.Context(), "anna")
	}
	h.add("anna", news.Reader)
	v := h.visitor()
	v.logIn("anna")
	if err := h.db.SetRole(t.Context(), "anna", news.Analyst); err != nil {
		t.Fatal(err)
	}
	v.get("/x").wants(t, "with another role", 200, "anna analyst")
}

func TestChangePassword(t *testing.T) {
	h := newHouse(t, login.Options{Listen: "0.0.0.0:8090"})
	h.add("anna", news.Reader)
	v, other := h.visitor(), h.visitor()
	v.logIn("anna")
	other.logIn("anna")
	change := func(now, next, again string) answer {
		return v.send("/account", "/account/password", "password", now, "new", next, "again", again)
	}
	change("wrong password", "three other words", "three other words").wants(t, "without the one of now", 403, "not right")
	change(words, "three other words", "three other word").wants(t, "not twice the same", 422, "twice the same")
	change(words, "short", "short").wants(t, "too short", 422, "at least 12 characters")
	change(words, "three other words", "three other words").wants(t, "right", 303, "")
	v.get("/x").wants(t, "who changed it", 200, "anna")
	other.get("/x").wants(t, "the other session", 303, "")
	other.send("/login", "/login", "name", "anna", "password", words).wants(t, "the old one", 403, "")
	other.send("/login", "/login", "name", "anna", "password", "three other words").wants(t, "the new one", 303, "")
}

// Passwords cannot be tried without end.
func TestTooManyTries(t *testing.T) {
	h := newHouse(t, login.Options{Listen: "0.0.0.0:8090", Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	h.add("anna", news.Reader)
	now := time.Now()
	h.desk.SetNow(func() time.Time { return now })
	v := h.visitor()
	try := func(name, given, from string) answer {
		token := tokenField.FindStringSubmatch(v.get("/login").page)[1]
		return v.do("POST", "/login", url.Values{"csrf": {token}, "name": {name}, "password": {given}}, "X-Forwarded-For", from)
	}
	for i := range 10 {
		if a := try(fmt.Sprintf("user%d", i), "x", "192.0.2.1"); a.StatusCode != 403 {
			t.Fatalf("try %d: %d", i, a.StatusCode)
		}
	}
	a := try("anna", words, "192.0.2.1")
	if a.wants(t, "from one address", 429, "too often"); a.Header.Get("Retry-After") == "" {
		t.Error("it is not said when to come again")
	}
	for i := range 10 {
		try("anna", "x", fmt.Sprintf("192.0.2.%d", 10+i))
	}
	try("anna", words, "192.0.2.99").wants(t, "of one name", 429, "too often")
	now = now.Add(30 * time.Second)
	try("anna", words, "192.0.2.99").wants(t, "after a while", 303, "")
}

// … whichever replica is asked, and not the more often after a restart.
func TestTriesOfReplicas(t *testing.T) {
	one := newHouse(t, login.Options{Listen: "0.0.0.0:8090"})
	one.add("anna", news.Reader)
	other := newHouse(t, login.Options{Listen: "0.0.0.0:8090"})
	other.desk.Store = one.db
	now := time.Now()
	for _, h := range []*house{one, other} {
		h.desk.SetNow(func() time.Time { return now })
		v := h.visitor()
		for i := range 5 {
			v.send("/login", "/login", "name", "anna", "password", "x").wants(t, fmt.Sprint("try ", i), 403, "not right")
		}
	}
	other.visitor().send("/login", "/login", "name", "anna", "password", words).wants(t, "one too many", 429, "too often")
	now = now.Add(11 * time.Second)
	other.visitor().send("/login", "/login", "name", "anna", "password", words).wants(t, "after a while", 303, "")
}

func TestProxy(t *testing.T) {
	h := newHouse(t, login.Options{
		Listen: "0.0.0.0:8090", Header: "X-Forwarded-User", Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
		Analysts: login.List{"anna"}, Viewers: login.List{"*@example.org"},
	})
	v := h.visitor()
	for name, want := range map[string]string{"Anna": "anna analyst", "rea@example.org": "rea@example.org reader"} {
		v.get("/x", "X-Forwarded-User", name).wants(t, name, 200, want)
	}
	v.get("/x", "X-Forwarded-User", "eve@example.net").wants(t, "somebody else", 403, "You are known as eve@example.net")
	v.get("/x", "X-Forwarded-User", "local").wants(t, "a name that is taken", 403, "")
	v.get("/x").wants(t, "nobody", 303, "")
	v.do("POST", "/mutes", nil).wants(t, "a form of nobody", 303, "")
	elsewhere := httptest.NewRequest("GET", "/account", nil)
	elsewhere.RemoteAddr = "192.0.2.7:1234"
	elsewhere.Header.Set("X-Forwarded-User", "anna")
	w := httptest.NewRecorder()
	h.serve(w, elsewhere)
	if w.Code != 401 {
		t.Errorf("who is no proxy calls themselves anna: %d", w.Code)
	}
	token := strings.Fields(v.get("/x", "X-Forwarded-User", "anna").page)[3]
	form := url.Values{"csrf": {token}}
	v.do("POST", "/mutes", form, "X-Forwarded-User", "anna", "X-Forwarded-For", "203.0.113.9, 198.51.100.4").wants(t, "a change", 200, "anna")
	v.do("POST", "/mutes", form, "X-Forwarded-User", "boris").wants(t, "the form of another", 403, "")
	deeds, err := h.db.Deeds(t.Context(), time.Now().Add(time.Hour), 9)
	if err != nil || len(deeds) != 1 || deeds[0].From != "198.51.100.4" {
		t.Errorf("noted: %v, %v", deeds, err)
	}
}

// Feed readers have a key in the address, which is for the alerts alone.
func TestKeyForFeeds(t *testing.T) {
	h := newHouse(t, login.Options{Listen: "0.0.0.0:8090"})
	h.add("ana", news.Analyst)
	v := h.visitor()
	v.get("/alerts.atom").wants(t, "without a key", 401, "?key=")
	v.get("/alerts.atom?key=guessed").wants(t, "with a wrong one", 401, "?key=")
	v.logIn("ana")
	v.send("/account", "/account/key", "for", "doors").wants(t, "for what there is none", 400, "no keys for that")
	made := v.send("/account", "/account/key", "for", "feeds")
	m := regexp.MustCompile(`alerts\.atom\?key=([A-Z0-9]{26})`).FindStringSubmatch(made.page)
	if m == nil {
		t.Fatalf("no key is shown: %d %s", made.StatusCode, made.page)
	}
	reader := h.visitor()
	reader.get("/alerts.atom?country=ml&key="+m[1]).wants(t, "with a key", 200, "ana reader /alerts.atom?country=ml ")
	reader.get("/alerts.json?key="+m[1]).wants(t, "as JSON", 200, "ana reader /alerts.json ")
	reader.get("/x?key="+m[1]).wants(t, "another page", 303, "")
	reader.get("/api/v1/stories?key="+m[1], "Authorization", "Bearer "+m[1]).wants(t, "a program", 200, " nobody /api")
	if strings.Contains(v.get("/account").page, m[1]) {
		t.Error("the key is shown again")
	}
	v.send("/account", "/account/key", "for", "feeds", "revoke", "yes").wants(t, "revoked", 303, "")
	reader.get("/alerts.atom?key="+m[1]).wants(t, "with a revoked key", 401, "")
}

// Programs show a key as a bearer token, and may at /api/ what its owner may.
func TestKeyForPrograms(t *testing.T) {
	h := newHouse(t, login.Options{Listen: "0.0.0.0:8090", Header: "X-User", Analysts: login.List{"boss"}})
	h.add("ana", news.Analyst)
	v := h.visitor()
	v.logIn("ana")
	made := v.send("/account", "/account/key", "for", "api")
	m := regexp.MustCompile(`Authorization: Bearer ([A-Z0-9]{26})`).FindStringSubmatch(made.page)
	if m == nil {
		t.Fatalf("no key is shown: %d %s", made.StatusCode, made.page)
	}
	program := h.visitor()
	bearer := []string{"Authorization", "Bearer " + m[1]}
	program.get("/api/v1/stories", bearer...).wants(t, "an analyst's", 200, "ana analyst")
	program.get("/x", bearer...).wants(t, "a page", 303, "")
	program.get("/alerts.atom?key="+m[1]).wants(t, "a feed", 401, "")
	program.get("/api/v1/stories", "Authorization", "Basic "+m[1]).wants(t, "another scheme", 200, " nobody")
	if err := h.db.SetRole(t.Context(), "ana", news.Reader); err != nil {
		t.Fatal(err)
	}
	program.get("/api/v1/stories", bearer...).wants(t, "a reader's", 200, "ana reader")
	for name, want := range map[string]string{"boss": "boss analyst", "clerk": "clerk reader"} { // whom the proxy knows
		key, hash := login.NewKey()
		if err := h.db.SetKey(t.Context(), name, news.ForPrograms, hash, time.Now()); err != nil {
			t.Fatal(err)
		}
		program.get("/api/v1/stories", "Authorization", "Bearer "+key).wants(t, name, 200, want)
	}
	if err := h.db.RemoveUser(t.Context(), "ana"); err != nil {
		t.Fatal(err)
	}
	program.get("/api/v1/stories", bearer...).wants(t, "of who was removed", 200, " nobody")
}

// What one person sees stays in no cache, but for what is for everybody.
func TestPrivate(t *testing.T) {
	h := newHouse(t, login.Options{Listen: "0.0.0.0:8090"})
	h.add("rea", news.Reader)
	v := h.visitor()
	v.logIn("rea")
	for path, want := range map[string]string{"/x": "private, no-store", "/alerts.atom": "private, no-cache", "/static/page.css": "no-cache"} {
		a := v.get(path)
		if got := a.Header.Get("Cache-Control"); got != want || (a.Header.Get("Vary") == "Cookie") != (path != "/static/page.css") {
			t.Errorf("%s: Cache-Control %q, Vary %q; want %q", path, got, a.Header.Get("Vary"), want)
		}
	}
	open := newHouse(t, login.Options{}).visitor().get("/x")
	if got := open.Header.Get("Cache-Control"); got != "no-cache" {
		t.Errorf("where nobody logs in: %q", got)
	}
}

// Machines that show the token hear reasons, and see metrics.
func TestMetricsToken(t *testing.T) {
	const token = "0123456789abcdef"
	h := newHouse(t, login.Options{Listen: "0.0.0.0:8090", MetricsToken: token})
	v := h.visitor()
	v.get("/healthz", "Authorization", "Bearer "+token).wants(t, "with the token", 200, "machine reader")
	v.get("/healthz", "Authorization", "Bearer x").wants(t, "with another", 200, " nobody")
	v.get("/x", "Authorization", "Bearer "+token).wants(t, "a page", 303, "")
	metrics := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "metrics") })
	for shown, want := range map[string]int{"Bearer " + token: 200, "": 401, "Bearer 0": 401, token: 401} {
		r := httptest.NewRequest("GET", "/metrics", nil)
		r.Header.Set("Authorization", shown)
		w := httptest.NewRecorder()
		if login.Machines(token, metrics).ServeHTTP(w, r); w.Code != want {
			t.Errorf("%q: %d, want %d", shown, w.Code, want)
		}
	}
}

// Where the database does not answer nobody comes in.
func TestDatabaseAway(t *testing.T) {
	h := newHouse(t, login.Options{})
	h.db.Close()
	h.visitor().get("/x").wants(t, "without a database", 503, "database")
}

// A stub is a store of one session.
type stub struct {
	login.Store
	session func() (news.Session, bool)
}

func (s stub) HasUsers(context.Context) (bool, error) { return true, nil }

func (s stub) SessionOf(context.Context, string) (news.Session, bool, error) {
	session, found := s.session()
	return session, found, nil
}
