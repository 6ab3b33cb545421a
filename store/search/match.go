package search

import (
	"context"
	"math/bits"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/text/keys"
)

// match returns a sieve in the language of FTS4. Keys are in quotes: none is an
// operator then.
func match(s keys.Sieve) string {
	switch s.Op {
	case keys.Key, keys.Row:
		return `"` + strings.Join(s.Keys, " ") + `"`
	case keys.Prefix:
		return `"` + s.Keys[0] + `*"`
	}
	parts := make([]string, len(s.Of))
	for i, of := range s.Of {
		parts[i] = match(of)
	}
	if s.Op == keys.Any {
		return "(" + strings.Join(parts, " OR ") + ")"
	}
	return "(" + strings.Join(parts, " AND ") + ")"
}

// deepest is how deep a question may be that FTS4 takes.
const deepest = 11

// depth returns how deep a sieve is for FTS4, which asks two things at a time.
func depth(s keys.Sieve) int {
	deep := 1
	for _, of := range s.Of {
		deep = max(deep, depth(of)+bits.Len(uint(len(s.Of)-1)))
	}
	return deep
}

// mostAlternatives is how many questions one becomes at the most.
const mostAlternatives = 64

// alternatives returns sieves that FTS4 takes: what comes through s comes through one
// of them. Of what would be too many only some is asked.
func alternatives(s keys.Sieve) []keys.Sieve {
	if depth(s) <= deepest {
		return []keys.Sieve{s}
	}
	if s.Op == keys.Any {
		half := len(s.Of) / 2
		return append(alternatives(keys.AnyOf(s.Of[:half]...)), alternatives(keys.AnyOf(s.Of[half:]...))...)
	}
	at := 0 // the part that makes it deep
	for i, of := range s.Of {
		if depth(of) >= depth(s.Of[at]) {
			at = i
		}
	}
	others := slices.Concat(s.Of[:at], s.Of[at+1:])
	if s.Of[at].Op != keys.Any {
		return alternatives(keys.AllOf(others...))
	}
	half := len(s.Of[at].Of) / 2
	first := alternatives(keys.AllOf(append(slices.Clone(others), keys.AnyOf(s.Of[at].Of[:half]...))...))
	second := alternatives(keys.AllOf(append(slices.Clone(others), keys.AnyOf(s.Of[at].Of[half:]...))...))
	if len(first)+len(second) > mostAlternatives {
		return alternatives(keys.AllOf(others...))
	}
	return append(first, second...)
}

// Of what most items have and what few have, both asked for, FTS4 would go through
// all that have the one: what at least a third of a part has is left to who looks at
// the items, if a quarter of that at most has the other. So is a long list, which takes
// a look-up for each of its keys, beside what few items have.
const (
	common    = 3
	rarer     = 4
	fewItems  = 200
	fewKeys   = 24 // how many keys are counted
	uncounted = -1
)

// thin returns a sieve that lets more through in little time.
func (s sqlite) thin(ctx context.Context, part int64, of keys.Sieve) (keys.Sieve, error) {
	if of.Op != keys.All {
		return of, nil
	}
	filed, _, err := row.First(ctx, s.db.Reads, row.One[int], `SELECT filed FROM search_parts WHERE part = $1`, part)
	if err != nil {
		return of, err
	}
	counts := make([]int, len(of.Of))
	least := filed
	for i, p := range of.Of {
		if counts[i], err = s.count(ctx, part, p); err != nil {
			return of, err
		}
		if counts[i] != uncounted {
			least = min(least, counts[i])
		}
	}
	var kept []keys.Sieve
	for i, p := range of.Of {
		n := counts[i]
		if n == uncounted && least > fewItems || n != uncounted && (n*common < filed || n < least*rarer) {
			kept = append(kept, p)
		}
	}
	return keys.AllOf(kept...), nil
}

// count returns about how many items of a part come through a sieve; uncounted if
// that takes too long to know.
func (s sqlite) count(ctx context.Context, part int64, of keys.Sieve) (n int, err error) {
	if of.Size() > fewKeys {
		return uncounted, nil
	}
	for i, p := range of.Of {
		m, err := s.count(ctx, part, p)
		if err != nil || m == uncounted {
			return uncounted, err
		}
		switch {
		case of.Op == keys.Any:
			n += m
		case i == 0 || m < n:
			n = m
		}
	}
	for i, key := range of.Keys {
		if of.Op == keys.Prefix {
			return uncounted, nil
		}
		m, _, err := row.First(ctx, s.db.Reads, row.One[int], `SELECT documents FROM `+terms(part)+` WHERE term = $1 AND col = '*'`, key)
		if err != nil {
			return uncounted, err
		}
		if i == 0 || m < n {
			n = m
		}
	}
	return n, nil
}
