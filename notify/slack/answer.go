package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	api "github.com/slack-go/slack"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/show"
)

// muteTime is how long something is muted unless somebody says so.
const muteTime = 24 * time.Hour

// press does what a button is for and tells who pressed it.
func (s *Socket) press(ctx context.Context, c api.InteractionCallback) {
	ctx, cancel := context.WithTimeout(ctx, pressTime)
	defer cancel()
	for _, b := range c.ActionCallback.BlockActions {
		about, ok := show.ParsePressed(b.Value)
		if b.BlockID != show.ActionsBlock || !ok {
			continue
		}
		text, err := s.decide(ctx, b.ActionID, about, person(c.User.ID, c.User.Name))
		if err == nil {
			thread := cmp.Or(c.Message.ThreadTimestamp, c.Message.Timestamp, c.Container.MessageTs)
			err = s.say(ctx, c.Channel.ID, said(text, c.User.ID), api.MsgOptionTS(thread))
		} else {
			s.log.Warn("button at Slack not heeded", "button", b.ActionID, "story", about.Story, "err", show.Problem(err))
			err = s.say(ctx, c.Channel.ID, said("That was not noted, please press again: "+err.Error(), ""), api.MsgOptionPostEphemeral(c.User.ID))
		}
		if err != nil {
			s.log.Warn("button at Slack not answered", "button", b.ActionID, "story", about.Story, "err", err)
		}
	}
}

// decide does what the button is for.
func (s *Socket) decide(ctx context.Context, button string, about show.Pressed, by string) (answer string, err error) {
	now := time.Now().UTC()
	label := news.Label{Item: about.Item, Story: about.Story, Rule: about.Rule, By: by, At: now}
	mute := news.Mute{Until: now.Add(muteTime), By: by}
	switch button {
	case show.RelevantButton:
		label.Relevant = true
		return s.desk.Label(ctx, label)
	case show.NoiseButton:
		return s.desk.Label(ctx, label)
	case show.MuteStoryButton:
		mute.Story = about.Story
		return s.desk.Mute(ctx, mute)
	case show.MuteEntityButton:
		mute.Entity = about.Entity
		return s.desk.Mute(ctx, mute)
	default:
		return "", fmt.Errorf("there is no button %q", button)
	}
}

// say posts an answer.
func (s *Socket) say(ctx context.Context, channel string, m show.Message, how api.MsgOption) error {
	options := append(content(m), how, api.MsgOptionDisableLinkUnfurl(), api.MsgOptionDisableMediaUnfurl())
	_, _, err := s.slack.client.PostMessageContext(ctx, channel, options...)
	return slackError(channel, err)
}

// person returns who a user is, for people and for telling users apart.
func person(id, name string) string {
	if name = show.Line(name, 60); name == "" {
		return id
	}
	return name + " (" + id + ")"
}

// usage says what can be asked for.
const usage = `status – how coupwatch is
why LINK – what became of an article, and why
missed LINK – you should have been told of an article
mute WHAT [24h|3d|2w] [REASON] – hear no more of story:ID, rule:ID, @entity, country:ml or feed:URL for a time (a day)`

// command returns the answer to a command, which only who gave it sees.
func (s *Socket) command(ctx context.Context, c api.SlashCommand) reply {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	text, err := s.ask(ctx, c.Text, person(c.UserID, c.UserName))
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		text = "That takes too long just now; please ask again."
	case err != nil:
		text = "That did not work: " + err.Error()
	}
	m := said(text, "")
	return reply{api.ResponseTypeEphemeral, m.Text, m.Blocks}
}

// A reply is the answer to a command as Slack takes it.
type reply struct {
	Type   string      `json:"response_type"`
	Text   string      `json:"text"`
	Blocks []api.Block `json:"blocks"`
}

// ask answers what follows /coupwatch.
func (s *Socket) ask(ctx context.Context, text, by string) (answer string, err error) {
	words := strings.Fields(text)
	verb, rest := "", []string(nil)
	if len(words) > 0 {
		verb, rest = strings.ToLower(words[0]), words[1:]
	}
	switch {
	case verb == "status" && len(rest) == 0:
		return s.desk.Status(ctx)
	case (verb == "why" || verb == "missed") && len(rest) == 1:
		link := show.Link(unwrapped(rest[0]))
		if link == "" {
			return fmt.Sprintf("%q is no link: copy the article's address, with https://", rest[0]), nil
		}
		if verb == "why" {
			return s.desk.Why(ctx, link)
		}
		return s.desk.Missed(ctx, link, by)
	case verb == "mute" && len(rest) > 0:
		m, err := muteOf(rest, time.Now().UTC())
		if err != nil {
			return err.Error(), nil
		}
		m.By = by
		return s.desk.Mute(ctx, m)
	default:
		return usage, nil
	}
}

// unwrapped returns a link as it was typed: Slack may put it into angle
// brackets, with the text that it shows for it.
func unwrapped(word string) string {
	word = strings.TrimSuffix(strings.TrimPrefix(word, "<"), ">")
	word, _, _ = strings.Cut(word, "|")
	return strings.ReplaceAll(word, "&amp;", "&")
}

// muteOf reads what is to be muted, for how long and why.
func muteOf(words []string, now time.Time) (news.Mute, error) {
	m := news.Mute{Until: now.Add(muteTime)}
	what, rest := unwrapped(words[0]), words[1:]
	kind, id, _ := strings.Cut(what, ":")
	switch {
	case strings.HasPrefix(what, "@") && len(what) > 1:
		m.Entity = what[1:]
	case id == "":
		return m, fmt.Errorf("what is %q? Write story:ID, rule:ID, @entity, country:ml or feed:URL", what)
	case kind == "country":
		m.Entity = strings.ToLower(what)
	case kind == "story":
		m.Story = id
	case kind == "rule":
		m.Rule = id
	case kind == "feed":
		m.Feed = unwrapped(id)
	default:
		return m, fmt.Errorf("what is %q? Write story:ID, rule:ID, @entity, country:ml or feed:URL", what)
	}
	if len(rest) > 0 {
		if d, ok := span(rest[0]); ok {
			m.Until, rest = now.Add(d), rest[1:]
		}
	}
	m.Why = show.Line(strings.Join(rest, " "), 200)
	return m, nil
}

// span reads a time such as 24h, 3d or 2w, of at most a year.
func span(word string) (time.Duration, bool) {
	part := regexp.MustCompile(`^([1-9][0-9]{0,3})([hdw])$`).FindStringSubmatch(strings.ToLower(word))
	if part == nil {
		return 0, false
	}
	n, _ := strconv.Atoi(part[1]) // four digits
	d := time.Duration(n) * map[string]time.Duration{"h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}[part[2]]
	return d, d <= 366*24*time.Hour
}

const (
	maxAnswer = 3000 // runes of an answer
	maxRows   = 40   // lines of it
)

// said returns an answer as Slack shows it literally, but for its links; with
// who it is about before it, if there is somebody.
func said(text, user string) show.Message {
	var parts []api.RichTextSectionElement
	if user != "" {
		parts = append(parts, api.NewRichTextSectionUserElement(user, nil), literal(": "))
	}
	lines := strings.Split(cmp.Or(strings.TrimSpace(text), "Done."), "\n")
	room := maxAnswer
	for i, line := range lines {
		line = show.Line(line, 600)
		if room -= utf8.RuneCountInString(line) + 1; room < 0 || i == maxRows {
			parts = append(parts, literal("…"))
			break
		}
		parts = append(parts, linksIn(line)...)
		if i < len(lines)-1 {
			parts = append(parts, literal("\n"))
		}
	}
	return show.Message{
		Text:   show.Escape(show.Line(lines[0], 300)),
		Blocks: []api.Block{api.NewRichTextBlock("", api.NewRichTextSection(parts...))},
	}
}

// linksIn returns a line with its links as links.
func linksIn(line string) []api.RichTextSectionElement {
	var parts []api.RichTextSectionElement
	begin := 0
	for _, at := range regexp.MustCompile(`https?://[^\s<>"|]+`).FindAllStringIndex(line, -1) {
		link := show.Link(line[at[0]:at[1]])
		if link == "" {
			continue
		}
		if begin < at[0] {
			parts = append(parts, literal(line[begin:at[0]]))
		}
		parts = append(parts, api.NewRichTextSectionLinkElement(link, show.Cut(link, 100), nil))
		begin = at[1]
	}
	if begin < len(line) {
		parts = append(parts, literal(line[begin:]))
	}
	return parts
}

// literal returns text that Slack shows as it is.
func literal(text string) api.RichTextSectionElement {
	return api.NewRichTextSectionTextElement(strings.NewReplacer("<!", "<\u2060!", "<@", "<\u2060@", "<#", "<\u2060#").Replace(text), nil)
}
