package ladder

// withdrawal returns the title that takes back what was told, and who does; ""
// for the publisher itself: "Correction: …", "Wire withdraws report of coup".
func (p passage) withdrawal() (i int, by string, ok bool) {
	for i, s := range p {
		for j, w := range s.words {
			if !s.title || w.is&retracts == 0 {
				continue
			}
			if j == 0 && (w.colon || len(s.words) > 1 && s.words[1].colon) {
				return i, "", true
			}
			if v, ok := s.before(j); ok && v.to > v.from && (w.is&inner == 0) && s.has(talk, j, j+beside) {
				return i, s.nameOf(v), true
			}
		}
	}
	return 0, "", false
}
