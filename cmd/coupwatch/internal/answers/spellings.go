package answers

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher/explain"
)

// AllSpellings writes every spelling with how it was made.
func AllSpellings(w io.Writer, x explain.Spellings) error {
	forms := slices.Clone(x.Forms)
	slices.SortStableFunc(forms, func(a, b explain.Spelling) int {
		return cmp.Or(cmp.Compare(a.Script, b.Script), compareMakers(a.How, b.How))
	})
	t := terminal.NewTable("lll")
	for _, f := range forms {
		var notes []string
		for _, note := range []struct {
			so   bool
			text string
		}{{f.Excluded, "excluded"}, {f.Capitals, "with these capitals"}, {f.Doubtful, "with something near"}} {
			if note.so {
				notes = append(notes, note.text)
			}
		}
		t.Row(f.Written, f.How, strings.Join(notes, ", "))
	}
	return framed(w, x, func(b *strings.Builder) { t.Write(b, "") })
}

// Spellings writes the spellings folded into few lines: what may stand
// before and after a surname, the surname on its own, and the others.
func Spellings(w io.Writer, x explain.Spellings) error {
	return framed(w, x, func(b *strings.Builder) {
		for i, s := range sectionsOf(x.Forms) {
			if i > 0 {
				b.WriteString("\n")
			}
			fmt.Fprintf(b, "%s: %s%s\n", s.title, terminal.Thousands(len(s.forms)), s.wants())
			t := terminal.NewTable("lrll")
			for _, r := range s.sorted() {
				t.Row(r.maker, terminal.Thousands(r.count))
				if s.paired {
					t.Add(terminal.Listed(r.givens, 32), "× "+terminal.Listed(s.marked(r.surnames), 40))
				} else {
					t.Add(terminal.Listed(s.marked(r.surnames), 72))
				}
			}
			t.Write(b, "  ")
		}
	})
}

// framed writes whose the spellings are, the spellings, and their number.
func framed(w io.Writer, x explain.Spellings, spellings func(*strings.Builder)) error {
	b := &strings.Builder{}
	if x.Entity != "" {
		b.WriteString("@" + x.Entity + " is ")
	}
	names := slices.DeleteFunc([]string{x.Name, x.Native}, func(s string) bool { return s == "" })
	fmt.Fprintf(b, "%s (%s)\n\n", strings.Join(names, ", "), x.Kind)
	spellings(b)
	b.WriteString("\n" + summary(x))
	_, err := io.WriteString(w, b.String())
	return err
}

// summary says how many spellings there are, and when the doubtful ones count.
func summary(x explain.Spellings) string {
	found, excluded, doubtful := 0, 0, 0
	for _, f := range x.Forms {
		switch {
		case f.Excluded:
			excluded++
		case f.Doubtful:
			doubtful++
			fallthrough
		default:
			found++
		}
	}
	text := terminal.Thousands(found) + " spellings"
	if found == 1 {
		text = "1 spelling"
	}
	if excluded > 0 {
		text += fmt.Sprintf(", %s excluded", terminal.Thousands(excluded))
	}
	if doubtful > 0 {
		text += fmt.Sprintf(";\n%s of them count only where the name stands in full in the same item", terminal.Thousands(doubtful))
		if x.Helper != "" {
			text += ", or this is near: " + x.Helper
		}
	}
	return text + "\n"
}

// A section is spellings of one shape.
type section struct {
	title  string
	paired bool // they are a given name and a surname
	forms  []explain.Spelling
	rows   map[string]*spellingRow
}

// A spellingRow is spellings that one system, press or language makes.
type spellingRow struct {
	maker    string
	script   string
	count    int
	givens   []string
	surnames []mark
}

// A mark is a spelling, or the surname of several, and what it wants.
type mark struct {
	text               string
	capitals, doubtful bool
}

// sectionsOf sorts spellings by their shape, and leaves empty sections out.
func sectionsOf(forms []explain.Spelling) []*section {
	full, initials := &section{title: "Full name", paired: true}, &section{title: "With initials", paired: true}
	alone, other, excluded := &section{title: "Surname alone"}, &section{title: "Names"}, &section{title: "Excluded"}
	cut := newCutter(forms)
	forms = slices.Clone(forms)
	slices.SortStableFunc(forms, func(a, b explain.Spelling) int { return compareMakers(a.How, b.How) })
	for _, f := range forms {
		given, surname, paired := cut.split(f.Written)
		switch {
		case f.Excluded:
			excluded.add(f, "", f.Written)
		case f.Alone:
			alone.add(f, "", f.Written)
		case paired && strings.HasSuffix(given, "."):
			initials.add(f, given, surname)
		case paired:
			full.add(f, given, surname)
		default:
			other.add(f, "", f.Written)
		}
	}
	return slices.DeleteFunc([]*section{full, initials, alone, other, excluded}, func(s *section) bool { return len(s.forms) == 0 })
}

func (s *section) add(f explain.Spelling, given, surname string) {
	maker, _ := makerOf(f.How)
	if s.rows == nil {
		s.rows = map[string]*spellingRow{}
	}
	key := f.Script + " " + maker
	r := s.rows[key]
	if r == nil {
		r = &spellingRow{maker: maker, script: f.Script}
		s.rows[key] = r
	}
	r.count++
	s.forms = append(s.forms, f)
	if given != "" {
		r.givens = appendNew(r.givens, given)
	}
	if !slices.ContainsFunc(r.surnames, func(m mark) bool { return m.text == surname }) {
		r.surnames = append(r.surnames, mark{surname, f.Capitals, f.Doubtful})
	}
}

// sorted returns the rows by script, the region's own languages first.
func (s *section) sorted() []*spellingRow {
	var rows []*spellingRow
	for _, r := range s.rows {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b *spellingRow) int {
		return cmp.Or(cmp.Compare(a.script, b.script), compareMakers(a.maker, b.maker))
	})
	return rows
}

// all reports whether all spellings of the section have something, and whether
// any has.
func (s *section) all(has func(explain.Spelling) bool) (all, any bool) {
	n := 0
	for _, f := range s.forms {
		if has(f) {
			n++
		}
	}
	return n == len(s.forms), n > 0
}

func wantsCapitals(f explain.Spelling) bool { return f.Capitals }

func isDoubtful(f explain.Spelling) bool { return f.Doubtful }

// wants says what the spellings want, or what the marks of those mean that
// want it.
func (s *section) wants() string {
	if s.title == "Excluded" {
		return ""
	}
	var wants []string
	switch all, any := s.all(wantsCapitals); {
	case all:
		wants = append(wants, "with these capitals")
	case any:
		wants = append(wants, "^ with these capitals")
	}
	switch all, any := s.all(isDoubtful); {
	case all:
		wants = append(wants, "with something near that tells who is meant")
	case any:
		wants = append(wants, "* with something near that tells who is meant")
	}
	if len(wants) == 0 {
		return ""
	}
	return ", " + strings.Join(wants, ", ")
}

// marked returns spellings with the marks of what they want, where not all of
// the section want it.
func (s *section) marked(marks []mark) []string {
	allCapitals, _ := s.all(wantsCapitals)
	allDoubtful, _ := s.all(isDoubtful)
	var out []string
	for _, m := range marks {
		text := m.text
		if m.doubtful && !allDoubtful {
			text += "*"
		}
		if m.capitals && !allCapitals {
			text += "^"
		}
		out = append(out, text)
	}
	return out
}
