package names

import (
	"golang.org/x/text/unicode/norm"

	"github.com/coupwatch/coupwatch/matcher/names/slavic"
	"github.com/coupwatch/coupwatch/matcher/names/translit"
)

// How many ways to write a name in Katakana and in Hangul are tried.
const (
	maxKana   = 16
	maxHangul = 4
	maxFull   = 4 // with the given name
)

// addEastAsian adds the name as the press of Japan and Korea writes it: the
// surname, and the given name before it.
func (p *person) addEastAsian(c *collector) {
	for _, in := range []struct {
		table *translit.Table
		limit int
	}{{translit.ToJapanese(), maxKana}, {translit.ToKorean(), maxHangul}} {
		given := inEastAsian(in.table, p.given[slavic.Russian], 1)
		for i, surname := range inEastAsian(in.table, p.surname[slavic.Russian], in.limit) {
			if len(given) > 0 && i < maxFull {
				c.addFull(given[0], surname, Form{How: in.table.Name})
			}
			c.add(Form{Written: surname, Alone: true, Exact: true, How: in.table.Name})
		}
	}
}

// inEastAsian returns the ways to write the first of some Russian words.
func inEastAsian(table *translit.Table, russian []string, limit int) []string {
	if len(russian) == 0 || russian[0] == "" {
		return nil
	}
	all := table.Spell(russian[0], limit)
	for i := range all {
		all[i] = norm.NFC.String(all[i])
	}
	return all
}

// addKorean adds a Chinese name, whose family name comes first, as Korean
// writes it.
func addKorean(c *collector, words []string) {
	var all []string
	for _, w := range words {
		all = append(all, syllables([]string{w})...)
	}
	if name := translit.ChineseToKorean(all); name != "" {
		c.add(Form{Written: name, How: "Korean"})
	}
}
