// Package pages puts the page together: the rooms of package web, with what they
// read of the database and of the rules in use.
package pages

import (
	"log/slog"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/web"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// Parts are what the page is made of.
type Parts struct {
	DB    *store.DB
	Use   *daemon.InUse
	State func() web.State
	Log   *slog.Logger
	Doors []web.Door // what is served besides
}

// Options returns what [web.Serve] serves of p.
func (p Parts) Options() web.Options {
	records := daemon.WebRecords{DB: p.DB, Use: p.Use}
	return web.Options{Archive: records, State: p.State, Log: p.Log, Sheet: sheet.New(records, p.Log), Doors: p.Doors}
}
