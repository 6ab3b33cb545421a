// Package webhook posts alerts as CloudEvents to a web service.
package webhook

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/internal/post"
)

// A Notifier posts alerts as JSON: a CloudEvents 1.0 envelope in structured mode
// (https://github.com/cloudevents/spec). Its id is the alert's, so a receiver
// can tell an alert that comes twice, and its type is "coupwatch.alert." and the
// kind of the alert.
type Notifier struct {
	address, key string
	client       *http.Client
}

// New returns a Notifier that posts to address. If key is not "", each
// request has a header
//
//	Coupwatch-Signature: t=1787392920,v1=5f8a…
//
// where v1 is the HMAC-SHA256 with that key of the time t in decimal, a full
// stop and the body, in hexadecimal.
func New(address, key string) (*Notifier, error) {
	if err := post.CheckAddress(address); err != nil {
		return nil, err
	}
	return &Notifier{address, key, post.NewClient()}, nil
}

// Takes reports that a webhook takes alerts of all kinds; see
// [notify.Channels.Takes].
func (w *Notifier) Takes(news.Kind) bool { return true }

// Notify implements [notify.Notifier].
func (w *Notifier) Notify(ctx context.Context, a news.Alert) (receipt string, err error) {
	body, err := json.Marshal(envelopeOf(a))
	if err != nil {
		return "", notify.Permanent(fmt.Errorf("webhook: write the alert as JSON: %w", err))
	}
	header := http.Header{"Content-Type": {"application/cloudevents+json; charset=utf-8"}, "User-Agent": {"coupwatch"}}
	if w.key != "" {
		header.Set("Coupwatch-Signature", sign(w.key, body, time.Now()))
	}
	answer, err := post.Post(ctx, w.client, w.address, header, body)
	if err != nil {
		return "", fmt.Errorf("webhook: %w", err)
	}
	return "", answer.Problem("webhook")
}

// Check implements [notify.Checker]: whether the server can be reached. Nothing is
// posted.
func (w *Notifier) Check(ctx context.Context, _ string) []notify.Finding {
	return post.CheckServer(ctx, w.address)
}

// sign returns the signature of body at now.
func sign(key string, body []byte, now time.Time) string {
	t := strconv.FormatInt(now.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(t + "."))
	mac.Write(body)
	return "t=" + t + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}

// An envelope is a CloudEvent. What it holds is as published: clean and escape
// it before you show it.
type envelope struct {
	SpecVersion string    `json:"specversion"`
	ID          string    `json:"id"`
	Source      string    `json:"source"`
	Type        string    `json:"type"`
	Time        time.Time `json:"time"`
	Subject     string    `json:"subject,omitempty"`
	ContentType string    `json:"datacontenttype"`
	Data        payload   `json:"data"`
}

type payload struct {
	Kind     news.Kind    `json:"kind"`
	Reason   string       `json:"reason,omitempty"`
	Title    string       `json:"title,omitempty"`
	Link     string       `json:"link,omitempty"`
	Source   string       `json:"publisher,omitempty"`
	Rules    []rule       `json:"rules,omitempty"`
	Quote    string       `json:"quote,omitempty"`
	Updates  []updateJSON `json:"updates,omitempty"` // those since the last
	Notice   string       `json:"notice,omitempty"`
	Story    *storyJSON   `json:"story,omitempty"`
	Date     string       `json:"date,omitempty"` // of a digest
	Stories  []storyJSON  `json:"stories,omitempty"`
	Coverage *coverage    `json:"coverage,omitempty"`
	Mended   bool         `json:"mended,omitempty"` // what a notice was about
	Late     []lateJSON   `json:"late,omitempty"`   // what could not be told in time
}

type lateJSON struct {
	ID     string     `json:"id"`
	Kind   news.Kind  `json:"kind"`
	Owed   time.Time  `json:"owed"` // since when
	Reason string     `json:"reason,omitempty"`
	Notice string     `json:"notice,omitempty"`
	Story  *storyJSON `json:"story,omitempty"`
}

type rule struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Severity news.Severity `json:"severity"`
}

type storyJSON struct {
	ID         string        `json:"id"`
	Headline   string        `json:"headline"`
	Was        string        `json:"was,omitempty"` // the headline when people were first told, if that was another
	Link       string        `json:"link,omitempty"`
	Rule       string        `json:"rule,omitempty"` // id of that for which it is so grave
	Severity   news.Severity `json:"severity"`
	Status     news.Status   `json:"status,omitempty"`
	Reports    int           `json:"reports"`
	Publishers []string      `json:"publishers"`
	Origins    []originJSON  `json:"origins,omitempty"` // at most so many are independent
	Countries  []string      `json:"countries,omitempty"`
	Entities   []string      `json:"entities,omitempty"`
	FirstSeen  time.Time     `json:"firstSeen"`
	LastSeen   time.Time     `json:"lastSeen"`
}

type originJSON struct {
	Name    string   `json:"name"`
	Via     []string `json:"via,omitempty"`
	Reports int      `json:"reports"`
}

type updateJSON struct {
	ID        string      `json:"id"`
	Title     string      `json:"title"`
	Link      string      `json:"link,omitempty"`
	Publisher string      `json:"publisher"`
	Status    news.Status `json:"status,omitempty"`
	Reports   int         `json:"reports"`
	At        time.Time   `json:"at"`
}

type coverage struct {
	Items   int `json:"items"`
	Matched int `json:"matched"`
	Feeds   int `json:"feeds"`
	Sick    int `json:"sick"`

	States news.StateCounts `json:"states"`
}

// envelopeOf returns a as it is posted.
func envelopeOf(a news.Alert) envelope {
	data := payload{
		Kind: a.Kind, Reason: a.Reason, Title: a.Item.Title, Link: a.Item.Link, Source: a.Item.Publisher,
		Quote: a.Quote.Text, Notice: a.Notice, Mended: a.Mended,
	}
	for _, l := range a.Late {
		late := lateJSON{ID: l.ID, Kind: l.Kind, Owed: l.DueAt.UTC(), Reason: l.Reason, Notice: l.Notice}
		if l.Story.ID != "" {
			story := storyOf(l.Story)
			late.Story = &story
		}
		data.Late = append(data.Late, late)
	}
	for _, m := range a.Matches {
		data.Rules = append(data.Rules, rule{m.Rule, m.Title, m.Severity})
	}
	for _, u := range a.Updates {
		data.Updates = append(data.Updates, updateJSON{u.ID, u.Title, u.Link, u.Publisher, u.Status, u.Reports, u.At.UTC()})
	}
	if a.Story.ID != "" {
		story := storyOf(a.Story)
		data.Story = &story
	}
	if d := a.Digest; d != nil {
		data.Date = d.Date
		data.Coverage = &coverage{d.Items, d.Reports, d.Feeds, len(d.Sick), d.States}
		for _, st := range d.Stories {
			data.Stories = append(data.Stories, storyOf(st))
		}
	}
	return envelope{"1.0", a.ID, "coupwatch", "coupwatch.alert." + string(a.Kind), a.DueAt.UTC(), a.Story.ID, "application/json", data}
}

func storyOf(st news.Story) storyJSON {
	publishers := []string{}
	for _, src := range st.Sources {
		publishers = append(publishers, src.Publisher)
	}
	var origins []originJSON
	for _, o := range st.Origins {
		origins = append(origins, originJSON{o.Name, o.Via, o.Reports})
	}
	return storyJSON{
		st.ID, st.Headline, st.Was, st.Link, st.Rule, st.Severity, st.Status, st.Reports, publishers, origins,
		st.Countries, st.Entities, st.FirstSeen.UTC(), st.LastSeen.UTC(),
	}
}
