package mood

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon/lexicontest"
)

// read returns the sentence in which the phrase stands in a text, and where.
func read(t *testing.T, given, language, phrase string, title bool) (s Sentence, first, last int) {
	t.Helper()
	var doc text.Text
	doc.Set(given, language)
	words := text.Words(phrase)
	for i := range doc.Len() - len(words) + 1 {
		same := true
		for k, w := range words {
			same = same && string(doc.Word(i+k)) == w
		}
		if same {
			s, begins := Read(&doc, i, title)
			return s, i - begins, i - begins + len(words) - 1
		}
	}
	t.Fatalf("%q: %q is not there", given, phrase)
	return Sentence{}, 0, 0
}

func TestTold(t *testing.T) {
	for _, tt := range []struct {
		language, phrase, text string
		want                   bool
	}{
		{"en", "seize power", "Soldiers seize power", true},
		{"en", "seized power", "Soldiers say that they have seized power", true},
		{"en", "seize power", "Union begs soldiers to seize power", false},
		{"en", "seize power", "Union begs that soldiers seize power", false},
		{"en", "seizes power", "Army accuses king of theft and seizes power", true},
		{"en", "seize power", "Officers accuse king of theft and seize power", true},
		{"en", "seize power", "Union urges army to arrest the king and seize power", false},
		{"en", "seize power", "Minister fears riots as soldiers seize power", true},
		{"en", "seized power", "Soldiers who mutinied at dawn have seized power", true},
		{"en", "seized power", "Soldiers who seized power at dawn rest", false},
		{"en", "seized power", "Cocoa is dear since soldiers marched and seized power", false},
		{"en", "seized power", "The army said it had seized power", true},
		{"en", "seized power", "Prices rose because the army had seized power", false},
		{"en", "seize power", "Soldiers might, if asked, seize power", true}, // a comma ends what the verb governs
		{"en", "seize power", "Soldiers might seize power", false},
		{"en", "seized power", "In May soldiers seized power", true},
		{"en", "seized power", "Six weeks ago soldiers seized power", false},
		{"en", "seized power", "Soldiers seized power from a king crowned six weeks ago", true},
		{"de", "die macht", "Vor einem Monat ergriffen Soldaten die Macht", false},
		{"ru", "захватили власть", "Месяц назад солдаты захватили власть", false},
		{"en", "seize power", "Will soldiers seize power?", false},
		{"en", "seize power", "Soldiers seize power if the vote is lost", false},
		{"en", "seize power", "Soldiers never seize power", false},
		{"en", "seize power", "Musical in which soldiers seize power", false},
		{"en", "seizure of power", "Seizure of power foiled", false},
		{"en", "seizing power", "Captain tried for seizing power", false},
		{"en", "seize power", "Soldiers manage to seize power", true},
		{"en", "deposed", "Island's deposed king sails home", false},
		{"en", "deposed", "King deposed by his guards", true},
		{"en", "arrested", "King afraid of being arrested", false},
		{"ru", "захватили власть", "Военные захватили власть", true},
		{"ru", "захватить власть", "Военные хотят захватить власть", false},
		{"ru", "захватить власть", "Военным удалось захватить власть", true},
		{"ru", "захватили власть", "Боясь ареста военные захватили власть", true},
		{"ru", "захватят власть", "Совет боится, что военные захватят власть", false},
		{"ru", "захватила власть", "Вдова просит, чтобы армия захватила власть", false},
		{"ru", "захвативший власть", "Захвативший власть майор пьёт чай", false},
		{"ru", "свергнут", "Король свергнут", true},
		{"ru", "свергнутый", "Свергнутый король пьёт чай", false},
		{"uk", "захопили владу", "Військові захопили владу", true},
		{"uk", "захопити владу", "Військові мріють захопити владу", false},
		{"uk", "захопили владу", "Село сумує, відколи військові захопили владу", false},
		{"de", "übernimmt die Macht", "Armee übernimmt die Macht", true},
		{"de", "die Macht zu übernehmen", "Bauern bitten Armee, die Macht zu übernehmen", false},
		{"de", "die Macht übernommen", "Armee hat nicht die Macht übernommen", false},
		{"de", "die Macht übernahm", "Wie die Armee die Macht übernahm", false},
		{"de", "festgenommen", "König fürchtet, festgenommen zu werden", false},
		{"fr", "prend le pouvoir", "L'armée prend le pouvoir", true},
		{"fr", "séquestre", "La garde séquestre le président", true},
		{"fr", "prendre le pouvoir", "Des soldats annoncent prendre le pouvoir", true},
		{"fr", "prendre le pouvoir", "Des soldats rêvent de prendre le pouvoir", false},
		{"fr", "a pris le pouvoir", "Le colonel qui a pris le pouvoir dort", false},
		{"fr", "arrêté", "Le roi a peur d'être arrêté", false},
		{"es", "toma el poder", "El ejército toma el poder", true},
		{"es", "toman el poder", "Los oficiales anuncian que toman el poder", true},
		{"es", "tomó el poder", "El coronel que tomó el poder duerme", false},
		{"es", "tomen el poder", "El obispo ruega que los soldados tomen el poder", false},
	} {
		s, first, last := read(t, tt.text, tt.language, tt.phrase, true)
		if got := s.Told(first, last); got != tt.want {
			t.Errorf("%s: %q in %q: told %t, want %t", tt.language, tt.phrase, tt.text, got, tt.want)
		}
	}
}

// What stands after "after" in a title is news if it is told in the present, and
// in a text what led to the news.
func TestToldAfter(t *testing.T) {
	for _, tt := range []struct {
		phrase, text string
		title, want  bool
	}{
		{"seize power", "Borders closed after soldiers seize power", true, true},
		{"seized power", "Cocoa dearer after soldiers seized power", true, false},
		{"seize power", "Borders are closed after soldiers seize power.", false, false},
	} {
		s, first, last := read(t, tt.text, "en", tt.phrase, tt.title)
		if got := s.Told(first, last); got != tt.want {
			t.Errorf("%q in %q: told %t, want %t", tt.phrase, tt.text, got, tt.want)
		}
	}
}

// A sentence that is a list of a million words is read no further than around
// the event.
func TestReadLong(t *testing.T) {
	var doc text.Text
	doc.Set(strings.Repeat("tea and ", 10_000)+"soldiers seize power"+strings.Repeat(" and tea", 10_000), "en")
	s, first := Read(&doc, 20_001, true)
	if len(s.words) != 2*mostWords || first != 20_001-mostWords {
		t.Errorf("%d words from %d are read, want %d from %d", len(s.words), first, 2*mostWords, 20_001-mostWords)
	}
}

// Each entry of the table is found in a text that has it, and so is one in the
// example of each line.
func TestTable(t *testing.T) {
	first := func(name, language string, words []string) int {
		at := -1
		lexicons().Of(language).Tag(len(words), func(i int) string { return words[i] }, func(i int, is class, within bool) {
			if at < 0 && is == classOf(name) && !within {
				at = i
			}
		})
		return at
	}
	lexicontest.Entries(t, table, func(name, language, entry string) bool { return first(name, language, text.Words(entry)) == 0 })
	lexicontest.Sentences(t, table, func(name, language string, words []string) bool { return first(name, language, words) >= 0 })
}
