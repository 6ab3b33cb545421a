package attribution

import (
	"strings"
	"sync"

	"github.com/coupwatch/coupwatch/text"
)

// A use is what follows a phrase.
type use uint8

const (
	citesAnyone use = iota // who says so: a person or an outlet
	citesOutlet            // the outlet to which it was said, and nobody else
	fromNobody             // nothing: a rumour
	ownWork                // nothing: the publisher knows by itself
	meets                  // whom the outlet before it interviewed
	letters                // whose letters the person before it published
	origin                 // the outlet that published the text first
)

// phrases lists, for each use, the phrases that introduce it.
//
//nolint:misspell // the words of American papers are read too
var phrases = map[use]string{
	citesAnyone: `
according to; citing; quoting; in the words of; in the view of
по словам; по данным; по информации; по сообщению; по сообщениям; по версии; по мнению; по утверждению; по утверждениям; по оценке; по оценкам
по свидетельству; со слов; согласно; со ссылкой на; ссылаясь на; ссылается на; ссылаются на; как следует из
за словами; за даними; за інформацією; за повідомленням; за повідомленнями; за версією; на думку; за твердженням; за оцінкою; за оцінками; згідно з; згідно із
з посиланням на; із посиланням на; посилаючись на; посилається на; зі слів
laut; nach angaben; nach angaben von; unter berufung auf; nach informationen; nach aussage von; nach ansicht von
selon; d'après; citant; aux dires de; según; de acuerdo con; citando a; citando`,
	citesOutlet: `
per; in an interview with; in an interview to; in an interview for; in interview with; interview with; in an exclusive interview with; in an interview on
in an interview published by; in an interview published in; in remarks to; in comments to; in a comment to; in a commentary for; in a statement to
speaking to; speaking with; talking to; speaking on; appearing on; in a conversation with; interview to
в интервью; в разговоре с; в беседе с; в эфире; в комментарии; в комментарии для; на страницах
в інтерв'ю; у інтерв'ю; у розмові з; в розмові з; в ефірі; у коментарі; в коментарі; у коментарі для
im interview mit; im interview der; im interview des; im gespräch mit; gegenüber; gegenüber der; gegenüber dem
dans un entretien à; dans un entretien avec; dans un entretien au; auprès de; au micro de; interrogé par; dans une interview à
en una entrevista con; en entrevista con; en una entrevista a; en declaraciones a; entrevista con`,
	fromNobody: `
there is speculation; there was speculation; there are rumours; there are rumors; there were rumours; there were rumors; there has been speculation
there have been rumours; there have been rumors; there are claims; there are unconfirmed reports; rumours are circulating; rumors are circulating
rumours are also circulating; rumors are also circulating; rumours circulating; rumors circulating; rumours are swirling; rumors are swirling
rumours swirled; rumors swirled; rumour has it; rumor has it; speculation is mounting; speculation is growing; according to rumours; according to rumors
ходят слухи; появились слухи; распространились слухи; по слухам; сообщается; сообщалось; утверждается; по неподтвержденным данным
ходять чутки; з'явилися чутки; поширилися чутки; за чутками; повідомляється; повідомлялося; стверджується; за непідтвердженими даними
gerüchten zufolge; es gibt gerüchte; selon des rumeurs; selon la rumeur; según rumores; hay rumores; corren rumores`,
	ownWork: `
our correspondent; our correspondents; our reporter; our own sources; our sources; its own sources; independently confirmed; independently verified
нашему корреспонденту; нашим корреспондентам; нашим источникам; наши источники; собственные источники; собственным источникам; нашему изданию; нашей редакции
нашому кореспонденту; наші джерела; власні джерела; нашому виданню; власним джерелам; unsere quellen; nos sources; nuestras fuentes`,
	meets: `talking to; spoke to; spoke with; talked to; interviewed`,
	letters: `
publishing letters; published letters; published several letters; published a letter; releasing letters; released letters; released a letter
publishing emails; published emails; published messages; shared letters; shared a letter; posted letters; posted a letter; leaked letters; leaked a letter`,
	origin: `
read the original; original article; originally published; originally appeared; first published; first appeared; appeared first on
this story was originally; this article was originally; источник; джерело; quelle; fuente; source; перепечатано; оригінал; via`,
}

// A phrase is the words that introduce something.
type phrase struct {
	words []string
	use   use
}

// phrasesByFirst holds all phrases by their first word, the longest first. It
// is never changed.
var phrasesByFirst = sync.OnceValue(func() map[string][]phrase {
	by := map[string][]phrase{}
	for u := citesAnyone; u <= origin; u++ {
		for _, p := range strings.FieldsFunc(phrases[u], func(r rune) bool { return r == ';' || r == '\n' }) {
			words := text.Words(p)
			list := by[words[0]]
			i := 0
			for i < len(list) && len(list[i].words) >= len(words) {
				i++
			}
			by[words[0]] = append(list[:i:i], append([]phrase{{words, u}}, list[i:]...)...)
		}
	}
	return by
})
