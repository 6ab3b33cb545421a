package people

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/coupwatch/coupwatch/web/login/password"
)

// newPassword returns the hash of a password that is asked for, read, or made.
func (d *Desk) newPassword(ctx context.Context, name string, generate bool) (hash, made string, err error) {
	given := ""
	switch f, isFile := d.In.(*os.File); {
	case generate:
		t := strings.ToLower(rand.Text())
		made = strings.Join([]string{t[:5], t[5:10], t[10:15], t[15:20]}, "-")
		given = made
	case isFile && term.IsTerminal(int(f.Fd())):
		given, err = d.askTwice(f)
	default:
		given, err = firstLine(d.In)
	}
	if err != nil {
		return "", "", err
	}
	hash, err = password.Hash(ctx, name, given)
	return hash, made, err
}

// firstLine reads a password from where nobody types.
func firstLine(in io.Reader) (string, error) {
	lines := bufio.NewScanner(io.LimitReader(in, 10_000))
	if lines.Scan(); lines.Text() == "" {
		return "", errors.New("there is no password on standard input; write it there as one line, or use --generate")
	}
	return lines.Text(), nil
}

// askTwice asks for a password on a terminal, without showing it.
func (d *Desk) askTwice(f *os.File) (string, error) {
	var given [2]string
	for i, ask := range []string{"Password: ", "Once more: "} {
		fmt.Fprint(d.Err, ask)
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(d.Err)
		if err != nil {
			return "", fmt.Errorf("read the password: %w", err)
		}
		given[i] = string(b)
	}
	if given[0] != given[1] {
		return "", errors.New("the two are not the same; nothing is changed")
	}
	return given[0], nil
}
