package mend

import (
	"bytes"
	"mime"
	"regexp"
	"slices"
	"strings"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
)

// sampled is how many bytes of a document are decoded in each way that it may
// be meant, to compare what comes of it.
const sampled = 64 << 10

// fromUnmarked decodes bytes that are neither UTF-8 nor marked: in the way that
// gives the most of what its language is written with. The charset of the
// Content-Type, the XML declaration and a detector say which ways there may be,
// and so does the language, whose usual charsets are tried as well.
func fromUnmarked(data []byte, contentType, language string) []byte {
	if nearlyUTF8(data) {
		return bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	if language == "" {
		language = LanguageCode(writtenLanguage(data))
	}
	sample := evidence(data)
	var best encoding.Encoding
	most := 0.0
	for _, c := range candidates(sample, contentType, declaredLabel(data), language) {
		text, err := c.enc.NewDecoder().Bytes(sample)
		if err != nil {
			continue
		}
		if score := plausibility(string(text), language) + c.bonus; best == nil || score > most {
			best, most = c.enc, score
		}
	}
	if best == nil {
		return bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	text, err := best.NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	return text
}

// A candidate is a charset in which a document may be written.
type candidate struct {
	enc   encoding.Encoding
	bonus float64 // for being said, and not only possible
}

// candidates returns the charsets that sample may be in, the best founded
// first. That a server calls everything ISO-8859-1 is its default and says
// nothing.
func candidates(sample []byte, contentType, declared, language string) []candidate {
	_, params, _ := mime.ParseMediaType(contentType)
	var found []candidate
	var names []string
	add := func(label string, bonus float64) {
		enc, name := labelled(label)
		if enc == nil || strings.HasPrefix(name, "utf-") || slices.Contains(names, name) {
			return
		}
		found, names = append(found, candidate{enc, bonus}), append(names, name)
	}
	header := params["charset"]
	if _, name := labelled(header); name != "windows-1252" { // which ISO-8859-1 and US-ASCII mean on the web
		add(header, 0.2)
	}
	add(declared, 0.2)
	add(header, 0.1)
	add(detected(sample), 0.05)
	for _, label := range charsetsOf(language) {
		add(label, 0)
	}
	add("windows-1252", 0)
	return found
}

// detected returns what the detector takes sample for.
func detected(sample []byte) string {
	switch name := chardet.Detect(sample).Encoding; name {
	case "GB2312":
		return "gb18030"
	case "TIS-620":
		return "windows-874"
	default:
		return name
	}
}

// evidence returns those parts of data, up to a limit, that a charset makes a
// difference for: the runs of bytes beyond ASCII, with some of what is around.
func evidence(data []byte) []byte {
	var out []byte
	for i := 0; i < len(data) && len(out) < sampled; {
		if data[i] < 0x80 {
			i++
			continue
		}
		start, end := i, i
		for gap := 0; end < len(data) && gap < 12; end++ {
			if gap++; data[end] >= 0x80 {
				gap = 0
			}
		}
		for start > 0 && i-start < 12 && data[start-1] < 0x80 && data[start-1] != '>' {
			start--
		}
		out = append(append(out, data[start:end]...), '\n')
		i = end
	}
	return out
}

var languageElement = regexp.MustCompile(`(?:<(?:dc:)?language>\s*|xml:lang\s*=\s*["'])([A-Za-z_-]{2,12})`)

// writtenLanguage returns the language that a document says it is in, or "".
func writtenLanguage(data []byte) string {
	if m := languageElement.FindSubmatch(data[:min(len(data), 16<<10)]); m != nil {
		return string(m[1])
	}
	return ""
}
