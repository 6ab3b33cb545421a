package story

import (
	"math"
	"slices"

	"github.com/coupwatch/coupwatch/news"
)

// development returns the id of the development of o of which t is a copy, or
// "" if t brings a new one. It is a copy of the one whose reports it is most
// like, if that is alike enough and was told not long before. What most of the
// story's reports say tells its developments less apart.
func (k *known) development(t telling, o *open) string {
	r := k.reading(t)
	v := k.view(&r, o)
	turns := map[string]*turn{}
	var ids []string // in the order of the reports, so that the choice is always the same
	for _, m := range o.members {
		if m.gist.Weak && !t.gist.Weak {
			continue
		}
		u := turns[m.gist.Update]
		if u == nil {
			u = &turn{gap: math.Inf(1)}
			turns[m.gist.Update] = u
			ids = append(ids, m.gist.Update)
		}
		x := v.cosine(m)
		u.highest = max(u.highest, x)
		u.sum += x
		u.reports++
		u.gap = min(u.gap, days(t.gist.At, m.gist.At))
	}
	v.close()
	best, score := "", repeats
	for _, id := range ids {
		if x := turns[id].likeness(); x >= score {
			best, score = id, x
		}
	}
	if t.status == news.Denied && !isDenial(o.Story, best) {
		return "" // a denial says the same words, and not the same
	}
	return best
}

// isDenial reports whether a development of s is told as denied.
func isDenial(s news.Story, id string) bool {
	return slices.ContainsFunc(s.Updates, func(u news.Development) bool { return u.ID == id && u.Status == news.Denied })
}

// A turn is a development as a report sees it.
type turn struct {
	highest, sum float64 // cosine with its reports
	reports      float64
	gap          float64 // days to the nearest of them
}

func (u *turn) likeness() float64 {
	return (bestOfTurn*u.highest + (1-bestOfTurn)*u.sum/u.reports) * math.Exp(-u.gap/turnLife)
}

// A view compares a report with those of one story.
type view struct {
	known *known
	words []weighted // of the report, weighed within the story
	norm  float64
	often map[int32]bool // what half of the story's reports say
}

// view returns a view of o with the eyes of r. Close it before another is made.
func (k *known) view(r *reading, o *open) *view {
	v := &view{known: k, often: map[int32]bool{}, norm: r.norm * r.norm}
	if n := len(o.main); n >= 3 {
		count := map[int32]int{}
		for _, m := range o.main {
			for _, x := range m.words {
				if count[x.term]++; 2*float64(count[x.term]) >= float64(n) {
					v.often[x.term] = true
				}
			}
		}
	}
	for _, x := range r.words {
		weight := v.weigh(x.term, x.weight)
		v.norm += weight*weight - x.weight*x.weight
		v.words = append(v.words, weighted{x.term, weight})
		k.weights[x.term] = weight
	}
	return v
}

func (v *view) close() {
	for _, x := range v.words {
		v.known.weights[x.term] = 0
	}
}

func (v *view) weigh(term int32, weight float64) float64 {
	if v.often[term] {
		return weight * oftenWord
	}
	return weight
}

// cosine returns the cosine of the angle between the words of the report and
// those of m.
func (v *view) cosine(m *member) float64 {
	var dot, norm float64
	total := v.known.logN()
	for _, x := range m.words {
		y := v.weigh(x.term, x.weight*(total-v.known.term[x.term].logDF))
		norm += y * y
		dot += y * v.known.weights[x.term]
	}
	if dot == 0 {
		return 0
	}
	return dot / math.Sqrt(norm*v.norm)
}
