package settings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// families are what the names of our settings begin with.
var families = []string{"SLACK_", "SMTP_", "MAIL_", "COUPWATCH_", "CHAT_", "WEBHOOK_", "DATABASE_"}

// Misspelt says of variables that look like settings and are none which was
// perhaps meant. One that begins with our own name is no other program's.
func Misspelt(names []string) []string {
	var all []string
	for _, k := range known {
		all = append(all, k.name)
		if k.secret {
			all = append(all, k.name+"_FILE")
		}
	}
	var advice []string
	for _, name := range names {
		ours := slices.ContainsFunc(families, func(f string) bool { return strings.HasPrefix(name, f) })
		if !ours || slices.Contains(all, name) {
			continue
		}
		if near := matcher.Nearest(name, all); near != "" {
			advice = append(advice, fmt.Sprintf("%s is no setting; did you mean %s?", name, near))
		} else if strings.HasPrefix(name, "COUPWATCH_") {
			advice = append(advice, name+" is no setting; docs/operating.md lists all of them")
		}
	}
	slices.Sort(advice)
	return advice
}

// Idle says which settings have no effect, or lack another one, with a policy
// that is as rules.yaml has it, before addresses stand in the place of email.
func (s Settings) Idle(p news.Policy) []string {
	var advice []string
	say := func(when bool, text string) {
		if when {
			advice = append(advice, text)
		}
	}
	plain, addressed := routed(p, "email")
	toSlack, otherSlack := routed(p, "slack")
	toHook, _ := routed(p, "webhook")
	noSlack := s.SlackToken == "" && s.SlackWebhook == ""
	say(s.SMTP != "" && plain && len(s.MailTo) == 0, "SMTP_URL is set and MAIL_TO is not: what the rules route to email stays owed; set MAIL_TO, or write email:address in the rules")
	say(s.SMTP != "" && !plain && !addressed, "SMTP_URL is set, and the rules route nothing to email")
	say(s.SMTP == "" && len(s.MailTo) > 0, "MAIL_TO is set and SMTP_URL is not: no mail can be sent")
	say(noSlack && s.SlackChannel != "", "SLACK_CHANNEL is set and SLACK_BOT_TOKEN is not: nothing can be posted")
	say(s.SlackWebhook != "" && s.SlackChannel != "", "SLACK_CHANNEL has no effect: a webhook has a channel of its own")
	say(noSlack && s.SlackAPI != "", "SLACK_API_URL is set and SLACK_BOT_TOKEN is not")
	say(!noSlack && !toSlack && !otherSlack, "Slack is set up, and the rules route nothing to slack")
	say(s.Webhook != "" && !toHook, "WEBHOOK_URL is set, and the rules route nothing to webhook")
	say(s.Webhook == "" && s.WebhookKey != "", "WEBHOOK_SECRET is set and WEBHOOK_URL is not")
	return advice
}

// routed reports whether a policy tells people over a kind of channel as it is,
// and over one with an address.
func routed(p news.Policy, kind string) (plain, addressed bool) {
	for _, channel := range p.Channels() {
		plain = plain || channel == kind
		addressed = addressed || strings.HasPrefix(channel, kind+":")
	}
	return plain, addressed
}

// Missing names the variable that is to be set for a kind of channel, such as
// "slack"; it is "" if the kind is set up, or needs nothing.
func (s Settings) Missing(kind string) string {
	for _, needs := range []struct {
		kind, name string
		missing    bool
	}{
		{"slack", "SLACK_BOT_TOKEN", s.SlackToken == "" && s.SlackWebhook == ""},
		{"email", "SMTP_URL", s.SMTP == ""},
		{"webhook", "WEBHOOK_URL", s.Webhook == ""},
		{"chat", "CHAT_URLS", len(s.Chats) == 0},
	} {
		if needs.kind == kind && needs.missing {
			return needs.name
		}
	}
	return ""
}

// ShownURL is a database URL without what may be secret.
func ShownURL(url string) string {
	scheme, rest, found := strings.Cut(url, "://")
	if !found {
		return strings.TrimPrefix(url, "sqlite:")
	}
	if _, host, hasUser := strings.Cut(rest, "@"); hasUser {
		rest = host
	}
	rest, _, _ = strings.Cut(rest, "?")
	return scheme + "://" + rest
}

// Exposed says of the words of a command line which let somebody in: everybody on the
// machine can read them in the list of processes.
func Exposed(words []string) []string {
	for _, word := range words {
		if strings.HasPrefix(word, "--") {
			_, word, _ = strings.Cut(word, "=")
		}
		_, login := news.SplitLogin(word)
		if _, password := login.Parts(); password != "" {
			return []string{"the command line has a password in it, and everybody on this machine can read it in the list of processes; put the address into DATABASE_URL, or into a file that DATABASE_URL_FILE names"}
		}
	}
	return nil
}
