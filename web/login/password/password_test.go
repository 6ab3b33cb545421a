package password_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/web/login/password"
)

func TestIs(t *testing.T) {
	ctx := t.Context()
	hash, err := password.Hash(ctx, "anna", "тихий корабель вночі")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %q", hash)
	}
	again, _ := password.Hash(ctx, "anna", "тихий корабель вночі")
	if again == hash {
		t.Error("two hashes of one password are alike: there is no salt")
	}
	for given, want := range map[string]bool{
		"тихий корабель вночі":            true,
		"тихии\u0306 корабель\u00a0вночі": true, // as another keyboard writes it
		"тихий корабель вдень":            false,
		"":                                false,
		strings.Repeat("a", 5000):         false,
		"тихий корабель вночі\x00":        false,
	} {
		if got, err := password.Is(ctx, given, hash); got != want || err != nil {
			t.Errorf("%q is it: %v, %v; want %v", given, got, err, want)
		}
		if got, err := password.Is(ctx, given, ""); got || err != nil {
			t.Errorf("%q lets in somebody unknown: %v, %v", given, got, err)
		}
	}
	if _, err := password.Is(ctx, "x", "$argon2id$damaged"); err == nil {
		t.Error("a damaged hash is none")
	}
}

func TestHashRefuses(t *testing.T) {
	for given, says := range map[string]string{
		"":                        "no password",
		"only eleven":             "at least 12",
		"aaaaaaaaaaaaaaa":         "one character",
		"яяяяяяяяяяяяяяя":         "one character",
		"annalise2026":            "than the name",
		strings.Repeat("ab", 200): "no password",
		"a line\nand another":     "no password",
	} {
		hash, err := password.Hash(t.Context(), "annalise", given)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %q, %v; want an error with %q", given, hash, err, says)
		}
		if err != nil && given != "" && strings.Contains(err.Error(), given) {
			t.Errorf("the error tells the password: %v", err)
		}
	}
	if _, err := password.Hash(t.Context(), "al", "algebra on mondays"); err != nil {
		t.Errorf("a short name in a long password: %v", err)
	}
}

// Somebody unknown is refused after as much work as somebody known.
func TestUnknownTakesAsLong(t *testing.T) {
	hash, err := password.Hash(t.Context(), "", "some words that do")
	if err != nil {
		t.Fatal(err)
	}
	took := func(hash string) (least time.Duration) {
		for i := range 5 {
			begun := time.Now()
			if _, err := password.Is(t.Context(), "other words that do", hash); err != nil {
				t.Fatal(err)
			}
			if d := time.Since(begun); i == 0 || d < least {
				least = d
			}
		}
		return least
	}
	known, unknown := took(hash), took("")
	if unknown < known/2 || known < unknown/2 {
		t.Errorf("a known name takes %v, an unknown one %v", known, unknown)
	}
}

func TestWhoHasGoneDoesNotWait(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("gone"))
	gone := 0
	for range 50 { // a turn that is free may be taken all the same
		if _, err := password.Is(ctx, "x", ""); errors.Is(err, context.Canceled) {
			gone++
		}
	}
	if gone == 0 {
		t.Error("who has gone is hashed for all the same")
	}
}
