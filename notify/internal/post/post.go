// Package post posts alerts to web services, and says what their answers mean
// for an alert.
package post

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"syscall"
	"time"

	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/internal/pace"
	"github.com/coupwatch/coupwatch/notify/show"
)

// An Answer is what a web service says to a POST.
type Answer struct {
	Status int
	After  time.Duration // how long the service asks to wait, 0 if it does not
	Text   string        // the beginning of its body, in one line
}

// Unsaid is how long to wait for a service that has had enough and does not
// say for how long.
const Unsaid = 30 * time.Second

// timeout is for one post, as long as a sender waits for an attempt.
const timeout = 15 * time.Second

// NewClient returns a client that follows no redirect: an alert and its
// signature go where they were meant to go or nowhere.
func NewClient() *http.Client {
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// CheckAddress returns an error unless address is that of a web service. The
// error does not show it: it may be a secret.
func CheckAddress(address string) error {
	if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return errors.New("the webhook's address is not one that begins with https://")
	}
	return nil
}

// Post posts body to address. Its error never shows the address.
func Post(ctx context.Context, client *http.Client, address string, header http.Header, body []byte) (Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return Answer{}, notify.OfChannel(WithoutURL(err))
	}
	req.Header = header
	resp, err := client.Do(req)
	if err != nil {
		return Answer{}, WithoutURL(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 1000))
	if err != nil && resp.StatusCode >= 300 {
		text = nil // the Status says enough
	}
	return Answer{resp.StatusCode, retryAfter(resp.Header.Get("Retry-After")), show.Line(string(text), 200)}, nil
}

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(header string) time.Duration {
	if n, err := strconv.Atoi(header); err == nil && n > 0 {
		return min(time.Duration(min(n, 1e9))*time.Second, pace.Asked)
	}
	if t, err := http.ParseTime(header); err == nil {
		return max(0, time.Until(t))
	}
	return 0
}

// Problem returns what went wrong, as a notifier should say it, or nil. A
// Status that means "not now" is a matter of waiting, one that says that what
// was posted is wrong is of the alert, and any other refusal of the channel.
func (a Answer) Problem(service string) error {
	if a.Status/100 == 2 {
		return nil
	}
	err := fmt.Errorf("%s answers %d %s", service, a.Status, http.StatusText(a.Status))
	if a.Text != "" {
		err = fmt.Errorf("%w: %s", err, a.Text)
	}
	switch {
	case a.Status == http.StatusTooManyRequests:
		return &notify.RetryError{After: cmp.Or(a.After, Unsaid), Err: err}
	case a.After > 0 && a.Status >= 500:
		return &notify.RetryError{After: a.After, Err: err}
	case a.Status >= 500, a.Status == http.StatusRequestTimeout, a.Status == http.StatusTooEarly:
		return err
	case a.Status/100 == 3:
		return notify.OfChannel(fmt.Errorf("%w; it has moved: set the address to the new one", err))
	case a.Status == http.StatusBadRequest, a.Status == http.StatusRequestEntityTooLarge, a.Status == http.StatusUnprocessableEntity:
		return notify.Permanent(err)
	default:
		return notify.OfChannel(err)
	}
}

// WithoutURL returns err without the address that net/http puts before it,
// for an address may be a secret; of a server that was not reached, or did not answer,
// it says so in words.
func WithoutURL(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	dns, unnamed := errors.AsType[*net.DNSError](err)
	timed, late := errors.AsType[net.Error](err)
	switch {
	case unnamed && dns.IsNotFound:
		return fmt.Errorf("there is no server called %s; check the address (%w)", dns.Name, err)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("the server refuses connections; it may be down, or the address is wrong (%w)", err)
	case errors.Is(err, context.DeadlineExceeded), late && timed.Timeout():
		return fmt.Errorf("the server did not answer in time (%w)", err)
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return fmt.Errorf("the server hung up (%w)", err)
	}
	return err
}
