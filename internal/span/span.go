// Package span marks what takes time, for whoever wants to see where it goes. A
// context carries who notes that; if it carries nobody, nothing is noted and nothing
// is paid.
package span

import "context"

// A Tracer begins spans. It may be used by many at once.
type Tracer interface {
	// Begin begins a span within that of ctx, if it has one, and returns a context
	// that has it.
	Begin(ctx context.Context, name string) (context.Context, Recorder)
}

// A Recorder notes what is known of one span. It is used by one at a time.
type Recorder interface {
	Rename(name string)
	Text(key, value string)
	Number(key string, value int64)
	// Fail notes that what was done failed, and why, in words that hold no secret.
	Fail(problem string)
	End()
}

// A Span is what is being done. The zero value is one that nobody notes.
type Span struct{ to Recorder }

// key is that of the tracer in a context.
type key struct{}

// With returns a context whose spans t notes.
func With(ctx context.Context, t Tracer) context.Context { return context.WithValue(ctx, key{}, t) }

// Begin begins a span. Whoever began it ends it.
func Begin(ctx context.Context, name string) (context.Context, Span) {
	t, _ := ctx.Value(key{}).(Tracer)
	if t == nil {
		return ctx, Span{}
	}
	ctx, to := t.Begin(ctx, name)
	return ctx, Span{to}
}

// Rename gives it another name than it began with.
func (s Span) Rename(name string) {
	if s.to != nil {
		s.to.Rename(name)
	}
}

// Text notes a text: nothing that is secret, and no address as it stands.
func (s Span) Text(key, value string) {
	if s.to != nil {
		s.to.Text(key, value)
	}
}

// Number notes a number.
func (s Span) Number(key string, value int) {
	if s.to != nil {
		s.to.Number(key, int64(value))
	}
}

// Fail notes that it failed, if problem says so.
func (s Span) Fail(problem string) {
	if s.to != nil && problem != "" {
		s.to.Fail(problem)
	}
}

// End ends it.
func (s Span) End() {
	if s.to != nil {
		s.to.End()
	}
}
