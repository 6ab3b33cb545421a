package login

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/secure/precis"

	"github.com/coupwatch/coupwatch/web/gate"
)

// A List names people: each by a name, "*@example.org" all with such an address,
// "group:NAME" those of a group of the issuer, "*" everybody. The zero List names
// nobody.
type List []string

// ParseList reads a list, parted by commas.
func ParseList(s string) (l List, err error) {
	for part := range strings.SplitSeq(s, ",") {
		part = strings.TrimSpace(part)
		group, isGroup := strings.CutPrefix(part, "group:")
		domain, isDomain := strings.CutPrefix(part, "*")
		switch {
		case part == "":
			continue
		case isGroup && group == "", isDomain && domain != "" && (len(domain) < 2 || domain[0] != '@'):
			return nil, errors.New(part + " names nobody; write names, *@example.org, group:NAME or *, parted by commas")
		case !isGroup && !isDomain:
			if part, err = outsideName(part); err != nil {
				return nil, err
			}
		case isDomain:
			part = strings.ToLower(part)
		}
		l = append(l, part)
	}
	return l, nil
}

// Has reports whether somebody is named, who is called as [outsideName] writes it.
func (l List) Has(name string, groups []string) bool {
	return slices.ContainsFunc(l, func(part string) bool {
		domain, isDomain := strings.CutPrefix(part, "*")
		group, isGroup := strings.CutPrefix(part, "group:")
		switch {
		case isGroup:
			return slices.Contains(groups, group)
		case isDomain:
			return strings.HasSuffix(name, domain)
		}
		return part == name
	})
}

const (
	mostName = 100       // characters of a name
	machine  = "machine" // what is called so shows the token of metrics
)

// UserName returns the name of a user as it is kept: in lower case. The error says
// what a name is.
func UserName(s string) (string, error) {
	name, err := precis.UsernameCaseMapped.String(strings.TrimSpace(s))
	if err != nil || name == "" || utf8.RuneCountInString(name) > mostName || name == gate.LocalName || name == machine {
		return "", errors.New("this is no name of a user: take letters and digits without blanks, such as anna or anna@example.org")
	}
	return name, nil
}

// outsideName returns a name that a proxy or an issuer tells as it is compared: in
// lower case, without what is not seen.
func outsideName(s string) (string, error) {
	name, err := precis.Nickname.CompareKey(s)
	if err != nil || name == "" || utf8.RuneCountInString(name) > mostName || name == gate.LocalName || name == machine {
		return "", errors.New("this is no name of a person: " + printable(s))
	}
	return name, nil
}
