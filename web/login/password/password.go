// Package password makes hashes of passwords and compares them, by argon2id, a few
// at once: each takes 19 MB for as long as it lasts. It is the door of argon2id.
package password

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/secure/precis"
)

const (
	shortest = 12  // characters
	longest  = 256 // characters, so that nobody sends megabytes to be hashed
	atOnce   = 2   // so many are hashed at once
)

// params are those that OWASP names first: 19 MB, two passes, one thread.
var params = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// nobodys is a hash with params of a password that nobody has, so that to ask for a
// name that is unknown takes as long as for one that is known.
const nobodys = "$argon2id$v=19$m=19456,t=2,p=1$Y291cHdhdGNobm9ib2R5cw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

var turns = make(chan struct{}, atOnce)

// turn waits until a password may be hashed, and returns what ends that.
func turn(ctx context.Context) (done func(), err error) {
	select {
	case turns <- struct{}{}:
		return func() { <-turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Hash returns the hash of a password, as PHC writes it. The error says what is
// wrong with one that will not do: it is too short, too long, or the name of the user.
func Hash(ctx context.Context, user, password string) (string, error) {
	plain, err := prepare(password)
	switch n := utf8.RuneCountInString(plain); {
	case err != nil || n > longest:
		return "", fmt.Errorf("this is no password: take %d to %d letters, digits, signs and blanks", shortest, longest)
	case n < shortest:
		return "", fmt.Errorf("the password is too short: it needs at least %d characters; a few words do", shortest)
	case strings.Trim(plain, string([]rune(plain)[:1])) == "":
		return "", errors.New("the password is one character only; a few words do")
	case user != "" && strings.Contains(strings.ToLower(plain), user) && n < shortest+utf8.RuneCountInString(user):
		return "", errors.New("the password is hardly more than the name; a few words do")
	}
	done, err := turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	return argon2id.CreateHash(plain, params)
}

// Is reports whether hash is that of a password. With "" for a hash it takes as long
// and reports false. The error is that ctx is done, or that the hash is damaged.
func Is(ctx context.Context, password, hash string) (bool, error) {
	plain, wrong := prepare(password)
	if wrong != nil || len(plain) > longest*utf8.UTFMax {
		plain = "" // nobody has it
	}
	unknown := hash == ""
	if unknown {
		hash = nobodys
	}
	done, err := turn(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	same, err := argon2id.ComparePasswordAndHash(plain, hash)
	if err != nil {
		return false, fmt.Errorf("the hash of a password is stored damaged: %w; set another with coupwatch users password", err)
	}
	return same && !unknown && plain != "", nil
}

// prepare makes one of the ways in which keyboards write the same password.
func prepare(password string) (string, error) {
	if len(password) > longest*utf8.UTFMax {
		return "", errors.New("too long")
	}
	return precis.OpaqueString.String(password)
}
