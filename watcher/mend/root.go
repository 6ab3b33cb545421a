package mend

import (
	"bytes"
	"regexp"
	"strings"
)

// findRoot returns where the start tag of the root of a feed is, and its local
// name in lower case; "" if there is none. What stands before it, be it a
// DOCTYPE, a comment, a warning of the server's PHP or what a hotel's network
// puts before all that it lets through, is passed over. A feed after the start of a
// web page counts only if the page has ended.
func findRoot(text []byte) (start int, root string) {
	m := xmlRepairer{in: text}
	page, ended := false, false
	for {
		next := bytes.IndexByte(text[m.pos:], '<')
		if next < 0 {
			return 0, ""
		}
		m.pos += next
		rest := text[m.pos:]
		if bytes.HasPrefix(rest, []byte("<!--")) {
			m.through("-->")
			continue
		}
		if hasPrefixFold(rest, "<!doctype") {
			m.pos += doctype(rest)
			continue
		}
		ended = ended || hasPrefixFold(rest, "</html") || hasPrefixFold(rest, "</body")
		if t, ok := readTag(rest); ok {
			switch name := strings.ToLower(localName(t.name)); name {
			case "rss", "rdf", "feed":
				if !page {
					return m.pos, name
				}
				if ended && saysFormat(t) {
					if itemTag.Match(rest) {
						return m.pos, name
					}
					return 0, ""
				}
			case "html", "head", "body":
				page = true
			case "script":
				m.through("</script") // what it writes is no page
				continue
			}
		}
		m.pos++
	}
}

// doctype returns the length of the DOCTYPE at the beginning of b, with the
// declarations in it.
func doctype(b []byte) int {
	end := bytes.IndexByte(b, '>')
	if subset := bytes.IndexByte(b, '['); subset >= 0 && subset < end {
		if i := bytes.IndexByte(b[subset:], ']'); i >= 0 {
			end = subset + i + bytes.IndexByte(b[subset+i:], '>')
		}
	}
	return max(end, 0) + 1
}

func hasPrefixFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}

var itemTag = regexp.MustCompile(`(?i)<(?:\w+:)?(?:item|entry)[\s>]`)

// saysFormat tells whether the start tag of a root says which format it is of,
// as that of a feed does.
func saysFormat(t tag) bool { return t.namespaces > 0 || bytes.Contains(t.text, []byte("version")) }

const (
	atom10 = "http://www.w3.org/2005/Atom"
	atom03 = "http://purl.org/atom/ns#"
)

var declared = regexp.MustCompile(`\bxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')`)

// withAtomNamespace returns the start tag of a root as it should be: a "feed"
// is of Atom, however its namespace is written ("https://…", "…/2005/atom/").
// A parser reads the entries of another namespace as none at all.
func withAtomNamespace(t tag) []byte {
	prefix, local, found := strings.Cut(t.name, ":")
	if !found {
		prefix, local = "", t.name
	}
	if !strings.EqualFold(local, "feed") {
		return t.text
	}
	for _, m := range declared.FindAllSubmatchIndex(t.text, -1) {
		if m[2] < 0 && prefix != "" || m[2] >= 0 && string(t.text[m[2]:m[3]]) != prefix {
			continue
		}
		start, end := max(m[4], m[6]), max(m[5], m[7])
		if space := strings.TrimSpace(string(t.text[start:end])); space != atom10 && space != atom03 {
			return bytes.Join([][]byte{t.text[:start], []byte(atom10), t.text[end:]}, nil)
		}
	}
	return t.text
}
