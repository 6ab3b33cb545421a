package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

// What the commands say of an archive is the same wherever it is brought, also after
// the program was killed while it brought it.
func TestMigrateKeepsTheStories(t *testing.T) {
	t.Parallel()
	dir, feed := t.TempDir(), newFeed(t)
	write(t, filepath.Join(dir, "rules.yaml"), feed.rules("coup"))
	feed.add("Officers plot a coup in Mali")
	if _, errs, code := coupwatch(t, dir, nil, "run", "--once"); code != 0 {
		t.Fatal(errs)
	}
	there, back := enginetest.NewPostgres(t), "sqlite:back.db"
	of := func(location string) string {
		out, errs, code := coupwatch(t, dir, nil, "stories", "--json", "--database", location)
		if code != 0 {
			t.Fatal(errs)
		}
		return out
	}
	want := of("sqlite:coupwatch.db")
	if !strings.Contains(want, "Mali") {
		t.Fatalf("there is no story to bring: %s", want)
	}
	killed := start(t, dir, nil, "migrate", "--to", there)
	_ = killed.cmd.Process.Kill() // whenever that is
	killed.exit()
	for _, pair := range [][2]string{{"sqlite:coupwatch.db", there}, {there, back}} {
		out, errs, code := coupwatch(t, dir, nil, "migrate", "--from", pair[0], "--to", pair[1])
		if code != 0 || !strings.Contains(out, "the same on both sides by number and checksum") {
			t.Fatalf("migrate exits with %d and says %s%s", code, out, errs)
		}
		if got := of(pair[1]); got != want {
			t.Errorf("stories of %s:\n%s\nwant\n%s", pair[1], got, want)
		}
	}
	if _, errs, code := coupwatch(t, dir, nil, "migrate", "--to", there); code != 1 || !strings.Contains(errs, "it is not empty") {
		t.Errorf("over what is there: exits with %d and says %s", code, errs)
	}
	for _, args := range [][]string{{"migrate"}, {"migrate", "x", "--to", there}, {"migrate", "--from", there, "--to", there}} {
		if _, _, code := coupwatch(t, dir, nil, args...); code != 2 {
			t.Errorf("%v exits with %d, want 2", args, code)
		}
	}
}
