package show

import "github.com/coupwatch/coupwatch/news"

// An ink says whether text is coloured by ANSI escapes.
type ink bool

const (
	bold  = "1"
	faint = "2"
)

// in returns text in a style, such as "1" for bold.
func (i ink) in(style, text string) string {
	if !i || text == "" {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

// severity returns the style of a severity.
func (i ink) severity(s news.Severity) string {
	switch s {
	case news.Critical:
		return "1;97;41"
	case news.High:
		return "1;31"
	case news.Medium:
		return "1;33"
	default:
		return "1"
	}
}

// marked returns a marked word.
func (i ink) marked(text string) string {
	if !i {
		return "*" + text + "*"
	}
	return i.in("1;33", text)
}
