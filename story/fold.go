package story

import (
	"slices"

	"github.com/coupwatch/coupwatch/news"
)

const (
	maxUpdates = 50 // developments that are kept, the latest
	maxGists   = 12 // reports that are remembered beside the first, the latest
)

// fold adds the report of f to s, as a copy of the development update, or as a
// new one if that is "". It returns the id of the development. What s had is
// not written to.
func fold(s *news.Story, f reportFeatures, update string) string {
	r := f.report
	if s.Reports == 0 {
		s.ID = "s-" + f.id
		s.FirstSeen, s.LastSeen = f.gist.At, f.gist.At
	}
	s.Reports++
	if f.gist.At.Before(s.FirstSeen) {
		s.FirstSeen = f.gist.At
	}
	about(s, f)
	s.Sources = withSource(s.Sources, r)
	if update == "" {
		update = f.id
		s.Updates = withUpdate(s.Updates, f)
	} else {
		s.Updates = counted(s.Updates, update)
	}
	g := f.gist
	g.Update = update
	s.Gists = withGist(s.Gists, g)
	if !g.BelowAlert {
		heat(s, g.At)
	}
	return update
}

// about adds to s what f is about.
func about(s *news.Story, f reportFeatures) {
	if f.gist.At.After(s.LastSeen) {
		s.LastSeen = f.gist.At
	}
	if severity := f.report.Severity(); f.gist.At.After(s.Graves[severity]) {
		s.Graves[severity] = f.gist.At
	}
	s.Kinds = begun(s, f)
	s.Rules = with(s.Rules, f.rules...)
	s.Entities = with(s.Entities, f.entities...)
	s.Countries = with(s.Countries, f.countries...)
	s.About = s.About.Plus(f.gist.Places)
}

// withUpdate returns updates with the development that f brings.
func withUpdate(updates []news.Development, f reportFeatures) []news.Development {
	r := f.report
	out := append(slices.Clip(updates), news.Development{
		ID: f.id, Title: r.Title, Link: r.Link, Publisher: r.Publisher, At: f.gist.At, Status: f.status, Reports: 1,
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

// with returns list with each of names that it lacks; list stays as it was.
func with(list []string, names ...string) []string {
	out := slices.Clip(list)
	for _, n := range names {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}
