package trial_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/backtest/trial"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

// shelf is items of the days before noon, the first first.
type shelf []news.Item

func (s shelf) Items(ctx context.Context, from time.Time, do func(news.Item) error) error {
	for _, it := range s {
		if it.Fetched.Before(from) {
			continue
		}
		if err := do(it); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// hung is a database that gives its items and then no answer.
type hung struct{ shelf }

func (h hung) Items(ctx context.Context, from time.Time, do func(news.Item) error) error {
	if err := h.shelf.Items(ctx, from, do); err != nil {
		return err
	}
	<-ctx.Done()
	return ctx.Err()
}

func item(hoursAgo int, title string) news.Item {
	at := noon.Add(-time.Duration(hoursAgo) * time.Hour)
	return news.Item{ID: fmt.Sprint(hoursAgo), Feed: "https://wire.example/", Title: title, Language: "en", Published: at, Fetched: at, Link: fmt.Sprint("https://wire.example/", hoursAgo)}
}

func rules(t *testing.T, match string) *matcher.Rules {
	t.Helper()
	r, err := matcher.Parse("rules.yaml", []byte("rules:\n  - {id: coup, title: Coup, severity: high, match: '"+match+"', unless: film, lower: [{to: low, when: history}]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var archive = shelf{
	item(60, "A putsch in Gabon, say residents"),
	item(50, "A coup film in Peru"),
	item(40, "The history of a mutiny in Fiji"),
	item(30, "A mutiny in Chad: garrison of Faya rises"),
	item(20, "A coup in Mali, says the army of Bamako"),
	item(10, "Weather: rain in Oslo"),
}

func ended(t *testing.T, tr *trial.Trial) (*trial.Result, error) {
	t.Helper()
	select {
	case <-tr.Done():
	case <-time.After(time.Minute):
		t.Fatal("it does not end")
	}
	s, r := tr.State()
	if !s.Ended {
		t.Error("it has not ended")
	}
	return r, s.Err
}

func TestTrial(t *testing.T) {
	var ts trial.Trials
	tr, err := ts.Start(t.Context(), trial.Plan{By: "ana", Ref: "coup", Before: rules(t, "coup OR putsch"), After: rules(t, "coup OR mutiny"), Items: archive, Days: 3}, noon)
	if err != nil {
		t.Fatal(err)
	}
	r, err := ended(t, tr)
	if err != nil {
		t.Fatal(err)
	}
	if r.Items != 6 || r.Cut || r.Newly.N != 2 || r.NoLonger.N != 1 || r.Otherwise.N != 0 || r.Gained.N != 1 || r.Lost.N != 1 || r.Kept != 1 || r.Before != r.After || r.Before == 0 {
		t.Errorf("%+v", r)
	}
	if x := r.Newly.Some[0]; !strings.HasPrefix(x.Title, "A mutiny in Chad") || x.Severity != news.High || x.Before != 0 || x.Rules != "Coup" || x.Was != "" || len(x.Quote.Marks) != 1 || x.Quote.Text[x.Quote.Marks[0].Start:x.Quote.Marks[0].End] != "mutiny" {
		t.Errorf("newly %+v", x)
	}
	if x := r.Newly.Some[1]; x.Severity != news.Low {
		t.Errorf("history is %v", x.Severity)
	}
	if x := r.NoLonger.Some[0]; x.Before != news.High || x.Severity != 0 || x.Rules != "" || x.Was != "Coup" || !strings.Contains(x.Quote.Text, "putsch") {
		t.Errorf("no longer %+v", x)
	}
	if s := r.Gained.Some[0]; !strings.HasPrefix(s.Headline, "A mutiny in Chad") || s.Other != "nothing of it matches" {
		t.Errorf("gained %+v", s)
	}
	if ts.Trial(tr.ID) != tr || ts.Trial(99) != nil || tr.Plan.After != nil {
		t.Error("it is not remembered, or with its rules")
	}
}

// A match that is only told otherwise is neither new nor gone.
func TestOtherwise(t *testing.T) {
	after, err := matcher.Parse("rules.yaml", []byte("rules:\n  - {id: coup, title: Coup, severity: critical, match: 'coup OR putsch', unless: film}\n"))
	if err != nil {
		t.Fatal(err)
	}
	var ts trial.Trials
	tr, _ := ts.Start(t.Context(), trial.Plan{Before: rules(t, "coup OR putsch"), After: after, Items: archive, Days: 3}, noon)
	if r, err := ended(t, tr); err != nil || r.Otherwise.N != 2 || r.Newly.N+r.NoLonger.N != 0 || r.Otherwise.Some[0].Before != news.High || r.Otherwise.Some[0].Severity != news.Critical {
		t.Errorf("%+v, %v", r, err)
	}
}

// One trial runs at a time; who ends it lets the next begin. One that takes too long
// tells of the days that it has seen.
func TestOneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ts trial.Trials
		a, b := rules(t, "coup"), rules(t, "mutiny")
		plan := trial.Plan{By: "ana", Ref: "coup", Before: a, After: b, Items: hung{archive}, Days: 3}
		first, err := ts.Start(t.Context(), plan, noon)
		if err != nil {
			t.Fatal(err)
		}
		var busy trial.BusyError
		if _, err := ts.Start(t.Context(), plan, noon); !errors.As(err, &busy) || busy.Other != first || !strings.Contains(err.Error(), "ana") {
			t.Errorf("a second one: %v", err)
		}
		first.Cancel()
		if r, err := ended(t, first); r != nil || err == nil || !strings.Contains(err.Error(), "ended before it was done") {
			t.Errorf("ended: %v, %v", r, err)
		}
		began := time.Now()
		second, err := ts.Start(t.Context(), plan, noon)
		if err != nil {
			t.Fatal(err)
		}
		<-second.Done()
		if took := time.Since(began); took != trial.Longest {
			t.Errorf("it ran for %v", took)
		}
		if s, _ := second.State(); s.Err == nil || !strings.Contains(s.Err.Error(), "fewer days") {
			t.Errorf("says %v", s.Err)
		}
		for i := range 700 {
			plan.Items = hung{append(plan.Items.(hung).shelf, item(-i, "Rain"))}
		}
		third, _ := ts.Start(t.Context(), plan, noon)
		<-third.Done()
		if s, r := third.State(); s.Err != nil || r == nil || !r.Cut || r.Items < 6 || r.Newly.N != 2 || s.Share == 0 {
			t.Errorf("%+v %+v", s, r)
		}
		ts.Wait()
	})
}

// With nothing to try, and with a database that fails, it says so.
func TestNothing(t *testing.T) {
	var ts trial.Trials
	tr, _ := ts.Start(t.Context(), trial.Plan{Before: rules(t, "coup"), After: rules(t, "mutiny"), Items: shelf{}, Days: 3}, noon)
	if _, err := ended(t, tr); err == nil || !strings.Contains(err.Error(), "no item") {
		t.Errorf("says %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	tr, _ = ts.Start(ctx, trial.Plan{Before: rules(t, "coup"), After: rules(t, "mutiny"), Items: archive, Days: 3}, noon)
	if _, err := ended(t, tr); err == nil {
		t.Error("it went on without its program")
	}
}
