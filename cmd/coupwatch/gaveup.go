package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// gaveUp returns what tells the operators, once a day for each channel and
// problem, that alerts could not be sent. What is wrong with a channel may be
// wrong with all of its kind, such as a token, so the notice is printed too
// unless it goes out in another way.
func (p *program) gaveUp(use *inUse, db *store.DB) func(context.Context, news.Alert, error) {
	return func(ctx context.Context, a news.Alert, problem error) {
		now := time.Now().UTC()
		sum := sha256.Sum256([]byte(problem.Error()))
		id := "notice/gave-up/" + a.Channel + "/" + hex.EncodeToString(sum[:6]) + "/" + now.Format(time.DateOnly)
		text := fmt.Sprintf("Alerts to %s cannot be sent, and %q was given up: %v", a.Channel, lostHeadline(a), problem)
		for _, channel := range otherWays(use.policy().Operators, a.Channel) {
			_, err := db.Queue(ctx, news.Alert{ID: id + "/" + channel, Channel: channel, Kind: news.Notice, Notice: text, DueAt: now})
			if err != nil {
				p.log.Error("operators not told of an alert that was given up", "channel", channel, "err", err)
			}
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
