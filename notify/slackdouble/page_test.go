package slackdouble_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

// post posts what a bot says and returns the time stamp of the message.
func post(t *testing.T, srv *httptest.Server, form url.Values) string {
	t.Helper()
	form.Set("token", "xoxb-any")
	res, err := http.PostForm(srv.URL+slackdouble.API+"chat.postMessage", form)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var answer struct{ TS, Error string }
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return answer.TS + answer.Error
}

func page(t *testing.T, srv *httptest.Server) string {
	t.Helper()
	res, err := http.Get(srv.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil || !strings.HasPrefix(res.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Fatalf("no page, or one without a policy: %v", err)
	}
	return string(text)
}

// The page shows messages as Slack would: blocks, threads, edits and links, and
// nothing of them as markup.
func TestPage(t *testing.T) {
	srv := httptest.NewServer(slackdouble.NewDouble(slackdouble.Options{AnyToken: true}))
	defer srv.Close()
	if text := page(t, srv); !strings.Contains(text, "Nothing was posted yet") {
		t.Errorf("an empty page shows\n%s", text)
	}
	blocks := `[{"type":"header","text":{"type":"plain_text","text":"High <b>","emoji":true}},
		{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"link","url":"https://news.example/1","text":"Coup <script>"},{"type":"text","text":" bold","style":{"bold":true}}]},
			{"type":"rich_text_quote","elements":[{"type":"text","text":"They said so"}]},
			{"type":"rich_text_list","style":"bullet","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"one item"}]}]}]},
		{"type":"context","elements":[{"type":"mrkdwn","text":"<https://news.example/2|A &amp; B> 12:00","verbatim":true}]},
		{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"Relevant"}}]}]`
	metadata := `{"event_type":"x","event_payload":{}}`
	ts := post(t, srv, url.Values{"channel": {"C0123"}, "text": {"High"}, "blocks": {blocks}, "metadata": {metadata}})
	post(t, srv, url.Values{"channel": {"C0123"}, "text": {"what follows &lt;now&gt;"}, "thread_ts": {ts}, "reply_broadcast": {"true"}, "metadata": {metadata}})
	text := page(t, srv)
	for _, want := range []string{
		"<h2>C0123</h2>", "High &lt;b&gt;", `<a href="https://news.example/1" rel="noreferrer">Coup &lt;script&gt;</a>`, "<b> bold</b>", "<blockquote dir=\"auto\">They said so</blockquote>",
		`<li dir="auto">one item</li>`, `<a href="https://news.example/2" rel="noreferrer">A &amp; B</a> 12:00`, "<span class=\"\">Relevant</span>", "1 reply", "replied to a thread",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q:\n%s", want, text)
		}
	}
	if n := strings.Count(text, "what follows &lt;now&gt;"); n != 2 {
		t.Errorf("a reply that is shown in the channel too stands on the page %d times, want 2", n)
	}
}

// The form makes it refuse everything, and take it again.
func TestRefuse(t *testing.T) {
	srv := httptest.NewServer(slackdouble.NewDouble(slackdouble.Options{AnyToken: true}))
	defer srv.Close()
	for _, code := range []string{"token_revoked", ""} {
		res, err := http.PostForm(srv.URL+"/refuse", url.Values{"code": {code}})
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		got := post(t, srv, url.Values{"channel": {"C0123"}, "text": {"x"}, "metadata": {`{"event_type":"x","event_payload":{}}`}})
		if (got == code) != (code != "") || strings.Contains(page(t, srv), "is refused with token_revoked") != (code != "") {
			t.Errorf("with %q the answer is %q", code, got)
		}
	}
}
