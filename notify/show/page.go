package show

import (
	"bytes"
	"embed"
	"html/template"
	"io"

	"github.com/coupwatch/coupwatch/news"
)

// maxPage is the size of a mail's page in bytes; some mail programs cut what
// is longer, and hide the end.
const maxPage = 95_000

// maxStories is how many stories a digest lists.
const maxStories = 60

//go:embed templates/*.html
var templateFiles embed.FS

// pages are the templates of mails. They never change.
var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"colour":  colour,
	"capital": capital,
	"dots":    dots,
	"number":  number,
	"add":     func(a, b int) int { return a + b },
}).ParseFS(templateFiles, "templates/*.html"))

// HTML returns an alert or a digest as a page for mail programs: tables and
// style attributes, no images, and nothing that is loaded from elsewhere.
func (s Style) HTML(a news.Alert) ([]byte, error) {
	var b bytes.Buffer
	var err error
	if a.Kind == news.Daily && a.Digest != nil {
		err = s.digestHTML(&b, *a.Digest)
	} else {
		err = s.alertHTML(&b, s.view(a))
	}
	return b.Bytes(), err
}

// alertHTML writes an alert as a page for mail programs.
func (s Style) alertHTML(w io.Writer, v alertView) error {
	return pages.ExecuteTemplate(w, "alert.html", struct {
		alertView
		When string
	}{v, s.shortly(v.At)})
}

// digestHTML writes a digest as a page for mail programs, with as many stories
// as fit into maxPage.
func (s Style) digestHTML(b *bytes.Buffer, d news.Digest) error {
	for n := maxStories; ; n = n * 3 / 4 {
		b.Reset()
		if err := pages.ExecuteTemplate(b, "digest.html", s.digest(d, n)); err != nil {
			return err
		}
		if b.Len() <= maxPage || n == 0 {
			return nil
		}
	}
}

// colour returns the colour of a severity: of text on white that is readable,
// and of bars.
func colour(s news.Severity) string {
	switch s {
	case news.Critical:
		return "#c81e1e"
	case news.High:
		return "#c2540a"
	case news.Medium:
		return "#a16207"
	default:
		return "#64748b"
	}
}
