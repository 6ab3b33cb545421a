package cluster

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
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

// Has returns the story that has r already, as it was before it was edited, or
// nil.
func (ix *Index) Has(r news.Report) *Cluster {
	cl := ix.clusters[r.Story]
	for cl != nil && cl.Into.ID != "" { // to where it goes on
		cl = ix.clusters[cl.Into.ID]
	}
	if cl != nil && cl.Holds(r.ID, "") {
		return cl
	}
	var first *Cluster
	for _, slot := range ix.postingsOf("#" + r.ID) {
		if cl := ix.slots[slot]; cl.Holds(r.ID, "") && (first == nil || cl.ID < first.ID) {
			first = cl
		}
	}
	return first
}

// same returns where f belongs if a story has its link or its text already.
func (ix *Index) same(f gist.Features) (Spot, bool) {
	if f.Gist.Link != "" {
		key := "/" + f.Gist.Link
		for _, slot := range ix.postingsOf(key) {
			cl := ix.slots[slot]
			if !cl.Holds(f.Gist.Item, f.Gist.Link) {
				continue
			}
			for _, m := range cl.members {
				if m.gist.Link == f.Gist.Link && m.gist.Item != f.Gist.Item {
					return Spot{Cluster: cl, Update: m.gist.Update, Article: true, Why: "the same article, read in another feed"}, true
				}
			}
		}
	}
	var best Spot
	most := 0.0
	for _, h := range f.Print.Sentences {
		for _, slot := range ix.postingsOf(sentenceKey(h)) {
			cl := ix.slots[slot]
			if !cl.Holds(f.Gist.Item, f.Gist.Link) {
				continue
			}
			for _, m := range cl.members {
				if m.gist.Item == f.Gist.Item {
					continue // its own text before it was edited
				}
				if weight := m.shares(f); weight > most || weight > 0 && weight == most && cl.ID < best.Cluster.ID {
					most = weight
					best = Spot{Cluster: cl, Update: m.gist.Update, Copied: m.gist.Publisher, Why: fmt.Sprintf("the text of %s again", m.gist.Publisher)}
				}
			}
		}
	}
	return best, best.Cluster != nil
}

// Within returns where f belongs in cl, of which it is a report and which is all
// that the index knows: whether it is an article or a text that cl has already.
func (ix *Index) Within(f gist.Features, cl *Cluster) Spot {
	at, _ := ix.same(f)
	at.Cluster = cl
	return at.orArticle(f)
}

// shares returns how much of the text of f that of m has, 0 if neither is a copy
// of the other.
func (m *member) shares(f gist.Features) float64 {
	n, share := sametext.Shared(f.Print, m.print)
	near := f.Gist.At.Sub(m.gist.At).Abs() < soon
	if n >= copiedSentences || share >= copiedShare || n > 0 && near && 2*n >= min(len(f.Print.Sentences), len(m.print.Sentences)) {
		return float64(n) + share
	}
	return 0
}

// Copied returns the publisher of the report of the story that f, a later report
// of it by another, is a copy of; "" if it is none.
func (cl *Cluster) Copied(f gist.Features) (publisher string) {
	most := 0.0
	for _, m := range cl.members {
		if m.gist.Item == f.Gist.Item || m.gist.Publisher == f.Gist.Publisher || m.gist.At.After(f.Gist.At) {
			continue
		}
		if weight := m.shares(f); weight > most {
			most, publisher = weight, m.gist.Publisher
		}
	}
	return publisher
}

// sentenceKey is what the stories are known by that have the sentence of the
// hash h.
func sentenceKey(h uint64) string {
	return "=" + string(binary.BigEndian.AppendUint64(nil, h))
}
