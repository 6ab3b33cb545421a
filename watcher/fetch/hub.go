package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/watcher/internal/say"
)

var (
	aLink      = regexp.MustCompile(`<([^>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)`)
	aParameter = regexp.MustCompile(`;\s*([^\s=;,]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*))`)
)

// relations returns the addresses that Link headers have for hubs, and the first
// that they have for the document itself (RFC 8288).
func relations(header http.Header) (hubs []string, self string) {
	for _, list := range header.Values("Link") {
		for _, link := range aLink.FindAllStringSubmatch(list, -1) {
			address := strings.TrimSpace(link[1])
			for _, p := range aParameter.FindAllStringSubmatch(link[2], -1) {
				if !strings.EqualFold(p[1], "rel") {
					continue
				}
				kinds := strings.Fields(strings.ToLower(p[2] + p[3]))
				if slices.Contains(kinds, "hub") {
					hubs = append(hubs, address)
				}
				if slices.Contains(kinds, "self") && self == "" {
					self = address
				}
				break // the first counts
			}
		}
	}
	return hubs, self
}

// Ask sends a form to the hub of the feed at a URL, and reports as a [*Trouble]
// that the hub does not take it. A hub on a private network is asked only if it is
// the server of the feed itself, and that network is allowed.
func (h *HTTP) Ask(ctx context.Context, feed, hub string, form url.Values) error {
	timed, cancel := context.WithTimeout(ctx, h.options.Timeout)
	defer cancel()
	w := way{home: homeOf(hub), private: sameHost(feed, hub)}
	req, err := http.NewRequestWithContext(context.WithValue(timed, wayOf{}, &w), http.MethodPost, hub, strings.NewReader(form.Encode()))
	if err != nil {
		return &Trouble{Text: "the address of the hub cannot be read"}
	}
	req.Header.Set("User-Agent", h.options.UserAgent)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := h.client.Do(req)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		t := *h.trouble(err, req.URL.Hostname())
		t.Text = "the hub: " + t.Text
		return &t
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 == 2 && resp.Request.Method == http.MethodPost {
		return nil
	}
	page, _ := io.ReadAll(io.LimitReader(resp.Body, 1024)) // which is for people, and may be anything
	return &Trouble{
		Text:   fmt.Sprintf("the hub %s refuses the subscription: HTTP %d%s", say.Excerpt(req.URL.Hostname(), 80), resp.StatusCode, reasonOf(resp, page, form)),
		Status: resp.StatusCode, After: retryAfter(resp.Header.Get("Retry-After"), time.Now()),
	}
}

// reasonOf returns what a hub says of why it refuses, "" if that is no plain text
// or repeats what nobody else is to know.
func reasonOf(resp *http.Response, page []byte, form url.Values) string {
	said := say.Excerpt(strings.ToValidUTF8(string(page), ""), 120)
	if !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/plain") || said == "" {
		return ""
	}
	for _, hidden := range []string{"hub.secret", "hub.callback"} {
		if v := form.Get(hidden); v != "" && strings.Contains(string(page), v[max(0, len(v)-20):]) {
			return ""
		}
	}
	return ": " + said
}

// Receive reads what a hub sends, within the bounds of memory and time that feeds
// have. The caller releases the answer.
func (h *HTTP) Receive(w http.ResponseWriter, r *http.Request) (Answer, error) {
	end := time.Now().Add(h.options.Timeout)
	if err := http.NewResponseController(w).SetReadDeadline(end); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return Answer{}, err
	}
	timed, clock, cancel := withDeadline(r.Context(), h.options.Timeout)
	defer cancel()
	share := &loan{budget: h.budget, clock: clock}
	data, err := share.readAll(timed, r.Body, r.ContentLength, h.options.MaxBytes)
	if err != nil {
		share.release()
		return Answer{}, err
	}
	return Answer{Data: data, ContentType: r.Header.Get("Content-Type"), release: share.release}, nil
}
