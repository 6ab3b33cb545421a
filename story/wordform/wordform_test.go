package wordform

import (
	"os"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

// ask ignores the language of a question that has none.
func ask(is func(string) bool) func(language, w string) bool {
	return func(_, w string) bool { return is(w) }
}

// questions are what may be asked of a word.
var questions = map[string]func(language, w string) bool{
	"participle": ask(IsParticiple), "german participle": ask(IsGermanParticiple), "short participle": ask(IsShortParticiple),
	"conditional": IsConditional, "plural verb": ask(IsPluralVerb), "state": ask(IsState), "done to": ask(IsDoneTo), "bidding": ask(IsBidding),
	"adjective": IsAdjective, "french adjective": ask(IsFrenchAdjective), "attribute": IsAttribute, "genitive": IsGenitive, "land": ask(IsLand),
	"office": ask(IsOffice), "stance": ask(IsStance), "alleged": ask(IsAlleged),
	"what": ask(IsWhat), "where": ask(IsWhere), "whither": ask(IsWhither), "of what": ask(IsOfWhat), "of what is said": ask(IsOfWhatIsSaid),
	"that": ask(IsThat), "it": ask(IsIt), "thus": ask(IsThus), "subordinates": ask(Subordinates),
	"of doing": ask(IsOfDoing), "thing or verb": ask(IsThingOrVerb), "past": IsPast, "stirs": ask(StirsTalk), "paper": IsPaper, "private": ask(IsPrivate),
	"many": ask(IsMany), "kin": ask(IsKin), "land obliquely": ask(IsLandObliquely), "when": ask(IsWhen), "of media": ask(IsOfMedia), "upon": ask(IsUpon),
	"and": ask(IsAnd), "between": ask(IsBetween), "governs": Governs,
	"some of": ask(IsSomeOf), "denial": ask(IsDenial), "they say": ask(IsTheySay), "who": ask(IsWho), "will or soll": ask(IsWillOrSoll), "hat": ask(IsHat),
	"obliquely": BeginsObliquely, "tells before": ask(TellsBefore), "of house": ask(IsOfHouse),
}

// Words are what testdata/words.tsv says, and every question is asked there.
func TestWords(t *testing.T) {
	src, err := os.ReadFile("testdata/words.tsv")
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for line := range strings.Lines(string(src)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(f) != 4 || questions[f[0]] == nil {
			t.Fatalf("no question: %s", line)
		}
		asked[f[0]] = true
		for i, want := range []bool{true, false} {
			for w := range strings.FieldsSeq(strings.Trim(f[2+i], "-")) {
				if got := questions[f[0]](f[1], text.Fold(w)); got != want {
					t.Errorf("%s: %q is %s: %t", f[1], w, f[0], got)
				}
			}
		}
	}
	for question := range questions {
		if !asked[question] {
			t.Errorf("%q is not asked", question)
		}
	}
}

// A word of no letters is nothing.
func TestNothing(t *testing.T) {
	for question, is := range questions {
		if question == "genitive" { // which is told by what it is not
			continue
		}
		for _, language := range []string{"en", "ru", "uk", "de", "fr", "es", ""} {
			if is(language, "") {
				t.Errorf("%s: nothing is %s", language, question)
			}
		}
	}
}
