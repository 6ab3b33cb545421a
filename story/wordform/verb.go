package wordform

import "strings"

// IsParticiple reports whether an English, German, French or Spanish word may be
// a participle: "denied", "gemeldet", "démenties", "desmentido".
func IsParticiple(w string) bool {
	return hasEnding(w, "ed said told t en e ee es ees ado ada ados adas ido ida idos idas", 0)
}

// IsGermanParticiple reports whether a word may be a German past participle.
func IsGermanParticiple(w string) bool { return len(w) > 4 && hasEnding(w, "t en", 0) }

// IsShortParticiple reports whether a Russian or Ukrainian word is a participle
// without a case: «опровергнуты», «спростовано».
func IsShortParticiple(w string) bool {
	const ends = "нут нута нуто нуты ован ована овано ованы ены ена ено аны ана ано"
	for end := range strings.FieldsSeq(ends) {
		if strings.HasSuffix(w, end) && len(w) > 2*len(end) {
			return true
		}
	}
	return false
}

// IsConditional reports whether a French or Spanish verb is in the conditional,
// by which hearsay is told: "prépareraient", "planearían".
func IsConditional(language, w string) bool {
	const stem = 3
	switch language {
	case "fr":
		return hasEnding(w, "eraient iraient draient erait irait drait", stem)
	case "es":
		return hasEnding(w, "arian erian irian drian", stem)
	}
	return false
}

// IsPluralVerb reports whether a Russian or Ukrainian verb tells what several do:
// «заявили», «кажуть».
func IsPluralVerb(w string) bool { return hasEnding(w, "ли ют ят ють ять уть", 0) }

// IsState reports whether a German infinitive tells of a state or a plan, so that
// "soll" before it is hearsay and no order: "soll dahinter stecken".
func IsState(w string) bool {
	return isOneOf(w, "stecken stehen planen vorbereiten sitzen garen leben befinden")
}

// IsDoneTo reports whether an English participle with "of" or "to" after it is
// said of whom it was done to: "accused of", "urged to".
func IsDoneTo(w string) bool {
	return isOneOf(w, "accused charged urged ordered told asked sanctioned named appointed sentenced convicted called warned backed suspected blamed")
}

// IsBidding reports whether an English verb tells what others are to do:
// "demands", "urging".
func IsBidding(w string) bool {
	if isOneOf(w, "demand ask want urge require request order insist make let beg press expect force push making made urging requiring forcing") {
		return true
	}
	for end := range strings.FieldsSeq("s ed d ing es") {
		if stem, ok := strings.CutSuffix(w, end); ok && len(stem) > 2 && IsBidding(stem) {
			return true
		}
	}
	return false
}

// IsOfDoing reports whether an English preposition that follows a participle at
// once makes it what is done to somebody: "condemned for", "dissolved by".
func IsOfDoing(w string) bool { return isOneOf(w, "by for from over with") }

// IsThingOrVerb reports whether an English word is a noun as often as it is what
// several say: "claim".
func IsThingOrVerb(w string) bool { return isOneOf(w, "claim comment charge notes records") }

// IsPast reports whether an English or Spanish verb may be in the past tense, as
// in "the raid that left", "el ataque que dejó".
func IsPast(language, w string) bool {
	switch language {
	case "en":
		return hasEnding(w, "ed", 2) || isOneOf(w, "left led took saw made brought sent put cost drove gave hit had has is was were threw began broke shook struck hurt nearly almost")
	case "es":
		return hasEnding(w, "aron ieron", 2) || isOneOf(w, "dejo acabo mato costo derroco llevo puso hizo fue causo provoco hirio")
	}
	return false
}

// StirsTalk reports whether a verb tells that there is more talk because of
// somebody, who turns none away: "fuels speculation", «вызвал слухи».
func StirsTalk(w string) bool {
	return hasStem(w, "prompt spark fuel feed rais stir trigger caus fan spread ignit kindl invit creat draw provok rous schur nahrt befeuer heiz aliment suscit nourri declench desat despert вызва вызыва порожда породи спровоцир подогре виклик спричин породж розпал")
}
