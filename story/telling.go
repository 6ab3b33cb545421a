package story

import (
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// A telling is a report as this package sees it: what it is about and how
// firmly it is told.
type telling struct {
	report    news.Report
	words     news.Words // normed to length 1
	entities  []string
	countries []string
	status    news.Status
}

// opening is how many words of a summary or body say what a report is about;
// further on it tells of other things.
const opening = 60

// Weights of a word by where it stands. A name says more than a common word,
// and the words of the rules themselves say least: they are in every report
// of the kind.
const (
	inTitle    = 2.0
	inSummary  = 1.0
	nameWeight = 1.6
	ruleWeight = 0.5
)

// read takes in a report.
func read(r news.Report) telling {
	t := telling{report: r}
	for _, m := range r.Mentions {
		if strings.HasPrefix(m.Entity, "country:") {
			t.countries = with(t.countries, m.Country)
			continue
		}
		if m.Country != m.Entity { // a country of rules.yaml's own is a country
			t.entities = with(t.entities, m.Entity)
		}
		if m.Country != "" {
			t.countries = with(t.countries, m.Country)
		}
	}
	t.words, t.status = contents(r)
	return t
}

// contents returns the weighted words of r and how firmly it is told, by its
// title and the opening of what follows.
func contents(r news.Report) (news.Words, news.Status) {
	weights := map[string]float64{}
	var all []string
	var doc text.Text
	second := news.Summary
	if r.Summary == "" {
		second = news.Body
	}
	for _, f := range []news.Field{news.Title, second} {
		doc.Set(r.Text(f), r.Language)
		for i := range min(doc.Len(), opening) {
			word := string(doc.Word(i))
			all = append(all, word)
			if common[word] || len(word) < 2 {
				continue
			}
			stem := text.Stem(doc.Lang(), word)
			weights[stem] = max(weights[stem], weight(r, f, &doc, i))
		}
	}
	return normed(sorted(weights)), status(all)
}

// weight returns how much word i of the field f of r says about r.
func weight(r news.Report, f news.Field, doc *text.Text, i int) float64 {
	w := inSummary
	if f == news.Title {
		w = inTitle
	}
	start, end := doc.Span(i)
	if doc.Flags(i)&text.Capital != 0 {
		w *= nameWeight
	}
	for _, m := range r.Matches {
		for _, s := range m.Spans {
			if s.Field == f && s.Start <= start && end <= s.End && !strings.HasPrefix(s.Term, "@") {
				return w * ruleWeight
			}
		}
	}
	return w
}

// sorted returns weights in the order of the words.
func sorted(weights map[string]float64) news.Words {
	out := make(news.Words, 0, len(weights))
	for _, w := range slices.Sorted(maps.Keys(weights)) {
		out = append(out, news.Word{Text: w, Weight: weights[w]})
	}
	return out
}

// normed scales w to length 1.
func normed(w news.Words) news.Words {
	n := norm(w)
	if n == 0 {
		return w
	}
	for i := range w {
		w[i].Weight /= n
	}
	return w
}

func norm(w news.Words) float64 {
	var sum float64
	for _, x := range w {
		sum += x.Weight * x.Weight
	}
	return math.Sqrt(sum)
}

// common words say nothing about what a text is about.
var common = set(`a about after again against all also amid an and any are as at be because been before being between both
	but by can could did do does during each for from had has have he her here him his how i if in into is it its just
	may more most my new no not now of off on one only or other our out over own said same say says she should since so
	some still such than that the their them then there these they this those through to told too under until up us very
	was we were what when where which while who why will with would you your
	и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня еще нет
	о из ему теперь когда даже ну вдруг ли если уже или ни быть был него до вас нибудь опять уж вам ведь там потом себя
	ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто чего раз тоже себе под будет ж
	тогда кто этот того потому этого какой совсем ним здесь этом один почти мой тем чтобы нее сейчас были куда зачем всех
	никогда можно при об другой хоть после над больше тот через эти нас про всего них какая много три эту моя впрочем
	свою этой перед иногда лучше чуть том такой им более всегда конечно всю между это которые который также
	і й та що він на я з із як а то все вона так його але у в же ви за б по тільки її мені було від мене ще немає о коли
	навіть чи якщо вже або ні бути був до вас там потім себе для ми їх була сам без під буде хто цей того тому цього який
	тут де є про при після над більше через ці нас всього них свою цієї перед між це які також`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}
