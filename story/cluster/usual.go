package cluster

import (
	"strings"

	"github.com/coupwatch/coupwatch/text"
)

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
var busy = map[string]bool{"us": true, "gb": true, "ru": true, "ua": true, "cn": true, "fr": true, "de": true, "il": true, "ir": true}

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
