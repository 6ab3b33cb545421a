package wordform

import "strings"

// IsAdjective reports whether a word of Russian, Ukrainian or German may be an
// adjective before the noun it says more of.
func IsAdjective(language, w string) bool {
	var ends string
	switch language {
	case "ru":
		ends = "ый ий ой ая яя ое ее ые ие ого его ому ему ым им ых их ую"
	case "uk":
		ends = "ий ій ої а е і ого ому им их ну"
	case "de":
		ends = "en er es em e"
	}
	return hasLongStem(w, ends)
}

// hasLongStem reports whether w ends in one of ends, and is more than that.
func hasLongStem(w, ends string) bool {
	for end := range strings.FieldsSeq(ends) {
		if strings.HasSuffix(w, end) && len(w) > 2*len(end)+2 {
			return true
		}
	}
	return false
}

// IsFrenchAdjective reports whether a French word is an adjective as in the names
// of institutions: "de la Sécurité intérieure".
func IsFrenchAdjective(w string) bool { return hasEnding(w, "eres ieure ale ique euses", 0) }

// IsAttribute reports whether a word may say more of the noun before it: a
// Russian or Ukrainian genitive («министр обороны»), a French or Spanish adjective
// ("ministre algérien").
func IsAttribute(language, w string) bool {
	const stem = 4
	switch language {
	case "ru":
		return hasEnding(w, "ы и ии ства ия ого их ых ел ба", stem)
	case "uk":
		return hasEnding(w, "и ії ства ння ого их ої рав бу", stem)
	case "fr":
		return hasEnding(w, "ien ienne ais aise ois oise ain aine al ale if ive", stem)
	case "es":
		return hasEnding(w, "ano ana eno ena es esa ense ino ina ario al", stem)
	}
	return false
}

// IsGenitive reports whether a Russian or Ukrainian word may be of the name
// before it, and is no verb.
func IsGenitive(language, w string) bool {
	const verbs = "л ла ло ли ся лась лись ет ют ит ят ется ются є уть ють ить ять в вся ен ан ана ена аны ены ано ено ані ені"
	return (language == "ru" || language == "uk") && !hasEnding(w, verbs, 0)
}

// IsLand reports whether a Russian or Ukrainian word looks like the genitive of a
// country: «Гвинеи», «Казахстана».
func IsLand(w string) bool { return hasEnding(w, "ии еи ії еї стана стану", 0) }

// IsOffice reports whether a word says of what somebody is chief, though it is
// no office by itself: "staff", "Verteidigungs-", «обороны».
func IsOffice(w string) bool {
	return hasStem(w, `defen armee militar polizei regierung geheimdienst general sicherheit verteidigung security spy staff guard state
		оборон штаб безопас охран гвард безпек etat securite garde defensa estado
		бригад дивиз дивізі полк батальйон батальон brigad divis regim battal batall`)
}

// IsStance reports whether a word says what somebody thinks of an office, and so
// that they are none: "pro-government".
func IsStance(w string) bool { return isOneOf(w, "pro anti про анти") }

// IsAlleged reports whether a word calls the event that follows alleged.
func IsAlleged(w string) bool {
	return hasStem(w, "presunt supuest alleged apparent aparente mutmasslich presume предполагаем ймовірн")
}
