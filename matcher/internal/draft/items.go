package draft

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

// Made returns n items of words that are used about as unevenly as real ones.
func Made(n int) []news.Item {
	rnd := rand.New(rand.NewPCG(1, 2))
	often := rand.NewZipf(rnd, 1.07, 3, 60_000)
	text := func(words int) string {
		var b strings.Builder
		for range words {
			b.WriteString(Word(int(often.Uint64())))
			b.WriteByte(' ')
		}
		return b.String()
	}
	items := make([]news.Item, n)
	for i := range items {
		items[i] = news.Item{Title: text(10), Summary: text(35), Language: "en"}
	}
	return items
}

// Word returns a word that nobody uses, another for each number.
func Word(n int) string {
	const first, second = "bdfgklmnprstvz", "aeiou"
	var b []byte
	for n += 70; n > 0; n /= 70 {
		b = append(b, first[n%14], second[n/14%5])
	}
	return string(b)
}

// ManyTerms returns rules with so many terms, 75 to a rule. A few of the first
// thousand are found in made items; none of the others is, though many begin
// with words that are.
func ManyTerms(terms int) Draft {
	rnd := rand.New(rand.NewPCG(3, 4))
	d := Draft{Lists: map[string]string{"actors": Word(40) + ", " + Word(90) + ", " + Word(300)}}
	for total := terms; terms > 0; {
		var entries []string
		for range min(terms, 75) {
			rare := 60_000 + rnd.IntN(300_000)
			if total-terms < 1_000 {
				rare = 2_000 + rnd.IntN(58_000)
			}
			switch {
			case rnd.IntN(100) < 40:
				entries = append(entries, Word(rare))
			case rnd.IntN(100) < 20:
				entries = append(entries, Word(rare)[:4]+"x*")
			default:
				entries = append(entries, Word(rnd.IntN(20_000))+" "+Word(rare))
			}
		}
		id := fmt.Sprintf("rule%d", len(d.Rules))
		d.Lists[id] = strings.Join(entries, ", ")
		d.Rules = append(d.Rules, Rule{ID: id, Match: "$" + id + " NEAR/12 $actors", Unless: []Change{{When: Word(77)}}})
		terms -= len(entries)
	}
	return d
}

// Newsroom returns rules of about the size that is shipped.
func Newsroom() Draft {
	d := ManyTerms(2_700)
	d.Lists["coup"] = "coup, putsch, junta, overthrow, mutiny, palace revolution, state of emergency, martial law, seize power, oust"
	d.Lists["force"] = "army, soldier, troop, general, colonel, military, guard, officer, paramilitary, militia, security service"
	d.Lists["leader"] = "president, prime minister, king, government, regime, minister"
	d.Lists["history"] = "anniversary, years ago, film, book, documentary, trial, museum, novel"
	d.Lists["figurative"] = "\"coup for\", diplomatic coup, sporting, championship, album"
	for _, n := range []string{"Vladimir Putin", "Sergei Shoigu", "Yevgeny Prigozhin", "Min Aung Hlaing", "Assimi Goita", "Kim Jong Un", "Xi Jinping"} {
		id := strings.ToLower(strings.ReplaceAll(n, " ", "-"))
		d.Entities = append(d.Entities, spec.Entity{ID: id, Kind: "person", Name: n, Groups: []string{"leaders"}})
	}
	unless := []Change{{When: "$figurative"}}
	lower := []Change{{When: "$history OR PAST_YEAR", To: news.Low}, {When: "QUESTION", To: news.Low}}
	for i, q := range []string{
		"$coup NEAR/12 ($force OR $leader OR @leaders OR @countries)",
		"SENTENCE((topple OR overthrow OR oust) NEAR/7 $leader) NEAR/9 (plot OR accuse OR plan OR warn)",
		"(defect OR desert) NEAR/12 ($force OR @leaders OR diplomat)",
		"WITHIN/12($force, revolt OR refuse OR rebel, order OR command)",
		"SENTENCE((arrest OR detain OR execute) NEAR/5 $force) AND @countries",
		"(purge OR dismiss OR sack OR fire) NEAR/6 ($force OR minister) AND @countries",
		"(missing OR \"not seen\" OR whereabouts) NEAR/6 ($leader OR general)",
		"title:(power AND struggle)",
	} {
		d.Rules = append(d.Rules, Rule{ID: fmt.Sprint("real", i), Match: q, Unless: unless, Lower: lower})
	}
	return d
}

// Mixed returns items of several languages and shapes, some of which newsroom
// rules match.
func Mixed() []news.Item {
	rnd := rand.New(rand.NewPCG(7, 8))
	pieces := []string{
		"Army officers stage a coup in Mali", "The president was ousted by soldiers.", "It was a coup for the club",
		"Sergei Shoigu dismissed a general", "years ago, in 1991", "Prigozhin's mutiny", "Putin fired the minister of defence?",
		"Попытка переворота в Мали", "Генерал арестован", "Un putsch au Niger", "a junta &amp; its men", "soldiers revolt against orders",
		"the colonel defected to the opposition", "Power struggle in the palace", "x", "", "—", "\u00ad", "coup coup coup",
	}
	items := make([]news.Item, 300)
	for i := range items {
		draw := func() string {
			var parts []string
			for range rnd.IntN(6) {
				parts = append(parts, pieces[rnd.IntN(len(pieces))])
			}
			return strings.Join(parts, " ")
		}
		items[i] = news.Item{Title: draw(), Summary: draw(), Body: draw(), Published: time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC)}
		if rnd.IntN(2) == 0 {
			items[i].Language = "en"
		}
	}
	return items
}
