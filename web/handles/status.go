package handles

import (
	"net/http"
	"time"

	"github.com/coupwatch/coupwatch/text/numbers"
)

// statusView is what the page of the program's state shows.
type statusView struct {
	frame
	Status
}

// status answers with how the program is.
func (h *Room) status(w http.ResponseWriter, r *http.Request) {
	v := statusView{frame: h.frame(r, "Status", "/status")}
	var err error
	if v.Status, err = h.desk.Status(r.Context()); err != nil {
		h.sheet.Down(w, r, err)
		return
	}
	h.pages.Show(w, "status.html", http.StatusOK, v)
}

// took writes how long something took.
func took(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return d.Round(time.Second).String()
	case d >= time.Second:
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(time.Millisecond).String()
}

// bytes writes how large something is.
func bytes(n int64) string { return numbers.Bytes(n) }
