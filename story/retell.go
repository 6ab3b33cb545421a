package story

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/cluster"
)

// retell returns was as it is if stay are all its reports, and the development of
// each of them, by id. What people know of it stays known.
func (d *decider) retell(was news.Story, stay []news.Verdict) (news.Story, map[string]string) {
	t := retelling{d, was, news.Story{}, cluster.NewIndex(d.weights()), map[string]string{}, map[string]string{}}
	for _, v := range foremost(stay) {
		t.add(v)
	}
	s := t.story
	s.Told, s.Notified, s.Parts, s.Linked = was.Told, was.Notified, was.Parts, was.Linked
	dueAgain(s.Updates, was.Updates)
	return s, t.updates
}

// foremost returns reports with the first one that a rule matched before all others:
// there is no story without.
func foremost(reports []news.Verdict) []news.Verdict {
	i := slices.IndexFunc(reports, func(v news.Verdict) bool { return len(v.Matches) > 0 })
	if i <= 0 {
		return reports
	}
	first := []news.Verdict{reports[i]}
	return slices.Concat(first, reports[:i], reports[i+1:])
}

// A retelling is a story that is told anew.
type retelling struct {
	*decider
	was     news.Story
	story   news.Story
	alone   *cluster.Index    // which knows only it
	updates map[string]string // developments by id of the report
	called  map[string]string // what developments of was are called
}

// add adds a report that was in the story to it, as what it was there.
func (t *retelling) add(v news.Verdict) {
	s := &t.story
	if t.was.Told.Before(v.Fetched) {
		s.Told = t.was.Told
	}
	f := extract(v.Report, t.weights().Words)
	says := t.says(v.Report)
	f.AddVoices(says)
	var at cluster.Spot
	if cl := t.alone.Has(news.Report{Story: t.was.ID}); cl != nil {
		at = t.alone.Within(f.Features, cl)
	}
	before := *s
	if at.Article {
		about(s, f)
	} else {
		t.fold(v, &f, at)
		t.credit(s, v.Report, says, at.Copied)
	}
	s.ID = t.was.ID
	if len(v.Matches) > 0 {
		s.Severity = max(s.Severity, f.lifts(before, at))
		climb(s, f, !at.Article)
		if leads(before, *s, f.lifts(before, at)) {
			pl := planner{report: v.Report, quote: f.quote(s.Status != before.Status && isFirm(s.Status), says)}
			pl.head(s)
		}
	}
	if t.updates[v.ID] == "" {
		t.updates[v.ID] = at.Update
	}
	t.alone.Put(*s)
}

// fold adds the report to the development to which it belonged, or to one of its
// own if that is gone.
func (t *retelling) fold(v news.Verdict, f *reportFeatures, at cluster.Spot) {
	if v.Update == v.ID || strings.HasPrefix(v.Update, v.ID+"-") {
		f.id = v.Update
	}
	update := t.called[v.Update]
	if update == "" && v.Update != f.id && v.Update != "" {
		update = at.Update
	}
	now := fold(&t.story, *f, update, t.weights().Warm)
	t.updates[v.ID], t.called[v.Update] = now, now
}
