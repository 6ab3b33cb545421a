package main

import (
	"log/slog"
	"testing"

	"github.com/coupwatch/coupwatch/notify"
)

// BenchmarkFlushNothing measures a tick of the sender while nothing is owed: it
// should cost less than a millisecond.
func BenchmarkFlushNothing(b *testing.B) {
	s := notify.NewSender(openStore(b, b.TempDir()), notify.Channels{}, slog.New(slog.DiscardHandler))
	for b.Loop() {
		if err := s.Flush(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
