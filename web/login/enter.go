package login

import (
	"net/http"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/login/issuer"
	"github.com/coupwatch/coupwatch/web/login/password"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// loginView is what the page to log in shows.
type loginView struct {
	sheet.Frame
	To     string // where somebody wanted to go
	Name   string
	Users  bool   // there are some, who have passwords
	Issuer string // its name; "" for none
	Says   string // what was wrong
}

// form answers with the page to log in.
func (d *Desk) form(w http.ResponseWriter, r *http.Request) {
	if c := callerOf(r.Context()); c.Role != gate.Nobody {
		http.Redirect(w, r, onward(r.FormValue("to")), http.StatusSeeOther)
		return
	}
	d.ask(w, r, http.StatusOK, "")
}

// ask shows the page to log in, with what was wrong.
func (d *Desk) ask(w http.ResponseWriter, r *http.Request, code int, says string) {
	v := loginView{Frame: d.Sheet.Frame(r, "Log in", "/login"), To: onward(r.FormValue("to")), Name: cut(r.PostFormValue("name"), 2*mostName), Says: says}
	var err error
	if v.Users, err = d.Store.HasUsers(r.Context()); err != nil {
		d.Sheet.Down(w, r, err)
		return
	}
	if d.Issuer != nil {
		v.Issuer = d.Issuer.Name()
	}
	d.pages.Show(w, "login.html", code, v)
}

// wrong is what somebody hears whose name or password is not right: not which.
const wrong = "The name or the password is not right."

// enter lets somebody in who has a name and a password.
func (d *Desk) enter(w http.ResponseWriter, r *http.Request) {
	c, now := callerOf(r.Context()), d.now()
	name, err := UserName(r.PostFormValue("name"))
	if err != nil {
		name = "" // nobody has it, which takes as long to find out as of any other
	}
	may, err := d.mayTry(r.Context(), name, c.from, now)
	if err != nil {
		d.Sheet.Down(w, r, err)
		return
	}
	if !may {
		d.Log.Warn("passwords are tried too often", "name", name, "from", c.from)
		w.Header().Set("Retry-After", "60")
		d.ask(w, r, http.StatusTooManyRequests, "Passwords were tried too often. Wait a minute, and try once more.")
		return
	}
	hash, err := d.Store.PasswordOf(r.Context(), name)
	if err != nil {
		d.Sheet.Down(w, r, err)
		return
	}
	is, err := password.Is(r.Context(), r.PostFormValue("password"), hash)
	if err != nil {
		d.Sheet.Down(w, r, err)
		return
	}
	if is {
		is, err = d.begin(w, r, news.Session{Name: name, By: news.ByPassword}, hash)
	}
	switch {
	case err != nil:
		d.Sheet.Down(w, r, err)
	case !is:
		d.Log.Warn("somebody was not let in", "name", name, "from", c.from)
		d.ask(w, r, http.StatusForbidden, wrong)
	default:
		http.Redirect(w, r, onward(r.PostFormValue("to")), http.StatusSeeOther)
	}
}

// begin begins the session of somebody who has said who they are, in the place of
// one that the browser had.
func (d *Desk) begin(w http.ResponseWriter, r *http.Request, s news.Session, hash string) (bool, error) {
	secret := newSecret()
	s.ID, s.Began, s.Seen = hashOf(secret), d.now(), d.now()
	begun, err := d.Store.BeginSession(r.Context(), s, hash)
	if err != nil || !begun {
		return false, err
	}
	if old := d.cookie(r, sessionCookie); old != "" {
		if err := d.Store.EndSession(r.Context(), hashOf(old)); err != nil {
			return false, err
		}
	}
	d.setCookie(w, r, sessionCookie, secret, most)
	d.Log.Info("somebody logged in", "name", s.Name, "by", s.By, "from", callerOf(r.Context()).from)
	return true, nil
}

// leave logs somebody out.
func (d *Desk) leave(w http.ResponseWriter, r *http.Request) {
	c := callerOf(r.Context())
	if c.session.ID != "" {
		if err := d.Store.EndSession(r.Context(), c.session.ID); err != nil {
			d.Sheet.Down(w, r, err)
			return
		}
	}
	d.setCookie(w, r, sessionCookie, "", -time.Second)
	d.setCookie(w, r, formCookie, "", -time.Second)
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// wayLasts is how long somebody may take at the issuer.
const wayLasts = 15 * time.Minute

// sendToIssuer sends somebody to the issuer, who sends them back to [Desk.comeBack].
func (d *Desk) sendToIssuer(w http.ResponseWriter, r *http.Request) {
	if d.Issuer == nil {
		d.Sheet.Nothing(w, r, http.StatusNotFound, "There is no such page.")
		return
	}
	way := issuer.NewWay()
	address, err := d.Issuer.Address(r.Context(), way)
	if err != nil {
		d.Log.Error("nobody can be sent to log in", "err", err)
		d.ask(w, r, http.StatusBadGateway, d.Issuer.Name()+" does not answer at the moment. Try once more in a minute; the log says more.")
		return
	}
	d.setCookie(w, r, wayCookie, way.String()+"."+onwardCode(r.FormValue("to")), wayLasts)
	http.Redirect(w, r, address, http.StatusSeeOther)
}

// comeBack lets somebody in whom the issuer sends back.
func (d *Desk) comeBack(w http.ResponseWriter, r *http.Request) {
	way, to, known := parseWay(d.cookie(r, wayCookie))
	if d.Issuer == nil || !known {
		d.ask(w, r, http.StatusForbidden, "You took too long, or your browser keeps no cookies of this page. Log in once more.")
		return
	}
	d.setCookie(w, r, wayCookie, "", -time.Second)
	told, err := d.Issuer.Person(r.Context(), way, r.URL.Query())
	if err != nil {
		d.Log.Warn("somebody was not let in", "from", callerOf(r.Context()).from, "err", err)
		d.ask(w, r, http.StatusForbidden, d.Issuer.Name()+" does not say who you are; the log says why. Log in once more.")
		return
	}
	name, err := outsideName(told.Name)
	if err != nil || d.roleOf(name, told.Groups) == gate.Nobody {
		d.Log.Warn("somebody was not let in whom nothing names", "name", strings.ToValidUTF8(cut(told.Name, 200), ""), "from", callerOf(r.Context()).from)
		d.ask(w, r, http.StatusForbidden, "You are known as "+told.Name+", and may not use this page. Whoever runs it can change that: COUPWATCH_VIEWERS and COUPWATCH_ANALYSTS say who may.")
		return
	}
	if _, err := d.begin(w, r, news.Session{Name: name, By: news.ByIssuer, Groups: told.Groups}, ""); err != nil {
		d.Sheet.Down(w, r, err)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}
