package places_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/text"
)

// TestFalseFriends runs the forms of other languages than English over English
// news. None may be found often: it would be an English word or a name. What
// is excused does mean the country.
func TestFalseFriends(t *testing.T) {
	const items, most = 20_000, 4
	excused := map[string]bool{"UAE": true, "USA": true, "Czech": true, "philippine": true, "Italia": true}
	foreign := map[string]places.Form{}
	for _, f := range places.Forms() {
		if len(f.Words) == 1 && f.Lang != "en" && !f.Only {
			foreign[f.Words[0]] = f
		}
	}
	found := map[string]int{}
	read := 0
	for _, s := range news(t, items) {
		read++
		var words text.Text
		words.Set(s, "en")
		for i := range words.Len() {
			f, ok := foreign[string(words.Word(i))]
			if ok && (!f.Exact || words.Flags(i)&text.Capital != 0) {
				found[f.Written]++
			}
		}
	}
	if read < items {
		t.Fatalf("only %d items", read)
	}
	for written, n := range found {
		if n > most && !excused[written] {
			t.Errorf("%s: found %d times in English news", written, n)
		}
	}
}

// news returns the titles and descriptions of the first items of the archive.
func news(t *testing.T, items int) []string {
	t.Helper()
	file, err := os.Open("../../../shared/data/news-2022-09_2023-04.jsonl.gz")
	if err != nil {
		t.Skip("no news archive beside the repository: ", err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<24)
	var all []string
	for lines.Scan() && len(all) < items {
		var item struct{ Title, Description string }
		if err := json.Unmarshal(lines.Bytes(), &item); err != nil {
			t.Fatal(err)
		}
		all = append(all, item.Title+". "+item.Description)
	}
	return all
}
