package wordform

// IsWhat reports whether a word makes what follows what an outlet knows: "what
// we know".
func IsWhat(w string) bool {
	return isOneOf(w, "what how why was wie que ce qu lo что как що як")
}

// IsWhere reports whether a preposition says where somebody is, and not whose.
func IsWhere(w string) bool { return isOneOf(w, "в во у по in en à a") }

// IsWhither reports whether a preposition says where somebody goes.
func IsWhither(w string) bool {
	return isOneOf(w, "to into for в во до у nach en vers au a hacia")
}

// IsOfWhat reports whether a word stands between talk and what it is about:
// "rumours of", «слухи о».
func IsOfWhat(w string) bool {
	return isOneOf(w, "of about on over о об про щодо uber von vom zu sur de d des du sobre del")
}

// IsOfWhatIsSaid reports whether a Russian or Ukrainian word stands between
// "says" or a decree and what is told: «сообщил о», «указ про».
func IsOfWhatIsSaid(w string) bool { return isOneOf(w, "о об обо про что що") }

// IsThat reports whether a word begins what somebody says.
func IsThat(w string) bool { return isOneOf(w, "that что що dass que qu") }

// IsIt reports whether a word stands for what was named before.
func IsIt(w string) bool {
	return isOneOf(w, "it this that c ce cela das es dies это це esto eso")
}

// IsThus reports whether a word before a verb stands for what was said: who says
// it follows, as in "asi respondió".
func IsThus(w string) bool { return isOneOf(w, "so asi ainsi так") }

// Subordinates reports whether a sentence that begins with w tells first of when
// or why: what is said there is known, or was long ago.
func Subordinates(w string) bool {
	return isOneOf(w, "once when whenever if because unless until als wenn sobald weil когда если коли якщо quand lorsque cuando")
}

// TellsBefore reports whether a sentence that begins with w tells first of what was
// done before its news: "After the president dissolved parliament, …".
func TellsBefore(w string) bool {
	return isOneOf(w, "after since before nachdem bevor apres avant despues после перед після перш")
}

// IsOfHouse reports whether a word makes a leader one of a house of parliament, who
// speaks for no state: "majority leader", «лидер фракции».
func IsOfHouse(w string) bool {
	return isOneOf(w, "majority minority whip majorite minorite mayoria minoria фракции большинства меньшинства фракції більшості меншості") || hasStem(w, "fraktion")
}

// IsUpon reports whether a preposition makes the place after it what somebody
// goes to or strikes: "the march on Moscow".
func IsUpon(w string) bool {
	return isOneOf(w, "on to at against toward towards into auf gegen nach sur contre vers sobre contra hacia на")
}

// IsAnd reports whether a word joins two of a kind.
func IsAnd(w string) bool { return isOneOf(w, "and и та і й und et y e") }

// IsBetween reports whether a preposition says of two what is between them.
func IsBetween(w string) bool {
	return isOneOf(w, "between among zwischen entre между меж між поміж")
}

// Governs reports whether a preposition of a language makes the name after it say
// more of the noun before it, without making the two one: "the rift with the army"
// is not the army, as "officials at the ministry" are the ministry.
func Governs(language, w string) bool {
	switch language {
	case "en":
		return isOneOf(w, "with to toward towards against on over about between among")
	case "de":
		return isOneOf(w, "mit an ans gegen uber auf zu zum zur zwischen")
	case "fr":
		return isOneOf(w, "avec contre sur vers envers entre")
	case "es":
		return isOneOf(w, "con a al contra sobre hacia entre")
	case "ru", "uk":
		return isOneOf(w, "с со к ко з із зі до против проти между меж між поміж")
	}
	return false
}

// IsSomeOf reports whether an English word stands for people or things that are
// not named: "some", "them". Nobody is heard by it.
func IsSomeOf(w string) bool {
	return isOneOf(w, "some any all few many more most none them him her us me these those there such other others both what how why when where")
}

// IsDenial reports whether a word is the noun and not the verb: "denial".
func IsDenial(w string) bool {
	return isOneOf(w, "denial denials dementi dementis опровержение спростування desmentido rejection démenti")
}

// IsTheySay reports whether a Russian or Ukrainian verb between two commas tells
// that people say so.
func IsTheySay(w string) bool {
	return isOneOf(w, "говорят пишут кажуть пишуть сообщают повідомляють")
}

// IsWho reports whether a word begins a clause that tells more of somebody, who is
// its subject.
func IsWho(w string) bool {
	return isOneOf(w, "who который которая которые який яка які qui quien")
}

// IsWillOrSoll reports whether a German word is of hearsay before an infinitive.
func IsWillOrSoll(w string) bool { return isOneOf(w, "will wollen soll sollen") }

// IsHat reports whether a German word is an auxiliary of the perfect.
func IsHat(w string) bool { return isOneOf(w, "hat haben hatte hatten") }

// BeginsObliquely reports whether no subject begins with a word: a Russian or
// Ukrainian preposition, a German article of another case.
func BeginsObliquely(language, w string) bool {
	switch language {
	case "ru", "uk":
		return isOneOf(w, "о об про обо из на к с з за до від от")
	case "de":
		return isOneOf(w, "den dem einen einem")
	}
	return false
}
