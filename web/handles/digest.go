package handles

import (
	"html/template"
	"net/http"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/chart"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// digestView is what the page of a digest shows.
type digestView struct {
	frame
	news.Digest
	Past  []Past
	Key   string // of a past one, "" for the next
	Count int    // of stories, those that are left out too
	Left  int    // how much is left out
}

// digest answers with the next digest as it would be now, and with those that are
// kept.
func (h *Room) digest(w http.ResponseWriter, r *http.Request) {
	d, err := h.desk.Preview(r.Context())
	if h.refused(w, r, err) {
		return
	}
	h.showDigest(w, r, digestView{frame: h.frame(r, "Digest", "/digest"), Digest: d})
}

// pastDigest answers with one that is kept.
func (h *Room) pastDigest(w http.ResponseWriter, r *http.Request) {
	key := r.PathValue("key")
	d, found, err := h.desk.Digest(r.Context(), key)
	switch {
	case h.refused(w, r, err):
	case !found:
		h.sheet.Nothing(w, r, http.StatusNotFound, "There is no such digest. They are forgotten after a time.")
	default:
		h.showDigest(w, r, digestView{frame: h.frame(r, "Digest of "+d.Date, "/digest"), Digest: d, Key: key})
	}
}

// showDigest answers with a digest as a page or, if the address asks for it, as the
// text of a mail.
func (h *Room) showDigest(w http.ResponseWriter, r *http.Request, v digestView) {
	if r.FormValue("form") == "text" {
		text, err := h.desk.DigestText(v.Digest)
		if !h.refused(w, r, err) {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			_, _ = w.Write([]byte(text)) // the reader has gone; nobody is left to tell
		}
		return
	}
	var err error
	if v.Past, err = h.desk.Past(r.Context()); err != nil {
		h.sheet.Down(w, r, err)
		return
	}
	if v.Count = len(v.Stories); r.FormValue("all") == "" {
		v.cut()
	}
	h.pages.Show(w, "digest.html", http.StatusOK, v)
}

// mostListed is how many of a kind a page of a digest lists, so that it stays small,
// unless all are asked for.
const mostListed = 40

// cut leaves out what is too much.
func (v *digestView) cut() {
	d := &v.Digest
	v.Left = max(0, len(d.Stories)-mostListed) + max(0, len(d.Muted)-mostListed) + max(0, len(d.Almost)-mostListed) + max(0, len(d.Sick)-mostListed)
	d.Stories, d.Muted = sheet.First(mostListed, d.Stories), sheet.First(mostListed, d.Muted)
	d.Almost, d.Sick = sheet.First(mostListed, d.Almost), sheet.First(mostListed, d.Sick)
}

// Chart draws the stories of the latest days.
func (v digestView) Chart() template.HTML { return days(v.Days) }

// days draws the stories of days, and how many of them were told.
func days(all []news.Day) template.HTML {
	if len(all) == 0 {
		return ""
	}
	var bars []chart.Bar
	for _, d := range all {
		label := d.Date
		if day, err := time.Parse(time.DateOnly, d.Date); err == nil {
			label = day.Format("2 Jan")
		}
		bars = append(bars, chart.Bar{Label: label, N: d.Stories, Mark: d.Told})
	}
	return chart.Bars(bars)
}
