package daemon

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/slack"
	"github.com/coupwatch/coupwatch/store"
)

// A SlackDesk answers people who press buttons in Slack or ask /coupwatch. It
// implements [slack.Desk].
type SlackDesk struct {
	Use     *InUse
	DB      *store.DB
	Rules   func() (*matcher.Rules, error) // read afresh
	Version string                         // of the program
	Columns int                            // how wide answers may be, 0 for as wide as usual
	Log     *slog.Logger                   // hears of what could not be noted; nil for nobody
}

var _ slack.Desk = (*SlackDesk)(nil)

// Listen serves them until ctx is done, if Slack is set up and there is an app-level
// token. That Slack refuses the app is told to the operators and ends only the
// listening.
func (d *SlackDesk) Listen(ctx context.Context, token string, ops *Operators, log *slog.Logger) error {
	bot, ok := d.Use.Channels.Slack.(*slack.Bot)
	if !ok || token == "" {
		return nil
	}
	err := bot.Socket(token, d, log).Listen(ctx)
	if ctx.Err() != nil {
		return nil
	}
	log.Error("nobody listens to buttons in Slack", "err", err)
	ops.Deaf(err)
	return nil
}

// Label implements [slack.Judge].
func (d *SlackDesk) Label(ctx context.Context, l news.Label) (answer string, err error) {
	if answer, err = d.KeepLabel(ctx, l); err == nil {
		d.note(ctx, l.By, map[bool]string{true: "called story " + l.Story + " relevant", false: "called story " + l.Story + " not relevant"}[l.Relevant])
	}
	return answer, err
}

// note keeps for the audit what somebody changed in Slack. It is done already, so that
// a failure is only in the log.
func (d *SlackDesk) note(ctx context.Context, who, what string) {
	deed := news.Deed{At: time.Now(), Who: cmp.Or(who, "somebody"), From: "Slack", What: news.Redact(what)}
	if err := d.DB.NoteDeed(ctx, deed); err != nil && d.Log != nil {
		d.Log.Error("what somebody changed in Slack is not noted", "who", deed.Who, "what", deed.What, "err", err)
	}
}

// KeepLabel keeps what somebody thinks of a story, and returns a sentence about it.
func (d *SlackDesk) KeepLabel(ctx context.Context, l news.Label) (answer string, err error) {
	l.Version = d.Use.File.Current().Version()
	if err := d.DB.Label(ctx, l); err != nil {
		return "", err
	}
	what := map[bool]string{true: "relevant", false: "noise"}[l.Relevant]
	return fmt.Sprintf("Noted as %s for the rule %s.", what, d.Use.File.Current().Title(l.Rule)), nil
}

// Mute implements [slack.Judge].
func (d *SlackDesk) Mute(ctx context.Context, m news.Mute) (answer string, err error) {
	mutes, err := d.MuteAll(ctx, m)
	var lines []string
	for _, held := range mutes {
		d.note(ctx, m.By, "muted "+answers.MutedWhat(held)+" until "+endOf(held))
	}
	for _, m := range mutes {
		lines = append(lines, fmt.Sprintf("Muted until %s: %s. The digest still lists it. To end it: coupwatch unmute %s", endOf(m), d.Called(ctx, m), answers.MutedWhat(m)))
	}
	return strings.Join(lines, "\n"), err
}

// MuteAll mutes what m stands for by the rules in use and returns the mutes that
// hold it: of what was muted for longer, that.
func (d *SlackDesk) MuteAll(ctx context.Context, m news.Mute) (held []news.Mute, err error) {
	if m.Story != "" {
		s, err := d.DB.Story(ctx, m.Story)
		if err != nil {
			return nil, err
		}
		m.Story = s.ID
	}
	mutes, err := d.Use.File.Current().Resolve(m)
	if err != nil {
		return nil, err
	}
	now := time.Now().UTC()
	have, err := d.DB.Mutes(ctx, now)
	if err != nil {
		return nil, err
	}
	for _, m := range mutes {
		if longer := lasting(have, m); longer != nil {
			m = *longer
		} else if err := d.DB.Mute(ctx, m, now); err != nil {
			return nil, err
		}
		held = append(held, m)
	}
	return held, d.Use.ReadMutes(ctx, d.DB)
}

// Called returns what people call that which m mutes.
func (d *SlackDesk) Called(ctx context.Context, m news.Mute) string {
	rules := d.Use.File.Current()
	switch {
	case m.Story != "":
		if s, err := d.DB.Story(ctx, m.Story); err == nil {
			return "the story “" + s.Headline + "”"
		}
	case m.Rule != "":
		return "the rule " + rules.Title(m.Rule)
	case m.Entity != "":
		return rules.EntityName(m.Entity)
	}
	return answers.MutedWhat(m)
}

// lasting returns the mute of have that mutes what m does and for longer, or
// nil.
func lasting(have []news.Mute, m news.Mute) *news.Mute {
	for _, h := range have {
		same := h.Story == m.Story && h.Rule == m.Rule && h.Entity == m.Entity && h.Feed == m.Feed
		if same && (h.Until.IsZero() || h.Until.After(m.Until)) {
			return &h
		}
	}
	return nil
}

// endOf says when a mute ends.
func endOf(m news.Mute) string {
	if m.Until.IsZero() {
		return "it is unmuted"
	}
	return m.Until.UTC().Format("2 Jan 2006 15:04 MST")
}

// Status implements [slack.Clerk].
func (d *SlackDesk) Status(ctx context.Context) (answer string, err error) {
	feeds, err := d.DB.Feeds(ctx)
	if err != nil {
		return "", err
	}
	now := time.Now().UTC()
	stories, err := d.DB.Stories(ctx, now.AddDate(0, 0, -1), now.Add(time.Hour))
	if err != nil {
		return "", err
	}
	alerts, err := d.DB.Outbox(ctx, outboxShown)
	if err != nil {
		return "", err
	}
	told, owed, lost := 0, 0, 0
	for _, s := range stories {
		if now.Sub(s.Told) < 24*time.Hour {
			told++
		}
	}
	for _, a := range alerts {
		switch a.State() {
		case "owed", "sending":
			owed++
		case "failed":
			lost++
		}
	}
	sum := d.Use.File.Current().Summary()
	text := fmt.Sprintf("coupwatch %s: %s: %s; %s.\nLast 24 hours: %s, %d of them told. Owed now: %s; given up: %d.",
		d.Version, terminal.Count(len(feeds), "feed"), news.CountStates(feeds, now), terminal.Count(sum.Rules, "rule"), terminal.Count(len(stories), "story"), told, terminal.Count(owed, "alert"), lost)
	if problem := d.Use.File.Status().Problem; problem != "" {
		text += "\nrules.yaml has mistakes, and the rules before them are in use:\n" + problem
	}
	return text, nil
}

// outboxShown is how many alerts of the outbox are counted.
const outboxShown = 1000

// Why implements [slack.Clerk].
func (d *SlackDesk) Why(ctx context.Context, link string) (answer string, err error) {
	x, err := answers.FindItem(ctx, d.DB, link, d.Rules)
	if err != nil {
		return "", err
	}
	s := terminal.NewScreen(d.Columns, false)
	x.ShowBriefly(s)
	if err := x.Unknown(); err != nil {
		fmt.Fprintf(s, "%v\n", err)
	}
	return terminal.Cut(s.String(), 2500), nil // Slack shows some 3,000 letters
}

// Missed implements [slack.Clerk]. What was missed is a label without a rule.
func (d *SlackDesk) Missed(ctx context.Context, link, by string) (answer string, err error) {
	l := news.Label{Item: link, Version: d.Use.File.Current().Version(), Relevant: true, By: by, At: time.Now().UTC()}
	items, err := d.DB.ItemsByLink(ctx, link)
	if err != nil {
		return "", err
	}
	if len(items) > 0 {
		l.Item, l.Story = items[0].ID, items[0].Story
	}
	if err := d.DB.Label(ctx, l); err != nil {
		return "", err
	}
	why, err := d.Why(ctx, link)
	return "Noted as missed; coupwatch rules lists it.\n" + why, err
}
