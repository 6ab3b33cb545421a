package opml

import (
	"cmp"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"time"
)

// Write writes a list of feeds with a title. Each is in the folder that is the
// first of its folders; all of them are its categories. Folders stand in the order
// of the alphabet, behind feeds that are in none; feeds stay in their order.
func Write(w io.Writer, title string, now time.Time, feeds []Feed) error {
	list := document{Version: "2.0", Title: title, Created: now.UTC().Format(time.RFC1123)}
	folders := map[string][]outline{}
	for _, f := range feeds {
		o := outline{Type: "rss", Text: f.Title, Title: f.Title, URL: f.URL, Language: f.Language}
		if len(f.Folders) == 0 {
			list.Outlines = append(list.Outlines, o)
			continue
		}
		o.Category = "/" + strings.Join(f.Folders, ",/")
		folders[f.Folders[0]] = append(folders[f.Folders[0]], o)
	}
	first := len(list.Outlines)
	for name, inside := range folders {
		list.Outlines = append(list.Outlines, outline{Text: name, Title: name, Outlines: inside})
	}
	slices.SortFunc(list.Outlines[first:], func(a, b outline) int { return cmp.Compare(a.Text, b.Text) })
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	out := xml.NewEncoder(w)
	out.Indent("", "  ")
	if err := out.Encode(list); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

type document struct {
	XMLName  xml.Name  `xml:"opml"`
	Version  string    `xml:"version,attr"`
	Title    string    `xml:"head>title"`
	Created  string    `xml:"head>dateCreated"`
	Outlines []outline `xml:"body>outline"`
}

type outline struct {
	Type     string    `xml:"type,attr,omitempty"`
	Text     string    `xml:"text,attr"`
	Title    string    `xml:"title,attr,omitempty"`
	URL      string    `xml:"xmlUrl,attr,omitempty"`
	Language string    `xml:"language,attr,omitempty"`
	Category string    `xml:"category,attr,omitempty"`
	Outlines []outline `xml:"outline"`
}
