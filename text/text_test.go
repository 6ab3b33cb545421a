package text_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/text"
)

func TestWords(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"marks only", " — … !", ""},
		{"plain", "Troops storm the palace", "troops storm the palace"},
		{"hyphen", "pro-Russian ex-general", "pro russian ex general"},
		{"dash", "Mali–Niger—Chad", "mali niger chad"},
		{"numbers", "5,500 men, 3.5 million; 24/7, 10:08 155mm", "5,500 men 3.5 million 24 7 10 08 155mm"},
		{"number at a sentence's end", "It was 2021. Then 3,", "it was 2021 then 3"},
		{"apostrophe inside", "don't O'Brien o’clock", "don't o'brien o'clock"},
		{"apostrophes around", "'lost,' he said, ‘gone’", "lost he said gone"},
		{"possessive", "Mali's MALI'S Putin’s Putinʼs boss's generals' x`s", "mali mali putin putin boss generals x"},
		{"possessive before a quote", `"Putin's" 'Putin's'`, "putin putin"},
		{"elision", "coup d'état, L’armée, dell'esercito, qu'il", "coup d etat l armee dell esercito qu il"},
		{"no elision", "N'Djamena, об'єднання, м’яч", "n'djamena об'єднання м'яч"},
		{"abbreviation", "the U.S. and U.N., e.g. p.m. J.R.R. Smith", "the us and un eg pm jrr smith"},
		{"abbreviation with a blank", "U. S. troops, U. K. too", "us troops uk too"},
		{"no abbreviation", "J.Smith war.Putin example.org A. Smith", "j smith war putin example org a smith"},
		{"abbreviation and hyphen", "U.S.-led", "us led"},
		{"Cyrillic abbreviation", "т.е. т.д.", "те тд"},
		{"word broken at a line's end", "insur-\ngency in-\r\nsurgent", "insurgency insurgent"},
		{"hyphen before a name", "pro-\nRussian", "pro russian"},
		{"Chinese", "军方 coup发动", "军 方 coup 发 动"},
		{"Japanese", "クーデター", "ク ー デ タ ー"},
		{"Thai", "ก่อ", "ก่ อ"},
		{"Korean", "쿠데타 발생", "쿠데타 발생"},
		{"Arabic", "انقلابٌ عسكري", "انقلاب عسكري"},
		{"Hindi", "तख्तापलट", "तख्तापलट"},
		{"underscore", "coup_attempt #coup @junta", "coup attempt coup junta"},
		{"broken bytes", "co\xffup", "co up"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(text.Words(tt.in), " "); got != tt.want {
				t.Errorf("Words(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// TestMarkup tests that markup does not disturb words, and that spans are
// those of the text as given.
func TestMarkup(t *testing.T) {
	tests := []struct{ name, in, word, span string }{
		{"tag inside", "a <em>co</em>up now", "coup", "co</em>up"},
		{"tag around", "<b>coup</b>!", "coup", "coup"},
		{"tag with attributes", `<a href="/x?a>b" title='c'>coup</a>`, "coup", "coup"},
		{"entity inside", "co&#x75;p", "coup", "co&#x75;p"},
		{"entity at the end", "cou&#112;", "coup", "cou&#112;"},
		{"entity twice", "co&amp;#117;p", "coup", "co&amp;#117;p"},
		{"entity and tag", "co<i>&#117;</i>p", "coup", "co<i>&#117;</i>p"},
		{"escaped tag", "co&lt;b&gt;up&lt;/b&gt;", "coup", "co&lt;b&gt;up"},
		{"entity apostrophe", "Putin&#8217;s", "putin", "Putin"},
		{"entity quote", "&quot;coup&quot;", "coup", "coup"},
		{"double quote", "&amp;quot;coup&amp;quot;", "coup", "coup"},
		{"accented entity", "Coup d&#39;&Eacute;tat", "etat", "&Eacute;tat"},
		{"soft hyphen entity", "co&shy;up", "coup", "co&shy;up"},
		{"bare ampersand", "AT&T & coup", "coup", "coup"},
		{"less than", "1 < 2 coup", "coup", "coup"},
		{"script", "<script>var x = '<b>'</script>coup", "coup", "coup"},
		{"comment", "co<!-- x > y -->up", "coup", "co<!-- x > y -->up"},
		{"paragraphs", "one<p>coup</p>two", "coup", "coup"},
		{"cut off", `coup <a href="http`, "coup", "coup"},
		{"soft hyphen", "co\u00adup", "coup", "co\u00adup"},
		{"zero width", "\u200bco\u200dup\u200b", "coup", "co\u200dup"},
		{"bidi control", "\u202ecoup\u202c", "coup", "coup"},
		{"combining accent", "e\u0301tat", "etat", "e\u0301tat"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var doc text.Text
			doc.Set(tt.in, "en")
			for i := range doc.Len() {
				if string(doc.Word(i)) != tt.word {
					continue
				}
				start, end := doc.Span(i)
				if got := tt.in[start:end]; got != tt.span {
					t.Errorf("span of %s in %q is %q, want %q", tt.word, tt.in, got, tt.span)
				}
				return
			}
			t.Errorf("no word %s in %q: %q", tt.word, tt.in, text.Words(tt.in))
		})
	}
}

func TestFlags(t *testing.T) {
	names := []struct {
		flag text.Flag
		name string
	}{{text.Capital, "capital"}, {text.AllCaps, "caps"}, {text.Mixed, "mixed"}, {text.Number, "number"}, {text.Boilerplate, "boilerplate"}, {text.Initials, "initials"}}
	tests := []struct{ in, want string }{
		{"coup", ""},
		{"Coup", "capital"},
		{"COUP", "capital caps"},
		{"A", "capital initials"},
		{"J.F.", "capital caps initials"},
		{"т.е.", ""},
		{"US", "capital caps"},
		{"U.S.", "capital caps initials"},
		{"PUTIN'S", "capital caps"},
		{"iPhone", "capital"},
		{"McCain", "capital"},
		{"G7", "capital"},
		{"COP29", "capital caps"},
		{"155mm", ""},
		{"5,500", "number"},
		{"२०२१", "number"},
		{"Путин", "capital"},
		{"ФСБ", "capital caps"},
		{"É", "capital initials"},
		{"ÉTAT", "capital caps"},
		{"c\u043eup", "mixed"},
		{"C\u041eUP", "capital caps mixed"},
		{"政", ""},
	}
	for _, tt := range tests {
		var doc text.Text
		doc.Set(tt.in, "")
		if doc.Len() != 1 {
			t.Fatalf("%q has %d words, want 1", tt.in, doc.Len())
		}
		var got []string
		for _, n := range names {
			if doc.Flags(0)&n.flag != 0 {
				got = append(got, n.name)
			}
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("flags of %q are %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestEndsInQuestion(t *testing.T) {
	tests := []struct {
		in   string
		want bool
	}{
		{"", false},
		{"Is a coup coming?", true},
		{"Is a coup coming? ", true},
		{"‘Is a coup coming?’", true},
		{`"Is it (really?)"`, true},
		{"Coup?!", true},
		{"Coup? No", false},
		{"Coup? | The Paper", false},
		{"Переворот?»", true},
		{"هل هو انقلاب؟", true},
		{"政变？", true},
		{"<b>Coup?</b>", true},
		{"Coup&#63;", true},
		{"A coup.", false},
	}
	for _, tt := range tests {
		var doc text.Text
		doc.Set(tt.in, "")
		if got := doc.EndsInQuestion(); got != tt.want {
			t.Errorf("EndsInQuestion of %q = %v, want %v", tt.in, got, tt.want)
		}
	}
}

// TestSpansFold tests that every span cut out of a text and folded is the word.
func TestSpansFold(t *testing.T) {
	texts := []string{
		englishNews, russianNews, mixedNews,
		"Gen. O'Brien’s U.S.-led men (5,500), d'état, naïve Straße ﬁre １２３",
		"Переворóт: ёлка, об’єднання, ґрунт, Київ й їжак",
		"军方 發動 coup\u00adattempt соuр insur-\ngency",
		"Çatışma İstanbul’da ışık; Łódź, Đorđe, Ærø, Þór",
	}
	seen := 0
	for _, s := range texts {
		var doc text.Text
		doc.Set(s, "")
		for i := range doc.Len() {
			start, end := doc.Span(i)
			if got, want := text.Fold(s[start:end]), string(doc.Word(i)); got != want {
				t.Errorf("Fold(%q) = %q, want %q", s[start:end], got, want)
			}
			seen++
		}
	}
	if seen == 0 {
		t.Fatal("no cases")
	}
}

func TestSetAgain(t *testing.T) {
	var doc, fresh text.Text
	for _, s := range []string{englishNews, "<p>Путин &amp; Co</p>", "", russianNews, "Coup?"} {
		doc.Set(s, "")
		fresh = text.Text{}
		fresh.Set(s, "")
		if diff := cmp.Diff(dump(&fresh), dump(&doc)); diff != "" {
			t.Errorf("a Text used again differs for %q (-fresh +used):\n%s", s, diff)
		}
	}
}

func dump(doc *text.Text) []string {
	out := []string{doc.Lang(), fmt.Sprint(doc.EndsInQuestion())}
	for i := range doc.Len() {
		start, end := doc.Span(i)
		out = append(out, fmt.Sprintf("%s %d-%d %d %d", doc.Word(i), start, end, doc.Sentence(i), doc.Flags(i)))
	}
	return out
}

func TestSetAllocatesNothing(t *testing.T) {
	for name, s := range map[string]string{
		"English": englishNews, "Russian": russianNews, "mixed": mixedNews,
		"lines": strings.Repeat(englishNews+"\n\n", 3) + "Read also: more",
	} {
		var doc text.Text
		doc.Set(s, "")
		if got := testing.AllocsPerRun(20, func() { doc.Set(s, "") }); got != 0 {
			t.Errorf("Set of %s text allocates %v times, want 0", name, got)
		}
	}
}

func ExampleText() {
	var t text.Text
	t.Set("Mali’s generals met. The U.S. “knew”.", "")
	for i := range t.Len() {
		fmt.Printf("%d %s\n", t.Sentence(i), t.Word(i))
	}
	// Output:
	// 0 mali
	// 0 generals
	// 0 met
	// 1 the
	// 1 us
	// 1 knew
}
