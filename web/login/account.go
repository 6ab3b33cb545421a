package login

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/login/password"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// accountView is what the page of one's own account shows.
type accountView struct {
	sheet.Frame
	Free     bool // nobody has to say who they are
	Session  bool // there is one, which can be ended
	Password bool // one of coupwatch's own, which can be changed
	Keys     []keyView
	Root     string // of addresses of this page, as who asks knows it
	Says     string // what was done
	Wrong    string // what could not be
}

// A keyView is what the page says of a key.
type keyView struct {
	news.Key        // as there is one, if Made is not zero
	For      string // whom it is for
	New      string // the key itself, once: when it was made
}

// account answers with the page of one's own account.
func (d *Desk) account(w http.ResponseWriter, r *http.Request) {
	done := map[string]string{"password": "The password is changed, and other sessions are ended.", "key": "The key is worth nothing any more.", "others": "Other sessions are ended."}
	d.showAccount(w, r, http.StatusOK, accountView{Says: done[r.FormValue("done")]})
}

// showAccount shows the page of one's own account, with what v says was done.
func (d *Desk) showAccount(w http.ResponseWriter, r *http.Request, code int, v accountView) {
	c := callerOf(r.Context())
	v.Frame = d.Sheet.Frame(r, "Your account", "/account")
	v.Free, v.Session, v.Password = c.free, c.session.ID != "", c.session.By == news.ByPassword
	v.Root = d.root(r)
	keys, err := d.Store.KeysOf(r.Context(), c.Name)
	if err != nil {
		d.Sheet.Down(w, r, err)
		return
	}
	fresh := v.Keys
	v.Keys = []keyView{{Key: news.Key{Purpose: news.ForFeeds}, For: "feed readers"}, {Key: news.Key{Purpose: news.ForPrograms}, For: "programs"}}
	for i := range v.Keys {
		k := &v.Keys[i]
		for _, has := range keys {
			if has.Purpose == k.Purpose {
				k.Key = has
			}
		}
		for _, f := range fresh {
			if f.Purpose == k.Purpose {
				k.New = f.New
			}
		}
	}
	d.pages.Show(w, "account.html", code, v)
}

// root returns the beginning of the addresses of this page.
func (d *Desk) root(r *http.Request) string {
	switch {
	case len(d.URLs) > 0 && d.URLs[0] != "":
		return d.URLs[0]
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// changePassword gives somebody another password, who has to know the one before.
func (d *Desk) changePassword(w http.ResponseWriter, r *http.Request) {
	c := callerOf(r.Context())
	may, err := d.mayTry(r.Context(), c.Name, c.from, d.now())
	if err != nil {
		d.Sheet.Down(w, r, err)
		return
	}
	says, code := "", http.StatusForbidden
	switch {
	case c.session.By != news.ByPassword:
		says = "Your password is not kept here."
	case !may:
		says, code = "Passwords were tried too often. Wait a minute, and try once more.", http.StatusTooManyRequests
	case r.PostFormValue("new") != r.PostFormValue("again"):
		says, code = "The new password is not twice the same.", http.StatusUnprocessableEntity
	}
	if says != "" {
		d.showAccount(w, r, code, accountView{Wrong: says})
		return
	}
	hash, err := d.Store.PasswordOf(r.Context(), c.Name)
	if err != nil {
		d.Sheet.Down(w, r, err)
		return
	}
	is, err := password.Is(r.Context(), r.PostFormValue("password"), hash)
	if err != nil {
		d.Sheet.Down(w, r, err)
		return
	}
	if !is {
		d.showAccount(w, r, http.StatusForbidden, accountView{Wrong: "Your password of now is not right."})
		return
	}
	if hash, err = password.Hash(r.Context(), c.Name, r.PostFormValue("new")); err != nil {
		d.showAccount(w, r, http.StatusUnprocessableEntity, accountView{Wrong: sheet.Capital(err.Error()) + "."})
		return
	}
	if err := d.Store.SetPassword(r.Context(), c.Name, hash, c.session.ID, d.now()); err != nil {
		d.Sheet.Down(w, r, err)
		return
	}
	gate.Note(r.Context(), "changed the own password")
	http.Redirect(w, r, "/account?done=password", http.StatusSeeOther)
}

// changeKey gives somebody a key, which is shown this once, or takes it.
func (d *Desk) changeKey(w http.ResponseWriter, r *http.Request) {
	c, purpose := callerOf(r.Context()), news.Purpose(r.PostFormValue("for"))
	if purpose != news.ForFeeds && purpose != news.ForPrograms {
		d.showAccount(w, r, http.StatusBadRequest, accountView{Wrong: "There are no keys for that."})
		return
	}
	if r.PostFormValue("revoke") != "" {
		if _, err := d.Store.RevokeKey(r.Context(), c.Name, purpose); err != nil {
			d.Sheet.Down(w, r, err)
			return
		}
		gate.Note(r.Context(), "revoked the own key for "+string(purpose))
		http.Redirect(w, r, "/account?done=key", http.StatusSeeOther)
		return
	}
	key, hash := NewKey()
	if err := d.Store.SetKey(r.Context(), c.Name, purpose, hash, d.now()); err != nil {
		d.Sheet.Down(w, r, err)
		return
	}
	gate.Note(r.Context(), "made a key for "+string(purpose))
	d.showAccount(w, r, http.StatusOK, accountView{Keys: []keyView{{Key: news.Key{Purpose: purpose}, New: key}}})
}

// NewKey returns a key, and what is kept of it.
func NewKey() (key, hash string) {
	key = newSecret()
	return key, hashOf(key)
}

// leaveOthers ends the other sessions of somebody.
func (d *Desk) leaveOthers(w http.ResponseWriter, r *http.Request) {
	c := callerOf(r.Context())
	if err := d.Store.EndSessions(r.Context(), c.Name, c.session.ID); err != nil {
		d.Sheet.Down(w, r, err)
		return
	}
	gate.Note(r.Context(), "ended the own other sessions")
	http.Redirect(w, r, "/account?done=others", http.StatusSeeOther)
}

// auditView is what the page of changes shows.
type auditView struct {
	sheet.Frame
	Deeds []news.Deed
	Older string // the query for those before; "" if there are none
}

// deedsAtOnce is how many changes a page has.
const deedsAtOnce = 100

// audit answers with what people changed, the latest first.
func (d *Desk) audit(w http.ResponseWriter, r *http.Request) {
	before := d.now().Add(time.Minute)
	if ms, err := strconv.ParseInt(r.FormValue("before"), 10, 64); err == nil {
		before = time.UnixMilli(ms)
	}
	v := auditView{Frame: d.Sheet.Frame(r, "What people changed", "/audit")}
	deeds, err := d.Store.Deeds(r.Context(), before, deedsAtOnce+1)
	if err != nil {
		d.Sheet.Down(w, r, err)
		return
	}
	if v.Deeds = deeds; len(deeds) > deedsAtOnce {
		v.Deeds = deeds[:deedsAtOnce]
		v.Older = fmt.Sprintf("?before=%d", v.Deeds[deedsAtOnce-1].At.UnixMilli())
	}
	d.pages.Show(w, "audit.html", http.StatusOK, v)
}
