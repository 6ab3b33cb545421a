package rulefile

import (
	"strings"

	"github.com/coupwatch/coupwatch/matcher/internal/say"
)

// languageCodes are the codes of ISO 639-1, and of ISO 639-3 for languages
// that have news of their own but no shorter code.
const languageCodes = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy" +
	" da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz" +
	" ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv" +
	" mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw" +
	" sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz" +
	" ve vi vo wa wo xh yi yo za zh zu" +
	" bal bho ckb crh dyu fil fon kab kmr mos nus pap prs swc syr tet tig tpi wal zgh zza "

// languageNames are names that people write instead of a code.
var languageNames = map[string]string{
	"arabic": "ar", "chinese": "zh", "cn": "zh", "cz": "cs", "dutch": "nl", "eng": "en", "english": "en",
	"farsi": "fa", "french": "fr", "german": "de", "gr": "el", "hausa": "ha", "italian": "it", "jp": "ja",
	"kr": "ko", "persian": "fa", "polish": "pl", "portuguese": "pt", "rus": "ru", "russian": "ru",
	"se": "sv", "spanish": "es", "swahili": "sw", "turkish": "tr", "ua": "uk", "ukr": "uk", "ukrainian": "uk",
}

// knownLanguage reports whether code is that of a language, and what to write
// instead if it is not.
func knownLanguage(code string) (hint string, ok bool) {
	if code != "" && !strings.Contains(code, " ") && strings.Contains(languageCodes, " "+code+" ") {
		return "", true
	}
	lower := strings.ToLower(code)
	base, _, _ := strings.Cut(strings.ReplaceAll(lower, "_", "-"), "-")
	for _, try := range []string{languageNames[lower], base} {
		if try != "" && strings.Contains(languageCodes, " "+try+" ") {
			return "did you mean " + say.Quote(try) + "?", false
		}
	}
	return "write the two letters of ISO 639, such as en, ru or fr", false
}
