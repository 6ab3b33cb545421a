package story

import (
	"slices"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/cluster"
	"github.com/coupwatch/coupwatch/story/gist"
	"github.com/coupwatch/coupwatch/story/origins"
)

// edited takes in a report that cl has already. If its text tells of another
// event now, as where an outlet uses one entry for what comes next, it is a
// report of that.
func (d *decider) edited(pl planner, cl *cluster.Cluster) news.Decision {
	f := extract(pl.report, d.weights().Words)
	if pl.report.Filled {
		return d.filled(pl, cl, f)
	}
	if len(pl.report.Matches) == 0 {
		return d.again(pl, cl, f, cluster.Spot{Cluster: cl})
	}
	if pl.report.Revised && pl.index.IsOther(f.Features, cl) {
		pl.report.Published = pl.now // what an edit tells is as old as the edit
		f.Report, f.Gist.At = pl.report, pl.now
		f.id = edition(pl.report)
		pl.index = pl.open
		made := d.place(pl, f)
		made.Story.Apart = gist.With(made.Story.Apart, cl.Apart...) // what it was taken out of may not have it by this way
		return made
	}
	at := cluster.Spot{Cluster: cl}
	if pl.report.Revised {
		f.id = edition(pl.report)
		if at.Update = pl.index.Development(f.Features, cl); at.Update == "" {
			pl.report.Published = pl.now
			f.Report, f.Gist.At = pl.report, pl.now
		}
	}
	return d.again(pl, cl, f, at)
}

// again takes in a report that cl has already: edited, or read at another
// address. It counts no more than before, but may be graver or firmer, name
// more, or tell a new turn, such as a denial.
func (d *decider) again(pl planner, cl *cluster.Cluster, f reportFeatures, at cluster.Spot) news.Decision {
	made := news.Decision{Story: cl.Story, Update: at.Update, Status: f.Status, Says: d.says(pl.report)}
	if made.Update == "" {
		made.Update = updateOf(cl.Story, pl.report.ID)
	}
	c := change{kind: news.Copy, reason: "an edited text of one of its reports"}
	if len(pl.report.Matches) > 0 {
		s := &made.Story
		about(s, f)
		fresh := pl.report.Revised && at.Update == ""
		if fresh {
			made.Update = f.id
			s.Updates = withUpdate(s.Updates, f)
		}
		s.Gists = amended(s.Gists, f, made.Update)
		s.Severity = max(cl.Severity, pl.report.Severity())
		climb(s, f, fresh || s.Status == 0)
		c = d.changed(f, *s, fresh)
		c.leads = leads(cl.Story, *s, pl.report.Severity())
	}
	pl.planAlerts(&made, f, c, at.Why)
	return made
}

// filled takes in the text of the page of a report that cl has already: it is the
// same report, of which more is known. What it says of who says so takes the place
// of what its summary let think.
func (d *decider) filled(pl planner, cl *cluster.Cluster, f reportFeatures) news.Decision {
	alone := *cl
	if s := &alone.Story; s.Reports == 1 && !isFirm(s.Status) { // all that it stands on is what is read better now
		s.Status, s.Ladder, s.Tellings = 0, nil, news.Tellings{}
	}
	says := d.says(pl.report)
	f.AddVoices(says)
	origins.Refine(&alone.Story, pl.report, withCopied(says, pl.report, cl.Copied(f.Features)), d.stories.outletsOf(d.policy))
	return d.again(pl, &alone, f, cluster.Spot{Cluster: cl})
}

// edition returns the id of the present text of a report that was edited.
func edition(r news.Report) string { return r.ID + "-" + news.ItemID(r.ID, r.Title)[:4] }

// updateOf returns the development of s that the report id brought or copied;
// "" if that is forgotten.
func updateOf(s news.Story, id string) string {
	for _, g := range s.Gists {
		if g.Item == id {
			return g.Update
		}
	}
	return ""
}

// amended returns gists with what the edited report of f tells now in place of
// what it told. One that is not remembered, or not the same item, changes none.
func amended(gists []news.Gist, f reportFeatures, update string) []news.Gist {
	out := slices.Clone(gists)
	for i := range out {
		if out[i].Item == f.Gist.Item {
			g := f.Gist
			g.Update = update
			out[i] = g
		}
	}
	return out
}
