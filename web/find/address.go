package find

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// The keys of a search in an address.
const (
	keyText     = "q"
	keyLanguage = "language"
	keyCountry  = "country"
	keyFeed     = "feed"
	keyRule     = "rule"
	keyTold     = "told"
	keyFrom     = "from"
	keyTo       = "to"
	keyBefore   = "before"
)

// longest is how many bytes of a value count.
const longest = 5000

// ParseAsk reads what is asked for from the query of an address. Its error says to
// people what is wrong, and how to write it.
func ParseAsk(query url.Values) (a Ask, err error) {
	get := func(key string) string {
		v := strings.TrimSpace(strings.Map(seen, query.Get(key)))
		return v[:min(len(v), longest)]
	}
	a = Ask{
		Text: get(keyText), Language: strings.ToLower(get(keyLanguage)), Country: strings.ToLower(get(keyCountry)),
		Feed: get(keyFeed), Rule: get(keyRule), Told: get(keyTold),
	}
	if a.Told != "" && a.Told != "yes" && a.Told != "no" {
		return Ask{}, fmt.Errorf("told=%s: write yes or no", a.Told)
	}
	if a.From, err = day(keyFrom, get(keyFrom)); err != nil {
		return Ask{}, err
	}
	if a.To, err = day(keyTo, get(keyTo)); err != nil {
		return Ask{}, err
	}
	if !a.To.IsZero() {
		a.To = a.To.AddDate(0, 0, 1)
		if !a.From.IsZero() && !a.From.Before(a.To) {
			return Ask{}, fmt.Errorf("from=%s is after to=%s; turn them round", get(keyFrom), get(keyTo))
		}
	}
	if v := get(keyBefore); v != "" {
		if a.Before, err = strconv.ParseInt(v, 10, 64); err != nil || a.Before < 1 {
			return Ask{}, fmt.Errorf("before=%s is no place; leave it out to begin with the latest", v)
		}
	}
	return a, nil
}

// day reads a day of an address, the zero time for none.
func day(key, v string) (time.Time, error) {
	if v == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, v)
	if err != nil || t.Year() < 1970 || t.Year() > 9000 {
		return time.Time{}, fmt.Errorf("%s=%s is no day; write it as 2026-08-22", key, v)
	}
	return t, nil
}

// seen returns r, a blank for a control character, or -1 for what is not seen or
// turns the letters around it: what is asked for is shown.
func seen(r rune) rune {
	switch {
	case unicode.IsControl(r):
		return ' '
	case unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar:
		return -1
	}
	return r
}

// A part is one thing that is asked for, as an address has it.
type part struct{ Key, Value string }

// parts returns what is asked for beside the text.
func (a Ask) parts() (all []part) {
	for _, p := range []part{
		{keyLanguage, a.Language},
		{keyCountry, a.Country},
		{keyFeed, a.Feed},
		{keyRule, a.Rule},
		{keyTold, a.Told},
		{keyFrom, a.FirstDay()},
		{keyTo, a.LastDay()},
	} {
		if p.Value != "" {
			all = append(all, p)
		}
	}
	return all
}

// FirstDay and LastDay return the days of the bounds, as the address has them; ""
// for none.
func (a Ask) FirstDay() string {
	if a.From.IsZero() {
		return ""
	}
	return a.From.Format(time.DateOnly)
}

// LastDay is as [Ask.FirstDay].
func (a Ask) LastDay() string {
	if a.To.IsZero() {
		return ""
	}
	return a.To.AddDate(0, 0, -1).Format(time.DateOnly)
}

// address returns the address of a search with one key set to another value, "" to
// leave it out. It begins with the latest, unless that key says otherwise.
func (a Ask) address(key, value string) string {
	v := url.Values{}
	for _, p := range append(a.parts(), part{keyText, a.Text}, part{key, value}) {
		v.Set(p.Key, p.Value)
	}
	for k := range v {
		if v.Get(k) == "" {
			v.Del(k)
		}
	}
	if len(v) == 0 {
		return "/search"
	}
	return "/search?" + v.Encode()
}
