package replay

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/slack"
)

// A Tape takes what is sent in a replay. What is sent before the replay's own
// time is not on it.
type Tape struct {
	Out      io.Writer
	Coloured bool
	Columns  int // of the terminal, 0 for none
	Use      *daemon.InUse
	Style    notify.Style
	Slack    *slack.Bot // gets what is for Slack as well; nil for nobody
	AsJSON   bool
	Since    time.Time        // when the replay's own time begins
	now      func() time.Time // the replay's clock

	mu      sync.Mutex
	taken   []Message      // not written yet
	numbers map[string]int // of the last message, by channel
	sum     Summary
}

// A Message is what a desk sees of an alert, as replay --json prints it.
type Message struct {
	Time      time.Time   `json:"time"`
	Channel   string      `json:"channel"`
	Number    int         `json:"number"` // counted on the channel; an edit has that of the message it edits
	Kind      news.Kind   `json:"kind"`
	Thread    int         `json:"thread,omitempty"` // number of the message in whose thread it stands
	Story     string      `json:"story,omitempty"`
	Severity  string      `json:"severity,omitempty"` // of the story then
	Status    news.Status `json:"status,omitempty"`
	Headline  string      `json:"headline,omitempty"`
	Published time.Time   `json:"published,omitzero"` // the report that it tells
	Reports   int         `json:"reports,omitempty"`
	Origins   int         `json:"origins,omitempty"`
	Reason    string      `json:"reason,omitempty"`
	Text      string      `json:"text"`
}

// top reports whether the message stands in the channel and in no thread.
func (m Message) top() bool { return m.Thread == 0 && m.Kind != news.Refresh }

// A track is the way of one kind of channel onto the tape.
type track struct {
	*Tape
	takes []news.Kind // of updates and refreshes; see [notify.Channels.Takes]
}

// A slackTrack also posts what is for Slack, if it is told to.
type slackTrack struct{ track }

// Channels returns the ways in which alerts travel, as if all were set up: each
// takes what the real one takes.
func (t *Tape) Channels() notify.Channels {
	return notify.Channels{
		Slack:   &slackTrack{track{t, []news.Kind{news.Update, news.Refresh}}},
		Webhook: &track{t, []news.Kind{news.Update, news.Refresh}},
		Console: &track{t, []news.Kind{news.Update}},
		Email:   &track{t, nil},
		Chat:    &track{t, nil},
	}
}

// Takes reports whether such a channel takes updates or refreshes.
func (k *track) Takes(kind news.Kind) bool { return slices.Contains(k.takes, kind) }

// Notify implements [notify.Notifier].
func (k *track) Notify(_ context.Context, a news.Alert) (receipt string, err error) {
	thread, _ := cutReceipt(a.Thread)
	if k.skips(a, thread) {
		return "", nil
	}
	return k.take(a, thread), nil
}

// skips reports whether an alert stays off the tape, whose thread began there
// with a message of that number, or did not begin there.
func (t *Tape) skips(a news.Alert, thread int) bool {
	if t.now().Before(t.Since) {
		return true
	}
	follows := a.Kind == news.Update || a.Kind == news.Refresh
	return follows && thread == 0
}

// Notify implements [notify.Notifier].
func (k *slackTrack) Notify(ctx context.Context, a news.Alert) (receipt string, err error) {
	thread, there := cutReceipt(a.Thread)
	if k.skips(a, thread) {
		return "", nil
	}
	if k.Slack != nil {
		posted := a
		posted.Thread, posted.Channel = there, "slack"
		if there, err = k.Slack.Notify(ctx, posted); err != nil {
			return "", err
		}
	}
	return k.take(a, thread) + " " + there, nil
}

// Summarise implements [notify.Summariser].
func (k *slackTrack) Summarise(ctx context.Context, alerts []news.Alert) (receipt string, err error) {
	if k.skips(alerts[0], 0) {
		return "", nil
	}
	there := ""
	if k.Slack != nil {
		posted := slices.Clone(alerts)
		posted[0].Channel = "slack"
		if there, err = k.Slack.Summarise(ctx, posted); err != nil {
			return "", err
		}
	}
	return k.takeTogether(alerts) + " " + there, nil
}

// Pace implements [notify.Pacer]: only a real Slack has to be waited for.
func (k *slackTrack) Pace() time.Duration {
	if k.Slack == nil {
		return 0
	}
	return k.Slack.Pace()
}

// cutReceipt returns the number of a message on the tape and its receipt in
// Slack; zero and "" if there is none.
func cutReceipt(receipt string) (number int, there string) {
	first, there, _ := strings.Cut(receipt, " ")
	number, _ = strconv.Atoi(first) // zero if there is none
	return number, there
}

// take puts an alert on the tape, in the thread of a message or, if that is 0,
// in the channel. It returns its number.
func (t *Tape) take(a news.Alert, thread int) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	m := t.messageOf(a, thread)
	if a.Kind == news.Refresh {
		m.Number, m.Thread = thread, 0
	} else {
		m.Number = t.count(a.Channel)
	}
	m.Text = string(t.Style.Text(a, t.Coloured && !t.AsJSON))
	t.sum.add(a, m)
	t.taken = append(t.taken, m)
	return strconv.Itoa(m.Number)
}

// takeTogether puts alerts on the tape as one message.
func (t *Tape) takeTogether(alerts []news.Alert) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	m := t.messageOf(alerts[0], 0)
	m.Story, m.Headline, m.Published = "", terminal.Count(len(alerts), "alert")+" at once", time.Time{}
	m.Number = t.count(alerts[0].Channel)
	m.Text = string(t.Style.SummaryText(alerts, t.Coloured && !t.AsJSON))
	for i, a := range alerts {
		t.sum.addPart(a, m, i == 0)
	}
	t.taken = append(t.taken, m)
	return strconv.Itoa(m.Number)
}

// count returns the number of one more message on a channel.
func (t *Tape) count(channel string) int {
	if t.numbers == nil {
		t.numbers = map[string]int{}
	}
	t.numbers[channel]++
	return t.numbers[channel]
}

// messageOf returns an alert as a message without number and text.
func (t *Tape) messageOf(a news.Alert, thread int) Message {
	m := Message{Time: t.now(), Channel: a.Channel, Kind: a.Kind, Thread: thread, Reason: a.Reason}
	if a.Story.ID == "" {
		return m
	}
	m.Story, m.Severity, m.Status = a.Story.ID, a.Story.Severity.String(), a.Story.Status
	m.Headline, m.Published = a.Story.Headline, a.Item.When()
	if a.Kind == news.New || a.Kind == news.Escalation {
		m.Headline = a.Item.Title
	}
	m.Reports, m.Origins = a.Story.Reports, a.Story.Independent()
	return m
}
