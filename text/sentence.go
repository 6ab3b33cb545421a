package text

import "unicode/utf8"

// sentenceEnds reports whether a sentence ends between the word last and the
// next.
func (t *Text) sentenceEnds(last, next *word) bool {
	gap := t.clean[last.end:next.start]
	var (
		stopped, strong bool // there is a mark that ends a sentence; one that cannot be of an abbreviation
		spaced, quoted  bool // after it there is space; a quote or bracket opens
		breaks          int
	)
	if t.clean[last.end-1] == '.' {
		stopped = true
	}
	for i := 0; i < len(gap); {
		r, size := utf8.DecodeRune(gap[i:])
		i += size
		switch r {
		case '.':
			stopped = true
		case '!', '?', '…', '؟', '۔', '।':
			stopped, strong = true, true
		case '。', '！', '？', '｡', '։', '።', '។', '။':
			return true
		case '\n', '\u2028', '\u0085':
			breaks++
		case '\u2029':
			return true
		case ' ', '\t', '\r', '\u00a0', '\u202f', '\u2009', '\u3000':
			spaced = spaced || stopped
		case '"', '“', '”', '„', '«', '‘', '\'', '(', '[', '—', '–', '•', '-':
			quoted = quoted || spaced
		}
	}
	if breaks > 1 {
		return true
	}
	lower := t.beginsLower(next)
	if breaks == 1 {
		return stopped || !lower
	}
	if !stopped || !spaced || lower && !quoted {
		return false
	}
	return strong || !t.isAbbreviation(last, next)
}

// beginsLower reports whether w begins with a lower-case letter of a script
// that has upper-case ones.
func (t *Text) beginsLower(w *word) bool {
	g, _ := glyphAt(t.clean, int(w.start))
	return g.kind == letter && g.traits&lower != 0 && g.traits&scripts != 0
}

// isAbbreviation reports whether a dot after the word last is of it and does
// not end a sentence before next.
func (t *Text) isAbbreviation(last, next *word) bool {
	const longest = 12 // in bytes
	if last.foldEnd-last.folded > longest {
		return false
	}
	folded := string(t.folded[last.folded:last.foldEnd])
	if t.clean[last.end-1] == '.' { // one with dots inside
		switch folded {
		case "pm", "am", "тд", "тп", "др":
			return false
		}
		return true
	}
	switch folded {
	case "gen", "lt", "col", "maj", "sgt", "capt", "cpt", "cmdr", "adm", "brig", "cpl", "pvt",
		"mr", "mrs", "ms", "dr", "sen", "rep", "reps", "sens", "gov", "prof", "rev", "hon", "pres",
		"st", "vs", "mt", "ft", "messrs", "amb", "supt", "det", "insp", "sr", "jr", "mme", "mlle",
		"hr", "fr", "ee", "sra", "dra", "gral", "cnel", "dott", "avv", "sig",
		"г", "гг", "им", "ул", "тыс", "млн", "млрд", "ген", "полк", "проф", "акад", "св", "см", "напр", "зам", "пл",
		"р", "рр", "ім", "вул", "тис", "акт", "стор", "гр", "доц", "инж", "корр":
		return true
	case "no", "nos", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
		"art", "fig", "p", "pp", "vol", "nr", "ст", "стр", "п", "ч":
		return next.flags&Number != 0
	}
	if last.flags&Number != 0 && len(folded) <= len("31") && hasDayBefore(string(t.folded[next.folded:next.foldEnd])) {
		return true // "am 5. Mai"
	}
	g, size := glyphAt(t.clean, int(last.start))
	return g.traits&upper != 0 && size == int(last.end-last.start)
}

// hasDayBefore reports whether a folded word is a month of a language that writes a
// dot after the day before it.
func hasDayBefore(folded string) bool {
	switch folded {
	case "januar", "janner", "februar", "marz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember",
		"marts", "mars", "maj", "desember", "december":
		return true
	}
	return false
}
