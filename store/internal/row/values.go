package row

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// List returns n placeholders from $from on, "($2,$3,$4)".
func List(from, n int) string {
	b := make([]byte, 0, n*5+1)
	for i := range n {
		b = append(b, "(,"[min(i, 1)], '$')
		b = strconv.AppendInt(b, int64(from+i), 10)
	}
	return string(append(b, ')'))
}

// Tuples returns n lists of width placeholders, "($1,$2),($3,$4)". Their order
// ascends, as SQLite needs it.
func Tuples(n, width int) string {
	lists := make([]string, n)
	for i := range lists {
		lists[i] = List(1+i*width, width)
	}
	return strings.Join(lists, ",")
}

// Anys returns list as arguments of a query.
func Anys(list []string) []any {
	args := make([]any, len(list))
	for i, s := range list {
		args[i] = s
	}
	return args
}

// Never is later than all times.
const Never = 1 << 62

// Millis returns t as it is stored, in milliseconds, 0 for the zero time; [UTC]
// is its inverse.
func Millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// UTC returns the time that is stored as ms, the zero time for 0.
func UTC(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// Number returns how yes is stored.
func Number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// Encode returns v as JSON.
func Encode(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

// Decode fills v from JSON that [Encode] made; what is the name of v for people.
func Decode(what, text string, v any) error {
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return fmt.Errorf("%s is stored damaged: %w", what, err)
	}
	return nil
}
