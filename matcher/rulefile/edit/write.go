package edit

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/news"
)

// keys are those of a feed, in the order of a list that has none yet.
var keys = []string{"url", "name", "publisher", "language", "schedule", "tags"}

// written returns the values of a feed as they are written, by their keys; no
// empty ones.
func written(f news.Feed) map[string]string {
	values := map[string]string{
		"url": quoted(f.Login.In(f.URL)), "name": word(f.Name), "publisher": word(f.Publisher),
		"language": word(f.Language), "schedule": word(f.Schedule),
	}
	var tags []string
	for _, t := range f.Tags {
		tags = append(tags, word(t))
	}
	if len(tags) > 0 {
		values["tags"] = "[" + strings.Join(tags, ", ") + "]"
	}
	for key, value := range values {
		if value == "" {
			delete(values, key)
		}
	}
	return values
}

// meant returns what YAML is to make of a feed.
func meant(f news.Feed) any {
	m := map[string]any{}
	for key, value := range map[string]string{"url": f.Login.In(f.URL), "name": f.Name, "publisher": f.Publisher, "language": f.Language, "schedule": f.Schedule} {
		if value != "" {
			m[key] = value
		}
	}
	var tags []any
	for _, t := range f.Tags {
		tags = append(tags, t)
	}
	if len(tags) > 0 {
		m["tags"] = tags
	}
	return m
}

// ordered returns the keys in the order in which the feed like has them, which
// may be nil.
func ordered(like *yaml.Node) (order []string) {
	if like != nil && like.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(like.Content); i += 2 {
			if key := like.Content[i].Value; slices.Contains(keys, key) {
				order = append(order, key)
			}
		}
	}
	for _, key := range keys {
		if !slices.Contains(order, key) {
			order = append(order, key)
		}
	}
	return order
}

// inBraces writes a feed on one line.
func inBraces(f news.Feed, like *yaml.Node) string {
	var parts []string
	values := written(f)
	for _, key := range ordered(like) {
		if value := values[key]; value != "" {
			parts = append(parts, key+": "+value)
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// lined writes feeds on lines of their own behind dashes, as the feed like is
// written, which may be nil.
func (d *document) lined(feeds []news.Feed, indent string, like *yaml.Node) string {
	var b strings.Builder
	for _, f := range feeds {
		if like == nil || like.Kind != yaml.MappingNode || like.Style&yaml.FlowStyle != 0 {
			b.WriteString(indent + "- " + inBraces(f, like) + d.newline())
			continue
		}
		values, before := written(f), indent+"- "
		for _, key := range ordered(like) {
			if value := values[key]; value != "" {
				b.WriteString(before + key + ": " + value + d.newline())
				before = indent + "  "
			}
		}
	}
	return b.String()
}

// plainWord is what is surely a word wherever it stands.
var plainWord = regexp.MustCompile(`^[\pL\pN](?:[\pL\pN\pM '&/._-]*[\pL\pN\pM.'])?$`)

// flags are words that older readers of YAML, such as those of editors, take for
// true and false. One of them is a language.
var flags = []string{"y", "n", "yes", "no", "on", "off"}

// word writes a text, in quotes where YAML might take it for something else.
func word(s string) string {
	if !plainWord.MatchString(s) || slices.Contains(flags, strings.ToLower(s)) {
		return quoted(s)
	}
	var list []any
	if err := yaml.Load([]byte("["+s+"]"), &list); err != nil || len(list) != 1 || list[0] != any(s) {
		return quoted(s)
	}
	return s
}

// quoted writes a text in quotes: Go's escapes are all known to YAML.
func quoted(s string) string {
	if s == "" {
		return ""
	}
	return strconv.Quote(strings.ToValidUTF8(s, "\uFFFD"))
}
