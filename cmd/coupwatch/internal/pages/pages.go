// Package pages puts the page together: the rooms of package web, with what they
// read of the database and of the rules in use.
package pages

import (
	"cmp"
	"log/slog"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/finding"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/web"
	"github.com/coupwatch/coupwatch/web/api"
	"github.com/coupwatch/coupwatch/web/board"
	"github.com/coupwatch/coupwatch/web/find"
	"github.com/coupwatch/coupwatch/web/handles"
	"github.com/coupwatch/coupwatch/web/sheet"
	"github.com/coupwatch/coupwatch/web/sources"
)

// Parts are what the page is made of.
type Parts struct {
	DB       *store.DB
	Use      *daemon.InUse
	State    func() web.State
	Log      *slog.Logger
	Doors    []web.Door        // what is served besides
	Settings settings.Settings // where it is, and who may use it
	Feeds    sources.List      // the feeds of rules.yaml
	Read     func(time.Time)   // has feeds read that are due by then
	Clerk    handles.Desk      // does what people want; nil for nobody
	Served   web.Served        // is told of each answer; nil for nobody
	Rules    *Rules            // the pages of rules; nil for none
}

// Options returns what [web.Serve] serves of p.
func (p Parts) Options() web.Options {
	known := daemon.WebRecords{DB: p.DB, Use: p.Use}
	around, stories := sheet.New(known, p.Log), board.New(known)
	of, archive := records{known, stories, p.Read, p.State}, finding.New(p.DB, p.Use.File.Current)
	who := p.desk(around)
	programs := api.Options{Audit: of, Finder: finder{archive}, List: p.Feeds}
	o := web.Options{
		Archive: known, Board: stories, State: p.State, Log: p.Log, Sheet: around, Doors: p.Doors, Served: p.Served,
		Gate:  who.Guard,
		Root:  cmp.Or(p.Settings.Page, p.Settings.Public),
		Rooms: slices.Concat(who.Doors(), sources.New(around, of, p.Feeds).Doors(), find.New(around, archive).Doors()),
	}
	if p.Clerk != nil {
		hands := handles.New(p.Clerk, around)
		o.Rooms, o.Panel = append(o.Rooms, hands.Doors()...), hands.Panel
		programs.Desk = apiDesk{p.Clerk}
	}
	if p.Rules != nil {
		o.Rooms = append(o.Rooms, p.Rules.open(p, around)...)
		programs.Rules = apiRules{p.Rules.room.Load()}
	}
	o.Rooms = append(o.Rooms, api.New(of, stories, p.Log, programs).Doors()...)
	return o
}
