package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/api"
	"github.com/coupwatch/coupwatch/web/gate"
)

const muted = `[{"kind":"rule","id":"coup","name":"Coup","until":"2036-08-22T12:00:00Z","why":"","by":"ann","fixed":false}]`

// People are a desk, made up.
type people struct{ done []string }

const stray = `{"item":"i1","title":"x","link":"","story":"s-1","own":"","by":"ann","at":"2026-08-22T12:00:00Z"}`

func (p *people) Handled(_ context.Context, story string) (any, bool, error) {
	return json.RawMessage(`{"id":"s-1","into":"","rule":"Coup","mutes":` + muted + `,"labels":[{"by":"ann","relevant":true,"rule":"Coup","at":"2026-08-22T12:00:00Z"}],"strays":[` + stray + `]}`), story == "s-1", nil
}

func (p *people) Label(_ context.Context, story, by string, relevant bool) (string, error) {
	p.done = append(p.done, fmt.Sprint("label ", story, " by ", by, ": ", relevant))
	return "It counts for Coup.", nil
}

func (p *people) Unlabel(_ context.Context, story, by string) (bool, error) {
	p.done = append(p.done, "unlabel "+story+" by "+by)
	return story == "s-1", nil
}

func (p *people) TakeOut(_ context.Context, story, item, by string) (any, error) {
	p.done = append(p.done, "out of "+story+" "+item+" by "+by)
	return json.RawMessage(stray), nil
}

func (p *people) Muted(context.Context) (any, error) { return json.RawMessage(muted), nil }

func (p *people) Mute(_ context.Context, m news.Mute) (any, error) {
	if m.Rule == "none" {
		return nil, api.Refusal("there is no rule none")
	}
	p.done = append(p.done, "mute "+m.Rule+m.Feed+" by "+m.By+": "+m.Why)
	return json.RawMessage(muted), nil
}

func (p *people) Unmute(_ context.Context, m news.Mute) (bool, error) {
	p.done = append(p.done, "unmute "+m.Rule+m.Feed)
	return m.Rule != "other", nil
}

func (p *people) Outbox(_ context.Context, state, channel, story string, from int) (any, error) {
	return json.RawMessage(`{"channels":[{"name":"slack","owed":1,"lost":0,"problem":"","failures":0}],"more":false,"alerts":[{"id":"story/1","state":"owed","channel":"slack","kind":"new","story":"s-1","title":"x","reason":"` + state + channel + story + fmt.Sprint(from) + `","attempts":0,"problem":"","summary":"","doubt":false,"owed":"2026-08-22T12:00:00Z"}]}`), nil
}

func (p *people) Retry(_ context.Context, id string) error {
	p.done = append(p.done, "retry "+id)
	if id == "none" {
		return api.Refusal("no alert is called none")
	}
	return nil
}

func (p *people) Drop(_ context.Context, id, by, why string) error {
	p.done = append(p.done, "drop "+id+" by "+by+": "+why)
	return nil
}

func (p *people) Digests(context.Context) (any, error) {
	return json.RawMessage(`[{"key":"2026-08-22","due":"2026-08-22T07:00:00Z","channels":["email"]}]`), nil
}

func (p *people) Digest(_ context.Context, key string) (string, bool, error) {
	return "DIGEST", key == "next", nil
}

// A rulebook has one rule.
type rulebook struct{}

const aRule = `{"ref":"coup","kind":"rule","title":"Coup","severity":"high","place":"rules.yaml:3","items":1,"days":[0,1],"latest":[],"terms":2,"never":1,"unused":false,"grade":{"relevant":3,"noise":1,"enough":false,"share":0.75,"low":0.2,"high":0.99}}`

func (rulebook) Index(_ context.Context, section string) (any, error) {
	return json.RawMessage(`{"section":"` + section + `","counted":7,"days":2,"entries":[` + aRule + `]}`), nil
}

func (rulebook) One(_ context.Context, ref string) (any, bool, error) {
	return json.RawMessage(`{"entry":` + strings.Replace(aRule, `{"relevant":3,"noise":1,"enough":false,"share":0.75,"low":0.2,"high":0.99}`, "null", 1) + `,"why":"","text":"","found":[{"term":"coup","items":1}],"never_found":["x"],"used_by":[],"days":2}`), ref == "$coup", nil
}

// What the page does about alerts programs do as well, in somebody's name; what is
// refused says why.
func TestDesk(t *testing.T) {
	d := newDesk(t)
	in := time.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	for _, ask := range []struct {
		method, path, body string
		want               int
		does               string
	}{
		{"POST", "/mutes", `{"kind":"rule","name":" coup ","until":"` + in + `","why":"elections"}`, 200, "mute coup by ann: elections"},
		{"POST", "/mutes", `{"kind":"feed","name":"https://u:p@wire.example/","until":"` + in + `"}`, 200, "mute https://wire.example/ by ann: "},
		{"POST", "/mutes", `{"kind":"rule","name":"none","until":"` + in + `"}`, 422, ""},
		{"POST", "/mutes", `{"kind":"rule","name":"coup","until":"2020-01-01T00:00:00Z"}`, 400, ""},
		{"POST", "/mutes", `{"kind":"rule","name":"coup"}`, 400, ""},
		{"POST", "/mutes", `{"kind":"planet","name":"coup","until":"` + in + `"}`, 400, ""},
		{"DELETE", "/mutes/rule/coup", "", 204, "unmute coup"},
		{"DELETE", "/mutes/feed/https:%2F%2Fwire.example%2F", "", 204, "unmute https://wire.example/"},
		{"DELETE", "/mutes/rule/other", "", 404, "unmute other"},
		{"POST", "/outbox/retry", `{"id":"story/1"}`, 204, "retry story/1"},
		{"POST", "/outbox/retry", `{"id":"none"}`, 422, "retry none"},
		{"POST", "/outbox/drop", `{"id":"story/1","why":"old"}`, 204, "drop story/1 by ann: old"},
		{"POST", "/stories/s-1/label", `{"relevant":false}`, 200, "label s-1 by ann: false"},
		{"POST", "/stories/s-1/label", `{}`, 400, ""},
		{"DELETE", "/stories/s-1/label", "", 204, "unlabel s-1 by ann"},
		{"DELETE", "/stories/s-2/label", "", 404, "unlabel s-2 by ann"},
		{"POST", "/stories/s-1/out", `{"item":"i1"}`, 200, "out of s-1 i1 by ann"},
		{"POST", "/stories/s-1/out", `{"item":""}`, 400, ""},
		{"GET", "/stories/s-2/said", "", 404, ""},
		{"GET", "/outbox?from=-1", "", 400, ""},
		{"GET", "/digests/2020-01-01", "", 404, ""},
		{"GET", "/rules?section=planets", "", 400, ""},
		{"GET", "/rules/none", "", 404, ""},
	} {
		d.done = nil
		w := d.ask(t, gate.Analyst, ask.method, ask.path, ask.body, ours)
		if did := strings.Join(d.done, "; "); w.Code != ask.want || did != ask.does {
			t.Errorf("%s %s %s: %d %s, did %q; want %d, %q", ask.method, ask.path, ask.body, w.Code, w.Body, did, ask.want, ask.does)
		}
	}
	if len(d.noted) != 9 {
		t.Errorf("noted %q", d.noted)
	}
	for _, path := range []string{"/mutes", "/outbox/retry", "/outbox/drop", "/stories/s-1/label", "/stories/s-1/out"} {
		d.done = nil
		if w := d.ask(t, gate.Reader, "POST", path, `{}`, ours); w.Code != http.StatusForbidden || len(d.done) > 0 {
			t.Errorf("a reader's %s: %d, did %v", path, w.Code, d.done)
		}
	}
}
