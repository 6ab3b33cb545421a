package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/doctor"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/pages"
)

func doctorCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look over all that has to be right, and say what to do",
		Long: `Doctor looks over the settings, the rules, the database and its disk, the clock,
the channels, who may use the page, the feeds and what is owed. Of each it says that it is well, or what
is wrong and what to do. It changes nothing and sends nothing, may be asked while
coupwatch runs, and exits with 1 if anything is wrong.`,
		Example: `  coupwatch doctor
  coupwatch doctor --json | jq 'select(.state == "wrong")'`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			bad := 0
			for ward := range p.wards(cmd.Context()) {
				if !asJSON {
					bad += ward.Show(p.out)
					continue
				}
				n, err := ward.WriteJSON(p.out)
				if err != nil {
					return err
				}
				bad += n
			}
			if bad > 0 {
				return wrong(bad)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object for each thing that was looked at")
	return cmd
}

// wards looks at one matter after another.
func (p *program) wards(ctx context.Context) func(yield func(doctor.Ward) bool) {
	return func(yield func(doctor.Ward) bool) {
		rules, err := lookUpRules(p.Rules)
		if !yield(doctor.Rules(rules, err)) {
			return
		}
		db, err := p.openStored(ctx)
		if err == nil {
			defer db.Close()
		}
		if !yield(doctor.Database(ctx, db, err, time.Now())) || rules != nil && !yield(doctor.Clock(ctx, p.ProxyFor(), rules.Feeds())) {
			return
		}
		if rules != nil {
			for _, ward := range p.channelWards(ctx) {
				if !yield(ward) {
					return
				}
			}
		}
		if err != nil {
			return
		}
		if p.Listen != "" {
			who, err := pages.Parts{DB: db, Log: p.log, Settings: p.Settings}.Who(ctx)
			if !yield(doctor.Page(p.Listen, who, err)) {
				return
			}
		}
		feeds, err := db.Feeds(ctx)
		_ = yield(doctor.Feeds(feeds, err)) && yield(doctor.Outbox(ctx, db, time.Now()))
	}
}

// channelWards looks over the settings and the channels that the rules name.
func (p *program) channelWards(ctx context.Context) []doctor.Ward {
	file, err := openRules(p.Rules, p.log)
	if err != nil {
		return nil // the rules were told of
	}
	use := &daemon.InUse{File: file, MailTo: p.MailTo}
	if use.Channels, err = p.channels(mode{}, p.style(use)); err != nil {
		return []doctor.Ward{doctor.Settings(nil, err)}
	}
	wards := []doctor.Ward{doctor.Settings(p.advice(use, mode{}), nil)}
	return append(wards, doctor.Channels(ctx, use, p.Missing)...)
}
