package row

import (
	"testing"
	"time"
)

func TestPlaceholderLists(t *testing.T) {
	for got, want := range map[string]string{
		List(1, 1): "($1)", List(2, 3): "($2,$3,$4)", List(9, 2): "($9,$10)",
		Tuples(1, 2): "($1,$2)", Tuples(2, 3): "($1,$2,$3),($4,$5,$6)",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// What PostgreSQL refuses is not stored in SQLite either.
func TestClean(t *testing.T) {
	for text, want := range map[string]string{"": "", "путч": "путч", "a\x00b": "ab", "a\xffb": "a\uFFFDb", "\xff\x00": "\uFFFD"} {
		if got := Clean(text); got != want {
			t.Errorf("Clean(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTimesComeBack(t *testing.T) {
	noon := time.Date(2026, 8, 22, 12, 0, 0, 5e6, time.FixedZone("", 7200))
	for _, at := range []time.Time{{}, noon, time.UnixMilli(-1)} {
		if got := UTC(Millis(at)); !got.Equal(at) || got.Location() != time.UTC {
			t.Errorf("%v is stored as %d and comes back as %v", at, Millis(at), got)
		}
	}
	if Millis(noon.AddDate(200_000, 0, 0)) >= Never {
		t.Error("never comes")
	}
}
