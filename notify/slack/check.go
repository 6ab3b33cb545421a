package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	api "github.com/slack-go/slack"

	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/internal/post"
	"github.com/coupwatch/coupwatch/notify/show"
)

// Check implements [notify.Checker]: whom Slack takes the bot for, what it may do, and
// whether the channel is there.
func (s *Bot) Check(ctx context.Context, channel string) []notify.Finding {
	name := notify.Address(channel, s.channel)
	who, err := s.client.AuthTestContext(ctx)
	switch {
	case slackCode(err) == "unknown_method":
		return []notify.Finding{notify.Unseen("token", "this is not Slack itself, and does not say whose the token is")}
	case err != nil:
		return []notify.Finding{notify.Wrong("token", slackError(name, err))}
	}
	all := []notify.Finding{notify.Right("token", fmt.Sprintf("bot %s of %s", show.Line(who.User, 60), show.Line(who.Team, 60)))}
	if scopes := who.Header.Get("X-OAuth-Scopes"); scopes != "" {
		all = append(all, scopesFinding(strings.FieldsFunc(scopes, func(r rune) bool { return r == ',' || r == ' ' })))
	}
	return append(all, s.checkChannel(ctx, name))
}

// scopesFinding says whether the bot may do what it has to.
func scopesFinding(scopes []string) notify.Finding {
	has := func(any ...string) bool {
		return slices.ContainsFunc(any, func(scope string) bool { return slices.Contains(scopes, scope) })
	}
	switch {
	case !has("chat:write", "chat:write:bot"):
		return notify.Wrong("scopes", notify.OfChannel(errors.New("slack: the bot lacks the scope chat:write; "+advice("", "missing_scope"))))
	case !has("channels:history", "groups:history"):
		return notify.Right("scopes", "chat:write; without channels:history, or groups:history for a private channel, an alert may be told twice after a crash")
	}
	return notify.Right("scopes", "it may post, and look for what it posted")
}

// checkChannel says whether a channel is there and takes what the bot posts.
// The scope chat:write alone does not let it ask.
func (s *Bot) checkChannel(ctx context.Context, name string) notify.Finding {
	what := "channel " + show.Line(name, 80)
	if strings.HasPrefix(name, "#") {
		return notify.Unseen(what, "it cannot be looked up by its name; use its id, such as C0123ABCD")
	}
	info, err := s.client.GetConversationInfoContext(ctx, &api.GetConversationInfoInput{ChannelID: name})
	switch code := slackCode(err); {
	case err == nil && info.IsArchived:
		return notify.Wrong(what, refusal(name, "is_archived"))
	case err == nil && info.ID != "" && !info.IsMember && !info.IsIM:
		return notify.Wrong(what, refusal(name, "not_in_channel"))
	case err == nil && info.ID != "":
		return notify.Right(what, "the bot is in #"+show.Line(info.Name, 80))
	case err == nil, code == "missing_scope", code == "unknown_method":
		return s.checkHistory(ctx, name, what)
	case code == "": // Slack is there and takes the token, but this was not to be had
		return notify.Unseen(what, "it could not be looked up: "+show.Problem(slackError(name, err)))
	}
	return notify.Wrong(what, slackError(name, err))
}

// checkHistory says whether a channel is there by looking for its latest message.
func (s *Bot) checkHistory(ctx context.Context, name, what string) notify.Finding {
	_, err := s.client.GetConversationHistoryContext(ctx, &api.GetConversationHistoryParameters{ChannelID: name, Limit: 1})
	switch code := slackCode(err); {
	case err == nil:
		return notify.Right(what, "it is there")
	case code == "missing_scope", code == "unknown_method", code == "no_permission":
		return notify.Unseen(what, "without the scope channels:read it cannot be looked up; send a test message")
	case code == "":
		return notify.Unseen(what, "it could not be looked up: "+show.Problem(slackError(name, err)))
	}
	return notify.Wrong(what, slackError(name, err))
}

// Check implements [notify.Checker]: whether Slack can be reached. Nothing is posted.
func (s *Webhook) Check(ctx context.Context, _ string) []notify.Finding {
	return post.CheckServer(ctx, s.address)
}
