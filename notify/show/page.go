package show

import (
	"bytes"
	"cmp"
	"embed"
	"html/template"
	"io"

	"github.com/coupwatch/coupwatch/news"
)

// maxPage is the size of a digest's page as it is mailed, in bytes, and maxText
// that of its text: together with its headers a mail is smaller than 100,000.
// Gmail cuts what is longer than 102 kB, and hides the end.
const (
	maxPage = 64_000
	maxText = 32_000
)

// barHeight is the height of the highest bar of the chart, in pixels.
const barHeight = 48

//go:embed templates/*.html
var templateFiles embed.FS

// pages are the templates of mails. They never change.
var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"colour":  colour,
	"capital": capital,
	"dots":    dots,
	"number":  number,
	"andMore": andMore,
	"bar":     func(hundredths int) int { return hundredths * barHeight / 100 },
}).ParseFS(templateFiles, "templates/*.html"))

// HTML returns an alert or a digest as a page for mail programs: tables and
// style attributes, no images, and nothing that is loaded from elsewhere.
func (s Style) HTML(a news.Alert) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(roomy)
	var err error
	switch {
	case a.Kind == news.Daily && a.Digest != nil:
		err = s.digestHTML(&b, *a.Digest)
	case a.Kind == news.Late:
		err = s.lateHTML(&b, a)
	default:
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

// roomy is a little more than most alerts take as a page, in bytes.
const roomy = 12_000

// digestHTML writes a digest as a page for mail programs, with as many stories
// as fit into maxPage.
func (s Style) digestHTML(b *bytes.Buffer, d news.Digest) (err error) {
	fitting(b, maxPage, longest(d), func(n int) {
		err = cmp.Or(err, pages.ExecuteTemplate(b, "digest.html", s.digest(d, n)))
	})
	return err
}

// fitting has write write a digest of n stories to b, and of ever fewer until
// it is not longer than limit when it is mailed.
func fitting(b *bytes.Buffer, limit, n int, write func(n int)) {
	write(n)
	for n > 0 && mailed(b.Bytes()) > limit {
		n = n * 4 / 5
		b.Reset()
		write(n)
	}
}

// mailed returns how many bytes text takes in a mail, where it is in quoted
// printable: about three for a byte that is not ASCII, and a break for each 73.
func mailed(text []byte) int {
	n := 0
	for _, c := range text {
		if n++; c == '=' || c >= 0x80 {
			n += 2
		}
	}
	return n + 3*(n/73+bytes.Count(text, []byte("\n")))
}

// colour returns the colour of a severity: of text on white that is readable,
// and of bars.
func colour(s news.Severity) template.CSS {
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
