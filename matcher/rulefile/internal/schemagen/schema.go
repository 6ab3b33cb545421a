package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"
)

//go:embed types.go
var types string

// schema returns the text of rules.schema.json.
func schema() ([]byte, error) {
	comments, err := readComments(types)
	if err != nil {
		return nil, err
	}
	r := &jsonschema.Reflector{
		Anonymous:                  true,
		ExpandedStruct:             true,
		FieldNameTag:               "yaml",
		RequiredFromJSONSchemaTags: true,
		LookupComment: func(t reflect.Type, field string) string {
			return comments[strings.TrimSuffix(t.Name()+"."+field, ".")]
		},
	}
	s := r.Reflect(File{})
	s.Title = "rules.yaml of coupwatch"
	// The types below are only referred to by schemas written by hand.
	for name, v := range map[string]any{"Condition": Condition{}, "Change": Change{}, "Example": Example{}} {
		def := r.Reflect(v)
		for inner, schema := range def.Definitions {
			s.Definitions[inner] = schema
		}
		def.Version, def.Definitions = "", nil
		s.Definitions[name] = def
	}
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the schema of rules.yaml: %w", err)
	}
	// The generator escapes what would be dangerous in HTML, and hard to read.
	plain := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(text))
	return []byte(plain + "\n"), nil
}

// readComments returns the comments of the types and fields in src, by "Type"
// and "Type.Field", each on one line.
func readComments(src string) (map[string]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "types.go", src, parser.ParseComments)
	if err != nil {
		return nil, fmt.Errorf("read the comments of types.go: %w", err)
	}
	out := map[string]string{}
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.TYPE {
			continue
		}
		spec := gen.Specs[0].(*ast.TypeSpec)
		out[spec.Name.Name] = oneLine(gen.Doc)
		if fields, ok := spec.Type.(*ast.StructType); ok {
			for _, f := range fields.Fields.List {
				out[spec.Name.Name+"."+f.Names[0].Name] = oneLine(f.Doc)
			}
		}
	}
	return out, nil
}

func oneLine(doc *ast.CommentGroup) string { return strings.Join(strings.Fields(doc.Text()), " ") }
