package fetch

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
)

// TestBudget: what does not fit beside the others waits, its own clock
// standing still, and a long wait is a trouble of nobody's feed.
func TestBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBudget(20 << 20)
		first, second := loanOf(t, b), loanOf(t, b)
		if err := first.take(t.Context(), 12<<20); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- second.take(t.Context(), 12<<20) }()
		synctest.Wait()
		select {
		case err := <-done:
			t.Fatalf("24 MB are lent of 20: %v", err)
		default:
		}
		<-time.After(40 * time.Second) // longer than a server may take
		first.release()
		first.release() // harmless
		if err := <-done; err != nil {
			t.Errorf("after the first was released: %v", err)
		}
		third := loanOf(t, b)
		var trouble *Trouble
		if err := third.take(t.Context(), 12<<20); !errors.As(err, &trouble) {
			t.Errorf("after a minute of waiting got %v, want a trouble", err)
		}
		second.release()
		if err := third.take(t.Context(), 20<<20); err != nil {
			t.Errorf("all is free: %v", err)
		}
	})
}

func loanOf(t *testing.T, b budget) *loan {
	_, clock, cancel := withDeadline(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return &loan{budget: b, clock: clock}
}

// TestReadAll: small answers ask nobody, large ones are read whole or refused.
func TestReadAll(t *testing.T) {
	tests := []struct {
		size, says int64 // bytes, and what the header says of them
		want       string
		lent       int64
	}{
		{1000, 1000, "", 0},
		{1000, -1, "", 0},
		{3 << 20, 3 << 20, "", 3 << 20},
		{3 << 20, -1, "", 4 << 20},
		{3 << 20, 2 << 20, "", 2 << 20},
		{5 << 20, -1, "larger than 4 MB", 4 << 20},
		{5 << 20, 5 << 20, "larger than 4 MB", 0},
	}
	for _, tt := range tests {
		l := loanOf(t, newBudget(4<<20))
		data, err := l.readAll(t.Context(), bytes.NewReader(make([]byte, tt.size)), tt.says, 4<<20)
		if tt.want == "" && (err != nil || int64(len(data)) != tt.size) || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%d bytes that are said to be %d: got %d, %v, want %q", tt.size, tt.says, len(data), err, tt.want)
		}
		if l.bytes != tt.lent {
			t.Errorf("%d bytes that are said to be %d borrow %d, want %d", tt.size, tt.says, l.bytes, tt.lent)
		}
		l.release()
	}
	l := loanOf(t, newBudget(4<<20))
	data, err := l.readAll(context.Background(), iotest.TimeoutReader(bytes.NewReader(make([]byte, 1000))), -1, 4<<20)
	if len(data) == 0 || err == nil {
		t.Errorf("of an answer that breaks off %d bytes came, %v; want what came and the reason", len(data), err)
	}
}
