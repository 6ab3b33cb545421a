package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	api "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/internal/pace"
	"github.com/coupwatch/coupwatch/notify/show"
)

// A Desk is what people at Slack decide and ask for. What it answers is plain
// text of a few lines. It is safe for concurrent use.
type Desk interface {
	Judge
	Clerk
}

// A Judge is told what people think of alerts.
type Judge interface {
	// Label keeps what somebody thinks of an alert. The label's Version is left
	// to the judge. That of one person twice is kept once.
	Label(ctx context.Context, l news.Label) (answer string, err error)
	// Mute keeps people from being interrupted. What is muted twice is muted
	// until the later end.
	Mute(ctx context.Context, m news.Mute) (answer string, err error)
}

// A Clerk answers questions.
type Clerk interface {
	// Status says how coupwatch is.
	Status(ctx context.Context) (answer string, err error)
	// Why says what became of the item with the link, and why.
	Why(ctx context.Context, link string) (answer string, err error)
	// Missed notes that somebody should have been told of the item with the
	// link, and says why nobody was.
	Missed(ctx context.Context, link, by string) (answer string, err error)
}

const (
	answerTime = 2500 * time.Millisecond // for the answer to a command; Slack waits for three seconds
	pressTime  = 15 * time.Second        // for what a button does
	mostAtOnce = 8                       // presses and commands
)

// A Socket is the line to Slack over which people press the buttons of alerts
// and ask for things with /coupwatch. It needs no public address: coupwatch
// calls Slack. The message of a button stays as it is, for later it is edited;
// who pressed, and what came of it, is told in its thread.
type Socket struct {
	slack *Bot
	token string
	desk  Desk
	log   *slog.Logger
}

// Socket returns the Socket of the app whose bot s is. The token is an
// app-level one (xapp-…) with the scope connections:write.
func (s *Bot) Socket(appToken string, desk Desk, log *slog.Logger) *Socket {
	return &Socket{s, appToken, desk, log}
}

// Listen serves people until ctx is done, and connects again whenever the line
// is cut. Its error is that of ctx, or a permanent one if Slack refuses the
// app: alerts are sent all the same.
func (s *Socket) Listen(ctx context.Context) error {
	for failures := 1; ; failures++ {
		began := time.Now()
		err := s.listen(ctx)
		if notify.IsPermanent(err) {
			return err
		}
		if time.Since(began) > pace.Max {
			failures = 1
		}
		wait := pace.Backoff(failures, pace.First)
		if ctx.Err() == nil {
			s.log.Warn("line to Slack lost", "again", wait.Round(time.Second), "err", err)
		}
		if !pace.Pass(ctx, wait) {
			return ctx.Err()
		}
	}
}

// listen serves people as long as the client keeps up the line by itself.
func (s *Socket) listen(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	options := append([]api.Option{api.OptionAppLevelToken(s.token)}, s.slack.options...)
	client := socketmode.New(api.New("", options...), socketmode.OptionLog(log.New(io.Discard, "", 0)))
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := s.serve(ctx, client); err != nil {
			stop(err)
		}
	})
	err := client.RunContext(ctx)
	stop(err)
	serving.Wait()
	if cause := context.Cause(ctx); notify.IsPermanent(cause) {
		return cause
	}
	return socketError(err)
}

// serve takes what comes over the line until ctx is done or Slack refuses the
// app.
func (s *Socket) serve(ctx context.Context, client *socketmode.Client) error {
	var working sync.WaitGroup
	defer working.Wait()
	slots := make(chan struct{}, mostAtOnce)
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-client.Events:
			if err := s.note(e); notify.IsPermanent(err) {
				return err
			}
			do := s.answer(ctx, client, e)
			if do == nil {
				continue
			}
			slots <- struct{}{}
			working.Go(func() {
				defer func() { <-slots }()
				defer s.survive()
				do()
			})
		}
	}
}

// survive ends a panic in what somebody asked for.
func (s *Socket) survive() {
	if r := recover(); r != nil {
		s.log.Error("panic while answering at Slack", "panic", r, "stack", string(debug.Stack()))
	}
}

// note logs what happens to the line, and returns what Slack has against it.
func (s *Socket) note(e socketmode.Event) error {
	switch data := e.Data.(type) {
	case *socketmode.ConnectedEvent:
		s.log.Info("listening to Slack", "connection", data.ConnectionCount+1)
	case *api.ConnectionErrorEvent:
		err := socketError(data.ErrorObj)
		if !notify.IsPermanent(err) {
			s.log.Warn("no line to Slack", "attempt", data.Attempt, "again", data.Backoff.Round(time.Second), "err", err)
		}
		return err
	case *socketmode.ErrorWriteFailed:
		s.log.Warn("answer to Slack not sent", "err", show.Problem(data.Cause))
	case *socketmode.ErrorBadMessage:
		s.log.Warn("message of Slack not understood", "err", show.Problem(data.Cause))
	}
	return nil
}

// answer acknowledges e, and returns what is to be done about it or nil.
func (s *Socket) answer(ctx context.Context, client *socketmode.Client, e socketmode.Event) func() {
	if e.Request == nil || e.Request.EnvelopeID == "" {
		return nil
	}
	ack := func(payload any) {
		if err := client.AckCtx(ctx, e.Request.EnvelopeID, payload); err != nil && ctx.Err() == nil {
			s.log.Warn("answer to Slack not sent", "err", show.Problem(err))
		}
	}
	switch data := e.Data.(type) {
	case api.SlashCommand:
		return func() { ack(s.command(ctx, data)) }
	case api.InteractionCallback:
		ack(nil)
		return func() { s.press(context.WithoutCancel(ctx), data) }
	default:
		ack(nil)
		return nil
	}
}

// socketError returns an error of the line in our words.
func socketError(err error) error {
	if err == nil {
		return errors.New("slack closed the line")
	}
	switch code := err.Error(); code {
	case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type", "missing_scope", "no_permission":
		return notify.Permanent(fmt.Errorf("slack: %s; the buttons and /coupwatch need an app-level token (xapp-…) with the scope connections:write: copy it anew from the app's page Basic Information, and turn on Socket Mode", code))
	}
	return slackError("the app", err)
}
