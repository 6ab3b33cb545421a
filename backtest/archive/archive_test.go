package archive

import (
	"testing"
)

// What is wrong with a line is told with its place and a way out.
func TestLineThatIsNoItem(t *testing.T) {
	for line, want := range map[string]string{
		`{"title":"Coup","published":"2026-01-01"}`: "a.jsonl:7: this line is no JSON object of a news item: published is 2026-01-01; write a time such as 2026-08-22T15:04:00Z, or leave it out",
		`{"title":5}`: "a.jsonl:7: this line is no JSON object of a news item: title is a number; put it into double quotes",
		`[]`:          "a.jsonl:7: this line is no JSON object of a news item: json: cannot unmarshal array into Go value of type archive.Fields",
		`{"title"`:    "a.jsonl:7: this line is no JSON object of a news item: unexpected end of JSON input",
	} {
		if it, err := (Line{7, []byte(line)}).Item("a.jsonl"); err == nil || err.Error() != want {
			t.Errorf("%s is %+v, %v, want %s", line, it, err, want)
		}
	}
	if it, err := (Line{7, []byte(`{"title":"Coup","published":"2026-01-01T00:00:00Z"}`)}).Item("a.jsonl"); err != nil || it.Title != "Coup" || it.Published.IsZero() {
		t.Errorf("an item is %+v, %v", it, err)
	}
}
