package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"fmt"
	"net/http"
	"path"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/web/chart"
)

//go:embed static
var staticFiles embed.FS

// statics returns what never changes while the program runs, by its name.
var statics = sync.OnceValue(func() map[string][]byte {
	files := map[string][]byte{"world.svg": chart.Land()}
	for _, name := range []string{"page.css", "page.js", "icon.svg"} {
		files[name], _ = staticFiles.ReadFile("static/" + name) // it is embedded
	}
	return files
})

// fingerprints tell one version of a static file from the next.
var fingerprints = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for name, body := range statics() {
		all[name] = fmt.Sprintf("%.6x", sha256.Sum256(body))
	}
	return all
})

// asset returns the address of a static file, which changes when it does.
func asset(name string) string { return "/static/" + name + "?v=" + fingerprints()[name] }

// mediaTypes are those of static files.
var mediaTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

// serveStatic answers with a static file. Under the address that [asset] gives it
// a browser need not ask again.
func serveStatic(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	body, known := statics()[name]
	if !known {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", mediaTypes[path.Ext(name)])
	w.Header().Set("Cache-Control", "no-cache")
	if r.FormValue("v") == fingerprints()[name] {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.Header().Set("Etag", `"`+fingerprints()[name]+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}
