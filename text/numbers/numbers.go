// Package numbers writes how much there is as English does.
package numbers

import (
	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"
)

// Thousands returns n with a comma after each three digits: "8,431".
func Thousands[N int | int64](n N) string { return humanize.Comma(int64(n)) }

// Bytes returns a size in bytes as people read it, such as "4.1 MB".
func Bytes[N int64 | uint64](n N) string { return humanize.Bytes(uint64(n)) }

// Plural returns what n of a thing are called: "entity", "feeds".
func Plural(n int, thing string) string { return english.PluralWord(n, thing, "") }
