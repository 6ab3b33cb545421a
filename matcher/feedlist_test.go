package matcher_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// folder writes files into a folder of their own and returns the path of its
// rules.yaml.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "rules.yaml")
}

const (
	oneRule  = "rules:\n  - {id: coup, match: coup}\n"
	oneFeed  = "feeds:\n  # ours\n  - {url: \"https://a.example/\", name: A}\n"
	included = "include: [more/*.yaml]\n"
)

var added = []news.Feed{{URL: "https://b.example/", Name: "B"}}

// A feed is added where feeds are, be that an included file.
func TestFeedListAdd(t *testing.T) {
	for name, tt := range map[string]struct {
		files map[string]string
		file  string
	}{
		"in rules.yaml":        {map[string]string{"rules.yaml": oneRule + oneFeed}, "rules.yaml"},
		"in an included file":  {map[string]string{"rules.yaml": included + oneRule, "more/feeds.yaml": oneFeed}, "more/feeds.yaml"},
		"where there are none": {map[string]string{"rules.yaml": oneRule}, "rules.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			path := folder(t, tt.files)
			list, err := matcher.ReadFeedList(path)
			if err != nil {
				t.Fatal(err)
			}
			e, err := list.Add(added)
			if err != nil {
				t.Fatal(err)
			}
			if want := filepath.Join(filepath.Dir(path), tt.file); e.File != want || !strings.Contains(e.Text, `  - {url: "https://b.example/", name: B}`) {
				t.Errorf("%s is to become\n%s", e.File, e.Text)
			}
			feeds := e.Rules.Feeds()
			if len(feeds) != len(list.Feeds())+1 || feeds[len(feeds)-1].URL != "https://b.example/" {
				t.Errorf("the feeds become %v", feeds)
			}
		})
	}
}

func TestFeedListRemove(t *testing.T) {
	path := folder(t, map[string]string{"rules.yaml": included + oneRule + oneFeed, "more/feeds.yaml": "feeds:\n  - {url: \"https://b.example/\", name: B, disabled: true}\n  - {url: \"https://c.example/\", name: C}\n"})
	list, err := matcher.ReadFeedList(path)
	if err != nil {
		t.Fatal(err)
	}
	feeds := list.Feeds()
	if len(feeds) != 3 {
		t.Fatalf("listed are %v", feeds)
	}
	for _, f := range feeds {
		e, err := list.Remove(f)
		if err != nil {
			t.Fatal(err)
		}
		if e.File != f.File || strings.Contains(e.Text, f.URL) {
			t.Errorf("without %s, %s becomes\n%s", f.Name, e.File, e.Text)
		}
	}
	if got := feeds[1]; got.Name == "B" && !got.Disabled || !strings.HasSuffix(feeds[2].Place(), ":3") && !strings.HasSuffix(feeds[1].Place(), ":3") {
		t.Errorf("listed are %v", feeds)
	}
}

// An edit that would make a mistake is none.
func TestFeedListMistakes(t *testing.T) {
	path := folder(t, map[string]string{"rules.yaml": oneRule + oneFeed})
	list, err := matcher.ReadFeedList(path)
	if err != nil {
		t.Fatal(err)
	}
	var problems matcher.Problems
	if _, err := list.Add([]news.Feed{{URL: "https://A.example/", Name: "Again"}}); !errors.As(err, &problems) || !strings.Contains(err.Error(), "the url stands twice") {
		t.Errorf("added a feed twice: %v", err)
	}
	e, err := list.Add(added)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(oneRule), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := list.Write(e); !errors.Is(err, matcher.ErrChanged) {
		t.Errorf("wrote over what somebody else wrote: %v", err)
	}
}
