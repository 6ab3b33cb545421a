package rulefile_test

import (
	"errors"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/coupwatch/coupwatch/matcher/rulefile"
)

// Whatever rules.yaml is, it is read as rules or problems that have a place in
// it, and all of them can be shown.
func FuzzParseRules(f *testing.F) {
	for _, file := range glob(f, badFiles) {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, c := range casesOf(archive) {
			f.Add(string(c.files["rules.yaml"].Data))
		}
	}
	f.Add("lists: {coup: [coup, putsch]}\nrules:\n  - {id: coup, match: '$coup NEAR/5 @countries', examples: {ignore: [x]}}\n")
	f.Fuzz(func(t *testing.T, text string) {
		fsys := fstest.MapFS{"rules.yaml": {Data: []byte(text)}, "a.yaml": {Data: []byte("lists: {a: a}")}}
		file, err := read(fsys)
		if err == nil {
			file.Summary()
			return
		}
		var problems rulefile.Problems
		if !errors.As(err, &problems) || len(problems) == 0 {
			t.Fatalf("the error is %v, a %T", err, err)
		}
		for _, p := range problems {
			if p.File == "" || p.Line < 1 || p.Col < 1 || p.Code == "" || p.Msg == "" || p.Error() == "" {
				t.Errorf("a problem without a place: %+v", p)
			}
			if p.Source != "" && (p.Caret < 0 || p.Caret > len([]rune(p.Source))) {
				t.Errorf("the caret is outside of the line: %+v", p)
			}
		}
	})
}
