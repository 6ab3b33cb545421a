package engine

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

func TestQueries(t *testing.T) {
	title := func(s string) news.Item { return news.Item{Title: s, Language: "en"} }
	tests := []struct {
		name  string
		query string
		item  news.Item
		want  string // see found
	}{
		{"a word", "coup", title("A coup in Mali"), "coup"},
		{"never within a word", "=dating", title("Updating the dating rules"), "dating"},
		{"not within a word", "coup", title("Coupons for all, and coupled"), "-"},
		{"inflected", "defect", title("He defects, defected, is defecting"), "defects | defected | defecting"},
		{"inflected the other way", "defected", title("They defect"), "defect"},
		{"exact form", "=fired", title("He was fired after fire fires"), "fired"},
		{"exact form, capitals", "=Gen", title("gen Gen GEN"), "Gen | GEN"},
		{"exact form, all capitals", "=US", title("They told us of the US and the Us"), "US"},
		{"exact form without capitals", "=us", title("Us, US, us"), "Us | US | us"},
		{"phrase", `"palace coup"`, title("A Palace Coup; palace coups; palace, coup"), "Palace Coup | palace, coup"},
		{"phrase within a sentence", `"palace coup"`, title("They left the palace. Coup leaders came"), "-"},
		{"inflected phrase", "palace-revolution", title("Two palace revolutions"), "palace revolutions"},
		{"gap", `"coup _ attempt"`, title("coup attempt, coup d'etat attempt, coup plot attempt"), "coup plot attempt"},
		{"two gaps", `"coup _ _ attempt"`, title("coup d'état attempt"), "coup d'état attempt"},
		{"prefix", "mutin*", title("Mutiny by mutineers of the mutant kind"), "Mutiny | mutineers"},
		{"prefix of two words", `"coup d'ét*"`, title("Coup des états, coup d'états"), "coup d'états"},
		{"prefix in a phrase", `"armed mutin*"`, title("an armed mutiny"), "armed mutiny"},
		{"one letter", "gr?y", title("grey gray groy-ish greyish"), "grey | gray | groy"},
		{"inner star", "over*row", title("overthrow overrow overthrown"), "overthrow | overrow"},
		{"leading star", "*coup", title("autocoup self-coup coups"), "autocoup | coup"},
		{"accents and case", "junta", title("JÚNTA"), "JÚNTA"},
		{"possessive", "junta", title("The junta's men"), "junta"},
		{"not what is no part of the report", "coup", news.Item{Summary: "Soldiers took the palace. Read more: how a coup comes", Language: "en"}, "-"},
		{"entities of HTML", "coup", title("R&amp;D: the coup&nbsp;leaders"), "coup"},
		{"signs after", `"C++"`, title("Vitamin C, C+ and C++, as C++20"), "C | C"},
		{"signs within", `"R&D"`, title("R D and R and D, r & d, R&amp;D"), "r & d | R&amp;D"},
		{"signs before", `"$40"`, title("40 soldiers got $40, or US$40"), "40 | 40"},
		{"signs without quotes", "R&D", title("R D, R&D"), "R&D"},
		{"a sign alone", `"profit + loss"`, title("profit loss, profit and loss, profit + loss, profit ＋ loss"), "profit + loss | profit ＋ loss"},
		{"numbers", `"7,500"`, title("7 500, 7,5 and 7,500 men"), "7,500"},
		{"marks do not count", `"palace: coup!"`, title("A palace coup"), "palace coup"},
		{"words without signs take any", `"profit loss"`, title("profit & loss"), "profit & loss"},

		{"or", "coup OR putsch", title("A putsch, a coup"), "putsch | coup"},
		{"and", "coup AND mali", title("Mali before the coup"), "Mali | coup"},
		{"and fails", "coup AND mali", title("A coup"), "-"},
		{"and across fields", "coup AND mali", news.Item{Title: "A coup", Summary: "In Mali", Language: "en"}, "coup | Mali"},
		{"and not", "coup AND NOT film", title("A coup"), "coup"},
		{"and not fails", "coup AND NOT film", title("A coup in a film"), "-"},

		{"near", "coup NEAR/2 mali", title("coup one two Mali"), "coup | Mali"},
		{"near either order", "coup NEAR/2 mali", title("Mali one two coup"), "Mali | coup"},
		{"not near", "coup NEAR/2 mali", title("coup one two three Mali"), "-"},
		{"near not across fields", "coup NEAR/50 mali", news.Item{Title: "A coup", Summary: "Mali", Language: "en"}, "-"},
		{"onear", "coup ONEAR/2 mali", title("coup in Mali"), "coup | Mali"},
		{"onear wrong order", "coup ONEAR/2 mali", title("Mali in coup"), "-"},
		{"a word cannot serve both sides", "coup NEAR/5 (coup OR mali)", title("A coup"), "-"},
		{"two of a kind", "coup NEAR/5 coup", title("A coup after a coup"), "coup | coup"},
		{"two of a kind before a third", "coup NEAR/1 coup", title("coup coup x coup"), "coup | coup | coup"},
		{"overlap is near", `"mali coup" NEAR/0 mali`, title("the Mali coup"), "Mali coup | Mali"},
		{"nested", "(coup NEAR/3 army) NEAR/3 mali", title("coup by the army in Mali"), "coup | army | Mali"},
		{"within a nested span", "(coup NEAR/5 army) NEAR/0 mali", title("coup x Mali x army"), "coup | Mali | army"},
		{"nested, one word twice", "(coup NEAR/5 army) NEAR/5 army", title("coup by the army"), "-"},
		{"the far one of two", "(coup NEAR/5 army) NEAR/2 mali", title("army coup x x x army x Mali"), "coup | army | Mali"},

		{"the far right one", "(coup NEAR/5 army) NEAR/0 mali", title("coup army army Mali"), "coup | army | Mali"},
		{"the far left one", "mali NEAR/0 (coup NEAR/2 army)", title("Mali coup coup x army"), "Mali | coup | army"},

		{"within", "WITHIN/5(a1, b1, c1)", title("b1 x c1 x a1"), "b1 | c1 | a1"},
		{"not within", "WITHIN/4(a1, b1, c1)", title("b1 x c1 x a1"), "-"},
		{"within, each word once", "WITHIN/5(a1 OR b1, b1, c1)", title("b1 c1"), "-"},
		{"within, by another choice", "WITHIN/5(a1 OR b1, b1, c1)", title("b1 c1 a1"), "b1 | c1 | a1"},

		{"sentence", "SENTENCE(coup AND mali)", title("A coup here. Mali in another. The coup of Mali"), "coup | Mali"},
		{"not in a sentence", "SENTENCE(coup AND mali)", title("A coup here. Mali in another"), "-"},
		{"not, in the sentence only", "SENTENCE(coup AND NOT film)", title("A coup in a film. A coup"), "coup"},
		{"title only", "title:coup", news.Item{Title: "Mali", Summary: "A coup", Language: "en"}, "-"},
		{"summary only", "summary:coup", news.Item{Title: "Coup", Summary: "A coup", Language: "en"}, "coup"},
		{"both in one field", "summary:(coup AND mali)", news.Item{Title: "Mali", Summary: "A coup", Language: "en"}, "-"},
		{"body", "body:coup", news.Item{Title: "Mali", Body: "A coup", Language: "en"}, "coup"},
		{"first", "FIRST(how OR why)", title("How the coup came"), "How"},
		{"not first", "FIRST(how OR why)", title("The how and why"), "-"},
		{"question", "coup AND QUESTION", title("A coup in Mali?"), "coup"},
		{"no question", "coup AND QUESTION", title("A coup in Mali"), "-"},
		{"question written first", "QUESTION AND coup", title("Why? A coup in Mali?"), "coup"},

		{"by the feed's language", "lang:en AND coup", title("A coup"), "coup"},
		{"by another language", "lang:fr AND coup", title("A coup"), "-"},
		{"by a tag", "tag:africa AND coup", news.Item{Title: "A coup", Tags: []string{"africa"}}, "coup"},
		{"by the publisher", "feed:Times AND coup", news.Item{Title: "A coup", Publisher: "The Times"}, "coup"},
		{"by another publisher", "feed:Times AND coup", news.Item{Title: "A coup", Publisher: "Le Monde"}, "-"},

		{"Russian cases", "переворот", news.Item{Title: "Попытка переворота: о перевороте, переворотом", Language: "ru"}, "переворота | перевороте | переворотом"},
		{"Russian verbs", "арестован", news.Item{Title: "Генералы арестованы", Language: "ru"}, "арестованы"},
		{"look-alike letters", "coup", title("A c\u043eup"), "c\u043eup"},
		{"French", "putschiste", news.Item{Title: "Les putschistes au Mali", Language: "fr"}, "putschistes"},
	}
	var d draft.Draft
	for _, tt := range tests {
		d.Rules = append(d.Rules, draft.Rule{ID: tt.name, Match: tt.query})
	}
	r := programOf(t, d)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rep, _ := r.Match(tt.item)
			if got := draft.Found(rep, tt.name); got != tt.want {
				t.Errorf("%s in %q finds %s, want %s", tt.query, tt.item.Title, got, tt.want)
			}
		})
	}
}
