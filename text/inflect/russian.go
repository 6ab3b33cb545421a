package inflect

import (
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/russian"
)

// russianNouns lists the stems of nouns whose end Snowball's stemmer takes for
// the ending of a verb, but not in all forms: "генерал" for "-л", "взрыв" for
// "-ыв", "режим" for "-им".
const russianNouns = `
генерал адмирал маршал капитал скандал трибунал сигнал журнал канал телеканал материал сериал арсенал персонал потенциал провал
обвал финал квартал филиал портал терминал мемориал криминал профессионал радикал либерал вассал шквал
взрыв подрыв прорыв призыв отзыв срыв разрыв перерыв обрыв созыв
режим бандит лимит визит кредит транзит гамбит элит архив мотив актив массив коллектив норматив корректив директив инициатив альтернатив
обмен бизнесмен феномен иран киев роман михаил иван остров проблем систем имен племен времен
талибан майдан океан атаман ветеран план клан кран экран таран вулкан обман партизан уран тиран султан капитан ресторан фонтан
измен перемен арен сцен антенн
орган ураган туман карман диван наркоман капкан великан талисман`

var russianStems = func() map[string]bool {
	stems := map[string]bool{}
	for _, stem := range strings.Fields(russianNouns) {
		stems[stem] = true
	}
	return stems
}()

// stemRussian returns the stem of a folded Russian word: that of Snowball's
// stemmer, save for the nouns that it cuts in two ways.
func stemRussian(folded string) string {
	for _, ending := range [...]string{"", "а", "у", "е", "ы", "и", "ом", "ов", "ам", "ах", "ой", "ою", "ами"} {
		if stem, ok := strings.CutSuffix(folded, ending); ok && russianStems[stem] {
			return stem
		}
	}
	env := snowballstem.NewEnv(folded)
	russian.Stem(env)
	return withoutFleeting(env.Current())
}

// withoutFleeting returns a stem as it is in most forms of a word: without the
// vowel that only the nominative has (дворец, дворца; боец, бойца), and the л that
// only the masculine of the past has not (сверг, свергла).
func withoutFleeting(stem string) string {
	if before, ok := strings.CutSuffix(stem, "ец"); ok && len(before) >= len("бо") {
		if r, _ := utf8.DecodeLastRuneInString(before); strings.ContainsRune("аеиоуыэюя", r) {
			return before + "йц"
		}
		return before + "ц"
	}
	if before, ok := strings.CutSuffix(stem, "ргл"); ok {
		return before + "рг"
	}
	return stem
}
