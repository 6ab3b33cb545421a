package story

import (
	"slices"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/cluster"
	"github.com/coupwatch/coupwatch/story/gist"
)

const (
	maxUpdates = 50 // developments that are kept, the latest
	maxGists   = 12 // reports that are remembered beside the first, the latest
)

// fold adds the report of f to s, as a copy of the development update, or as a
// new one if that is "". It returns the id of the development. What s had is
// not written to.
func fold(s *news.Story, f reportFeatures, update string, w cluster.Warm) string {
	r := f.Report
	if s.Reports == 0 {
		s.ID = "s-" + f.id
		s.FirstSeen, s.LastSeen = f.Gist.At, f.Gist.At
	}
	s.Reports++
	if f.Gist.At.Before(s.FirstSeen) {
		s.FirstSeen = f.Gist.At
	}
	about(s, f)
	s.Sources = withSource(s.Sources, r)
	if update == "" {
		update = f.id
		s.Updates = withUpdate(s.Updates, f)
	} else {
		s.Updates = counted(s.Updates, update)
	}
	g := f.Gist
	g.Update = update
	s.Gists = withGist(s.Gists, g)
	if !g.BelowAlert {
		w.AddHeat(s, g.At)
	}
	return update
}

// about adds to s what f is about.
func about(s *news.Story, f reportFeatures) {
	if f.Gist.At.After(s.LastSeen) {
		s.LastSeen = f.Gist.At
	}
	if severity := f.Report.Severity(); f.Gist.At.After(s.Graves[severity]) {
		s.Graves[severity] = f.Gist.At
	}
	s.Kinds = begun(s, f)
	s.Rules = gist.With(s.Rules, f.Rules...)
	s.Entities = gist.With(s.Entities, f.Entities...)
	s.Countries = gist.With(s.Countries, f.Countries...)
	s.About = s.About.Plus(f.Gist.Places)
}

// withUpdate returns updates with the development that f brings.
func withUpdate(updates []news.Development, f reportFeatures) []news.Development {
	r := f.Report
	out := append(slices.Clip(updates), news.Development{
		ID: f.id, Title: r.Title, Link: r.Link, Publisher: r.Publisher, At: f.Gist.At, Status: f.Status, Reports: 1,
	})
	return out[max(0, len(out)-maxUpdates):]
}

// counted returns updates with one more report of the development id.
func counted(updates []news.Development, id string) []news.Development {
	out := slices.Clone(updates)
	for i := range out {
		if out[i].ID == id {
			out[i].Reports++
		}
	}
	return out
}

// withGist returns gists with g. Of those that are weak, and of those that are
// not, the first and the latest are kept.
func withGist(gists []news.Gist, g news.Gist) []news.Gist {
	out := append(slices.Clone(gists), g)
	var alike []int
	for i, x := range out {
		if x.BelowAlert == g.BelowAlert {
			alike = append(alike, i)
		}
	}
	if len(alike) > 1+maxGists {
		out = slices.Delete(out, alike[1], alike[1]+1)
	}
	return out
}

// withSource returns sources with the report counted for its publisher.
func withSource(sources []news.Source, r news.Report) []news.Source {
	out := slices.Clone(sources)
	for i := range out {
		if out[i].Publisher == r.Publisher {
			out[i].Reports++
			return out
		}
	}
	return append(out, news.Source{Publisher: r.Publisher, Link: r.Link, Title: r.Title, At: r.When(), Reports: 1})
}
