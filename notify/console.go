package notify

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/show"
)

// A Console writes alerts to a terminal or a file.
type Console struct {
	mu     sync.Mutex
	w      io.Writer
	colour bool
	style  Style
}

// NewConsole returns a Console that writes to w, in colours if w can show
// ANSI escapes.
func NewConsole(w io.Writer, colour bool, style Style) *Console {
	return &Console{w: w, colour: colour, style: style}
}

// Takes reports that a console takes updates, for it interrupts nobody, and no
// refreshes; see [Channels.Takes].
func (c *Console) Takes(kind news.Kind) bool { return kind == news.Update }

// Notify implements [Notifier]. It writes the alert in one call, and an empty
// line after it. An alert for another channel says so.
func (c *Console) Notify(_ context.Context, a news.Alert) (receipt string, err error) {
	var b bytes.Buffer
	if a.Channel != "console" {
		fmt.Fprintf(&b, "(for %s)\n", show.Line(a.Channel, 100))
	}
	b.Write(c.style.Text(a, c.colour))
	b.WriteByte('\n')
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := c.w.Write(b.Bytes()); err != nil {
		return "", fmt.Errorf("write to the console: %w", err)
	}
	return "", nil
}
