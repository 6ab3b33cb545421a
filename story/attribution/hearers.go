package attribution

// hearer returns the outlet that is told by the verb at word i: it follows the
// verb, or the subject if that does and ends before word next. Left tells that
// the subject is before the verb.
func (f *finder) hearer(i, next int, left bool) (via string) {
	k := i + 1
	if f.words[i].kind&inverts != 0 {
		if via, to := f.outletAt(k); via != "" && f.joined(k) && (left || f.subjectFollows(to)) {
			return via
		}
		for k = next; !left && f.joined(k) && f.is(k, preposition) && !isCyrillic(f.words[k].text); k++ {
		}
		if left || !f.joined(k) {
			return ""
		}
		via, _ = f.outletAt(k)
		return via
	}
	if !left {
		k = next
	}
	switch {
	case !f.joined(k):
	case f.words[k].text == "to" && f.joined(k+1):
		via, _ = f.outletAt(k + 1)
	case f.words[i].kind&tells != 0 && left:
		via, _ = f.outletAt(k)
	}
	return via
}

// relay returns the person whom the verb at word i says that somebody without a
// name told: nobody else is known to have heard it. Where two full names follow
// a verb, the first is who was told: «рассказал Павлу Канову Сергей Иванов».
func (f *finder) relay(i int, s speaker) string {
	const near = 8 // words
	if !s.hearsay {
		n := f.nameOf(i + 1)
		if n >= 0 && s.person && f.isFullName(&f.names[n]) && f.joined(f.names[n].to) && f.nameOf(f.names[n].to) >= 0 && !f.joinsOutlet(n) {
			return f.text(f.names[n].from, f.names[n].to)
		}
		return ""
	}
	for k := i + 1; k < i+near && f.joined(k); k++ {
		n := f.words[k].name
		if n < 0 || f.names[n].outlet != "" || f.words[k-1].text != "to" && (f.words[i].kind&tells == 0 || k != i+1) {
			continue
		}
		if p := f.persons[personKey(f.words[f.names[n].to-1].text)]; p != nil {
			return p.name
		}
	}
	return ""
}

// joinsOutlet reports whether a dot parts the name n from the next, as in the
// name of a site.
func (f *finder) joinsOutlet(n int) bool { return f.words[f.names[n].to].before&stop != 0 }

// nameOf returns the name in which word i stands, or -1.
func (f *finder) nameOf(i int) int {
	if i >= len(f.words) {
		return -1
	}
	return f.words[i].name
}
