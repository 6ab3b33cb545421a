package engine

// Ways hold where steps lead: a table in which the place of a step follows from
// the step, or is the next free one.
type ways struct {
	slots []lead // as many as a power of two, at most half of them taken
	taken int
}

// A lead is a step and the node to which it leads.
type lead struct {
	step
	to int32 // 0 if the slot is free
}

// slot returns the slot of a step, or the free one where it would be.
func (w *ways) slot(s step) *lead {
	mask := uint64(len(w.slots) - 1)
	for i := (uint64(uint32(s.from))<<32 | uint64(s.by)) * 0x9e3779b97f4a7c15 >> 32; ; i++ {
		if at := &w.slots[i&mask]; at.to == 0 || at.step == s {
			return at
		}
	}
}

// to returns where a step leads, 0 for nowhere.
func (w *ways) to(s step) int32 {
	if w.taken == 0 {
		return 0
	}
	return w.slot(s).to
}

// add makes a step lead to a node. It must lead nowhere yet.
func (w *ways) add(s step, to int32) {
	if 2*w.taken >= len(w.slots) {
		old := w.slots
		w.slots = make([]lead, max(16, 2*len(old)))
		for _, at := range old {
			if at.to != 0 {
				*w.slot(at.step) = at
			}
		}
	}
	w.taken++
	*w.slot(s) = lead{s, to}
}
