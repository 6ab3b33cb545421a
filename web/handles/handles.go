// Package handles are the pages by which people change what is told: mutes, what is
// owed, labels, and reports that were taken for another story; and those that show
// what the program is at: the digest, and its state. What changes something is a
// form that is sent by POST with the token of the visit and answered by another page,
// which says what was done; package gate keeps readers off.
package handles

import (
	"context"
	"embed"
	"errors"
	"html/template"
	"net/http"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// A Desk does what people want, and says how things are. What it returns is of this
// moment. An error that is no [Refusal] is for the log.
type Desk interface {
	Stories
	Mutes
	Outbox
	Digests
	// Status returns how the program is.
	Status(ctx context.Context) (Status, error)
}

// Stories are handled by id.
type Stories interface {
	// Handled returns what people said of a story, and whether there is one.
	Handled(ctx context.Context, story string) (Handled, bool, error)
	// Report returns a report of a story, or of that in which it goes on.
	Report(ctx context.Context, story, item string) (Report, bool, error)
	// TakeOut takes a report out of a story, in somebody's name. It is done once.
	TakeOut(ctx context.Context, story, item, by string) (Taken, error)
	// Label keeps what somebody thinks of what people were told of a story. It
	// returns a sentence about it.
	Label(ctx context.Context, story, by string, relevant bool) (string, error)
	// Unlabel takes that back, and reports whether there was something.
	Unlabel(ctx context.Context, story, by string) (bool, error)
}

// Mutes keep people from being interrupted.
type Mutes interface {
	// Muted returns what is muted, the latest first, and then what rules.yaml mutes.
	Muted(ctx context.Context) ([]Mute, error)
	// Mute mutes something and returns the mutes that hold it, which end later than
	// m if it was muted for longer. A refusal says what is wrong with m.
	Mute(ctx context.Context, m news.Mute) ([]Mute, error)
	// Unmute ends mutes, and reports whether there were any.
	Unmute(ctx context.Context, m news.Mute) (bool, error)
	// Mutable returns what can be muted by name, but for stories.
	Mutable() []Choice
}

// An Outbox has what is owed to people.
type Outbox interface {
	// Alerts returns the alerts that are asked for.
	Alerts(ctx context.Context, q Query) (Owed, error)
	// Alert returns one.
	Alert(ctx context.Context, id string) (Alert, bool, error)
	// Retry makes an alert due now.
	Retry(ctx context.Context, id string) error
	// RetryChannel makes due now all that a channel owes or lately gave up, but for
	// what people dropped, and returns how much.
	RetryChannel(ctx context.Context, channel string) (int, error)
	// Drop gives up an alert, in somebody's name and for a reason, which may be "".
	Drop(ctx context.Context, id, by, why string) error
	// DropChannel gives up all that is owed over a channel, and returns how much.
	DropChannel(ctx context.Context, channel, by, why string) (int, error)
}

// Digests are the next one and those that were sent.
type Digests interface {
	// Preview returns the next digest as it would be now.
	Preview(ctx context.Context) (news.Digest, error)
	// Past returns the digests that are kept, the latest first.
	Past(ctx context.Context) ([]Past, error)
	// Digest returns a past one by its key.
	Digest(ctx context.Context, key string) (news.Digest, bool, error)
	// DigestText returns a digest as a mail has it in plain text.
	DigestText(d news.Digest) (string, error)
}

// A Refusal is an error that is told to whoever wanted something: what is wrong, and
// what may be done instead.
type Refusal string

// Error returns the refusal.
func (r Refusal) Error() string { return string(r) }

//go:embed templates static
var files embed.FS

// A Room has the pages. Make one with [New].
type Room struct {
	desk  Desk
	sheet *sheet.Sheet
	pages sheet.Pages
}

// New returns the pages of a desk, and adds their tabs to the sheet.
func New(desk Desk, s *sheet.Sheet) *Room {
	for i, t := range []sheet.Tab{{Path: "/outbox", Name: "Outbox"}, {Path: "/mutes", Name: "Mutes"}, {Path: "/digest", Name: "Digest"}, {Path: "/status", Name: "Status"}} {
		t.Place = 60 + i
		s.AddTab(t)
	}
	style, _ := files.ReadFile("static/handles.css") // it is embedded
	s.AddFile("handles.css", style)
	return &Room{desk: desk, sheet: s, pages: s.Pages(files, template.FuncMap{"until": until, "ago": sheet.Age, "through": sheet.Through, "bytes": bytes, "took": took, "days": days})}
}

// Doors returns the pages and the forms.
func (h *Room) Doors() []sheet.Door {
	doors := []sheet.Door{
		{Pattern: "GET /outbox", Handler: http.HandlerFunc(h.outbox)},
		{Pattern: "GET /mutes", Handler: http.HandlerFunc(h.mutes)},
		{Pattern: "GET /digest", Handler: http.HandlerFunc(h.digest)},
		{Pattern: "GET /digest/{key}", Handler: http.HandlerFunc(h.pastDigest)},
		{Pattern: "GET /status", Handler: http.HandlerFunc(h.status)},
	}
	for pattern, do := range map[string]http.HandlerFunc{
		"GET /story/{id}/out":     h.askOut,
		"POST /story/{id}/out":    h.takeOut,
		"POST /story/{id}/mute":   h.muteStory,
		"POST /story/{id}/unmute": h.unmuteStory,
		"POST /story/{id}/label":  h.label,
		"POST /mutes":             h.mute,
		"POST /mutes/end":         h.unmute,
		"GET /outbox/retry":       h.askRetry,
		"POST /outbox/retry":      h.retry,
		"GET /outbox/drop":        h.askDrop,
		"POST /outbox/drop":       h.drop,
	} {
		doors = append(doors, sheet.Door{Pattern: pattern, Handler: gate.Analysts(do)})
	}
	return doors
}

// frame returns what stands around a page, with what was done before it.
func (h *Room) frame(r *http.Request, title, here string) frame {
	f := frame{Frame: h.sheet.Frame(r, title, here), Done: done(r)}
	f.Styles = []string{"handles.css"}
	return f
}

// A frame is what stands around a page of this room.
type frame struct {
	sheet.Frame
	Done string // what was done, a sentence; "" for nothing
}

// refused answers that something was not done, if err says so to people, and else
// that the database does not answer. It reports whether there was an error.
func (h *Room) refused(w http.ResponseWriter, r *http.Request, err error) bool {
	var refusal Refusal
	switch {
	case err == nil:
		return false
	case errors.As(err, &refusal):
		h.sheet.Nothing(w, r, http.StatusConflict, string(refusal))
	default:
		h.sheet.Down(w, r, err)
	}
	return true
}

// done leads to a page which says what was done, and notes that.
func (h *Room) done(w http.ResponseWriter, r *http.Request, to, text, note string) {
	if note != "" {
		gate.Note(r.Context(), note)
	}
	http.Redirect(w, r, carry(r, to, text), http.StatusSeeOther)
}
