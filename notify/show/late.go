package show

import (
	"bytes"
	"fmt"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A lateView is what could not be told in time, as people see it.
type lateView struct {
	Head    string
	Stories []alertView // one for each, the gravest first
	More    int         // stories for which there is no room
	Notices string      // what it says of notices to operators, "" if there are none
}

// late returns what an alert of kind [news.Late] tells.
func (s Style) late(a news.Alert) lateView {
	var stories []news.Alert
	notices := 0
	for _, l := range a.Late {
		if l.Kind == news.Notice {
			notices++
		} else {
			stories = append(stories, l)
		}
	}
	v := lateView{Stories: s.summary(stories)}
	v.Head = summaryHead(v.Stories, "told late, owed since "+s.shortly(since(a)))
	v.More = max(0, len(v.Stories)-maxLines)
	if notices > 0 {
		v.Notices = fmt.Sprintf("Beside them %s to the operators; how coupwatch is now, its page shows.", count(notices, "notice"))
	}
	return v
}

// since returns since when the first of what an alert tells late was owed.
func since(a news.Alert) time.Time {
	if len(a.Late) > 0 {
		return a.Late[0].DueAt
	}
	return a.DueAt
}

// slackLate returns in Slack's words what could not be told in time.
func (s Style) slackLate(a news.Alert) Message {
	v := s.late(a)
	m := summaryMessage(v.Head, v.Stories)
	if v.Notices != "" {
		m.Blocks = append(m.Blocks, small(Escape(v.Notices)))
	}
	return m
}

// lateText writes as plain text what could not be told in time.
func (s Style) lateText(b *sheet, a news.Alert, colour bool) {
	v := s.late(a)
	summaryText(b, v.Head, v.Stories, colour)
	if v.Notices != "" {
		fmt.Fprintf(b, "\n%s\n", v.Notices)
	}
}

// lateHTML writes as a page what could not be told in time.
func (s Style) lateHTML(b *bytes.Buffer, a news.Alert) error {
	v := s.late(a)
	v.Stories = v.Stories[:len(v.Stories)-v.More]
	return pages.ExecuteTemplate(b, "late.html", v)
}
