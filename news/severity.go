package news

import (
	"fmt"
	"slices"
)

// A Severity says how loudly to tell people. The zero Severity is below all
// others and means that nobody need be told.
type Severity int

// The severities.
const (
	Low      Severity = iota + 1 // only the digest tells
	Medium                       // people are told at once
	High                         // as Medium, and shown as urgent
	Critical                     // as High, and never held back by quiet hours or limits
)

// SeverityNames are the names of the severities, from the lowest up.
var SeverityNames = [...]string{"low", "medium", "high", "critical"}

// ParseSeverity returns the severity with the given name, such as "high".
func ParseSeverity(name string) (Severity, error) {
	i := slices.Index(SeverityNames[:], name)
	if i < 0 {
		return 0, fmt.Errorf("unknown severity %q", name)
	}
	return Severity(i + 1), nil
}

// IsWorthAlert reports whether people are told at once, and not by the digest
// only.
func (s Severity) IsWorthAlert() bool { return s >= Medium }

// String returns the name of s, such as "high", or "none" for zero.
func (s Severity) String() string {
	if s < Low || s > Critical {
		return "none"
	}
	return SeverityNames[s-1]
}

// MarshalText implements [encoding.TextMarshaler].
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *Severity) UnmarshalText(text []byte) (err error) {
	if string(text) == "none" {
		*s = 0
		return nil
	}
	*s, err = ParseSeverity(string(text))
	return err
}

// A Status says how firmly a story is told. The zero Status means that
// nothing was told yet.
type Status int

// The statuses: the ladder of claims, and denial beside it.
const (
	Rumour   Status = iota + 1 // nobody stands for it by name
	Claim                      // a named party says so
	Reported                   // told as fact
	Official                   // a government, an army or a junta says so of itself
	Denied                     // those concerned deny it
)

var statusNames = [...]string{"", "rumour", "claim", "reported", "official", "denied"}

// String returns the name of s, such as "claim", or "" for zero.
func (s Status) String() string {
	if s < 0 || int(s) >= len(statusNames) {
		return ""
	}
	return statusNames[s]
}

// MarshalText implements [encoding.TextMarshaler].
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *Status) UnmarshalText(text []byte) error {
	i := slices.Index(statusNames[:], string(text))
	if i < 0 {
		return fmt.Errorf("unknown status %q", text)
	}
	*s = Status(i)
	return nil
}
