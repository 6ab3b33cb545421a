package story

import (
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// Words that say how firmly something is told, as stems or whole words in
// folded form. A stem ends in "*". The lists are in English, Russian and
// Ukrainian; each is tried from the gravest to the mildest.
var (
	denials = words(`deny denies denied denying denial refute refutes refuted dismisses debunk* baseless unfounded
		опроверг* опровергл* отрица* отверг* спростув* спростов* заперечу* заперечив`)

	hedges = words(`rumour* rumor* reportedly alleged* allegedly unconfirmed speculation purported* supposedly anonymous
		слух* якобы предположительн* неподтвержд* анонимн* чутк* нібито ймовірно непідтвердж* анонімн*`)

	speech = words(`say says said tell tells told claim claims claimed according warn warns warned predict* believe believes
		expert analyst accuse* accuses accused insider source sources quoted citing interview
		заяв* сообщ* словам рассказ* утвержда* считает предупред* источник* эксперт* обвин*
		словами повідом* розпов* стверджу* вважає попередж* джерел* експерт* звинувач*`)

	officials = words(`government ministry minister president spokesman spokesperson spokeswoman junta army military parliament
		kremlin presidency authorities council court prosecutor* police general
		правительств* министерств* министр* президент* хунт* арми* военн* кремл* власт* совет* прокуратур*
		уряд* міністерств* міністр* хунта хунти армі* військов* влад* рад* прокуратур*`)

	declarations = words(`announce announces announced announcement declare declares declared statement decree televised confirmed confirms
		объяв* указ заявлени* подтверд* постановлени*
		оголо* указом підтверд*`)
)

// status returns how firmly a report with the folded words is told.
func status(words []string) news.Status {
	switch {
	case denials.near(words, nil):
		return news.Denied
	case hedges.near(words, nil):
		return news.Rumour
	case declarations.near(words, &officials):
		return news.Official
	case speech.near(words, nil):
		return news.Claim
	}
	return news.Reported
}

// climb returns the status of a story that was at before, now that its reports
// told it so. An official word and a denial count from the first report; a
// denied story stays so until it is told officially. Below that, one headline
// that leaves out who says so makes no fact of a rumour: more than half of the
// reports must tell it as firmly.
func climb(before, latest news.Status, all news.Tellings) news.Status {
	switch {
	case latest >= news.Official:
		return latest
	case before >= news.Official:
		return before
	}
	total := all[news.Rumour] + all[news.Claim] + all[news.Reported]
	firm := 0
	for _, s := range []news.Status{news.Reported, news.Claim} {
		if firm += all[s]; 2*firm > total {
			return s
		}
	}
	return news.Rumour
}

// A lexicon is a set of words and of beginnings of words.
type lexicon struct {
	whole map[string]bool
	stems []string
}

func words(list string) lexicon {
	l := lexicon{whole: map[string]bool{}}
	for _, w := range strings.Fields(list) {
		if stem, ok := strings.CutSuffix(w, "*"); ok {
			l.stems = append(l.stems, stem)
		} else {
			l.whole[w] = true
		}
	}
	return l
}

func (l lexicon) has(word string) bool {
	if l.whole[word] {
		return true
	}
	for _, s := range l.stems {
		if strings.HasPrefix(word, s) {
			return true
		}
	}
	return false
}

// reach is how many words may lie between a declaration and who makes it.
const reach = 6

// near reports whether one of words is in l and, unless other is nil, another
// within reach of it is in other.
func (l lexicon) near(words []string, other *lexicon) bool {
	for i, w := range words {
		if !l.has(w) {
			continue
		}
		if other == nil {
			return true
		}
		for j := max(0, i-reach); j <= min(len(words)-1, i+reach); j++ {
			if j != i && other.has(words[j]) {
				return true
			}
		}
	}
	return false
}
