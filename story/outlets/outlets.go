// Package outlets knows who publishes: the names by which people call the
// newspapers, broadcasters and agencies of the world, in several languages and
// scripts, their domains, and the publisher families in which several outlets
// are one voice.
package outlets

import (
	_ "embed"
	"net/url"
	"strings"
	"sync"

	"github.com/coupwatch/coupwatch/news"
)

//go:embed outlets.tsv
var outletsTSV string

// A Table finds outlets by name and by link. It is never changed and may be
// used by several goroutines at once. Make one with [New].
type Table struct {
	outlets []outlet
	names   map[string]name // by the stems of their words, with a blank between
	hosts   map[string]int  // domain to outlet
	longest map[string]int  // first stem of a name to the words of the longest such name
}

// An outlet is a line of the data file.
type outlet struct {
	news.Outlet
	carrier bool // it carries what others publish
}

// A name is what an outlet is called.
type name struct {
	outlet  int
	common  bool // it is a common word, or somebody else's name too
	capital bool // it is written in capitals
}

// New returns a table of the outlets that coupwatch knows and of extra, as
// rules.yaml lists them. An outlet of extra that is known anyway gets the
// domains and other names that extra gives it, and its family if it has one.
// A name or domain that extra claims is taken from the outlet that had it.
func New(extra []news.Outlet) *Table {
	t := &Table{names: map[string]name{}, hosts: map[string]int{}, longest: map[string]int{}}
	known := builtin()
	byName := make(map[string]int, len(known))
	for i, o := range known {
		byName[Key(o.Name)] = i
	}
	t.outlets = append(make([]outlet, 0, len(known)+len(extra)), known...)
	for _, o := range extra {
		i, found := byName[Key(o.Name)]
		switch {
		case !found:
			i = len(t.outlets)
			t.outlets = append(t.outlets, outlet{Outlet: o})
		case o.Family != "":
			t.outlets[i].Family = o.Family
		}
		t.claim(i, o)
	}
	for i, o := range known {
		t.claim(i, o.Outlet)
	}
	return t
}

// claim makes the names and domains of o known as those of outlet i, save for
// those that are taken.
func (t *Table) claim(i int, o news.Outlet) {
	for _, domain := range o.Domains {
		domain = strings.ToLower(domain)
		if _, taken := t.hosts[domain]; !taken {
			t.hosts[domain] = i
		}
	}
	t.call(i, o.Name)
	for _, alias := range o.Aliases {
		t.call(i, alias)
	}
}

// call makes s known as a name of outlet i, unless it is taken. A "~" before
// it says that it is a common word.
func (t *Table) call(i int, s string) {
	s, common := strings.CutPrefix(s, commonMark)
	key := Key(s)
	if _, taken := t.names[key]; taken || key == "" {
		return
	}
	t.names[key] = name{outlet: i, common: common, capital: isCapitals(s)}
	first, _, _ := strings.Cut(key, " ")
	t.longest[first] = max(t.longest[first], strings.Count(key, " ")+1)
	if rest, found := strings.CutPrefix(key, "the "); found && strings.Contains(rest, " ") {
		t.call(i, rest)
	}
}

// commonMark stands before a name of the data file that is a common word too.
const commonMark = "~"

// Named returns the outlet with the given name, such as "the Times of London",
// "Reuters'" or «Таймсу»: case, accents, a leading "the", a possessive and the
// cases of Russian and Ukrainian do not matter.
func (t *Table) Named(name string) (news.Outlet, bool) {
	key := Key(name)
	n, found := t.names[key]
	if !found {
		if rest, ok := strings.CutPrefix(key, "the "); ok {
			n, found = t.names[rest]
		} else {
			n, found = t.names["the "+key]
		}
	}
	if !found {
		return news.Outlet{}, false
	}
	return t.outlet(n.outlet), true
}

// outlet returns the outlet i as people know it.
func (t *Table) outlet(i int) news.Outlet {
	o := t.outlets[i].Outlet
	o.Name = strings.TrimPrefix(o.Name, commonMark)
	return o
}

// At returns the outlet to which a link leads, by its host.
func (t *Table) At(link string) (news.Outlet, bool) {
	i, found := t.at(link)
	if !found {
		return news.Outlet{}, false
	}
	return t.outlet(i), true
}

func (t *Table) at(link string) (outlet int, found bool) {
	u, err := url.Parse(link)
	if err != nil {
		return 0, false
	}
	host := strings.ToLower(u.Hostname())
	for host != "" {
		if i, found := t.hosts[host]; found {
			return i, true
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return 0, false
}

// Family returns the family of a publisher as a feed names it, by its name or
// its host. An outlet that stands alone, and a publisher that is not known, is
// its own family.
func (t *Table) Family(publisher string) string {
	o, found := t.Named(publisher)
	if !found && strings.Contains(publisher, ".") && !strings.Contains(publisher, " ") {
		o, found = t.At("https://" + publisher)
	}
	switch {
	case !found:
		return publisher
	case o.Family != "":
		return o.Family
	}
	return o.Name
}

// Carries reports whether the site to which a link leads publishes little of
// its own, and mostly what others write: a portal or a social network.
func (t *Table) Carries(link string) bool {
	i, found := t.at(link)
	return found && t.outlets[i].carrier
}

// builtin returns the outlets of the data file. Their names keep the mark of
// common words.
var builtin = sync.OnceValue(func() []outlet {
	var all []outlet
	for line := range strings.Lines(outletsTSV) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		all = append(all, parse(line))
	}
	return all
})

// parse reads a line of the data file.
func parse(line string) outlet {
	f := strings.Split(line, "\t")
	o := outlet{Outlet: news.Outlet{Name: f[0], Family: f[1], Domains: strings.Fields(f[2])}}
	if f[3] != "" {
		o.Aliases = strings.Split(f[3], "|")
	}
	if o.Family == "!" {
		o.Family, o.carrier = "", true
	}
	return o
}
