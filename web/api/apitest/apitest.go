// Package apitest holds answers against the OpenAPI document that describes them, for
// tests.
package apitest

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// JSON returns the document of a YAML file as JSON, and fails a test if it is not one.
func JSON(t testing.TB, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc := load(t, text)
	body, err := doc.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return append(body, '\n')
}

func load(t testing.TB, text []byte) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return doc
}

// A Document says what answers look like.
type Document struct {
	doc    *openapi3.T
	router routers.Router
	asked  map[string]bool
}

// Read reads a document. It is taken at its word: what it does not describe may not be
// in an answer.
func Read(t testing.TB, text []byte) *Document {
	t.Helper()
	d := &Document{doc: load(t, text), asked: map[string]bool{}}
	for _, ref := range d.doc.Components.Schemas {
		strict(ref)
	}
	for _, path := range d.doc.Paths.Map() {
		for _, op := range path.Operations() {
			for _, r := range op.Responses.Map() {
				for _, m := range r.Value.Content {
					strict(m.Schema)
				}
			}
		}
	}
	var err error
	if d.router, err = legacy.NewRouter(d.doc); err != nil {
		t.Fatal(err)
	}
	return d
}

// strict lets an object have the properties that are described and no others, if any
// are.
func strict(ref *openapi3.SchemaRef) {
	if ref == nil || ref.Ref != "" || ref.Value == nil {
		return
	}
	s := ref.Value
	if no := false; len(s.Properties) > 0 && s.AdditionalProperties.Schema == nil {
		s.AdditionalProperties.Has = &no
	}
	for _, p := range s.Properties {
		strict(p)
	}
	strict(s.Items)
}

// Operations returns the methods and paths that are described: "GET /stories/{id}".
func (d *Document) Operations() (all []string) {
	for path, item := range d.doc.Paths.Map() {
		for method := range item.Operations() {
			all = append(all, method+" "+path)
		}
	}
	return all
}

// Asked returns those of which an answer other than a problem was held against the
// document.
func (d *Document) Asked() map[string]bool { return d.asked }

// Ask has a handler answer a request, and fails the test if the answer is not as the
// document says. A request of a form that it does not know of is a mistake of the test
// unless the answer is a problem.
func (d *Document) Ask(t testing.TB, h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	route, params, err := d.router.FindRoute(r)
	if err != nil {
		if w.Code != http.StatusNotFound && w.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s %s is answered %d, and not described: %v", r.Method, r.URL, w.Code, err)
		}
		return w
	}
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: w.Code, Header: w.Header(), Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true}}
	out.SetBodyBytes(bytes.Clone(w.Body.Bytes()))
	if err := openapi3filter.ValidateResponse(context.Background(), out); err != nil {
		t.Errorf("%s %s is answered %d otherwise than described: %v\n%.2000s", r.Method, r.URL, w.Code, err, w.Body)
	}
	if w.Code < 300 {
		d.asked[r.Method+" "+route.Path] = true
	} else if !strings.HasPrefix(w.Header().Get("Content-Type"), "application/problem+json") {
		t.Errorf("%s %s is answered %d as %s", r.Method, r.URL, w.Code, w.Header().Get("Content-Type"))
	}
	return w
}
