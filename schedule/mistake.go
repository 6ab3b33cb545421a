package schedule

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A part is one of the five fields of a cron expression.
type part struct {
	name     string
	from, to int
	words    []string // that stand for the numbers from from on
}

var parts = [...]part{
	{"minute", 0, 59, nil},
	{"hour", 0, 23, nil},
	{"day of the month", 1, 31, nil},
	{"month", 1, 12, strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec")},
	{"day of the week", 0, 6, strings.Fields("sun mon tue wed thu fri sat")},
}

// mistake returns what is wrong with a spec that cannot be read, "" if it is
// not even like one.
func mistake(spec string) string {
	fields := strings.Fields(spec)
	if len(fields) > 0 {
		if sign, zone, ok := strings.Cut(fields[0], "="); ok && (sign == "TZ" || sign == "CRON_TZ") {
			if _, err := time.LoadLocation(zone); err != nil || zone == "" {
				return fmt.Sprintf("there is no time zone %q; write one such as Europe/Kyiv", zone)
			}
			fields = fields[1:]
		}
	}
	switch {
	case len(fields) < 2 || fields[0][0] == '@':
		return ""
	case len(fields) != len(parts):
		return fmt.Sprintf("it has %d fields and should have five: minute, hour, day of the month, month, day of the week", len(fields))
	}
	for i, field := range fields {
		for piece := range strings.SplitSeq(field, ",") {
			if wrong := parts[i].mistake(piece); wrong != "" {
				return wrong
			}
		}
	}
	return ""
}

// mistake returns what is wrong with a number, a name, * or ?, a range of
// these, or one of them with a step.
func (p part) mistake(piece string) string {
	span, step, stepped := strings.Cut(piece, "/")
	if stepped {
		if n, err := strconv.Atoi(step); err != nil || n < 1 {
			return fmt.Sprintf("in %q the step %q of the %s should be a number from 1 on", piece, step, p.name)
		}
	}
	if span == "*" || span == "?" {
		return ""
	}
	first, last, ranged := strings.Cut(span, "-")
	from, wrong := p.number(first)
	if wrong != "" || !ranged {
		return wrong
	}
	to, wrong := p.number(last)
	if wrong == "" && to < from {
		wrong = fmt.Sprintf("%q runs backwards in the %s", span, p.name)
	}
	return wrong
}

// number returns the number that s is or stands for, or what is wrong with it.
func (p part) number(s string) (n int, wrong string) {
	for i, word := range p.words {
		if strings.EqualFold(s, word) {
			return p.from + i, ""
		}
	}
	n, err := strconv.Atoi(s)
	switch {
	case err != nil && p.words != nil:
		return 0, fmt.Sprintf("%q is no %s: write a number from %d to %d, or %s to %s", s, p.name, p.from, p.to, p.words[0], p.words[len(p.words)-1])
	case err != nil || n < p.from || n > p.to:
		return 0, fmt.Sprintf("%q is no %s: write a number from %d to %d", s, p.name, p.from, p.to)
	}
	return n, ""
}
