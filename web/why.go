package web

import (
	"net/http"
	"strings"

	"github.com/coupwatch/coupwatch/web/sheet"
)

// whyView is what is known of the items behind a link.
type whyView struct {
	sheet.Frame
	Link  string
	Items []Verdict
}

// why answers with what is known of the items behind a link.
func (s site) why(w http.ResponseWriter, r *http.Request) {
	if s.records == nil {
		s.lost(w, r)
		return
	}
	v := whyView{Frame: s.sheet.Frame(r, "Why was it told, or why not?", "/why"), Link: strings.TrimSpace(r.FormValue("link"))}
	code := http.StatusOK
	if v.Link != "" {
		var err error
		if v.Items, err = s.records.ItemsByLink(r.Context(), v.Link); err != nil {
			s.sheet.Down(w, r, err)
			return
		}
		if len(v.Items) == 0 {
			code = http.StatusNotFound
		}
	}
	s.pages.Show(w, "why.html", code, v)
}
