// Package cluster finds the story to which a report belongs.
//
// # Words
//
// Inside, this is online clustering over an inverted index, and standard terms
// stand beside those of the desk:
//
//	cluster          a [news.Story] as it is remembered, to compare reports with
//	member           a report of a cluster, as far as it is remembered
//	gist             what of a report is stored with its story to compare others with
//	features         a report taken apart: gist, rules, entities, how firmly it is told
//	queryVector      the features of a report weighed by the index
//	term             a word, name, country, link, item or sentence that clusters share
//	posting          that a cluster has a term
//	logDF, idf, logN document frequency, its inverse and the number of clusters, as
//	                 logarithms: the greater the idf, the rarer the term
//	dfPrior          in how many more stories a term is supposed to be
//	candidate        a cluster that shares a rare term, and is looked at closely
//	likeness         the score of a report with a cluster: cosine of tf-idf and more
//	threshold        from one score on a report joins a story, from another it is linked,
//	                 a third makes it a copy of a development
//	print            hashes of sentences and shingles, to know copied texts by
//	heat             how often a story was told lately; it decays
package cluster

import (
	"bytes"
	"container/heap"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
	"github.com/coupwatch/coupwatch/story/sametext"
)

// An Index holds the stories that are remembered, with an inverted index
// of what they are about: a report is compared with those only that have
// something rare in common with it. All that is here follows from the stories
// themselves, so that whoever reads them from a database decides as if it had
// never stopped.
type Index struct {
	weights  Weights
	clusters map[string]*Cluster
	slots    []*Cluster // nil where none is
	free     []int32
	vocabulary
	expiry   expiryHeap
	rules    map[string]float64    // how many stories have a report of it
	notified map[string]time.Time  // when people heard last of the stories of which they heard lately
	hot      map[string][]*Cluster // by what they are about: "@putin", "+ml"
	scratch
	parked map[string]*Cluster // stories that were known and may be again; nil if what goes is forgotten
	learnt int                 // reports, ever
}

// A scratch is what a search writes on; all is zero between searches.
type scratch struct {
	candidateScore []float64 // by slot
	queryWeights   []float64 // by term
}

// A Cluster is a story that is remembered.
type Cluster struct {
	news.Story
	slot      int32
	terms     []int32 // of all members, sorted
	counted   []int32 // of those that count, sorted
	members   []*member
	heapIndex int      // in Index.expiry
	hotKeys   []string // its keys in Index.hot
	summary
}

// A summary says what a story is mainly about.
type summary struct {
	main   []*member // the members that were worth an alert, or all if none was
	at     time.Time // of the latest of them
	places []place
	people []string // ids of entities
	leads  []int32  // its main names
	kinds  []string // of event that it mainly tells: ids of rules, and what words tell
}

// A member is a report of a story, as far as it is remembered.
type member struct {
	gist  news.Gist
	print sametext.Print
	words []weighted
	names []int32
	terms []int32  // words, names and all else
	kinds []string // of event: its rule, and what its words tell
}

type weighted struct {
	term   int32
	weight float64
}

type place struct {
	country string
	share   float64
}

// NewIndex returns an index that knows no story and weighs by w.
func NewIndex(w Weights) *Index {
	return &Index{weights: w, clusters: map[string]*Cluster{}, vocabulary: vocabulary{terms: map[string]int32{}}, hot: map[string][]*Cluster{}, notified: map[string]time.Time{}, rules: map[string]float64{}}
}

// Put makes s known as it is now.
func (ix *Index) Put(s news.Story) {
	cl, known := ix.clusters[s.ID]
	var terms, counted []int32
	if known {
		terms, counted = cl.terms, cl.counted
		ix.countRules(cl.Rules, -1)
	} else {
		if cl = ix.parked[s.ID]; cl == nil {
			cl = &Cluster{}
		}
		cl.slot = ix.slot()
		ix.slots[cl.slot] = cl
		ix.clusters[s.ID] = cl
	}
	ix.countRules(s.Rules, +1)
	cl.Story = s
	ix.remember(cl)
	ix.updatePostings(cl, terms, counted)
	ix.warmUp(cl)
	if n := len(s.Notified); n > 0 {
		ix.notified[s.ID] = s.Notified[n-1].At
	}
	if !known {
		heap.Push(&ix.expiry, cl)
	} else {
		heap.Fix(&ix.expiry, cl.heapIndex)
	}
}

// slot returns a free slot.
func (ix *Index) slot() int32 {
	if n := len(ix.free); n > 0 {
		slot := ix.free[n-1]
		ix.free = ix.free[:n-1]
		return slot
	}
	ix.slots = append(ix.slots, nil)
	ix.candidateScore = append(ix.candidateScore, 0)
	return int32(len(ix.slots) - 1)
}

// remember makes what is known of the reports of cl. What it knew of one stays
// if that tells what it told.
func (ix *Index) remember(cl *Cluster) {
	old := cl.members
	cl.members = make([]*member, len(cl.Gists))
	same := len(old) == len(cl.Gists)
	for i, g := range cl.Gists {
		k := i
		if !same || !tellsSame(old[i].gist, g) {
			k = slices.IndexFunc(old, func(m *member) bool { return tellsSame(m.gist, g) })
		}
		if same = same && k == i; k >= 0 {
			cl.members[i] = old[k]
		} else {
			cl.members[i] = ix.learn(g)
		}
		cl.members[i].gist = g
	}
	if !same {
		ix.summarise(cl)
	}
}

// tellsSame reports whether a and b are of one report, of which neither tells
// what the other does not.
func tellsSame(a, b news.Gist) bool {
	return a.Item == b.Item && a.Link == b.Link && a.Rule == b.Rule && a.BelowAlert == b.BelowAlert && a.At.Equal(b.At) &&
		slices.Equal(a.Words, b.Words) && slices.Equal(a.Names, b.Names) && slices.Equal(a.Places, b.Places) && bytes.Equal(a.Print, b.Print)
}

// termsOf returns the terms of members, sorted and without doubles.
func termsOf(members []*member) []int32 {
	n := 0
	for _, m := range members {
		n += len(m.terms)
	}
	all := make([]int32, 0, n)
	for _, m := range members {
		all = append(all, m.terms...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// summarise takes from the reports of cl its terms, when it was told last and
// what it is ix.weights.Main.Country about.
func (ix *Index) summarise(cl *Cluster) {
	cl.main = slices.DeleteFunc(slices.Clone(cl.members), func(m *member) bool { return m.gist.BelowAlert })
	if len(cl.main) == 0 {
		cl.main = cl.members
	}
	cl.terms, cl.counted = termsOf(cl.members), termsOf(cl.main)
	shares, people := map[string]float64{}, map[string]float64{}
	cl.at = time.Time{}
	for _, m := range cl.main {
		for _, n := range m.gist.Names {
			if id, ok := strings.CutPrefix(n, "@"); ok {
				people[id] += 1 / float64(len(cl.main))
			}
		}
		for _, p := range m.gist.Places {
			shares[p.Text] += p.Weight / float64(len(cl.main))
		}
		if m.gist.At.After(cl.at) {
			cl.at = m.gist.At
		}
	}
	cl.leads, cl.kinds = ix.leadsOf(cl.main), ix.kindsOf(cl.main)
	cl.places = nil
	cl.people = nil
	for _, p := range gist.Sorted(people) {
		if p.Weight >= ix.weights.Main.Country {
			cl.people = append(cl.people, p.Text)
		}
	}
	for _, p := range gist.Sorted(shares) {
		cl.places = append(cl.places, place{p.Text, p.Weight})
	}
}

// updatePostings takes cl from the terms that it had before and adds it to
// those that it has now.
func (ix *Index) updatePostings(cl *Cluster, terms, counted []int32) {
	differ(counted, cl.counted,
		func(id int32) { ix.count(id, -1) },
		func(id int32) { ix.count(id, +1) })
	differ(terms, cl.terms,
		func(id int32) { ix.removePosting(cl.slot, id) },
		func(id int32) { ix.term[id].postings = append(ix.term[id].postings, cl.slot) })
}

// differ calls gone for what is in before and not in now, and come for what is
// in now and not in before. Both are sorted.
func differ(before, now []int32, gone, come func(int32)) {
	for i, j := 0, 0; i < len(before) || j < len(now); {
		switch {
		case j == len(now) || i < len(before) && before[i] < now[j]:
			gone(before[i])
			i++
		case i == len(before) || now[j] < before[i]:
			come(now[j])
			j++
		default:
			i, j = i+1, j+1
		}
	}
}

// removePosting takes the story in slot from a term, and forgets the term if
// it was the last and none is parked.
func (ix *Index) removePosting(slot, id int32) {
	t := &ix.term[id]
	i := slices.Index(t.postings, slot)
	n := len(t.postings) - 1
	t.postings[i] = t.postings[n]
	if t.postings = t.postings[:n]; n == 0 && ix.parked == nil {
		delete(ix.terms, t.text)
		*t = term{}
		ix.unused = append(ix.unused, id)
	}
}

// EvictBefore forgets what was last told before since.
func (ix *Index) EvictBefore(since time.Time) {
	for len(ix.expiry) > 0 && ix.expiry[0].LastSeen.Before(since) {
		ix.evict(ix.expiry[0])
	}
}

// evict forgets cl, or parks it.
func (ix *Index) evict(cl *Cluster) {
	heap.Remove(&ix.expiry, cl.heapIndex)
	differ(cl.counted, nil, func(id int32) { ix.count(id, -1) }, nil)
	differ(cl.terms, nil, func(id int32) { ix.removePosting(cl.slot, id) }, nil)
	ix.countRules(cl.Rules, -1)
	ix.slots[cl.slot] = nil
	ix.free = append(ix.free, cl.slot)
	delete(ix.clusters, cl.ID)
	delete(ix.notified, cl.ID)
	ix.coolDown(cl)
	if ix.parked != nil {
		ix.parked[cl.ID] = cl
	}
}

// An expiryHeap orders stories by when they were last told, as a heap.
type expiryHeap []*Cluster

func (c expiryHeap) Len() int           { return len(c) }
func (c expiryHeap) Less(i, j int) bool { return c[i].LastSeen.Before(c[j].LastSeen) }
func (c expiryHeap) Swap(i, j int) {
	c[i], c[j] = c[j], c[i]
	c[i].heapIndex, c[j].heapIndex = i, j
}

func (c *expiryHeap) Push(x any) {
	cl := x.(*Cluster)
	cl.heapIndex = len(*c)
	*c = append(*c, cl)
}

func (c *expiryHeap) Pop() any {
	n := len(*c) - 1
	cl := (*c)[n]
	(*c)[n] = nil
	*c = (*c)[:n]
	return cl
}

// ToldLately returns how often in the hour up to now people were interrupted
// over channel by stories that are not critical.
func (ix *Index) ToldLately(channel string, now time.Time) int {
	since := now.Add(-time.Hour)
	n := 0
	for id, at := range ix.notified {
		cl := ix.clusters[id]
		if cl == nil || at.Before(since) || cl.Into.ID != "" { // where that goes on knows what people heard of it
			delete(ix.notified, id)
			continue
		}
		var last time.Time
		for _, h := range cl.Notified {
			if cl.Severity < news.Critical && h.At.After(since) && !h.At.Equal(last) && slices.Contains(h.Channels, channel) {
				n++
				last = h.At
			}
		}
	}
	return n
}
