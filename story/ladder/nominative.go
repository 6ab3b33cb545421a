package ladder

import (
	"strings"

	"github.com/coupwatch/coupwatch/story/decline"
	"github.com/coupwatch/coupwatch/story/wordform"
)

// nominative returns the name of v as a speaker is called, in the nominative:
// "the president of X" for «на сайте президента X». Of who is named besides,
// only the office is left then, for names decline in too many ways.
func (s *sentence) nominative(v voice) string {
	if s.lang != "ru" && s.lang != "uk" {
		return s.said(v.from, v.to)
	}
	noun := v.noun
	f, oblique := decline.Nominative(s.said(noun, noun+1))
	for !oblique && noun+1 < v.to && s.words[noun+1].is&inner != 0 { // «в Генеральном штабе»
		noun++
		f, oblique = decline.Nominative(s.said(noun, noun+1))
	}
	if w := s.words[v.noun]; !oblique {
		if w.name != "" && !w.caps && v.at >= 0 && (v.from > v.at || s.words[v.at].is&via != 0) && decline.EndsObliquely(w.text) {
			return w.name
		}
		return s.said(v.from, v.to)
	}
	var name strings.Builder
	for j := v.from; j < noun; j++ {
		name.WriteString(decline.Agree(s.said(j, j+1), f.Gender, s.lang) + s.all[s.words[j].end:s.words[j+1].start])
	}
	name.WriteString(decline.Recase(s.said(noun, noun+1), f.Word))
	to := noun + 1
	for to < v.to && !(s.words[noun].is&head != 0 && s.words[to].capital && !s.isLand(to)) {
		to++
	}
	if to > noun+1 {
		name.WriteString(" " + s.said(noun+1, to))
	}
	return name.String()
}

// isLand reports whether word i names a country, or looks like the genitive of
// one that nobody knows and no first name follows it.
func (s *sentence) isLand(i int) bool {
	w := s.words[i]
	alone := i+1 == len(s.words) || s.parted(i) || !s.words[i+1].capital
	return w.place || alone && wordform.IsLand(w.text)
}

// said returns the words from to before to as the text has them.
func (s *sentence) said(from, to int) string {
	name := strings.Trim(s.all[s.words[from].start:s.words[to-1].end], " \t\n“”«»\"'’‘„,:;()")
	if strings.Count(name, ".") < 2 { // "U.K."
		name = strings.Trim(name, ".")
	}
	if strings.Contains(name, "«") && !strings.Contains(name, "»") {
		name += "»"
	}
	return name
}
