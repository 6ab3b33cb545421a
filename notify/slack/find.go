package slack

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
)

// What messages carry that only programs see.
// See https://docs.slack.dev/messaging/message-metadata/.
const (
	eventType = "coupwatch_alert"
	oneID     = "id"  // of the payload: the id of the alert
	manyIDs   = "ids" // of the payload: short forms of the ids of alerts, with spaces between
)

// How far back Find looks.
const (
	slackClocks = 12 * time.Hour // by which Slack's clock and that of whoever owed the alert may differ: ours may have been wrong
	pageSize    = 200
	maxPages    = 20
)

// payloadOf returns what a message about alerts carries.
func payloadOf(alerts ...news.Alert) map[string]any {
	if len(alerts) == 1 {
		return map[string]any{oneID: alerts[0].ID}
	}
	var ids []string
	for _, a := range alerts {
		ids = append(ids, shortID(a.ID))
	}
	return map[string]any{manyIDs: strings.Join(ids, " ")}
}

// shortID returns an id in twelve letters, since Slack limits what a message
// carries.
func shortID(id string) string {
	sum := sha256.Sum256([]byte(id))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// Find implements [notify.Finder]. It reads what was posted in the channel, and in
// the threads of the alerts, since half a day before the first of them was owed, until it
// has found all, and at most 4,000 messages. The error is permanent if the bot may not.
func (s *Bot) Find(ctx context.Context, alerts []news.Alert) (map[string]string, error) {
	w := wanted{ids: map[string]string{}, found: map[string]string{}}
	oldest := alerts[0].DueAt
	threads := map[place]bool{}
	for _, a := range alerts {
		if a.Kind == news.Refresh { // an edit made twice is made once
			continue
		}
		w.ids[a.ID], w.ids[shortID(a.ID)] = a.ID, a.ID
		if a.DueAt.Before(oldest) {
			oldest = a.DueAt
		}
		if at := placeOf(a.Thread); at.there() {
			threads[place{channel: at.channel, at: at.at}] = true
		}
	}
	if len(w.ids) == 0 {
		return nil, nil
	}
	since := strconv.FormatInt(oldest.Add(-slackClocks).Unix(), 10) + ".000000"
	channel := notify.Address(alerts[0].Channel, s.channel)
	err := w.look(channel, func(cursor string) (page, error) { return s.history(ctx, channel, since, cursor) })
	for at := range threads {
		if err == nil {
			err = w.look(at.channel, func(cursor string) (page, error) { return s.replies(ctx, at, since, cursor) })
		}
	}
	return w.found, err
}

// wanted are alerts that are looked for.
type wanted struct {
	ids   map[string]string // ids, by themselves and by their short form
	found map[string]string // receipts by id
}

// A page is a part of what was posted.
type page struct {
	messages []api.Message
	next     string // cursor of the next page, "" for none
}

// look goes through the pages of a channel or a thread.
func (w wanted) look(channel string, read func(cursor string) (page, error)) error {
	cursor := ""
	for range maxPages {
		if 2*len(w.found) == len(w.ids) {
			break
		}
		p, err := read(cursor)
		if err != nil {
			return err
		}
		for _, m := range p.messages {
			w.note(channel, m)
		}
		if cursor = p.next; cursor == "" {
			break
		}
	}
	return nil
}

// note notes which alerts the message tells of.
func (w wanted) note(channel string, m api.Message) {
	if m.Metadata.EventType != eventType {
		return
	}
	one, _ := m.Metadata.EventPayload[oneID].(string)
	many, _ := m.Metadata.EventPayload[manyIDs].(string)
	at := place{channel: channel, at: m.Timestamp, shared: many != ""}
	for _, id := range append(strings.Fields(many), one) {
		if id, ok := w.ids[id]; ok {
			w.found[id] = at.String()
		}
	}
}

func (s *Bot) history(ctx context.Context, channel, since, cursor string) (page, error) {
	r, err := s.client.GetConversationHistoryContext(ctx, &api.GetConversationHistoryParameters{
		ChannelID: channel, Oldest: since, Cursor: cursor, Limit: pageSize, IncludeAllMetadata: true,
	})
	if err != nil {
		return page{}, historyError(channel, err)
	}
	return page{r.Messages, r.ResponseMetaData.NextCursor}, nil
}

// replies is history for a thread; one that is gone has none.
func (s *Bot) replies(ctx context.Context, at place, since, cursor string) (page, error) {
	messages, _, next, err := s.client.GetConversationRepliesContext(ctx, &api.GetConversationRepliesParameters{
		ChannelID: at.channel, Timestamp: at.at, Oldest: since, Cursor: cursor, Limit: pageSize, IncludeAllMetadata: true,
	})
	if err = historyError(at.channel, err); errors.Is(err, errGone) {
		return page{}, nil
	}
	return page{messages, next}, err
}

// historyError is slackError for what was asked by Find.
func historyError(channel string, err error) error {
	switch code := slackCode(err); code {
	case "missing_scope", "no_permission", "not_in_channel":
		return notify.Permanent(fmt.Errorf("slack: %s; to be sure that nothing is told twice, give the app the scope channels:history, or groups:history for a private channel, and install it again", code))
	case "channel_not_found":
		return notify.Permanent(fmt.Errorf("slack: %s; to be sure that nothing is told twice, name the channel by its id, such as C0123ABCD, and not as %s", code, channel))
	}
	return slackError(channel, err)
}
