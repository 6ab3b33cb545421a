package mend

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Decode returns data as UTF-8 without byte order marks and without
// characters that XML forbids. Labels lie more often than bytes do, so the
// bytes are asked first: marks, then whether they are UTF-8, or nearly. What
// else they may be is for the language to tell, that of the feed or "".
func Decode(data []byte, contentType, language string) []byte {
	if enc, skip := marked(data); enc != nil {
		data, _ = enc.NewDecoder().Bytes(data[skip:])
	} else if enc, name := labelled(declaredLabel(data)); name == "iso-2022-jp" { // which passes for ASCII
		data, _ = enc.NewDecoder().Bytes(data)
	} else if !utf8.Valid(data) {
		data = fromUnmarked(data, contentType, language)
	}
	return legal(data)
}

// DecodeAs is [Decode] of data that is written in a charset, whatever it says. Of
// a charset that there is not it is Decode.
func DecodeAs(data []byte, charset, contentType, language string) []byte {
	enc, _ := labelled(charset)
	if charset == "" || enc == nil {
		return Decode(data, contentType, language)
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		text = bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	return legal(text)
}

// marked returns the encoding that the first bytes give away, be it by a mark
// or by the zero bytes around "<", and how long the mark is; nil for UTF-8.
func marked(data []byte) (enc encoding.Encoding, skip int) {
	le16, be16 := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	le32, be32 := utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	for _, m := range []struct {
		mark string
		enc  encoding.Encoding
		skip int
	}{
		{"\xff\xfe\x00\x00", le32, 4},
		{"\x00\x00\xfe\xff", be32, 4},
		{"<\x00\x00\x00", le32, 0},
		{"\x00\x00\x00<", be32, 0},
		{"\xff\xfe", le16, 2},
		{"\xfe\xff", be16, 2},
		{"<\x00", le16, 0},
		{"\x00<", be16, 0},
		{"{\x00", le16, 0},
		{"\x00{", be16, 0},
	} {
		if bytes.HasPrefix(data, []byte(m.mark)) {
			return m.enc, m.skip
		}
	}
	return nil, 0
}

var declaration = regexp.MustCompile(`<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"'>]{1,40})`)

// declaredLabel returns the encoding that the XML declaration names, or "".
func declaredLabel(data []byte) string {
	if m := declaration.FindSubmatch(data[:min(len(data), 4096)]); m != nil {
		return string(m[1])
	}
	return ""
}

// labelled returns the encoding that is meant by a label, and its name in the
// standard, whether the label is in the standard too or only in the wild
// ("CP-1251", "win1251", "koi8r"); nil if there is none.
func labelled(label string) (enc encoding.Encoding, name string) {
	label = strings.ToLower(strings.TrimSpace(label))
	squeezed := strings.NewReplacer("-", "", "_", "", " ", "").Replace(label)
	candidates := []string{label, strings.Replace(squeezed, "iso8859", "iso-8859-", 1), strings.Replace(squeezed, "koi8", "koi8-", 1), strings.Replace(squeezed, "mac", "x-mac-", 1)}
	for _, prefix := range []string{"windows", "win", "cp", "ansi", "ms"} {
		if number, ok := strings.CutPrefix(squeezed, prefix); ok {
			candidates = append(candidates, "windows-"+number)
		}
	}
	for _, c := range candidates {
		if enc, name := charset.Lookup(c); enc != nil {
			return enc, name
		}
	}
	return nil, ""
}

// nearlyUTF8 tells whether data is UTF-8 with some broken bytes: in other
// encodings, few bytes above ASCII happen to form valid sequences.
func nearlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	return good > 4*bad
}

// legal drops leading byte order marks, and the control characters and
// non-characters that XML forbids.
func legal(text []byte) []byte {
	bom := []byte("\uFEFF")
	for bytes.HasPrefix(text, bom) {
		text = text[len(bom):]
	}
	illegal := func(c byte) bool { return c < ' ' && c != '\t' && c != '\n' && c != '\r' }
	if slices.ContainsFunc(text, illegal) {
		text = slices.DeleteFunc(slices.Clone(text), illegal)
	}
	for _, nonCharacter := range []string{"\uFFFE", "\uFFFF"} {
		if bytes.Contains(text, []byte(nonCharacter)) {
			text = bytes.ReplaceAll(text, []byte(nonCharacter), nil)
		}
	}
	return text
}
