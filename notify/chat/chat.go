// Package chat tells alerts in chat services, by the module shoutrrr.
package chat

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/nicholas-fedor/shoutrrr"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/internal/post"
	"github.com/coupwatch/coupwatch/notify/show"
)

// A Notifier sends alerts as plain text to chat services: Discord, Google Chat,
// Matrix, Mattermost, ntfy, Teams, Telegram, Zulip and others. They are told
// what interrupts people; the updates of a story are not sent. None of them
// says where a message is, so an alert whose answer was lost on the way is
// told twice.
type Notifier struct {
	style show.Style
	rooms map[string]*room
}

// A room is where messages of one name go.
type room struct {
	name    string
	service types.Service
	secrets []string      // parts of its address
	turn    chan struct{} // holds something while a message is on its way
}

// New returns a Notifier with an address for each name: that of the channel
// "chat:desk" is addresses["desk"]. If there is one only, it is that of "chat"
// too. How addresses are written, such as discord://token@id or
// ntfy://host/topic, is told at https://shoutrrr.nickfedor.com. They are
// secret, and its error does not show them.
func New(addresses map[string]string, style show.Style) (*Notifier, error) {
	c := &Notifier{style, map[string]*room{}}
	var problems []error
	for _, name := range slices.Sorted(maps.Keys(addresses)) {
		r := &room{name: name, secrets: secretsIn(addresses[name]), turn: make(chan struct{}, 1)}
		err := guard(func() (err error) {
			sender, err := shoutrrr.CreateSender()
			if err == nil {
				r.service, err = sender.Locate(addresses[name])
			}
			return err
		})
		if err != nil {
			problems = append(problems, fmt.Errorf("chat %s: the address is not right: %s", name, r.hide(err)))
		}
		c.rooms[name] = r
	}
	return c, errors.Join(problems...)
}

// Pace implements [notify.Pacer].
func (c *Notifier) Pace() time.Duration { return time.Second }

// Notify implements [notify.Notifier].
func (c *Notifier) Notify(ctx context.Context, a news.Alert) (receipt string, err error) {
	return "", c.send(ctx, a.Channel, c.style.Text(a, false))
}

// Summarise implements [notify.Summariser].
func (c *Notifier) Summarise(ctx context.Context, alerts []news.Alert) (receipt string, err error) {
	return "", c.send(ctx, alerts[0].Channel, c.style.SummaryText(alerts, false))
}

// send sends text. The library knows no context: what it is still busy with
// when ctx is done goes on, and until it has ended nothing else is begun.
func (c *Notifier) send(ctx context.Context, channel string, text []byte) error {
	r, err := c.room(channel)
	if err != nil {
		return err
	}
	select {
	case r.turn <- struct{}{}:
	default:
		return fmt.Errorf("%s does not answer, and an earlier message is still on its way", r.service.GetID())
	}
	done := make(chan error, 1)
	go func() {
		err := guard(func() error { return r.service.Send(harmless(string(text)), &types.Params{}) })
		<-r.turn
		done <- err
	}()
	select {
	case err := <-done:
		return r.problem(err)
	case <-ctx.Done():
		return fmt.Errorf("%s does not answer: %w", r.service.GetID(), ctx.Err())
	}
}

// room returns the room of a channel.
func (c *Notifier) room(channel string) (*room, error) {
	name := notify.Address(channel, "")
	if r := c.rooms[name]; r != nil {
		return r, nil
	}
	if len(c.rooms) == 1 && name == "" {
		for _, r := range c.rooms {
			return r, nil
		}
	}
	names := strings.Join(slices.Sorted(maps.Keys(c.rooms)), ", ")
	return nil, notify.OfChannel(fmt.Errorf("there is no chat %q; those set up are: %s", name, cmp.Or(names, "none")))
}

// guard calls do and returns its panic as an error.
func guard(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return do()
}

// problem returns what the library says, without secrets. It gives texts only,
// so what they mean has to be read in them.
func (r *room) problem(err error) error {
	if err == nil {
		return nil
	}
	text := r.service.GetID() + ": " + r.hide(err)
	has := func(signs ...string) bool {
		return slices.ContainsFunc(signs, func(sign string) bool { return strings.Contains(text, sign) })
	}
	switch {
	case has("429 ", http.StatusText(http.StatusTooManyRequests)):
		return &notify.RetryError{After: post.Unsaid, Err: errors.New(text)}
	case has(http.StatusText(http.StatusUnauthorized), http.StatusText(http.StatusForbidden), http.StatusText(http.StatusNotFound), "410 Gone"):
		return notify.OfChannel(fmt.Errorf("%s; check the address of chat %s", text, r.name))
	default:
		return errors.New(text)
	}
}

// hide returns what err says without addresses and without parts of the room's
// own.
func (r *room) hide(err error) string {
	text := regexp.MustCompile(`[A-Za-z][A-Za-z0-9+.-]*://[^\s"]*`).ReplaceAllString(err.Error(), "…")
	for _, secret := range r.secrets {
		text = strings.ReplaceAll(text, secret, "…")
	}
	return show.Line(text, 300)
}

// shortSecret is the shortest part of an address that is hidden: less is no
// secret, and would be found in any text.
const shortSecret = 4

// secretsIn returns the parts of an address, the longest first.
func secretsIn(address string) []string {
	parts := append([]string{address}, strings.FieldsFunc(address, func(r rune) bool { return strings.ContainsRune(":/?#@&=,;", r) })...)
	for _, p := range parts[:len(parts):len(parts)] {
		if plain, err := url.QueryUnescape(p); err == nil {
			parts = append(parts, plain, url.QueryEscape(plain), url.PathEscape(plain))
		}
	}
	if scheme, _, ok := strings.Cut(address, ":"); ok { // it is in the name of the service
		parts = slices.DeleteFunc(parts, func(p string) bool { return p == scheme })
	}
	parts = slices.DeleteFunc(parts, func(p string) bool { return len(p) < shortSecret })
	slices.SortFunc(parts, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return slices.Compact(parts)
}

// What any of the services takes in one message.
const (
	chatRunes = 1900
	chatBytes = 3900
)

// harmless returns text so that it calls nobody and hides no link, whatever
// signs a service has for that, and cut to what any of them takes.
func harmless(text string) string {
	text = regexp.MustCompile(`(^|[\s\p{P}\p{S}])@`).ReplaceAllString(text, "$1@\u2060")
	text = regexp.MustCompile(`<([!@#/A-Za-z])`).ReplaceAllString(text, "<\u2060$1")
	text = strings.ReplaceAll(text, "](", "]\u2060(")
	text = show.Cut(strings.TrimSpace(text), chatRunes)
	for n := chatRunes; len(text) > chatBytes; n = n * 9 / 10 {
		text = show.Cut(text, min(n, utf8.RuneCountInString(text)*9/10))
	}
	return text
}

// Check implements [notify.Checker]: whether there is such a chat. What its service
// says cannot be known without sending.
func (c *Notifier) Check(_ context.Context, channel string) []notify.Finding {
	r, err := c.room(channel)
	if err != nil {
		return []notify.Finding{notify.Wrong("name", err)}
	}
	return []notify.Finding{notify.Unseen("chat "+r.name, "the address is understood; whether "+r.service.GetID()+" takes alerts, a test message shows")}
}
