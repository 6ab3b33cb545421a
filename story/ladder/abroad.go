package ladder

import (
	"slices"

	"github.com/coupwatch/coupwatch/story/wordform"
)

// foreign reports whether v is of another country than the event.
func (p passage) foreign(s sentence, v voice) bool {
	if v.union {
		return true
	}
	if v.country == "" {
		return false
	}
	if at := p.country(); at != "" {
		return at != v.country
	}
	others := false
	for _, t := range p {
		for j, w := range t.words {
			ally := j == 0 && len(t.words) > 2 && wordform.IsAnd(t.words[1].text) && !t.words[2].place // "US and allies sanction"
			if !t.title || w.country == "" || ally || t.isSpeaker(j) || t.flees() && t.isWhither(j) {
				continue
			}
			if w.country == v.country {
				return false
			}
			others = true
		}
	}
	return others
}

// country returns the country of the event: the one that is named nearest to
// it; "" if none is near.
func (p passage) country() string {
	for _, s := range p {
		for j := range s.words {
			if !s.isEvent(j) || !s.title && !s.lead {
				continue
			}
			for d := 1; d <= 4; d++ {
				for _, k := range []int{j + d, j - d} {
					if k >= 0 && k < len(s.words) && s.words[k].country != "" && !s.isSpeaker(k) && !(s.words[j].has&flight != 0 && s.isWhither(k)) {
						return s.words[k].country
					}
				}
			}
		}
	}
	for _, s := range p {
		v, ok := s.capital()
		if s.title && len(s.words) > 1 && s.words[0].place && s.words[0].colon && !(ok && s.isAbroad(v)) {
			return s.words[0].country
		}
	}
	return ""
}

// flees reports whether s tells of somebody who goes over to another country.
func (s sentence) flees() bool {
	return slices.ContainsFunc(s.words, func(w word) bool { return w.has&flight != 0 })
}

// hasGone reports whether the holder of an office is told to go over, as in
// "ambassador defects": such a one speaks for no state any more.
func (p passage) hasGone(office string) bool {
	for _, s := range p {
		for k, w := range s.words { // "ambassador has defected"
			for j := k + 1; w.text == office && j < min(len(s.words), k+3) && !s.parted(j-1); j++ {
				if s.words[j].has&flight != 0 {
					return true
				}
			}
		}
	}
	return false
}

// isWhither reports whether the country at k is where somebody goes.
func (s sentence) isWhither(k int) bool {
	return k > 0 && wordform.IsWhither(s.words[k-1].text)
}

// isSpeaker reports whether word k is of the name of somebody who speaks.
func (s sentence) isSpeaker(k int) bool {
	for _, v := range s.heard {
		near := v.from <= k+2 && !s.parted(k) && !s.has(via|says|states, k+1, v.from)
		if (v.from <= k || near) && k < v.to && (v.rank == power || v.rank == one) {
			return true
		}
	}
	return false
}
