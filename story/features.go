package story

import (
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
	"github.com/coupwatch/coupwatch/story/ladder"
)

// reportFeatures are a report as this package sees it: what it is about and how
// firmly it is told.
type reportFeatures struct {
	gist.Features
	id   string         // of what it brings: that of the report, and of its edition if it was edited
	firm ladder.Reading // how firmly the event is told, and by whom
}

// extract takes in a report.
func extract(r news.Report, w gist.Weights) reportFeatures { return complete(gist.Of(r, w)) }

// complete takes in what is of use only if a report is of a story.
func complete(f gist.Features) reportFeatures {
	f.AddPrint()
	firm := ladder.Read(f.Report)
	f.Status = firm.Status
	return reportFeatures{Features: f, id: f.Report.ID, firm: firm}
}
