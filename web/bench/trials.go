package bench

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/coupwatch/coupwatch/backtest/trial"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/web/gate"
)

func contextFor(r *http.Request, longest time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(r.Context(), longest)
}

// A trialView is how far a trial is, or what came of it.
type trialView struct {
	trial.State
	ID     int
	By     string
	Days   int
	Began  time.Time
	CSRF   string
	Result *trial.Result
}

// Percent returns how far it is, from 0 to 100.
func (v trialView) Percent() int { return int(100 * v.Share) }

// Head says in a line what people would hear.
func (v trialView) Head() string {
	r := v.Result
	told := "the same stories"
	if r.Gained.N > 0 || r.Lost.N > 0 {
		told = fmt.Sprintf("+%d %s, −%d", r.Gained.N, map[bool]string{true: "story", false: "stories"}[r.Gained.N == 1], r.Lost.N)
	}
	return fmt.Sprintf("%s; %s alerts a day", told, signed(r.Before, r.After))
}

// try tries what was typed on the archive, if it checks and nothing else is tried.
func (b *Room) try(w http.ResponseWriter, r *http.Request, f form, s *matcher.Sources, e matcher.Entry) {
	edit, err := b.draft(r.Context(), s, e, f.Text)
	v := b.view(r, f, e)
	if err != nil {
		v.Said = b.problems(e, f, err)
		b.answer(w, r, http.StatusUnprocessableEntity, v)
		return
	}
	t, err := b.trials.Start(b.ctx, trial.Plan{
		By: gate.Of(r.Context()).Name, Ref: e.Ref(), Text: f.Text, Sample: f.Sample, Stamp: f.Stamp, Days: f.Days,
		Before: b.o.Rules(), After: edit.Rules, Items: b.o.Archive,
	}, time.Now().UTC())
	if busy := (trial.BusyError{}); errors.As(err, &busy) {
		v.Said = &said{Note: "Not tried: " + err.Error() + "."}
		v.Trial = trialOf(busy.Other, v.CSRF)
		b.answer(w, r, http.StatusConflict, v)
		return
	}
	http.Redirect(w, r, trialPath(t.ID), http.StatusSeeOther)
}

func trialPath(id int) string { return "/rules/bench/trials/" + strconv.Itoa(id) }

func trialOf(t *trial.Trial, csrf string) *trialView {
	state, result := t.State()
	return &trialView{State: state, ID: t.ID, By: t.Plan.By, Days: t.Plan.Days, Began: t.Now, CSRF: csrf, Result: result}
}

// asked returns the trial that a request is for; nil, and an answer, if there is
// none.
func (b *Room) asked(w http.ResponseWriter, r *http.Request) *trial.Trial {
	id, _ := strconv.Atoi(r.PathValue("id"))
	t := b.trials.Trial(id)
	if t == nil {
		b.o.Sheet.Nothing(w, r, http.StatusNotFound, "What came of this is not remembered any more. Try it again from the workbench.")
	}
	return t
}

// showTrial answers with the workbench as it was when a trial began, and how far that
// is.
func (b *Room) showTrial(w http.ResponseWriter, r *http.Request) {
	t := b.asked(w, r)
	if t == nil {
		return
	}
	s, err := b.files()
	if err != nil {
		b.unread(w, r, err)
		return
	}
	f := form{Ref: t.Plan.Ref, Text: t.Plan.Text, Sample: t.Plan.Sample, Stamp: t.Plan.Stamp, Days: t.Plan.Days}
	e, _ := entry(s, f.Ref)
	v := b.view(r, f, e)
	v.Trial = trialOf(t, v.CSRF)
	if r.Header.Get(partHeader) != "" {
		b.pages.Show(w, "trial", http.StatusOK, v.Trial)
		return
	}
	b.pages.Show(w, "bench.html", http.StatusOK, v)
}

// endTrial ends a trial.
func (b *Room) endTrial(w http.ResponseWriter, r *http.Request) {
	if t := b.asked(w, r); t != nil {
		t.Cancel()
		http.Redirect(w, r, trialPath(t.ID), http.StatusSeeOther)
	}
}
