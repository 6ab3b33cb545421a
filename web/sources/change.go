package sources

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/sheet"
)

const (
	soon     = 30 * time.Second // a feed that was read so lately is not read again
	patience = 45 * time.Second // for a site to show its feeds
	longest  = 2000             // bytes of what somebody writes into a field
)

// readNow has a feed read.
func (r *Room) readNow(w http.ResponseWriter, req *http.Request) {
	f, found := r.one(w, req)
	if !found {
		return
	}
	now := time.Now().UTC()
	if now.Sub(f.LastRead) >= soon {
		if _, err := r.archive.ReadNow(req.Context(), f.URL, now); err != nil {
			r.sheet.Down(w, req, err)
			return
		}
		gate.Note(req.Context(), "had the feed "+f.Name+" read")
	}
	http.Redirect(w, req, "/feeds/"+news.FeedID(f.URL)+"?asked=1", http.StatusSeeOther)
}

// addView is what the page shows on which feeds are found and added.
type addView struct {
	sheet.Frame
	Named    string
	As       news.Feed
	Tags     string
	Writable bool
	Searched bool
	Found    Found
	Problem  string
	Lines    string // to be pasted by hand, "" for none
	Place    string // where, or where they are now
	Done     string // what was done
}

func (r *Room) addView(req *http.Request) addView {
	field := func(name string) string { return sheet.Plain(cut(req.FormValue(name))) }
	v := addView{Frame: r.frame(req, "Add a feed"), Named: field("named"), Writable: r.list.Writable()}
	v.As = news.Feed{Language: field("language"), Name: field("name"), Schedule: field("schedule")}
	for tag := range strings.SplitSeq(field("tags"), ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			v.As.Tags = append(v.As.Tags, tag)
		}
	}
	v.Tags = strings.Join(v.As.Tags, ", ")
	return v
}

// cut cuts what is longer than a field may be.
func cut(s string) string { return s[:min(len(s), longest)] }

// adding answers with the page on which feeds are found, or with what was added.
func (r *Room) adding(w http.ResponseWriter, req *http.Request) {
	v := r.addView(req)
	if added := req.FormValue("added"); added != "" {
		if f, place := r.list.Listed(added); place != "" {
			v.Done, v.Place = "Added "+sheet.Plain(f.Name)+".", place
		}
	}
	r.pages.Show(w, "add.html", http.StatusOK, v)
}

// find answers with the feeds of what somebody named.
func (r *Room) find(w http.ResponseWriter, req *http.Request) {
	v := r.addView(req)
	if v.Named == "" {
		v.Problem = "Write the address of a feed or a site, or words to search the news for."
		r.pages.Show(w, "add.html", http.StatusBadRequest, v)
		return
	}
	ctx, cancel := context.WithTimeout(req.Context(), patience)
	defer cancel()
	v.Searched = true
	found, err := r.list.Find(ctx, v.Named, v.As)
	switch {
	case ctx.Err() != nil && req.Context().Err() == nil:
		v.Problem = "The site took too long to answer. Try the address of the feed itself."
	case err != nil:
		v.Problem = news.Redact(err.Error())
	}
	v.Named, _ = news.SplitSecrets(v.Named)
	v.Found = found
	r.pages.Show(w, "add.html", http.StatusOK, v)
}

// add writes a feed into the rules, or shows what to write.
func (r *Room) add(w http.ResponseWriter, req *http.Request) {
	v := r.addView(req)
	f := v.As
	f.URL, f.Login = news.SplitSecrets(strings.TrimSpace(cut(req.FormValue("url"))))
	switch {
	case f.URL == "":
		v.Problem = "There is no address of a feed."
	case f.Login != "":
		v.Problem = "The address has a login or a key in it. Write it into rules.yaml by hand, or better into a variable or a file that the feed names there: docs/rules.md, what a feed needs."
	}
	if v.Problem != "" {
		r.pages.Show(w, "add.html", http.StatusBadRequest, v)
		return
	}
	if !v.Writable {
		r.pasted(w, req, v, f)
		return
	}
	name, place, err := r.list.Add(req.Context(), f)
	if err != nil {
		v.Problem = err.Error()
		r.pages.Show(w, "add.html", http.StatusConflict, v)
		return
	}
	gate.Note(req.Context(), "added the feed "+name+" ("+f.URL+") to "+place)
	http.Redirect(w, req, "/feeds/add?added="+url.QueryEscape(f.URL), http.StatusSeeOther)
}

// pasted answers with the lines that somebody has to paste.
func (r *Room) pasted(w http.ResponseWriter, req *http.Request, v addView, f news.Feed) {
	code := http.StatusOK
	var err error
	if v.Lines, v.Place, err = r.list.Lines(req.Context(), f); err != nil {
		v.Problem, code = err.Error(), http.StatusConflict
	}
	r.pages.Show(w, "add.html", code, v)
}

// remove takes a feed out of the rules.
func (r *Room) remove(w http.ResponseWriter, req *http.Request) {
	f, found := r.one(w, req)
	if !found {
		return
	}
	v := addView{Frame: r.frame(req, "Remove a feed"), Writable: r.list.Writable()}
	if !v.Writable {
		_, place := r.list.Listed(f.URL)
		v.Problem = "rules.yaml may not be changed from here (COUPWATCH_EDIT_RULES). Take the feed out at " + place + ", or write disabled: true behind it."
		r.pages.Show(w, "add.html", http.StatusForbidden, v)
		return
	}
	place, err := r.list.Remove(req.Context(), f.URL)
	if err != nil {
		v.Problem = err.Error()
		r.pages.Show(w, "add.html", http.StatusConflict, v)
		return
	}
	gate.Note(req.Context(), "removed the feed "+f.Name+" ("+f.URL+") from "+place)
	http.Redirect(w, req, "/feeds?removed=1", http.StatusSeeOther)
}
