package show

import (
	"github.com/coupwatch/coupwatch/news"
)

// maxSubject is the length of a subject, in runes. Mail programs show less.
const maxSubject = 140

// Subject returns the subject of a mail: one line, and nothing in it that a
// header could be made of.
func (s Style) Subject(a news.Alert) string {
	switch {
	case a.Kind == news.Daily && a.Digest != nil:
		v := s.digest(*a.Digest, 0)
		return Cut(dots("Coupwatch digest", v.Day, v.Summary), maxSubject)
	case a.Kind == news.Late:
		return Cut("Coupwatch, late: "+s.late(a).Head, maxSubject)
	case a.Kind == news.Notice && a.Mended:
		return Line("Coupwatch, mended: "+a.Notice, maxSubject)
	case a.Kind == news.Notice:
		return Line("Coupwatch notice: "+a.Notice, maxSubject)
	default:
		return Cut("["+dots(label(a), s.places(a.Story))+"] "+Headline(a), maxSubject)
	}
}
