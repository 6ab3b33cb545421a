package terminal

import (
	"errors"
	"io"
	"os"

	"golang.org/x/term"
)

// Keys returns what waits for one key on a terminal, without the return key
// behind it; nil unless in and out are one. Ctrl-C is a key like others, 3.
func Keys(in *os.File, out io.Writer) func() (byte, error) {
	fd := int(in.Fd())
	if !term.IsTerminal(fd) || !IsTerminal(out) {
		return nil
	}
	return func() (key byte, err error) {
		was, err := term.MakeRaw(fd)
		if err != nil {
			return 0, err
		}
		defer func() { err = errors.Join(err, term.Restore(fd, was)) }()
		var pressed [1]byte
		if _, err := io.ReadFull(in, pressed[:]); err != nil {
			return 0, errors.New("nobody pressed a key")
		}
		return pressed[0], nil
	}
}
