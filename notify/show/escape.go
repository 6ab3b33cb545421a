package show

import (
	"fmt"
	"strings"
	"time"
)

// Escape returns clean text as Slack's mrkdwn shows it: the three characters
// that Slack reserves are escaped, so that nobody is called and nothing is
// linked. Slack knows no escape for the signs of its formatting, so their
// look-alikes stand for them.
// See https://docs.slack.dev/messaging/formatting-message-text/.
func Escape(clean string) string {
	return mrkdwn.Replace(clean)
}

// Replacers never change; making one costs more than using it.
var (
	mrkdwn   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "*", "∗", "_", "ˍ", "~", "∼", "`", "ˋ")
	calls    = strings.NewReplacer("<!", "<\u2060!", "<@", "<\u2060@", "<#", "<\u2060#")
	percents = strings.NewReplacer("<", "%3C", ">", "%3E", "|", "%7C", `"`, "%22", "`", "%60", " ", "%20")
)

// plain returns clean text for a place that Slack shows literally. A word
// joiner parts what would call somebody if it did not.
func plain(clean string) string {
	return calls.Replace(clean)
}

// mrkdwnLink returns text as a link, or as text if there is no address. The
// address is as [Link] returns it, the text as clean does.
func mrkdwnLink(address, text string) string {
	if address == "" {
		return Escape(text)
	}
	return "<" + strings.ReplaceAll(address, "&", "&amp;") + "|" + strings.ReplaceAll(Escape(text), "|", "∣") + ">"
}

// mrkdwnTime returns t so that each reader sees it in his own zone, in one of
// Slack's formats for dates, and as otherwise where Slack cannot.
func mrkdwnTime(t time.Time, format, otherwise string) string {
	if t.IsZero() {
		return ""
	}
	return fmt.Sprintf("<!date^%d^%s|%s>", t.Unix(), format, Escape(otherwise))
}
