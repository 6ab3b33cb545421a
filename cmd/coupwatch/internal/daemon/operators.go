package daemon

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/outbox"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/watchdog"
)

// Operators tell those who run coupwatch what is wrong with it: once when a
// trouble begins, when it changes, and when it is over. They compare what is
// wrong with what was told, which is stored, so that a job that dies or runs
// twice tells nothing twice and forgets nothing.
type Operators struct {
	log      *slog.Logger
	use      *InUse
	db       *store.DB
	patience time.Duration // how long a channel may be in trouble before they hear of it

	Canary *Canary // whose absence they hear of; nil for none

	clock clock

	mu       sync.Mutex
	here     map[string]string // troubles of this process alone, by name
	database *databaseTrouble  // nil if all is well
}

// A trouble is what operators should hear of.
type trouble struct {
	name string
	text string
	to   []string // channels; nil for all of them
}

// The beginnings of names of troubles, by what they are of.
const (
	ofChannels = "channel/"
	ofFeeds    = "feed"
	ofCoverage = "coverage/"
	ofRules    = "rules"
	ofCanary   = "canary"
	ofSocket   = "socket"
)

// local are the troubles of a process, which other replicas may not have.
var local = []string{ofRules, ofSocket}

// abandoned is after how long the trouble of a process that does not confirm it
// may be ended by another.
const abandoned = 5 * time.Minute

// NewOperators returns who tells the operators. They hear of a channel when it has
// been in trouble for as long as patience lasts.
func NewOperators(log *slog.Logger, use *InUse, db *store.DB, patience time.Duration) *Operators {
	return &Operators{log: log, use: use, db: db, patience: patience, clock: clock{began: time.Now()}, here: map[string]string{}}
}

// Tell tells of the database, of the channels and of this process. If the clock was set
// since it was called last, what was due by the old one is due now.
func (o *Operators) Tell(ctx context.Context) error {
	o.tellOfDatabase(ctx)
	if now := time.Now(); o.clock.wasSet(now, now.Sub(o.clock.began)) {
		if err := o.turnBack(ctx); err != nil {
			return err
		}
	}
	channels, err := o.channels(ctx)
	if err != nil {
		return err
	}
	if err := o.reconcile(ctx, ofChannels, channels); err != nil {
		return err
	}
	if err := o.tellOfCanary(ctx); err != nil {
		return err
	}
	o.note(ofRules, o.use.File.Status().Problem)
	for _, name := range local {
		var now []trouble
		o.mu.Lock()
		if text := o.here[name]; text != "" {
			now = []trouble{{name: name, text: text}}
		}
		o.mu.Unlock()
		if err := o.reconcile(ctx, name, now); err != nil {
			return err
		}
	}
	return nil
}

// note keeps a trouble of this process; "" for none leaves no trace unless
// there was one.
func (o *Operators) note(name, text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, had := o.here[name]; had || text != "" {
		o.here[name] = text
	}
}

// Deaf keeps that nobody listens to people in Slack any more.
func (o *Operators) Deaf(err error) {
	o.note(ofSocket, fmt.Sprintf("The buttons in Slack and /coupwatch do nothing until coupwatch is started again: %v", err))
}

// channels returns the channels that have been in trouble for a while.
func (o *Operators) channels(ctx context.Context) ([]trouble, error) {
	all, err := o.db.Troubles(ctx)
	var now []trouble
	for _, c := range all {
		if time.Since(c.Since) < o.patience {
			continue
		}
		since := c.Since.Format("2 January 15:04 UTC")
		now = append(now, trouble{
			name: ofChannels + c.Name,
			text: fmt.Sprintf("Nothing can be sent to %s since %s: %s. What is owed goes out when that is mended; see coupwatch outbox.", c.Name, since, c.Problem),
			to:   otherWays(o.use.Policy().Operators, c.Name),
		})
	}
	return now, err
}

// Feeds tells of the feeds, and of countries and tags of which they bring nothing.
func (o *Operators) Feeds(ctx context.Context, watch *watcher.Watcher) error {
	if err := o.turnBack(ctx); err != nil {
		return err
	}
	sick, err := watch.Sick(ctx)
	if err != nil {
		return err
	}
	var now []trouble
	for _, s := range sick {
		if s.URL != "" {
			if place := o.use.File.FeedPlace(s.URL); place != "" {
				s.Text += " It stands in " + place + "."
			}
		}
		now = append(now, trouble{name: s.ID, text: s.Text})
	}
	if err := o.reconcile(ctx, ofFeeds, now); err != nil {
		return err
	}
	return o.coverage(ctx)
}

// turnBack makes due what was due by a clock that was ahead.
func (o *Operators) turnBack(ctx context.Context) error {
	ahead, err := o.db.TurnBack(ctx, time.Now())
	if ahead > 0 {
		o.log.Warn("the clock was put back, or that of another daemon is ahead: what was due by it is due now", "by", ahead.Round(time.Second))
	}
	return err
}

// coverage tells of countries and tags of which nothing is heard.
func (o *Operators) coverage(ctx context.Context) error {
	feeds, err := o.db.Feeds(ctx)
	if err != nil {
		return err
	}
	now := time.Now().UTC()
	heard, err := o.db.LearnHeard(ctx, now, watchdog.Watching(feeds), func(all []news.Heard) map[string]news.Told {
		return watchdog.JudgeHeard(all, feeds, now)
	})
	if err != nil {
		return err
	}
	var silent []trouble
	for _, n := range watchdog.Unheard(heard, heardName) {
		silent = append(silent, trouble{name: n.ID, text: n.Text})
	}
	return o.reconcile(ctx, ofCoverage, silent)
}

// heardName returns what people call a country or tag.
func heardName(name string) string {
	kind, of, _ := strings.Cut(name, " ")
	if kind == "country" {
		return places.Name(of)
	}
	return "feeds tagged " + of
}

// reconcile tells what is new of the troubles whose names begin with prefix,
// and which of those that were told are over.
func (o *Operators) reconcile(ctx context.Context, prefix string, current []trouble) error {
	open, err := o.db.OpenTroubles(ctx)
	if err != nil {
		return err
	}
	now := time.Now().UTC()
	for _, t := range current {
		i := slices.IndexFunc(open, func(x outbox.Trouble) bool { return x.Name == t.name })
		if i >= 0 && open[i].Text == t.text && now.Sub(open[i].Seen) < time.Minute {
			continue
		}
		to := o.channelsOf(t)
		told, err := o.db.Report(ctx, t.name, t.text, to, now)
		if err != nil {
			return err
		}
		if told && t.name != ofRules && !watcher.Logged(t.text) { // of which the log says more already
			o.log.Log(ctx, o.level(slog.LevelWarn, to), "operators told", "trouble", t.name, "text", t.text)
		}
	}
	for _, x := range open {
		lasts := slices.ContainsFunc(current, func(t trouble) bool { return t.name == x.Name })
		if !strings.HasPrefix(x.Name, prefix) || lasts {
			continue
		}
		if err := o.mended(ctx, x, now); err != nil {
			return err
		}
	}
	return nil
}

// channelsOf returns the channels over which operators hear of a trouble: what
// the log says already is not printed beside it.
func (o *Operators) channelsOf(t trouble) []string {
	if t.to != nil {
		return t.to
	}
	return o.unprinted(t.text)
}

// unprinted returns the channels of the operators; of a text that the log has
// as well, without those that are printed here.
func (o *Operators) unprinted(text string) []string {
	to := o.use.Policy().Operators
	if watcher.Logged(text) {
		to = slices.DeleteFunc(slices.Clone(to), o.use.Printed)
	}
	return to
}

// level returns how loud the log says what operators hear: not at all if it is
// printed beside it.
func (o *Operators) level(level slog.Level, to []string) slog.Level {
	if slices.ContainsFunc(to, o.use.Printed) {
		return slog.LevelDebug
	}
	return level
}

// mended tells that a trouble is over.
func (o *Operators) mended(ctx context.Context, x outbox.Trouble, now time.Time) error {
	unless, to := now, o.unprinted(x.Text)
	o.mu.Lock()
	_, ours := o.here[x.Name]
	o.mu.Unlock()
	if slices.Contains(local, x.Name) && !ours {
		unless = now.Add(-abandoned)
	}
	text := map[string]string{
		ofRules:  "The rules file is without mistakes again, and in use.",
		ofSocket: "The buttons in Slack and /coupwatch are served again.",
		allFeeds: "Most feeds can be read again.",
	}[x.Name]
	switch channel, of := strings.CutPrefix(x.Name, ofChannels); {
	case of:
		text, to = fmt.Sprintf("Alerts to %s go out again.", channel), otherWays(o.use.Policy().Operators, channel)
	case strings.HasPrefix(x.Name, ofCoverage):
		text = "It is heard of again: " + x.Text
	case strings.HasPrefix(x.Name, watcher.MovedFeeds):
		text = "It is settled, since rules.yaml has the new address or the server says no longer that it moved: " + x.Text
	case text == "":
		text = "It is well again: " + x.Text
	}
	text += fmt.Sprintf(" (It lasted %s.)", terminal.Duration(now.Sub(x.Since)))
	ended, err := o.db.Mended(ctx, x.Name, text, unless, to, now)
	if ended && !watcher.Logged(x.Text) {
		o.log.Log(ctx, o.level(slog.LevelInfo, to), "operators told", "mended", x.Name)
	}
	return err
}

// allFeeds is the trouble of many feeds at once.
const allFeeds = watcher.ManyFeeds

// otherWays returns channels without the one that fails, and with the console
// if all that are left travel as that one does.
func otherWays(channels []string, failing string) []string {
	kind := func(channel string) string { k, _, _ := strings.Cut(channel, ":"); return k }
	left := slices.DeleteFunc(slices.Clone(channels), func(c string) bool { return c == failing })
	if !slices.ContainsFunc(left, func(c string) bool { return kind(c) != kind(failing) }) {
		left = append(left, "console")
	}
	return left
}

// LogMistakes writes the mistakes of a rules file into the log, one a line.
func (o *Operators) LogMistakes(problem error) {
	mistakes, ok := errors.AsType[matcher.Problems](problem)
	if !ok {
		o.log.Warn("rules file not taken in", "err", problem)
		return
	}
	o.log.Warn("rules file not taken in; the rules before it stay in use", "mistakes", len(mistakes))
	for _, m := range mistakes {
		text := m.Msg
		if m.Hint != "" {
			text += "; " + m.Hint
		}
		o.log.Warn("mistake in the rules", "at", fmt.Sprintf("%s:%d:%d", m.File, m.Line, m.Col), "problem", text)
	}
}

// Lost tells the operators of an alert that was given up because of what it
// says itself.
func (o *Operators) Lost(ctx context.Context, a news.Alert, problem error) {
	text := fmt.Sprintf("%q could not be told to %s, and was given up: %v", lostHeadline(a), a.Channel, problem)
	for _, channel := range otherWays(o.use.Policy().Operators, a.Channel) {
		notice := news.Alert{ID: "notice/lost/" + a.ID + "/" + channel, Channel: channel, Kind: news.Notice, Notice: text, DueAt: time.Now()}
		if _, err := o.db.Queue(ctx, notice); err != nil {
			o.log.Error("operators not told of an alert that was given up", "channel", channel, "err", err)
		}
	}
}

// lostHeadline is what people did not hear of.
func lostHeadline(a news.Alert) string {
	if a.Kind == news.Daily && a.Digest != nil {
		return "the digest of " + a.Digest.Date
	}
	return a.Story.Headline
}
