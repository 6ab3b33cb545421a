package filter

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// longestName is how many letters the name of a view may have.
const longestName = 60

// ViewName returns the name under which a filter is to be kept as it is shown. Its
// error says to people what is wrong with it.
func ViewName(name string) (string, error) {
	name = strings.Join(strings.Fields(strings.Map(seen, name)), " ")
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return "", errors.New("name: give the view a name")
	case n > longestName:
		return "", fmt.Errorf("name: %d letters are too many; %d will do", n, longestName)
	}
	return name, nil
}
