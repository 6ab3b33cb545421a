package matcher_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/rulefile"
)

// Whatever rules.yaml is, Parse returns rules or problems that have a place in
// it, and all of them can be shown.
func FuzzParseRules(f *testing.F) {
	files, err := filepath.Glob("testdata/bad/*.txtar")
	if err != nil || len(files) == 0 {
		f.Fatal("no cases", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		fsys, _ := unpack(txtar.Parse(text))
		f.Add(string(fsys["rules.yaml"].Data))
	}
	f.Add("lists: {coup: [coup, putsch]}\nrules:\n  - {id: coup, match: '$coup NEAR/5 @countries', examples: {ignore: [x]}}\n")
	f.Fuzz(func(t *testing.T, text string) {
		fsys := fstest.MapFS{"rules.yaml": {Data: []byte(text)}, "a.yaml": {Data: []byte("lists: {a: a}")}}
		rules, err := matcher.ParseFS(fsys, "rules.yaml")
		if err == nil {
			rules.Summary()
			return
		}
		var problems rulefile.Problems
		if !errors.As(err, &problems) || len(problems) == 0 || rules != nil {
			t.Fatalf("the error is %v, a %T", err, err)
		}
		for _, p := range problems {
			if p.File == "" || p.Line < 1 || p.Col < 1 || p.Msg == "" || p.Error() == "" {
				t.Errorf("a problem without a place: %+v", p)
			}
			if p.Source != "" && (p.Caret < 0 || p.Caret > len([]rune(p.Source))) {
				t.Errorf("the caret is outside of the line: %+v", p)
			}
		}
	})
}
