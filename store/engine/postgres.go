package engine

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// postgresConns is how many connections are kept to a PostgreSQL server.
const postgresConns = 12

// connectTimeout is how long to wait for a PostgreSQL server unless the URL
// says otherwise.
const connectTimeout = 10 * time.Second

func connectPostgres(location string) (*DB, error) {
	config, err := pgx.ParseConfig(location)
	if err != nil {
		// What the parser says may quote the location, password and all.
		return nil, errors.New("open the database: the PostgreSQL URL is malformed; " +
			"write postgres://user:password@host:5432/database, with special characters of the password percent-encoded")
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	var options []stdlib.OptionOpenDB
	if !strings.Contains(location, "default_query_exec_mode") {
		options = append(options, stdlib.OptionBeforeConnect(new(pooler).avoid))
	}
	pool := stdlib.OpenDB(*config, options...)
	pool.SetMaxOpenConns(postgresConns)
	pool.SetMaxIdleConns(postgresConns)
	name := fmt.Sprintf("%s at %s:%d", config.Database, config.Host, config.Port)
	return &DB{Dialect: postgres, Name: name, Holder: rand.Text(), Writes: pool, Reads: pool}, nil
}

// A pooler is what may stand between this program and its server and give each
// transaction to another of its connections, as PgBouncer does in its mode
// "transaction". What one of them was asked to prepare the next does not know then,
// so nothing may be prepared there. All else that is kept of a session, such as locks
// and settings, nothing here asks for: locks are of transactions. The zero value does
// not know yet whether there is one.
type pooler struct {
	mu        sync.Mutex
	known, is bool
}

// avoid makes config ready for a pooler, if there is one. The first time it connects
// to find out; it is done before each connection.
func (p *pooler) avoid(ctx context.Context, config *pgx.ConnConfig) (err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.known {
		if p.is, err = isPooled(ctx, config.Copy()); err != nil {
			return err
		}
		p.known = true
	}
	if p.is {
		config.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	}
	return nil
}

// isPooled reports whether who answers is not the process of the server that does the
// work: a pooler cannot tell, when it is connected to, which one that will be.
func isPooled(ctx context.Context, config *pgx.ConnConfig) (bool, error) {
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return false, err
	}
	defer func() { _ = conn.Close(ctx) }() // it has told all
	var process uint32
	if err := conn.QueryRow(ctx, `SELECT pg_backend_pid()`).Scan(&process); err != nil {
		return false, err
	}
	return process != conn.PgConn().PID(), nil
}
