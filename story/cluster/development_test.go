package cluster

import (
	"testing"
	"time"
)

// What tells the same of others is no copy: the names count that are not those of
// all the story, and only where both reports have some.
func TestOtherPeople(t *testing.T) {
	cl := &Cluster{summary: summary{leads: []int32{1, 2}}}
	for _, tt := range []struct {
		name     string
		a        []int32
		newNames bool
		b        []int32
		want     bool
	}{
		{"others", []int32{1, 3}, false, []int32{1, 4}, true},
		{"others, and the main names too", []int32{1, 2, 3}, false, []int32{4}, true},
		{"one of whom no story ever told", []int32{1}, true, []int32{4}, true},
		{"one of whom no story ever told, and one that is the same", []int32{4}, true, []int32{4}, false},
		{"one of them is the same", []int32{3, 4}, false, []int32{4, 5}, false},
		{"it names nobody else", []int32{1}, false, []int32{1, 4}, false},
		{"the other one names nobody else", []int32{3}, true, []int32{1}, false},
		{"neither does", []int32{1}, false, []int32{2}, false},
		{"no names", nil, false, nil, false},
	} {
		if got := cl.otherPeople(&queryVector{names: tt.a, newNames: tt.newNames}, &member{names: tt.b}); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// copied returns the development of which a report is a copy that names name, of a
// story in which another was told in like words of the minister Sissoko.
func copied(w Weights, name string) string {
	first := said("1", "coup garrison bridge radio minister", "ml", "coup", 0)
	first.Gist.Names = []string{"@sissoko"}
	next := said("r", "coup garrison curfew palace minister", "ml", "coup", time.Hour)
	next.Gist.Names = []string{name}
	w.Main.Name = 0.9
	ix := knows(w, of("s", first, said("2", "curfew in the north", "ml", "coup", -20*day), said("3", "trial of a judge", "ml", "coup", -20*day)))
	return ix.Development(next, ix.clusters["s"])
}

// A report that is just like enough one of a development to be its copy is none if
// it tells that of others.
func TestDevelopmentOfOthers(t *testing.T) {
	w := Default()
	w.Thresholds.Duplicate = 0.1
	if same := copied(w, "@sissoko"); same != "1" {
		t.Fatalf("of the same minister: a copy of %q, want 1", same)
	}
	for w.Thresholds.Duplicate < 1 && copied(w, "@sissoko") == "1" {
		w.Thresholds.Duplicate += 0.02
	}
	w.Thresholds.Duplicate -= 0.02
	if other := copied(w, "@keita"); other != "" {
		t.Errorf("of another minister: a copy of %q, want none", other)
	}
}
