package filter

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/coupwatch/coupwatch/news"
)

// The keys of a filter in an address.
const (
	Severity = "severity"
	Status   = "status"
	Rule     = "rule"
	Country  = "country"
	Entity   = "entity"
	Language = "language"
	Tag      = "tag"
	Words    = "q"
	ToldKey  = "told"
	Since    = "since"
)

// longest is the furthest that Since goes back: what a page keeps ready.
const longest = 30 * 24 * time.Hour

// most is how many values a list has at the most.
const most = 20

// A Part is one thing that a filter asks for, as an address has it.
type Part struct{ Key, Value string }

// Parse reads a filter from a query: several values of a key stand for any of
// them, "&rule=coup&rule=mutiny" or "&rule=coup,mutiny". Keys that are no
// filter's, and empty values, are passed over. Its error says to people what is
// wrong, and how to write it.
func Parse(query url.Values) (f Filter, err error) {
	for _, list := range []struct {
		key string
		to  *[]string
	}{{Rule, &f.Rules}, {Country, &f.Countries}, {Entity, &f.Entities}, {Language, &f.Languages}, {Tag, &f.Tags}} {
		if *list.to, err = values(query, list.key); err != nil {
			return Filter{}, err
		}
	}
	for i, c := range f.Countries {
		f.Countries[i] = strings.ToLower(c)
	}
	f.Words = strings.Fields(strings.ToLower(strings.Map(seen, query.Get(Words))))
	f.Words = f.Words[:min(len(f.Words), most)]
	return f, f.parseMarks(query)
}

// parseMarks reads what is one of few.
func (f *Filter) parseMarks(query url.Values) (err error) {
	if v := query.Get(Severity); v != "" {
		if f.Severity, err = news.ParseSeverity(v); err != nil {
			return fmt.Errorf("severity=%s: write low, medium, high or critical; it stands for that and what is graver", v)
		}
	}
	statuses, err := values(query, Status)
	if err != nil {
		return err
	}
	for _, v := range statuses {
		var s news.Status
		if s.UnmarshalText([]byte(v)) != nil || s == 0 {
			return fmt.Errorf("status=%s: write rumour, claim, reported, official or denied", v)
		}
		f.Statuses = append(f.Statuses, s)
	}
	switch f.Told = Told(query.Get(ToldKey)); f.Told {
	case "", Yes, No:
	default:
		return fmt.Errorf("told=%s: write yes or no", f.Told)
	}
	f.Since, err = span(query.Get(Since))
	return err
}

// values returns the values of a key, each once.
func values(query url.Values, key string) (all []string, err error) {
	for _, v := range query[key] {
		for one := range strings.SplitSeq(v, ",") {
			if one = strings.TrimSpace(strings.Map(seen, one)); one != "" && !slices.Contains(all, one) {
				all = append(all, one)
			}
		}
	}
	if len(all) > most {
		return nil, fmt.Errorf("%s: %d values are too many; %d will do", key, len(all), most)
	}
	return all, nil
}

// seen returns r, or -1 for what is not seen or turns the letters around it: what
// is asked for is shown.
func seen(r rune) rune {
	if unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar {
		return -1
	}
	return r
}

// span reads how far back, such as "6h" or "3d".
func span(v string) (time.Duration, error) {
	if v == "" {
		return 0, nil
	}
	units := map[byte]time.Duration{'h': time.Hour, 'd': 24 * time.Hour}
	n, err := strconv.Atoi(v[:len(v)-1])
	d := time.Duration(n) * units[v[len(v)-1]]
	if err != nil || n < 1 || n > 24*30 || d <= 0 || d > longest {
		return 0, fmt.Errorf("since=%s: write hours or days up to thirty, such as 6h or 3d", v)
	}
	return d, nil
}

// Parts returns what f asks for, in the order of its address.
func (f Filter) Parts() (parts []Part) {
	add := func(key string, values ...string) {
		for _, v := range values {
			if v != "" {
				parts = append(parts, Part{key, v})
			}
		}
	}
	if f.Severity > 0 {
		add(Severity, f.Severity.String())
	}
	for _, s := range f.Statuses {
		add(Status, s.String())
	}
	add(Rule, f.Rules...)
	add(Country, f.Countries...)
	add(Entity, f.Entities...)
	add(Language, f.Languages...)
	add(Tag, f.Tags...)
	add(ToldKey, string(f.Told))
	if f.Since > 0 {
		add(Since, short(f.Since))
	}
	add(Words, strings.Join(f.Words, " "))
	return parts
}

// short writes a span as an address has it.
func short(d time.Duration) string {
	if d%(24*time.Hour) == 0 {
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	}
	return fmt.Sprintf("%dh", d/time.Hour)
}

// Query returns the query of f's address, with "?" before it, or "".
func (f Filter) Query() string { return query(f.Parts()) }

// Without returns the query of f's address without a part.
func (f Filter) Without(p Part) string {
	return query(slices.DeleteFunc(f.Parts(), func(x Part) bool { return x == p }))
}

// With returns the query of f's address with another part; of keys that have one
// value the new one stands.
func (f Filter) With(key, value string) string {
	parts := slices.DeleteFunc(f.Parts(), func(x Part) bool {
		one := key == Severity || key == ToldKey || key == Since || key == Words
		return x.Key == key && (one || x.Value == value)
	})
	return query(append(parts, Part{key, value}))
}

func query(parts []Part) string {
	var b strings.Builder
	for i, p := range parts {
		b.WriteString([]string{"?", "&"}[min(i, 1)] + p.Key + "=" + url.QueryEscape(p.Value))
	}
	return b.String()
}
