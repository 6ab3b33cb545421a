package span

import (
	"context"
	"slices"
	"testing"
)

// noting writes down what is noted.
type noting struct{ said []string }

func (n *noting) Begin(ctx context.Context, name string) (context.Context, Recorder) {
	n.said = append(n.said, "begin "+name)
	return ctx, n
}
func (n *noting) Rename(name string)         { n.said = append(n.said, "rename "+name) }
func (n *noting) Text(key, value string)     { n.said = append(n.said, key+" "+value) }
func (n *noting) Number(key string, _ int64) { n.said = append(n.said, key) }
func (n *noting) Fail(problem string)        { n.said = append(n.said, "fail "+problem) }
func (n *noting) End()                       { n.said = append(n.said, "end") }

// do is what a room does with a span.
func do(ctx context.Context) {
	_, s := Begin(ctx, "read")
	s.Text("feed", "Wire")
	s.Number("items", 1000)
	s.Fail("")
	s.Fail("no answer")
	s.Rename("reading")
	s.End()
}

func TestSpan(t *testing.T) {
	n := &noting{}
	do(With(t.Context(), n))
	if want := []string{"begin read", "feed Wire", "items", "fail no answer", "rename reading", "end"}; !slices.Equal(n.said, want) {
		t.Errorf("noted %q, want %q", n.said, want)
	}
}

// A span that nobody notes takes no memory.
func TestNobodyPaysNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if n := testing.AllocsPerRun(100, func() { do(ctx) }); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

// BenchmarkNobody is what a span costs that nobody notes, some contexts below where
// one who does would be.
func BenchmarkNobody(b *testing.B) {
	ctx := b.Context()
	for range 5 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithCancel(ctx)
		defer cancel()
	}
	for b.Loop() {
		do(ctx)
	}
}
