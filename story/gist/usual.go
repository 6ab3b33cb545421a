package gist

import (
	"strings"
)

// empty words say nothing about what a text is about.
var empty = set(`a about after again against all also amid an and any are as at be because been before being between both
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

// emptyAbroad are such words of German, French and Spanish. Some of them mean
// something in English.
var emptyAbroad = set(`ab aber als am auch auf aus bei bis das dass dem den der des die ein eine einem einen einer eines er es fur gegen hat haben ich ihr im in ist
	kein keine mit nach nicht noch nur oder sei sein seine sich sie sind so uber um und unter vom von vor war was wegen weil wenn wer wie wird wurde zu zum zur
	au aux avec ce ces cette contre d dans de des du elle en est et eu il ils l la le les leur lui mais n ne ni on ont ou par pas plus pour qu que qui s sa se ses
	son sont sous sur un une apres avant selon ete
	al como con contra de del desde el ella en entre era es esta este fue ha han hasta la las lo los mas mientras no o para pero por que se segun ser sin
	sobre su sus tras un una unos y ya`)

// IsEmpty reports whether a word of a text in the language lang says nothing
// about what the text is about.
func IsEmpty(lang, word string) bool {
	return empty[word] || lang != "en" && emptyAbroad[word]
}

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}
