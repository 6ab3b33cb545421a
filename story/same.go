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
func (ix *clusterIndex) has(r news.Report) *cluster {
	cl := ix.clusters[r.Story]
	for cl != nil && cl.Into.ID != "" { // to where it goes on
		cl = ix.clusters[cl.Into.ID]
	}
	if cl != nil {
		return cl
	}
	var first *cluster
	for _, slot := range ix.postingsOf("#" + r.ID) {
		if cl := ix.slots[slot]; first == nil || cl.ID < first.ID {
			first = cl
		}
	}
	return first
}

// same returns where f belongs if a story has its link or its text already.
func (ix *clusterIndex) same(f reportFeatures) (spot, bool) {
	if f.gist.Link != "" {
		key := "/" + f.gist.Link
		for _, slot := range ix.postingsOf(key) {
			cl := ix.slots[slot]
			for _, m := range cl.members {
				if m.gist.Link == f.gist.Link && m.gist.Item != f.gist.Item {
					return spot{cluster: cl, update: m.gist.Update, article: true, why: "the same article, read in another feed"}, true
				}
			}
		}
	}
	var best spot
	most := 0.0
	for _, h := range f.print.Sentences {
		for _, slot := range ix.postingsOf(sentenceKey(h)) {
			cl := ix.slots[slot]
			for _, m := range cl.members {
				if m.gist.Item == f.gist.Item {
					continue // its own text before it was edited
				}
				n, share := sametext.Shared(f.print, m.print)
				near := f.gist.At.Sub(m.gist.At).Abs() < soon
				copied := n >= copiedSentences || share >= copiedShare || n > 0 && near && 2*n >= min(len(f.print.Sentences), len(m.print.Sentences))
				if weight := float64(n) + share; copied && (weight > most || weight == most && cl.ID < best.cluster.ID) {
					most = weight
					best = spot{cluster: cl, update: m.gist.Update, copied: m.gist.Publisher, why: fmt.Sprintf("the text of %s again", m.gist.Publisher)}
				}
			}
		}
	}
	return best, best.cluster != nil
}

// sentenceKey is what the stories are known by that have the sentence of the
// hash h.
func sentenceKey(h uint64) string {
	return "=" + string(binary.BigEndian.AppendUint64(nil, h))
}
