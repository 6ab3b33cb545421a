package query_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/matcher/query"
)

// Whatever people write, Parse returns a tree whose text is that tree again,
// or mistakes that lie within what they wrote.
func FuzzParse(f *testing.F) {
	for _, src := range []string{
		`$coup NEAR/12 (@leaders OR @security OR @countries)`,
		`title:"palace _ coup" -summary:(=US OR wo?d OR mutin*)`,
		`SENTENCE(a AND b) OR WITHIN/9(a, b) OR COUNT($x) >= 3 OR FIRST(a)`,
		`WARM(@x, 5d) NEAR/5 a OR WARM(@kind:person, 48h)`,
		`POINTS($x) >= 40 AND a OR b AND POINTS($x)<7`,
		`QUESTION feed:"New York" lang:ru -PAST_YEAR`,
		`«путч» ONEAR/3 pro-Russian and near/5 ( צה"ל`,
		`@kind:person "a" palace =Gen x*`,
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		n, err := query.Parse(src)
		if err != nil {
			checkPlaces(t, src, err)
		} else {
			roundTrip(t, src, n)
			for part := range query.All(n) {
				if start, end := part.Range(); start < 0 || end < start || end > len(src) {
					t.Errorf("Parse(%q): a node ranges from %d to %d", src, start, end)
				}
			}
		}
		term, err := query.ParseTerm(src)
		if err != nil {
			checkPlaces(t, src, err)
			return
		}
		again, err := query.ParseTerm(query.Format(term))
		if diff := cmp.Diff(term, again, ignorePos); err != nil || diff != "" {
			t.Errorf("ParseTerm(%q) = %q, which is read otherwise: %v\n%s", src, query.Format(term), err, diff)
		}
	})
}

func checkPlaces(t *testing.T, src string, err error) {
	t.Helper()
	var errs query.Errors
	if !errors.As(err, &errs) {
		t.Fatalf("%q: the error is a %T, want query.Errors", src, err)
	}
	for i, e := range errs {
		if e.Pos < 0 || e.End < e.Pos || e.End > len(src) || e.Msg == "" {
			t.Errorf("%q: bad place or message: %+v", src, e)
		}
		if i > 0 && e.Pos < errs[i-1].Pos {
			t.Errorf("%q: mistakes out of order", src)
		}
	}
}
