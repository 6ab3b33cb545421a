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
