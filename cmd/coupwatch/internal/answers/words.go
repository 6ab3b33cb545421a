package answers

import (
	"slices"
	"strings"
	"time"
)

// appendNew appends s to list unless it is there.
func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// List returns list, which JSON is to show as a list though it is empty.
func List[T any](list []T) []T { return append([]T{}, list...) }

// OrNull returns t, or nil for the zero time.
func OrNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// IsURL reports whether s is a link.
func IsURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}
