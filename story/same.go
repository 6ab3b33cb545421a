package story

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/sametext"
)

// A text is copied by another if they have so much in common. Where it is but
// one sentence they must come soon after each other, for some headlines return
// every week.
const (
	copiedSentences = 2
	copiedShare     = 0.5
	soon            = 3 * 24 * time.Hour
)

// print returns the print of it as it is remembered, and as it is.
func print(it news.Item) (json.RawMessage, sametext.Print) {
	p := sametext.Of(it)
	raw, err := json.Marshal(p)
	if err != nil || len(p.Sentences) == 0 && len(p.Shingles) == 0 {
		return nil, p // a print is plain data: it always can be written
	}
	return raw, p
}

// unprint returns the print that raw remembers; an empty one if there is none.
func unprint(raw json.RawMessage) sametext.Print {
	var p sametext.Print
	if json.Unmarshal(raw, &p) != nil {
		return sametext.Print{}
	}
	return p
}

// has returns the story that has r already, as it was before it was edited, or
// nil.
func (k *known) has(r news.Report) *open {
	o := k.stories[r.Story]
	for o != nil && o.Into.ID != "" { // to where it goes on
		o = k.stories[o.Into.ID]
	}
	if o != nil {
		return o
	}
	var first *open
	for _, slot := range k.having("#" + r.ID) {
		if o := k.slots[slot]; first == nil || o.ID < first.ID {
			first = o
		}
	}
	return first
}

// same returns where t belongs if a story has its link or its text already.
func (k *known) same(t telling) (spot, bool) {
	if t.gist.Link != "" {
		key := "/" + t.gist.Link
		for _, slot := range k.having(key) {
			o := k.slots[slot]
			for _, m := range o.members {
				if m.gist.Link == t.gist.Link && m.gist.Item != t.gist.Item {
					return spot{open: o, update: m.gist.Update, article: true, why: "the same article, read in another feed"}, true
				}
			}
		}
	}
	var best spot
	most := 0.0
	for _, h := range t.print.Sentences {
		for _, slot := range k.having(sentenceKey(h)) {
			o := k.slots[slot]
			for _, m := range o.members {
				if m.gist.Item == t.gist.Item {
					continue // its own text before it was edited
				}
				n, share := sametext.Shared(t.print, m.print)
				near := t.gist.At.Sub(m.gist.At).Abs() < soon
				copied := n >= copiedSentences || share >= copiedShare || n > 0 && near && 2*n >= min(len(t.print.Sentences), len(m.print.Sentences))
				if weight := float64(n) + share; copied && (weight > most || weight == most && o.ID < best.open.ID) {
					most = weight
					best = spot{open: o, update: m.gist.Update, copied: m.gist.Publisher, why: fmt.Sprintf("the text of %s again", m.gist.Publisher)}
				}
			}
		}
	}
	return best, best.open != nil
}

// sentenceKey is what the stories are known by that have the sentence of the
// hash h.
func sentenceKey(h uint64) string {
	return "=" + string(binary.BigEndian.AppendUint64(nil, h))
}
