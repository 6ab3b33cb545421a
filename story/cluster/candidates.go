package cluster

import (
	"container/heap"
	"slices"
)

const (
	maxPostings   = 400 // what more stories than this have in common brings none of them up
	maxCandidates = 48  // stories that are looked at closely
)

// candidates returns the stories that have something rare in common with r.
func (ix *Index) candidates(r *queryVector) []*Cluster {
	var touched []int32
	touch := func(id int32, weight float64) {
		if len(ix.term[id].postings) > maxPostings {
			return
		}
		for _, slot := range ix.term[id].postings {
			if ix.candidateScore[slot] == 0 {
				touched = append(touched, slot)
			}
			ix.candidateScore[slot] += weight
		}
	}
	for _, x := range r.words {
		touch(x.term, x.weight*ix.idf(x.term))
	}
	for _, id := range r.names {
		touch(id, ix.idf(id)*ix.idf(id))
	}
	for _, p := range r.places {
		if id, ok := ix.terms["+"+p.country]; ok {
			touch(id, ix.weights.Find.Country*p.specific*p.specific*p.share+ix.weights.Find.AnyCountry)
		}
	}
	out := make([]*Cluster, 0, maxCandidates)
	for _, slot := range ix.topScored(touched) {
		out = append(out, ix.slots[slot])
	}
	for _, slot := range touched {
		ix.candidateScore[slot] = 0
	}
	return out
}

// topScored returns the candidates among the slots, those with the highest
// score first. Most slots are compared with the last candidate only: a wide term
// touches thousands.
func (ix *Index) topScored(slots []int32) []int32 {
	top := &lowestFirst{index: ix}
	for _, slot := range slots {
		switch {
		case len(top.slots) < maxCandidates:
			heap.Push(top, slot)
		case ix.outscores(slot, top.slots[0]):
			top.slots[0] = slot
			heap.Fix(top, 0)
		}
	}
	slices.SortFunc(top.slots, func(a, b int32) int {
		if ix.outscores(a, b) {
			return -1
		}
		return 1
	})
	return top.slots
}

// outscores reports whether slot a has a higher score than slot b; of equals the one
// with the lower id does, so that the order is always the same.
func (ix *Index) outscores(a, b int32) bool {
	if ix.candidateScore[a] != ix.candidateScore[b] {
		return ix.candidateScore[a] > ix.candidateScore[b]
	}
	return ix.slots[a].ID < ix.slots[b].ID
}

// lowestFirst is a heap of slots with that of the lowest score on top.
type lowestFirst struct {
	index *Index
	slots []int32
}

func (h *lowestFirst) Len() int           { return len(h.slots) }
func (h *lowestFirst) Less(i, j int) bool { return h.index.outscores(h.slots[j], h.slots[i]) }
func (h *lowestFirst) Swap(i, j int)      { h.slots[i], h.slots[j] = h.slots[j], h.slots[i] }
func (h *lowestFirst) Push(x any)         { h.slots = append(h.slots, x.(int32)) }
func (h *lowestFirst) Pop() any {
	last := h.slots[len(h.slots)-1]
	h.slots = h.slots[:len(h.slots)-1]
	return last
}
