package mend_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/watcher/mend"
)

func TestDecode(t *testing.T) {
	const word = "Переворот в Кремле"
	cp1251 := "\xcf\xe5\xf0\xe5\xe2\xee\xf0\xee\xf2 \xe2 \xca\xf0\xe5\xec\xeb\xe5"
	koi8 := "\xf0\xc5\xd2\xc5\xd7\xcf\xd2\xcf\xd4 \xd7 \xeb\xd2\xc5\xcd\xcc\xc5"
	tests := []struct{ name, in, contentType, want string }{
		{"declared", `<?xml version="1.0" encoding="CP-1251"?>` + cp1251, "", word},
		{"in the header", cp1251, "text/xml; charset=windows-1251", word},
		{"nowhere", cp1251, "", word},
		{"nowhere, koi8", koi8, "", word},
		{"declared koi8r", `<?xml version="1.0" encoding="koi8r"?>` + koi8, "", word},
		{"said to be UTF-8", `<?xml version="1.0" encoding="utf-8"?>` + cp1251, "", word},
		{"said not to be UTF-8", `<?xml version="1.0" encoding="windows-1251"?>` + word, "text/xml; charset=koi8-r", word},
		{"one byte lost", word + "\xd0 x", "text/xml; charset=windows-1251", word + "\uFFFD x"},
		{"marks", "\ufeff\ufeff" + word, "", word},
		{"accents", "S\xe3o Paulo: 2\xba turno", "", "São Paulo: 2º turno"},
		{"forbidden characters", "a\x00\x0b\x1fb\uFFFEc\td", "", "abc\td"},
		{"UTF-16", "<\x00a\x00>\x00", "", "<a>"},
		{"Japanese of seven bits", "<?xml encoding=\"iso-2022-jp\"?>\x1b$B$\"\x1b(B", "", "あ"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := string(mend.Decode([]byte(tt.in), tt.contentType, ""))
			if _, after, ok := strings.Cut(got, "?>"); ok {
				got = after
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// Each item of what was repaired is a part of the text that can be cut out: what
// is left is whole, and so is what was cut.
func TestItemsCanBeCutOut(t *testing.T) {
	tests := []struct {
		name, doc string
		items     []string // nil for what begins and ends as it should
	}{
		{"rss", `<rss><channel><title>t</title><item><title>a</title></item> <item><b/></item></channel></rss>`, []string{"<item><title>a</title></item>", "<item><b/></item>"}},
		{"never closed", `<rss><channel><item><title>a<item><title>b</title></channel></rss>`, []string{"<item><title>a</title></item>", "<item><title>b</title></item>"}},
		{"empty", `<rss><channel><item/><item x="1"/></channel></rss>`, []string{"<item/>", `<item x="1"/>`}},
		{"cut off", `<rss><channel><item><a>1</a></item><item><a>2`, []string{"<item><a>1</a></item>"}},
		{"atom with a source", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><source><entry>x</entry></source></entry></feed>`, []string{"<entry><source><entry>x</entry></source></entry>"}},
		{"rdf", `<rdf:RDF><channel/><item rdf:about="x"><i>1</i></item></rdf:RDF>`, []string{`<item rdf:about="x"><i>1</i></item>`}},
		{"text that looks like one", `<rss><channel><item><d><![CDATA[</item><item>]]></d></item></channel></rss>`, []string{`<item><d><![CDATA[</item><item>]]></d></item>`}},
		{"too deep", `<rss><channel><item>` + strings.Repeat("<div>", 200) + `x</item><item><a/></item></channel></rss>`, nil},
	}
	for _, tt := range tests {
		m, err := mend.RepairXML([]byte(tt.doc))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if len(m.Items) != len(m.Heads) || len(m.Items) == 0 {
			t.Errorf("%s: %d items, %d heads", tt.name, len(m.Items), len(m.Heads))
		}
		for i, s := range m.Items {
			got := string(m.Text[s.Start:s.End])
			if tt.items != nil && (i >= len(tt.items) || got != tt.items[i]) {
				t.Errorf("%s: item %d is %q, want one of %q", tt.name, i, got, tt.items)
			}
			if again, err := mend.RepairXML([]byte("<rss><channel>" + got + "</channel></rss>")); err != nil || again.Cut || !bytes.Contains(again.Text, []byte(got)) {
				t.Errorf("%s: item %d is not whole: %q", tt.name, i, got)
			}
		}
		if rest := m.Without(func(int) bool { return true }); len(rest.Heads) > 0 || bytes.Contains(rest.Text, []byte("<item")) || len(rest.Text) == 0 {
			t.Errorf("%s: without items it is %q", tt.name, rest.Text)
		}
	}
}

// The date of an item is shown to parsers under a name that they do not know, and
// nothing else is.
func TestDatesAreShownAsTheyAre(t *testing.T) {
	tests := []struct{ name, doc, want string }{
		{
			"rss", `<rss><channel><pubDate>1</pubDate><item><pubDate a="b">2</pubDate><x><pubDate>3</pubDate></x></item></channel></rss>`,
			`<rss><channel><pubDate>1</pubDate><item><text-of-pubDate a="b">2</text-of-pubDate><x><pubDate>3</pubDate></x></item></channel></rss>`,
		},
		{
			"in capitals, closed in small letters, never closed", `<rss><channel><item><PUBDATE>1</pubdate></item><item><pubDate>2</item></channel></rss>`,
			`<rss><channel><item><text-of-pubDate>1</text-of-pubDate></item><item><text-of-pubDate>2</text-of-pubDate></item></channel></rss>`,
		},
		{"empty", `<rdf:RDF><item><pubDate/></item></rdf:RDF>`, `<rdf:RDF><item><text-of-pubDate/></item></rdf:RDF>`},
		{"atom", `<feed><entry><pubDate>1</pubDate></entry></feed>`, `<feed><entry><pubDate>1</pubDate></entry></feed>`},
	}
	for _, tt := range tests {
		if m, err := mend.RepairXML([]byte(tt.doc)); err != nil || string(m.Text) != tt.want {
			t.Errorf("%s: %v\ngot  %s\nwant %s", tt.name, err, m.Text, tt.want)
		}
	}
}

// Whatever bytes come, what is decoded is UTF-8 without what XML forbids.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("<?xml version='1.0' encoding='koi8-r'?>\xf0\xc5"), "text/xml; charset=big5", "ru")
	f.Add([]byte("<\x00a\x00\x00"), "", "zh")
	f.Add([]byte("<?xml encoding=\"iso-2022-jp\"?>\x1b$B$\""), "", "")
	f.Fuzz(func(t *testing.T, data []byte, contentType, language string) {
		text := mend.Decode(data, contentType, language)
		if !utf8.Valid(text) && !utf8.Valid(data) {
			t.Errorf("%q is decoded to %q", data, text)
		}
		if bytes.ContainsAny(text, "\x00\x0b\x1f") {
			t.Errorf("%q is decoded to %q, which XML forbids", data, text)
		}
	})
}

// JSON that is whole is repaired to the same, and what is repaired needs no more.
func FuzzRepairJSON(f *testing.F) {
	for _, s := range []string{`{"items":[{"id":"1","title":"a"},]}`, `[{"a":1},{"b":`, "{\"a\":\"x\ty\"}", `[[[`, `{"a":"\q"}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !strings.HasPrefix(s, "{") && !strings.HasPrefix(s, "[") {
			return // it is asked of nothing else
		}
		repaired, cut := mend.RepairJSON([]byte(s))
		var was, is any
		if json.Unmarshal([]byte(s), &was) == nil {
			if err := json.Unmarshal(repaired, &is); cut || err != nil || !reflect.DeepEqual(was, is) {
				t.Errorf("%q is whole and repaired to %q, cut %v, %v", s, repaired, cut, err)
			}
		}
		if again, cutAgain := mend.RepairJSON(repaired); len(repaired) > 0 && (cutAgain || !bytes.Equal(again, repaired)) {
			t.Errorf("%q is repaired to %q, and that to %q", s, repaired, again)
		}
	})
}
