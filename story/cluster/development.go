package cluster

import (
	"math"
	"slices"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
)

// Development returns the id of the development of cl of which f is a copy, or
// "" if f brings a new one. It is a copy of the one whose reports it is most
// like, if that is alike enough and was told not long before. What most of the
// story's reports say tells its developments less apart.
func (ix *Index) Development(f gist.Features, cl *Cluster) string {
	r := ix.vectorOf(f)
	v := ix.view(&r, cl)
	scores := map[string]*developmentScore{}
	var ids []string // in the order of the reports, so that the choice is always the same
	ix.withQuery(v.words, func() {
		for _, m := range cl.members {
			if m.gist.BelowAlert && !f.Gist.BelowAlert {
				continue
			}
			u := scores[m.gist.Update]
			if u == nil {
				u = &developmentScore{gap: math.Inf(1)}
				scores[m.gist.Update] = u
				ids = append(ids, m.gist.Update)
			}
			cosine := v.cosine(m)
			if cl.otherPeople(&r, m) {
				cosine *= ix.weights.Development.OtherNames
			}
			u.add(cosine, days(f.Gist.At, m.gist.At))
		}
	})
	best, score := "", ix.weights.Thresholds.Duplicate
	for _, id := range ids {
		if x := scores[id].likeness(ix.weights.Development); x >= score {
			best, score = id, x
		}
	}
	if f.Status == news.Denied && !isDenial(cl.Story, best) {
		return "" // a denial shares the words of what it denies, and is no copy of it
	}
	return best
}

// otherPeople reports whether r and m, a report of cl, both have names beside the
// main names of cl, and none of these in common: what is told of each is told of
// others.
func (cl *Cluster) otherPeople(r *queryVector, m *member) bool {
	is := func(id int32) bool { return !slices.Contains(cl.leads, id) }
	both := func(id int32) bool { return is(id) && slices.Contains(m.names, id) }
	return (r.newNames || slices.ContainsFunc(r.names, is)) && slices.ContainsFunc(m.names, is) && !slices.ContainsFunc(r.names, both)
}

// isDenial reports whether a development of s is told as denied.
func isDenial(s news.Story, id string) bool {
	return slices.ContainsFunc(s.Updates, func(u news.Development) bool { return u.ID == id && u.Status == news.Denied })
}

// A developmentScore says how like a report is to a development.
type developmentScore struct {
	highest, sum float64 // cosine with its reports
	reports      float64
	gap          float64 // days to the nearest of them
}

// add counts a report of the development with its cosine, so many days away.
func (u *developmentScore) add(cosine, gap float64) {
	u.highest = max(u.highest, cosine)
	u.sum += cosine
	u.reports++
	u.gap = min(u.gap, gap)
}

func (u *developmentScore) likeness(w Development) float64 {
	return (w.Best*u.highest + (1-w.Best)*u.sum/u.reports) * math.Exp(-u.gap/w.FadeDays)
}

// A view compares a report with those of one story.
type view struct {
	index *Index
	words []weighted // of the report, weighed within the story
	norm  float64
	often map[int32]bool // what half of the story's reports say
}

// view returns a view of cl by r, in which what half of its reports say weighs
// less. Ask for its cosine with its words as the query; see withQuery.
func (ix *Index) view(r *queryVector, cl *Cluster) *view {
	v := &view{index: ix, often: map[int32]bool{}, norm: r.norm * r.norm}
	if n := len(cl.main); n >= 3 {
		count := map[int32]int{}
		for _, m := range cl.main {
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
	}
	return v
}

func (v *view) weigh(term int32, weight float64) float64 {
	if v.often[term] {
		return weight * v.index.weights.Development.OftenWord
	}
	return weight
}

// cosine returns the cosine of the angle between the words of the report and
// those of m.
func (v *view) cosine(m *member) float64 {
	var dot, norm float64
	total := v.index.logN()
	for _, x := range m.words {
		y := v.weigh(x.term, x.weight*(total-v.index.term[x.term].logDF))
		norm += y * y
		dot += y * v.index.queryWeights[x.term]
	}
	if dot == 0 {
		return 0
	}
	return dot / math.Sqrt(norm*v.norm)
}
