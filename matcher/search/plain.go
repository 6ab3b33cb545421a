package search

import (
	"strings"
	"unicode"

	"github.com/coupwatch/coupwatch/matcher/query"
)

// signs are what a query has and plain words have not.
const signs = "$@():=*?[]{}<>|"

// operators are the words that make a query of words.
var operators = []string{"AND", "OR", "NOT", "NEAR", "ONEAR", "QUESTION", "PAST_YEAR"}

// plainWords returns the query for all words and phrases of a text, if that is no
// more than words and phrases: "mali "coup d'état" AT&T".
func plainWords(text string) (string, bool) {
	parts, ok := cut(text)
	if !ok || len(parts) == 0 {
		return "", false
	}
	for i, p := range parts {
		if p[0] == '"' {
			continue
		}
		name, _, _ := strings.Cut(p, "/")
		for _, op := range operators {
			if name == op {
				return "", false
			}
		}
		if strings.ContainsAny(p, signs) || p[0] == '-' {
			return "", false
		}
		if _, err := query.Parse(p); err != nil { // a sign that counts in quotes only
			parts[i] = `"` + p + `"`
		}
	}
	return strings.Join(parts, " AND "), true
}

// cut returns the words and the phrases of a text, these in straight quotes. It
// returns false if a quote is never closed.
func cut(text string) (parts []string, ok bool) {
	for text != "" {
		switch r := []rune(text)[0]; {
		case unicode.IsSpace(r) || r == ',' || r == ';':
			text = strings.TrimPrefix(text, string(r))
		case strings.ContainsRune(quotes, r):
			rest := strings.TrimPrefix(text, string(r))
			end := strings.IndexAny(rest, quotes)
			if end < 0 {
				return nil, false
			}
			if words := strings.TrimSpace(rest[:end]); words != "" {
				parts = append(parts, `"`+words+`"`)
			}
			text = strings.TrimLeft(rest[end:], quotes)
		default:
			end := strings.IndexFunc(text, func(r rune) bool {
				return unicode.IsSpace(r) || strings.ContainsRune(quotes+",;", r)
			})
			if end < 0 {
				end = len(text)
			}
			parts, text = append(parts, text[:end]), text[end:]
		}
	}
	return parts, true
}

// quotes begin and end a phrase.
const quotes = "\"“”„‟«»"
