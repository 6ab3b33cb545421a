package show

import (
	"cmp"
	"strings"

	"github.com/slack-go/slack"

	"github.com/coupwatch/coupwatch/news"
)

// ActionsBlock is the block_id of the row of buttons below a story.
const ActionsBlock = "coupwatch_actions"

// The action_ids of the buttons. What they are about is their value; see
// [Pressed].
const (
	RelevantButton   = "coupwatch_relevant"
	NoiseButton      = "coupwatch_noise"
	MuteStoryButton  = "coupwatch_mute_story"
	MuteEntityButton = "coupwatch_mute_entity"
)

// Pressed is what the buttons of an alert are about.
type Pressed struct {
	Story  string // id
	Item   string // id of the item that caused the alert
	Rule   string // id of its most severe rule, or ""
	Entity string // id of the entity to mute, "country:ml" for a country; "" if none is named
}

// maxValue is the longest value of a button. Slack takes 2,000; ours are short.
const maxValue = 300

// value returns p as the value of a button, "" if it cannot be one.
func (p Pressed) value() string {
	value := strings.Join([]string{p.Story, p.Item, p.Rule, p.Entity}, "|")
	if p.Story == "" || strings.Count(value, "|") != 3 || len(value) > maxValue || value != scrub(value) {
		return ""
	}
	return value
}

// ParsePressed reads the value of a button. It reports whether it is one of
// ours.
func ParsePressed(value string) (p Pressed, ok bool) {
	parts := strings.Split(value, "|")
	if len(parts) != 4 || parts[0] == "" {
		return Pressed{}, false
	}
	return Pressed{parts[0], parts[1], parts[2], parts[3]}, true
}

// buttons returns the row of buttons below a story, or nil if there is none.
func (s Style) buttons(a news.Alert) slack.Block {
	p := Pressed{Story: a.Story.ID, Item: a.Item.ID, Entity: mutable(a.Story)}
	if len(a.Matches) > 0 {
		p.Rule = a.Matches[0].Rule
	} else if filed := a.Story.Filed(); len(filed) > 0 {
		p.Rule = filed[0]
	}
	value := p.value()
	if !s.Buttons || value == "" {
		return nil
	}
	row := []slack.BlockElement{
		button(RelevantButton, value, "Relevant"),
		button(NoiseButton, value, "Noise"),
		button(MuteStoryButton, value, "Mute story 24 h"),
	}
	if p.Entity != "" {
		row = append(row, button(MuteEntityButton, value, "Mute "+Cut(cmp.Or(s.entity(p.Entity), p.Entity), 40)))
	}
	return slack.NewActionBlock(ActionsBlock, row...)
}

// mutable returns the entity of a story that a reader may want to hear no more
// of: the first that is named, a country only if there is no other.
func mutable(st news.Story) string {
	for _, id := range st.Entities {
		if !strings.HasPrefix(id, "country:") {
			return id
		}
	}
	if where := st.Where(); len(where) > 0 {
		return "country:" + where[0]
	}
	return ""
}

func button(action, value, text string) slack.BlockElement {
	return slack.NewButtonBlockElement(action, value, slack.NewTextBlockObject(slack.PlainTextType, text, false, false))
}
