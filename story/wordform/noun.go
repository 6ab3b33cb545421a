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

// IsPaper reports whether an English or German word is of papers that anybody may
// cite, and not of the office whose they are: "documents", "Gerichtsakten".
func IsPaper(language, w string) bool {
	switch language {
	case "en":
		return isOneOf(w, "document documents docs filing filings papers record records transcript transcripts")
	case "de":
		return hasEnding(w, "akten unterlagen dokument dokumente dokumenten papiere papieren", 4)
	}
	return false
}

// IsPrivate reports whether a word makes an army one that is of no state.
func IsPrivate(w string) bool {
	return isOneOf(w, "private mercenary shadow частной частная частную приватна приватної приватной privaten private prive privee privado privada privados mercenaria")
}

// IsMany reports whether an English word without an s names several.
func IsMany(w string) bool {
	return isOneOf(w, "police military people troops men women militia authorities we they i you")
}

// IsKin reports whether an English word, of whom somebody is named before it,
// names who may speak: "his daughter", "the minister's party".
func IsKin(w string) bool {
	return isOneOf(w, "son daughter sister brother wife husband mother father widow cousin uncle aunt nephew niece family friend friends allies ally rival rivals party movement camp team lawyer lawyers aide aides successor predecessor supporters followers backers")
}

// IsLandObliquely reports whether a Russian or Ukrainian name of a country is in
// another case than the nominative: «России», «Україну».
func IsLandObliquely(w string) bool {
	return hasEnding(w, "ии ию ией ины ину иной ії ію ією їни їну їною", 2) && !isOneOf(w, "филиппины філіппіни")
}

// IsWhen reports whether a word is a month, a weekday or a number: nobody
// speaks so.
func IsWhen(w string) bool {
	if w != "" && w[0] >= '0' && w[0] <= '9' {
		return true
	}
	return isOneOf(w, "january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday "+
		"januar februar marz juni juli oktober dezember janvier fevrier mars avril juin juillet aout octobre enero febrero marzo abril junio julio agosto septiembre octubre noviembre diciembre "+
		"января февраля марта апреля мая июня июля августа сентября октября ноября декабря січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня")
}

// IsOfMedia reports whether an English word after "media" or "press" makes it of
// what kind something is, and nobody who says so.
func IsOfMedia(w string) bool {
	return isOneOf(w, "blackout freedom freedoms conference coverage attention empire regulator office officer crackdown")
}
