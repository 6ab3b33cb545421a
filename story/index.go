package story

import (
	"bytes"
	"container/heap"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/sametext"
)

// A clusterIndex holds the stories that are remembered, with an inverted index
// of what they are about: a report is compared with those only that have
// something rare in common with it. All that is here follows from the stories
// themselves, so that whoever reads them from a database decides as if it had
// never stopped.
type clusterIndex struct {
	clusters       map[string]*cluster
	slots          []*cluster // nil where none is
	free           []int32
	terms          map[string]int32 // words, and names, places, links and items with a sign before them
	term           []term
	unused         []int32
	expiry         expiryHeap
	rules          map[string]float64    // how many stories have a report of it
	notified       map[string]time.Time  // when people heard last of the stories of which they heard lately
	hot            map[string][]*cluster // by what they are about: "@putin", "+ml"
	candidateScore []float64             // by slot; zero between searches
	queryWeights   []float64             // by term; zero between searches
	parked         map[string]*cluster   // stories that were known and may be again; nil if what goes is forgotten
	learnt         int                   // reports, ever
}

// A term is something that stories have in common.
type term struct {
	text     string
	dfPrior  float64 // how many stories more are supposed to have it
	postings []int32 // the slots of the stories that have it
	count    int     // how many of them have it in a report that was worth an alert
	logDF    float64 // logarithm of its document frequency: count, dfPrior and one; the greater the commoner
}

// A cluster is a story that is remembered.
type cluster struct {
	news.Story
	slot      int32
	terms     []int32 // of all members, sorted
	counted   []int32 // of those that count, sorted
	members   []*member
	places    []place
	at        time.Time // of the latest report that was worth an alert, or of the latest if none was
	main      []*member // those of members that were worth an alert, or all if none was
	heapIndex int       // in clusterIndex.expiry
	people    []string  // ids of the entities that it is mainly about
	leads     []int32   // its main names
	kinds     []string  // ids of its main rules
	hotKeys   []string  // its keys in clusterIndex.hot
}

// A member is a report of a story, as far as it is remembered.
type member struct {
	gist  news.Gist
	print sametext.Print
	words []weighted
	names []int32
	terms []int32 // words, names and all else
}

type weighted struct {
	term   int32
	weight float64
}

type place struct {
	country string
	share   float64
}

func newClusterIndex() *clusterIndex {
	return &clusterIndex{clusters: map[string]*cluster{}, terms: map[string]int32{}, hot: map[string][]*cluster{}, notified: map[string]time.Time{}, rules: map[string]float64{}}
}

// put makes s known as it is now.
func (ix *clusterIndex) put(s news.Story) {
	cl, known := ix.clusters[s.ID]
	var terms, counted []int32
	if known {
		terms, counted = cl.terms, cl.counted
		ix.countRules(cl.Rules, -1)
	} else {
		if cl = ix.parked[s.ID]; cl == nil {
			cl = &cluster{}
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
func (ix *clusterIndex) slot() int32 {
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
func (ix *clusterIndex) remember(cl *cluster) {
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
// what it is mainly about.
func (ix *clusterIndex) summarise(cl *cluster) {
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
	cl.leads, cl.kinds = leadsOf(cl.main), kindsOf(cl.main)
	cl.places = nil
	cl.people = nil
	for _, p := range sorted(people) {
		if p.Weight >= mainly {
			cl.people = append(cl.people, p.Text)
		}
	}
	for _, p := range sorted(shares) {
		cl.places = append(cl.places, place{p.Text, p.Weight})
	}
}

// learn returns what is known of a report by its gist.
func (ix *clusterIndex) learn(g news.Gist) *member {
	ix.learnt++
	m := &member{print: unprint(g.Print)}
	for _, x := range g.Words {
		id := ix.intern(x.Text, wordPrior(x.Text))
		m.words = append(m.words, weighted{id, x.Weight})
		m.terms = append(m.terms, id)
	}
	for _, n := range g.Names {
		m.names = append(m.names, ix.intern("@"+n, dfPriorWord))
	}
	m.terms = append(m.terms, m.names...)
	for _, p := range g.Places {
		m.terms = append(m.terms, ix.intern("+"+p.Text, countryPrior(p.Text)))
	}
	for _, h := range m.print.Sentences {
		m.terms = append(m.terms, ix.intern(sentenceKey(h), 0))
	}
	m.terms = append(m.terms, ix.intern("#"+g.Item, 0))
	if g.Link != "" {
		m.terms = append(m.terms, ix.intern("/"+g.Link, 0))
	}
	return m
}

func wordPrior(word string) float64 {
	if usual[word] {
		return dfPriorCommonWord
	}
	return dfPriorWord
}

func countryPrior(country string) float64 {
	if busy[country] {
		return dfPriorBusyCountry
	}
	return dfPriorCountry
}

// intern returns the term of a text.
func (ix *clusterIndex) intern(text string, prior float64) int32 {
	if id, ok := ix.terms[text]; ok {
		return id
	}
	t := term{text: text, dfPrior: prior, logDF: math.Log(prior + 1)}
	var id int32
	if n := len(ix.unused); n > 0 {
		id, ix.unused = ix.unused[n-1], ix.unused[:n-1]
		ix.term[id] = t
	} else {
		id = int32(len(ix.term))
		ix.term = append(ix.term, t)
		ix.queryWeights = append(ix.queryWeights, 0)
	}
	ix.terms[text] = id
	return id
}

// updatePostings takes cl from the terms that it had before and adds it to
// those that it has now.
func (ix *clusterIndex) updatePostings(cl *cluster, terms, counted []int32) {
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

// count adds n to the stories that have the term.
func (ix *clusterIndex) count(id int32, n int) {
	t := &ix.term[id]
	t.count += n
	t.logDF = math.Log(t.dfPrior + 1 + float64(t.count))
}

// removePosting takes the story in slot from a term, and forgets the term if
// it was the last and none is parked.
func (ix *clusterIndex) removePosting(slot, id int32) {
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

// evictBefore forgets what was last told before since.
func (ix *clusterIndex) evictBefore(since time.Time) {
	for len(ix.expiry) > 0 && ix.expiry[0].LastSeen.Before(since) {
		ix.evict(ix.expiry[0])
	}
}

// evict forgets cl, or parks it.
func (ix *clusterIndex) evict(cl *cluster) {
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

// idf returns how rare the term is: the logarithm of its inverse document
// frequency.
func (ix *clusterIndex) idf(id int32) float64 {
	return ix.logN() - ix.term[id].logDF
}

// countRules adds n to the stories that have a report of each of rules.
func (ix *clusterIndex) countRules(rules []string, n float64) {
	for _, id := range rules {
		if ix.rules[id] += n; ix.rules[id] == 0 {
			delete(ix.rules, id)
		}
	}
}

// special returns how special the rule is: 1 if few stories are of it, 0 if
// every other is, as of one for "police or government".
func (ix *clusterIndex) special(rule string) float64 {
	return clamp((ix.logN() - math.Log(ix.rules[rule]+dfPriorRule) - ruleFloor) / ruleRange)
}

// postingsOf returns the slots of the stories that have the term.
func (ix *clusterIndex) postingsOf(text string) []int32 {
	if id, ok := ix.terms[text]; ok {
		return ix.term[id].postings
	}
	return nil
}

// An expiryHeap orders stories by when they were last told, as a heap.
type expiryHeap []*cluster

func (c expiryHeap) Len() int           { return len(c) }
func (c expiryHeap) Less(i, j int) bool { return c[i].LastSeen.Before(c[j].LastSeen) }
func (c expiryHeap) Swap(i, j int) {
	c[i], c[j] = c[j], c[i]
	c[i].heapIndex, c[j].heapIndex = i, j
}

func (c *expiryHeap) Push(x any) {
	cl := x.(*cluster)
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

// toldLately returns how often in the hour up to now people were interrupted
// over channel by stories that are not critical.
func (ix *clusterIndex) toldLately(channel string, now time.Time) int {
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

// logN returns the logarithm of how many stories there are, those included
// that are supposed beside the ones that are known.
func (ix *clusterIndex) logN() float64 { return math.Log(float64(len(ix.clusters)) + priorStories) }
