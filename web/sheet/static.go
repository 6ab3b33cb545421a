package sheet

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"fmt"
	"net/http"
	"path"
	"time"
)

//go:embed static
var static embed.FS

// A file is one that never changes while the program runs.
type file struct {
	body        []byte
	fingerprint string // tells one version of it from the next
}

// addStatic adds the files of all pages.
func (s *Sheet) addStatic() {
	for _, name := range []string{"page.css", "page.js", "icon.svg"} {
		body, _ := static.ReadFile("static/" + name) // it is embedded
		s.AddFile(name, body)
	}
}

// AddFile adds a file that pages name by [Sheet.Asset]: a style, a script, a picture.
func (s *Sheet) AddFile(name string, body []byte) {
	s.files[name] = file{body, fmt.Sprintf("%.6x", sha256.Sum256(body))}
}

// Asset returns the address of a file, which changes when it does.
func (s *Sheet) Asset(name string) string {
	return "/static/" + name + "?v=" + s.files[name].fingerprint
}

// mediaTypes are those of static files.
var mediaTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

// ServeFile answers with the file whose name is the value "name" of the path. Under
// the address that [Sheet.Asset] gives it a browser need not ask again.
func (s *Sheet) ServeFile(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	f, known := s.files[name]
	if !known {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", mediaTypes[path.Ext(name)])
	w.Header().Set("Cache-Control", "no-cache")
	if r.FormValue("v") == f.fingerprint {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.Header().Set("Etag", `"`+f.fingerprint+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.body))
}
