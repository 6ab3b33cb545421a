package backtest

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParsePeriod reads NAME=ITEMS,LABELS[,WIDE][,FROM..TO]: a period without its
// labels, the file that has them, and for how many items one of the stratum wide
// stands.
func ParsePeriod(arg string) (p Period, labels string, wide float64, err error) {
	name, files, _ := strings.Cut(arg, "=")
	parts := strings.Split(files, ",")
	if name == "" || len(parts) < 2 || parts[0] == "" || parts[1] == "" {
		return p, "", 0, fmt.Errorf("want NAME=ITEMS,LABELS, such as spring=archive.jsonl.gz,labels.tsv")
	}
	p.Name, p.File, wide = name, parts[0], 1
	for _, more := range parts[2:] {
		if from, to, dates := strings.Cut(more, ".."); dates {
			if p.From, _, err = parseDates(from); err == nil {
				_, p.To, err = parseDates(to)
			}
		} else if wide, err = strconv.ParseFloat(more, 64); err != nil || !(wide >= 0) {
			err = fmt.Errorf("%q should be a number of items, such as 8.2, or dates, such as 2025-07..2025-09", more)
		}
		if err != nil {
			return p, "", 0, err
		}
	}
	if !p.To.IsZero() && !p.From.Before(p.To) {
		return p, "", 0, fmt.Errorf("it ends before it begins")
	}
	return p, parts[1], wide, nil
}

// parseDates returns when a day, month or year such as 2025-07 begins and when
// the next does; the zero times for "".
func parseDates(s string) (begin, end time.Time, err error) {
	if s == "" {
		return begin, end, nil
	}
	for _, span := range []struct {
		layout              string
		years, months, days int
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if begin, err = time.Parse(span.layout, s); err == nil {
			return begin, begin.AddDate(span.years, span.months, span.days), nil
		}
	}
	return begin, end, fmt.Errorf("%q should be a day, a month or a year, such as 2025-07", s)
}
