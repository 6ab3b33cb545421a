package archive

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// Chunk is how many items are handled together by one goroutine.
const Chunk = 512

// Each does do for the lines of the file name, a chunk at a time, on all
// processors, and hands to take what came of it, in the order of the file. It
// stops at the first error, and returns it. m, which may be nil, counts what is
// read.
func Each[Out any](ctx context.Context, name string, m *Meter, do func([]Line) (Out, error), take func(Out) error) error {
	return InOrder(ctx,
		func(ctx context.Context, give func([]Line) error) error { return Split(ctx, name, m, give) },
		do, take)
}

// Split calls do with the lines of the file name, a chunk at a time.
func Split(ctx context.Context, name string, m *Meter, do func([]Line) error) error {
	some := make([]Line, 0, Chunk)
	for l, err := range Lines(name, m) {
		if err != nil {
			return err
		}
		some = append(some, Line{l.Number, append([]byte(nil), l.Text...)})
		m.AddRead(1)
		if len(some) == Chunk {
			if err := do(some); err != nil {
				return err
			}
			some = make([]Line, 0, Chunk)
		}
	}
	if len(some) == 0 || ctx.Err() != nil {
		return ctx.Err()
	}
	return do(some)
}

// InOrder does do for whatever give gives, on all processors, and hands to
// take what came of it, in the order in which it was given. It stops at the
// first error, and returns it.
func InOrder[In, Out any](ctx context.Context, give func(context.Context, func(In) error) error, do func(In) (Out, error), take func(Out) error) error {
	type task struct {
		in  In
		out chan Out
	}
	g, ctx := errgroup.WithContext(ctx)
	order := make(chan chan Out, 2*runtime.GOMAXPROCS(0))
	work := make(chan task)
	g.Go(func() error {
		defer close(order)
		defer close(work)
		return give(ctx, func(in In) error {
			t := task{in, make(chan Out, 1)}
			if err := SendTo(ctx, order, t.out); err != nil {
				return err
			}
			return SendTo(ctx, work, t)
		})
	})
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() error {
			for t := range work {
				out, err := do(t.in)
				if err != nil {
					return err
				}
				t.out <- out
			}
			return nil
		})
	}
	g.Go(func() error {
		for done := range order {
			select {
			case out := <-done:
				if err := take(out); err != nil {
					return err
				}
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
		return nil
	})
	return g.Wait()
}

// SendTo sends v, unless ctx is done first.
func SendTo[T any](ctx context.Context, c chan<- T, v T) error {
	select {
	case c <- v:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
