package opml_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/opml"
)

func encode(t *testing.T, name, text string) string {
	t.Helper()
	var err error
	switch name {
	case "windows-1251":
		text, err = charmap.Windows1251.NewEncoder().String(text)
	case "utf-16":
		text, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	}
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestRead(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"one", `<opml version="2.0"><head><title>Mine</title></head><body><outline text="A" xmlUrl="https://a.example/"/></body></opml>`, "1 A https://a.example/  []\n"},
		{
			"folders", "<opml><body>\n<outline text='World'>\n<outline text='Africa' title='Africa '><outline text='a' title='A' xmlUrl='https://a.example/' language='fr'/>\n</outline><outline text='B' xmlUrl='https://b.example/'/></outline>\n<outline text='C' xmlUrl='https://c.example/'></outline></body></opml>",
			"3 A https://a.example/ fr [World Africa]\n4 B https://b.example/  [World]\n5 C https://c.example/  []\n",
		},
		{"categories", `<opml><body><outline text="x"><outline text="A" xmlUrl="https://a.example/" category="/x,/y/z, w"/></outline></body></opml>`, "1 A https://a.example/  [x y z w]\n"},
		{"attributes in any case", `<OPML><body><OUTLINE TEXT="A" XMLURL="https://a.example/"/></body></OPML>`, "1 A https://a.example/  []\n"},
		{"a bare &", `<opml><body><outline text="A & B" xmlUrl="https://a.example/?a=1&b=2"/></body></opml>`, "1 A & B https://a.example/?a=1&b=2  []\n"},
		{"entities of HTML", `<opml><body><outline text="Caf&eacute;" xmlUrl="https://a.example/"/></body></opml>`, "1 Café https://a.example/  []\n"},
		{"feeds within a feed", `<opml><body><outline text="A" xmlUrl="https://a.example/"><outline text="B" xmlUrl="https://b.example/"/></outline></body></opml>`, "1 A https://a.example/  []\n1 B https://b.example/  []\n"},
		{"a mark", "\ufeff" + `<opml><body><outline text="Ж" xmlUrl="https://a.example/"/></body></opml>`, "1 Ж https://a.example/  []\n"},
		{"windows-1251", `<?xml version="1.0" encoding="windows-1251"?><opml><body><outline text="Медуза" xmlUrl="https://a.example/"/></body></opml>`, "1 Медуза https://a.example/  []\n"},
		{"utf-16", `<?xml version="1.0" encoding="utf-16"?><opml><body><outline text="Медуза" xmlUrl="https://a.example/"/></body></opml>`, "1 Медуза https://a.example/  []\n"},
		{"an entity of its own", `<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><body><outline text="&a;" xmlUrl="https://a.example/"/></body></opml>`, "1 &a; https://a.example/  []\n"},
		{"no feeds", `<opml><body/></opml>`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			feeds, err := opml.Read([]byte(encode(t, tt.name, tt.text)))
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, f := range feeds {
				got += fmt.Sprintln(f.Line, f.Title, f.URL, f.Language, f.Folders)
			}
			if got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestReadBroken(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "this is no OPML: it is empty, or no XML",
		"A list":                       "this is no OPML: it is empty, or no XML",
		"<rss version='2.0'></rss>":    "this is no OPML: it begins with <rss>",
		"<!DOCTYPE html><html></html>": "this is no OPML: it begins with <html>",
		"<opml>\n<body>\n<outline text='A' xmlUrl='https://a.example/'":           "line 3: it is broken XML: it ends before it should",
		"<opml>\n<body><outline text='A'>\n":                                      "line 3: it is broken XML: it ends before it should",
		"<opml>\n<body>\n<outline <text='A' xmlUrl='https://a.example/'/></body>": "line 3: it is broken XML: ",
		"<?xml version='1.0' encoding='klingon'?>\n<opml/>":                       "line 1: it is broken XML: ",
	} {
		if feeds, err := opml.Read([]byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, error %v\nwant %s", text, feeds, err, want)
		}
	}
}

// What is written is read as it was.
func TestWrite(t *testing.T) {
	feeds := []opml.Feed{
		{Title: "A & \"B\"", URL: "https://a.example/?a=1&b=2"},
		{Title: "D", URL: "https://d.example/", Folders: []string{"africa", "wire"}, Language: "fr"},
		{Title: "C", URL: "https://c.example/", Folders: []string{"africa"}},
		{Title: "B", URL: "https://b.example/", Folders: []string{"wire", "africa"}},
	}
	var b bytes.Buffer
	if err := opml.Write(&b, "Mine", time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC), feeds); err != nil {
		t.Fatal(err)
	}
	want := `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Mine</title>
    <dateCreated>Sat, 28 Nov 2026 12:00:00 UTC</dateCreated>
  </head>
  <body>
    <outline type="rss" text="A &amp; &#34;B&#34;" title="A &amp; &#34;B&#34;" xmlUrl="https://a.example/?a=1&amp;b=2"></outline>
    <outline text="africa" title="africa">
      <outline type="rss" text="D" title="D" xmlUrl="https://d.example/" language="fr" category="/africa,/wire"></outline>
`
	if !strings.HasPrefix(b.String(), want) {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	back, err := opml.Read(b.Bytes())
	for i := range back {
		back[i].Line = 0
	}
	if err != nil || !reflect.DeepEqual(back, feeds) {
		t.Errorf("read again: error %v\n%+v\nwant\n%+v", err, back, feeds)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<opml><body><outline text="x"><outline text="A" xmlUrl="https://a.example/" category="/x,/y"/></outline></body></opml>`))
	f.Add([]byte("\xff\xfe<\x00o\x00"))
	f.Add([]byte("<?xml encoding='utf-7'?><opml>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		feeds, err := opml.Read(data)
		if err != nil && feeds != nil {
			t.Error("feeds of what is broken")
		}
		for _, feed := range feeds {
			if feed.URL == "" || feed.Line < 1 || strings.ContainsAny(feed.Title, "\n\r") {
				t.Errorf("read %+v", feed)
			}
		}
	})
}
