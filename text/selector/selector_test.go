package selector_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/coupwatch/coupwatch/text/selector"
)

const page = `<ul class="news"><li><a href="/1">One</a><li class="ad"><a href="/x">Buy</a><li><a href="/2">Two</a></ul><p><a href="/3">Three</a></p>`

func TestSelector(t *testing.T) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"a": "/1 /x /2 /3", ".news li:not(.ad) a": "/1 /2", "p > a, li.ad a": "/x /3", "a[href$='2']": "/2", "h1": "",
	} {
		s, err := selector.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range s.All(root) {
			got = append(got, n.Attr[0].Val)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s finds %v, want %s", text, got, want)
		}
		if first := s.First(root); (first == nil) != (want == "") || first != nil && first != s.All(root)[0] {
			t.Errorf("%s finds %v first", text, first)
		}
	}
	if none := (selector.Selector{}); none.First(root) != nil || none.All(root) != nil {
		t.Error("nothing finds something")
	}
}

func TestParseMistakes(t *testing.T) {
	for _, text := range []string{"", "a[", "li:first-kid", "a >", "{"} {
		if _, err := selector.Parse(text); err == nil || !strings.Contains(err.Error(), "is no CSS selector") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(".a > b:nth-child(2n+1), [c='d']")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := selector.Parse(text)
		if err != nil || len(text) > 200 {
			return
		}
		root, _ := html.Parse(strings.NewReader(page))
		if all := s.All(root); len(all) > 0 && s.First(root) == nil {
			t.Error("some, and no first")
		}
	})
}
