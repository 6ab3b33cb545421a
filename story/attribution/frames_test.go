package attribution

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/outlets"
	"github.com/coupwatch/coupwatch/text/lexicon"
)

// heard returns who says so in a sentence, "?" before hearsay.
func heard(t *testing.T, table *outlets.Table, language, sentence string) string {
	t.Helper()
	var all []string
	for _, a := range Find(news.Report{Item: news.Item{Title: "Title", Summary: sentence, Language: language}}, table) {
		who := strings.TrimSpace(a.Speaker + " " + a.Via)
		if a.Hearsay {
			who = "?" + who
		}
		all = append(all, who)
	}
	return strings.Join(all, "; ")
}

// words calls do for each form of each word of the lexicon that has all kinds of
// with and none of without, in one of the languages of frames.
func words(frames map[string]string, with, without kind, do func(language, word string)) {
	for _, l := range lexicon.Lines(source) {
		if is := kindsOf(l.Class); is&with != with || is&without != 0 || frames[l.Language] == "" {
			continue
		}
		for _, w := range l.Words {
			if noun, all := strings.CutPrefix(w, "~"); all {
				do(l.Language, noun)
				continue
			}
			for _, form := range forms(w) {
				do(l.Language, form)
			}
		}
	}
}

// inFrames fails t for each word that heard does not hear as want says in its
// frame, but for those of except; a word of except that it does hear so fails too.
func inFrames(t *testing.T, frames, want map[string]string, with, without kind, except ...string) {
	t.Helper()
	table, tried := outlets.New(nil), 0
	words(frames, with, without, func(language, word string) {
		tried++
		sentence := fmt.Sprintf(frames[language], word)
		expected := want[language]
		if strings.Contains(expected, "%s") {
			expected = fmt.Sprintf(expected, word)
		}
		if got := heard(t, table, language, sentence); (got == expected) == slices.Contains(except, word) {
			t.Errorf("%s: %q is heard as %q, want %q; an exception: %v", language, sentence, got, expected, slices.Contains(except, word))
		}
	})
	if tried < 5 {
		t.Errorf("%d words tried", tried)
	}
}

// Each verb of speech makes its subject a speaker.
func TestEachVerbOfSpeech(t *testing.T) {
	inFrames(t, map[string]string{
		"en": "Oda Brix %s that the castle had fallen.",
		"ru": "Ода Брикс %s, что мост цел.",
		"uk": "Ода Брікс %s, що міст цілий.",
	}, map[string]string{"en": "Oda Brix", "ru": "Ода Брикс", "uk": "Ода Брікс"}, says, 0,
		"continued", "worried", "feared") // needs the words themselves; tells of a feeling
}

// Where the subject may follow its verb, it is found behind each.
func TestEachVerbBeforeItsSubject(t *testing.T) {
	inFrames(t, map[string]string{
		"ru": "Мост цел, %s Ода Брикс.",
		"uk": "Міст цілий, %s Ода Брікс.",
		"de": "Das Tor hält, %s Oda Brix.",
		"fr": "« Le pont tiendra », %s Oda Brix.",
		"es": "El puente resiste, %s Oda Brix.",
	}, map[string]string{"ru": "Ода Брикс", "uk": "Ода Брікс", "de": "Oda Brix", "fr": "Oda Brix", "es": "Oda Brix"}, says|inverts, 0)
}

// What is not done, may be or is to be said, nobody says.
func TestEachWordThatTakesTheVerbBack(t *testing.T) {
	frame, nobody := map[string]string{"en": "Oda Brix %s say that the castle had fallen."}, map[string]string{"en": ""}
	inFrames(t, frame, nobody, negative, 0)
	inFrames(t, frame, nobody, unreal, 0)
}

// A verb with an object that hears it has an outlet for one.
func TestEachVerbThatIsHeard(t *testing.T) {
	inFrames(t, map[string]string{
		"en": "Oda Brix %s the BBC that the castle had fallen.",
		"ru": "Ода Брикс %s РБК, что мост цел.",
		"uk": "Ода Брікс %s РБК, що міст цілий.",
	}, map[string]string{"en": "Oda Brix BBC", "ru": "Ода Брикс RBC", "uk": "Ода Брікс RBC"}, says|tells, 0)
}

// An outlet publishes with each of its verbs.
func TestEachVerbOfOutlets(t *testing.T) {
	inFrames(t, map[string]string{
		"en": "The castle had fallen, Reuters %s.",
		"ru": "Как %s Reuters, мост цел.",
		"uk": "Як %s Reuters, міст цілий.",
		"de": "Das Tor hält, %s Reuters.",
		"fr": "Le pont tiendra, %s Reuters.",
		"es": "El puente resiste, %s Reuters.",
	}, map[string]string{"en": "Reuters", "ru": "Reuters", "uk": "Reuters", "de": "Reuters", "fr": "Reuters", "es": "Reuters"}, publishes, 0)
}

// What is said of by nobody is hearsay.
func TestEachRumour(t *testing.T) {
	inFrames(t, map[string]string{"en": "It is %s that the castle had fallen."}, map[string]string{"en": "?unnamed"}, rumoured, 0)
}

// People without names are hearsay, in each word for them.
func TestEachGroup(t *testing.T) {
	inFrames(t, map[string]string{"en": "The castle had fallen, %s said."}, map[string]string{"en": "?unnamed %s"}, group, 0)
}

// So is each role of which nobody is known to hold it.
func TestEachRole(t *testing.T) {
	inFrames(t, map[string]string{"en": "The castle had fallen, said an %s."}, map[string]string{"en": "?unnamed %s"}, role, office)
}

// Each title before a name leaves the name.
func TestEachTitle(t *testing.T) {
	inFrames(t, map[string]string{"en": "The castle had fallen, said %s Oda Brix."}, map[string]string{"en": "Oda Brix"}, title, 0)
}

// Each institution speaks for itself.
func TestEachBody(t *testing.T) {
	inFrames(t, map[string]string{"en": "The %s said that the castle had fallen."}, map[string]string{"en": "%s"}, body, 0)
}

// People, roles and institutions speak in Russian and Ukrainian too, each in
// its word.
func TestEachSpeakerInCyrillic(t *testing.T) {
	many := map[string]string{"ru": "Что мост цел, сообщили %s.", "uk": "Що міст цілий, повідомили %s."}
	one := map[string]string{"ru": "Что мост цел, сообщил %s.", "uk": "Що міст цілий, повідомив %s."}
	unnamed, itself := map[string]string{"ru": "?unnamed %s", "uk": "?unnamed %s"}, map[string]string{"ru": "%s", "uk": "%s"}
	inFrames(t, many, unnamed, group, 0)
	inFrames(t, one, unnamed, role, office)
	inFrames(t, one, itself, body, 0)
}
