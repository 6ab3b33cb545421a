package attribution

// verb makes a claim of the verb at word i: of its subject, or of who follows
// "by" if it is in the passive.
func (f *finder) verb(i int) {
	if f.isNoun(i) || f.question {
		return
	}
	from, being, denied := f.group(i)
	if denied || f.isConditional(from) {
		return
	}
	w := &f.words[i]
	if w.kind&passive != 0 && f.joined(i+1) && f.words[i+1].text == "by" {
		f.doneBy(i, from)
		return
	}
	if being && w.text != "convinced" {
		f.rumour(i, from)
		return
	}
	if w.kind&anyVerb == 0 || (w.text == "worried" || w.text == "feared") && from == i {
		return
	}
	s, left, next, found := f.subject(from, i)
	if !found {
		return
	}
	via := f.hearer(i, next, left)
	switch {
	case via == "" && f.isOrder(i):
		return
	case via == "":
		via = f.relay(i, s)
	case s.name == "" && s.via == via:
		via = ""
	}
	if s.name == "" && via != "" { // an outlet tells an outlet
		f.add(i, w.text, s, "")
		s = speaker{}
	}
	f.add(i, w.text, s, via)
}

// isConditional reports whether the clause of word i begins with "if": what is
// said there may never be.
func (f *finder) isConditional(i int) bool {
	for f.joined(i) {
		i--
	}
	switch f.words[min(i, len(f.words)-1)].text {
	case "if", "unless", "если", "якщо", "якби", "wenn", "falls", "si":
		return true
	}
	return false
}

// doneBy makes a claim of "reported by" at word i, by whom that is; what belongs
// to the verb begins at word from.
func (f *finder) doneBy(i, from int) {
	term := f.words[i].text + " by"
	if via, _ := f.outletAt(i + 2); via != "" {
		f.add(i, term, f.wordsOf(from), via)
	} else if f.joined(i + 2) {
		f.cited(i+2, term)
	}
}

// wordsOf returns whose words are the subject that ends before word from, as in
// "Orlov's words were carried by".
func (f *finder) wordsOf(from int) (s speaker) {
	k := from - 1
	if k < 1 || !f.joined(from) || f.words[k].before&possessive == 0 || f.words[k-1].name < 0 {
		return s
	}
	switch f.words[k].text {
	case "words", "remarks", "comments", "statement", "statements", "account", "claims", "claim", "allegations":
		n, found := f.nounEnding(k - 1)
		if found {
			s, _ = f.named(n)
		}
	}
	return s
}

// isNoun reports whether the verb at word i is a noun there.
func (f *finder) isNoun(i int) bool {
	w := &f.words[i]
	if next := i + 1; f.joined(next) && w.kind&publishes != 0 && (f.words[next].text == "on" && !f.is(next+1, helper) || f.words[next].text == "about") {
		return true
	}
	if w.kind&nominal == 0 {
		return false
	}
	if !f.joined(i + 1) { // "…, prosecutors claim"
		n, found := f.nounEnding(max(0, i-1))
		if !found || !f.joined(i) {
			return true
		}
		return f.words[n.from].before&(comma|quoted|dash) == 0 && (n.name < 0 || w.kind&publishes == 0 || f.reporterOf(n) == "")
	}
	return f.is(i+1, anyVerb|being|preposition) || f.words[i+1].text == "that" && f.is(i-1, preposition)
}

// asks reports whether words from to before to, a sentence, are a question in
// which nobody is quoted.
func (f *finder) asks(from, to int) bool {
	end := f.after(to - 1)
	if end&asked == 0 || end&quoted != 0 {
		return false
	}
	for k := from; k < to; k++ {
		if f.words[k].before&quoted != 0 {
			return false
		}
	}
	return true
}

// group returns the first word of the verb at word i with what belongs to it,
// as "has also told", and whether it is in the passive or takes itself back.
func (f *finder) group(i int) (from int, passive, denied bool) {
	from = i
	for f.joined(from) && f.is(from-1, helper|being|negative|unreal) && f.words[from-1].name < 0 && f.words[from].before&(stop|quoted) == 0 {
		from--
		passive = passive || f.is(from, being)
		denied = denied || f.is(from, negative|unreal)
	}
	return from, passive, denied || f.joined(i+1) && f.is(i+1, negative) && !isCyrillic(f.words[i].text)
}

// rumour makes a claim of "it has been claimed" or "is claimed to", which the
// verb at word i with what belongs to it from word from on may be.
func (f *finder) rumour(i, from int) {
	w := &f.words[i]
	impersonal := f.joined(from) && f.words[from-1].text == "it"
	if w.kind&rumoured == 0 || !impersonal && (!f.joined(i+1) || f.words[i+1].text != "to") {
		return
	}
	if w.text == "said" && !impersonal {
		return
	}
	f.add(i, w.text, speaker{name: "unnamed", hearsay: true}, "")
}

// isOrder reports whether nothing is said with the verb at word i: somebody is
// told to do something, is said to be something or is accused of it.
func (f *finder) isOrder(i int) bool {
	const near = 6 // words
	if !f.joined(i + 1) {
		return false
	}
	switch f.words[i].text {
	case "told", "tells":
		for k := i + 1; k < i+near && f.joined(k) && !f.is(k, anyVerb|being|ender); k++ {
			if f.words[k].text == "to" {
				return true
			}
		}
	case "said", "alleged", "believed", "reported":
		return f.words[i+1].text == "to" && f.is(i+2, being|helper)
	case "explain", "explains", "explained":
		switch f.words[i+1].text {
		case "how", "why", "what":
			return true
		}
	case "continued":
		return true
	case "accused", "blamed":
		return f.words[i+1].text == "of" || f.words[i+1].text == "for"
	}
	return false
}
