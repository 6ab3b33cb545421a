package notify

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/coupwatch/coupwatch/notify/show"
)

// An answer is what a web service says to a POST.
type answer struct {
	status int
	after  time.Duration // how long the service asks to wait, 0 if it does not
	text   string        // the beginning of its body, in one line
}

// unsaid is how long to wait for a service that has had enough and does not
// say for how long.
const unsaid = 30 * time.Second

// newHTTPClient returns a client that follows no redirect: an alert and its
// signature go where they were meant to go or nowhere.
func newHTTPClient() *http.Client {
	return &http.Client{
		Timeout:       attemptTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// checkAddress returns an error unless address is that of a web service. The
// error does not show it: it may be a secret.
func checkAddress(address string) error {
	if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return errors.New("the webhook's address is not one that begins with https://")
	}
	return nil
}

// post posts body to address. Its error never shows the address.
func post(ctx context.Context, client *http.Client, address string, header http.Header, body []byte) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return answer{}, OfChannel(withoutURL(err))
	}
	req.Header = header
	resp, err := client.Do(req)
	if err != nil {
		return answer{}, withoutURL(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 1000))
	if err != nil && resp.StatusCode >= 300 {
		text = nil // the status says enough
	}
	return answer{resp.StatusCode, retryAfter(resp.Header.Get("Retry-After")), show.Line(string(text), 200)}, nil
}

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(header string) time.Duration {
	if n, err := strconv.Atoi(header); err == nil && n > 0 {
		return min(time.Duration(min(n, 1e9))*time.Second, maxAsked)
	}
	if t, err := http.ParseTime(header); err == nil {
		return max(0, time.Until(t))
	}
	return 0
}

// problem returns what went wrong, as a notifier should say it, or nil. A
// status that means "not now" is a matter of waiting, one that says that what
// was posted is wrong is of the alert, and any other refusal of the channel.
func (a answer) problem(service string) error {
	if a.status/100 == 2 {
		return nil
	}
	err := fmt.Errorf("%s answers %d %s", service, a.status, http.StatusText(a.status))
	if a.text != "" {
		err = fmt.Errorf("%w: %s", err, a.text)
	}
	switch {
	case a.status == http.StatusTooManyRequests:
		return &RetryError{cmp.Or(a.after, unsaid), err}
	case a.after > 0 && a.status >= 500:
		return &RetryError{a.after, err}
	case a.status >= 500, a.status == http.StatusRequestTimeout, a.status == http.StatusTooEarly:
		return err
	case a.status/100 == 3:
		return OfChannel(fmt.Errorf("%w; it has moved: set the address to the new one", err))
	case a.status == http.StatusBadRequest, a.status == http.StatusRequestEntityTooLarge, a.status == http.StatusUnprocessableEntity:
		return Permanent(err)
	default:
		return OfChannel(err)
	}
}
