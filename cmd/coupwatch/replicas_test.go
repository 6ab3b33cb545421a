//go:build unix

package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

// What a daemon was reading when it was killed another one reads, long before the
// lease of two minutes ends.
func TestReplicaTakesOver(t *testing.T) {
	t.Parallel()
	database := "DATABASE_URL=" + enginetest.NewPostgres(t)
	asked := make(chan struct{}, 1)
	var times atomic.Int64
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if times.Add(1) == 1 {
			asked <- struct{}{}
			<-r.Context().Done() // until the daemon is dead
			return
		}
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Slow</title><item><title>Rain</title><guid>a</guid></item></channel></rss>`)
	}))
	defer slow.Close()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "rules.yaml"), fmt.Sprintf("feeds: [{url: %q, name: Slow}]\nrules: [{id: coup, title: Coup, severity: high, match: coup}]\n", slow.URL))
	first := start(t, dir, []string{database})
	<-asked
	second := start(t, dir, []string{database})
	second.await("watches ")
	_ = first.cmd.Process.Kill()
	first.exit()
	second.await(`msg="feed read"`)
}

// A daemon that is started before its PostgreSQL server waits for it.
func TestDaemonAwaitsItsDatabase(t *testing.T) {
	t.Parallel()
	location, err := url.Parse(enginetest.NewPostgres(t))
	if err != nil {
		t.Fatal(err)
	}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := closed.Addr().String()
	closed.Close()
	query := location.Query()
	socket := filepath.Join(query.Get("host"), ".s.PGSQL.5432")
	query.Del("host")
	query.Set("sslmode", "disable")
	location.Host, location.RawQuery = address, query.Encode()

	dir := t.TempDir()
	write(t, filepath.Join(dir, "rules.yaml"), "feeds: [{url: \"http://127.0.0.1:1/\", name: None}]\nrules: [{id: coup, title: Coup, severity: high, match: coup}]\n")
	d := start(t, dir, []string{"DATABASE_URL=" + location.String()})
	if line := d.await("waiting for the database"); !strings.Contains(line, address+": no answer") {
		t.Errorf("the log says %q, want that the server does not answer", line)
	}
	relay(t, address, socket)
	d.await("watches ")
}

// relay hands what comes to address on to the socket, and back.
func relay(t *testing.T, address, socket string) {
	t.Helper()
	ln, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	go func() {
		for {
			from, err := ln.Accept()
			if err != nil {
				return // the test has ended
			}
			to, err := net.Dial("unix", socket)
			if err != nil {
				from.Close()
				continue
			}
			go func() { _, _ = io.Copy(to, from); to.Close() }()
			go func() { _, _ = io.Copy(from, to); from.Close() }()
		}
	}()
}

// A supervisor asks for a reload by SIGHUP, which ends a program that does not
// know it.
func TestHangupReloads(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rules := filepath.Join(dir, "rules.yaml")
	write(t, rules, "rules: [{id: coup, title: Coup, severity: high, match: coup}]\n")
	d := start(t, dir, nil)
	d.await("watches ")
	if err := d.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	d.await(`msg="SIGHUP: the rules are read`)
	write(t, rules, "rules: [{id: coup, title: Coup, severity: high, match: putsch}]\n")
	d.await(`msg="rules loaded"`)
}
