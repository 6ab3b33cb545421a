package text

// atApostrophe reports whether the word being read, whose folded form begins
// at folded, goes on after an apostrophe, and returns where the text does. The
// apostrophe is before i. A possessive s belongs to no word.
func (t *Text) atApostrophe(i, folded int) (goesOn bool, after int) {
	next, size := glyphAt(t.clean, i)
	if next.kind != letter && next.kind != digit {
		return false, i
	}
	if next.size == 1 && next.folded[0] == 's' {
		if g, _ := glyphAt(t.clean, i+size); g.kind == separator || g.kind == apostrophe {
			return false, i + size
		}
	}
	return !isElision(t.folded[folded:]), i
}

// isElision reports whether a folded word before an apostrophe is a French or
// Italian article, preposition or pronoun. N' and m' are none here, for the
// sake of names such as N'Djamena.
func isElision(word []byte) bool {
	const longest = len("puisqu")
	if len(word) > longest {
		return false
	}
	switch string(word) {
	case "d", "l", "s", "qu", "jusqu", "lorsqu", "puisqu",
		"dell", "nell", "sull", "dall", "all", "un", "quest", "quell":
		return true
	}
	return false
}

// abbreviation reads an abbreviation of single letters with dots, such as
// "U.S." or "т.е.", that begins at i. It returns where it ends, or 0 if there
// is none. "U. S.", "U. N." and "U. K." are taken for one too.
func (t *Text) abbreviation(i int) (end int) {
	in, from, letters := t.clean, len(t.folded), 0
	for j := i; j < len(in); {
		g, size := glyphAt(in, j)
		next, _ := glyphAt(in, j+size)
		if g.kind != letter || next.kind != separator && next.kind != apostrophe {
			break
		}
		dotted := j+size < len(in) && in[j+size] == '.'
		if !dotted && letters == 0 {
			break
		}
		t.put(&g)
		letters++
		if end = j + size; !dotted {
			break
		}
		end++
		if j = end; letters == 1 && isSpacedInitial(in, i, j) {
			j++
		}
	}
	if letters < 2 {
		t.folded = t.folded[:from]
		t.tally = 0
		return 0
	}
	return end
}

// isSpacedInitial reports whether the abbreviation that begins with the letter
// in[i] and a dot goes on after a blank at j, as in "U. S.".
func isSpacedInitial(in []byte, i, j int) bool {
	return in[i] == 'U' && j+2 < len(in) && in[j] == ' ' && in[j+2] == '.' &&
		(in[j+1] == 'S' || in[j+1] == 'N' || in[j+1] == 'K')
}
