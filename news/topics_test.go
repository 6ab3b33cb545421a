package news

import "testing"

func TestTopics(t *testing.T) {
	span := func(term string, start int) Span { return Span{Term: term, Start: start, End: start + 3} }
	coup, army, other := span("coup", 0), span("@army", 5), span("plot", 9)
	tests := []struct {
		name    string
		matches []Match
		want    []Span
	}{
		{"none", nil, nil},
		{"words of an event before names", []Match{{Spans: []Span{coup, army}}}, []Span{coup}},
		{"names alone", []Match{{Spans: []Span{army}}}, []Span{army}},
		{"points beside another rule", []Match{{Spans: []Span{other, other}}, {Spans: []Span{coup}}}, []Span{coup}},
		{"points alone", []Match{{Spans: []Span{other, other}}}, []Span{other, other}},
	}
	for _, tt := range tests {
		got := Report{Matches: tt.matches}.Topics()
		if len(got) != len(tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
			}
		}
	}
}
