package daemon

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/news"
)

// What is not set up is printed, and the greeting says so and why.
func TestGreetingTellsWhoHears(t *testing.T) {
	route := news.Route{To: []string{"slack", "email:a@example.org", "chat:desk", "console"}, Severity: news.High, Rules: []string{"coup"}, Entities: []string{"siloviki"}, Tags: []string{"exile"}}
	for name, test := range map[string]struct {
		greeting Greeting
		want     string
	}{
		"all set up": {
			Greeting{Settings: settings.Settings{SlackToken: "xoxb", SMTP: "smtp://h", Chats: map[string]string{"desk": "ntfy://h/t"}}},
			"high stories of coup, @siloviki, exile to slack, email:a@example.org, chat:desk, console",
		},
		"a webhook for Slack": {
			Greeting{Settings: settings.Settings{SlackWebhook: "https://h", SMTP: "smtp://h"}},
			"high stories of coup, @siloviki, exile to slack, email:a@example.org, chat:desk (printed here: CHAT_URLS is not set), console",
		},
		"nothing set up": {
			Greeting{},
			"high stories of coup, @siloviki, exile to slack (printed here: SLACK_BOT_TOKEN is not set), email:a@example.org (printed here: SMTP_URL is not set), chat:desk (printed here: CHAT_URLS is not set), console",
		},
		"a dry run": {
			Greeting{Dry: true, Settings: settings.Settings{SlackToken: "xoxb"}},
			strings.ReplaceAll("high stories of coup, @siloviki, exile to slack!, email:a@example.org!, chat:desk!, console!", "!", " (printed here: this is a dry run)"),
		},
	} {
		if got := test.greeting.routeLine(route); got != test.want {
			t.Errorf("%s: %s\nwant %s", name, got, test.want)
		}
	}
	if got := (Greeting{}).routeLine(news.Route{To: []string{"console"}, Severity: news.Medium}); got != "every story to console" {
		t.Errorf("a route without conditions: %s", got)
	}
}

func TestReachable(t *testing.T) {
	for addr, want := range map[string]string{
		"127.0.0.1:8090": "127.0.0.1:8090", "0.0.0.0:8090": "localhost:8090", "[::]:8090": "localhost:8090", "10.1.2.3:80": "10.1.2.3:80", "odd": "odd",
	} {
		if got := Reachable(addr); got != want {
			t.Errorf("Reachable(%s) = %s, want %s", addr, got, want)
		}
	}
}
