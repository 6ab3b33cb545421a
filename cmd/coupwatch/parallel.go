package main

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// inOrder does do for whatever give gives, on all processors, and hands to
// take what came of it, in the order in which it was given. It stops at the
// first error, and returns it.
func inOrder[In, Out any](ctx context.Context, give func(context.Context, func(In) error) error, do func(In) (Out, error), take func(Out) error) error {
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
			if err := sendTo(ctx, order, t.out); err != nil {
				return err
			}
			return sendTo(ctx, work, t)
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

func sendTo[T any](ctx context.Context, c chan<- T, v T) error {
	select {
	case c <- v:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
