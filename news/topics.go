package news

import "strings"

// Topics returns the spans of r's matches that are words of an event, and not
// names of those in it; if there are only names, those. A match by points counts
// only if there is no other.
func (r Report) Topics() []Span {
	var events, names []Span
	for _, m := range r.Matches {
		if len(r.Matches) > 1 && m.isOfSigns() {
			continue
		}
		for _, s := range m.Spans {
			if strings.HasPrefix(s.Term, "@") {
				names = append(names, s)
			} else {
				events = append(events, s)
			}
		}
	}
	if len(events) > 0 {
		return events
	}
	return names
}

// isOfSigns reports whether m is by points: then its spans are of all that has
// any, and one word is of several lists.
func (m Match) isOfSigns() bool {
	for i := 1; i < len(m.Spans); i++ {
		if a, b := m.Spans[i-1], m.Spans[i]; a.Field == b.Field && a.Start == b.Start && a.End == b.End {
			return true
		}
	}
	return false
}
