package text

import (
	"regexp"
	"strings"
)

// credit is who took a photograph, at the end of a caption: "(Ada Orn/AFP via
// Getty Images)", "(Foto: dpa)", "REUTERS/Ada Orn".
var credit = regexp.MustCompile(`(?:\([^()]{0,60}(?:/|\bvia |\bAP\b|\bAFP\b|\bEPA\b|\bEFE\b|\bdpa\b|Reuters|Getty|[Pp]hoto|[Ff]oto|[Фф]ото)[^()]{0,60}\)|REUTERS/[\pL .'-]{3,40})\s*$`)

// IsCaption reports whether a text is what stands below a photograph: it tells
// who is seen to speak there, and not what they say.
func IsCaption(text string) bool {
	return credit.MatchString(strings.TrimRight(text, " \t\n.…"))
}
