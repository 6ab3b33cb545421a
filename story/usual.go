package story

import (
	"strings"

	"github.com/coupwatch/coupwatch/text"
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

// isEmpty reports whether a word of a text in the language lang says nothing
// about what the text is about.
func isEmpty(lang, word string) bool {
	return empty[word] || lang != "en" && emptyAbroad[word]
}

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// usual words are in the news every day, whatever happens.
var usual = stems(`president minister government police military army war state country people year years week month day
	monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
	october november december today time world international foreign national public political politics power party
	leader leaders official officials chief head former news report reports reported court law election elections vote
	security forces force troops soldier soldiers officer officers general attack attacks killed kill dead death deaths
	group groups capital city region man men woman women family life home call calls called calling group support
	supporters crisis conflict fight fighting protest protests protesters accused accuse accuses alleged plan plans
	arrested arrest member members including last next first two three four five six seven ten hundreds thousands
	million billion part week weeks days months decades makes make made take takes taken took come comes came going
	goes went get gets got give gives given see seen show shows showed know known think use used work working put set
	start started begin began end ended back still even while amid across near far long high low big small many much
	right left top key major likely possible according statement told interview video live latest update updates
	briefing watch read what's here's face faces facing against ahead following amid later early late sent send
	moscow washington london kyiv kremlin house white european union eu un nato west western east north south
	video videos photo photos image images media television tv twitter social post posted newspaper
	opinion analysis explained explainer
	президент министр правительство военный армия война власть страна человек люди год день неделя месяц время мир
	новый россия украина российский украинский сообщить заявить рассказать стать получить понедельник вторник среда
	четверг пятница суббота воскресенье глава полиция суд дело закон государство партия выборы служба безопасность сила силы
	президент міністр уряд військовий армія війна влада країна людина люди рік день тиждень місяць час світ новий росія
	україна російський український повідомити заявити розповісти стати отримати понеділок вівторок середа четвер субота неділя
	глава поліція суд справа закон держава партія вибори служба безпека сила сили
	оценить прокомментировать назвать объяснить предупредить призвать пообещать ответить раскрыть рассказывать сообщать заявлять говорить
	российский американский глава лидер представитель слово слова вопрос отношение ситуация случай
	оцінити прокоментувати назвати пояснити попередити закликати відповісти розкрити розповідати повідомляти заявляти казати американський лідер`)

// busy countries are in the news every day, whatever happens.
var busy = set(`us gb ru ua cn fr de il ir`)

// stems returns the stems of the words of a list.
func stems(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		languages := []string{"en"}
		if w[0] >= 0x80 {
			languages = []string{"ru", "uk"}
		}
		for _, lang := range languages {
			m[text.Stem(lang, w)] = true
		}
	}
	return m
}
