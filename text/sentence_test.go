package text_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/text"
)

func TestSentence(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"two", "The army moved. Nobody spoke.", []string{"the army moved", "nobody spoke"}},
		{"question and exclamation", "A coup? No! Never.", []string{"a coup", "no", "never"}},
		{"ellipsis", "He waited… Then it came. She left... They stayed", []string{"he waited", "then it came", "she left", "they stayed"}},
		{"lower case goes on", "Troops (approx. forty) met. who knows", []string{"troops approx forty met who knows"}},
		{"question within", "“Really?” he asked. “Yes.” She left.", []string{"really he asked", "yes", "she left"}},
		{"number begins", "It fell. 40 men died.", []string{"it fell", "40 men died"}},
		{"decimal", "It rose 3.5 per cent.", []string{"it rose 3.5 per cent"}},
		{"ranks", "Gen. Smith met Lt. Col. Brown, Sen. Jones and Mrs. White.", []string{"gen smith met lt col brown sen jones and mrs white"}},
		{"country", "The U.S. Army left. The U.N. Security Council met.", []string{"the us army left", "the un security council met"}},
		{"initials", "Vladimir V. Smith and J. K. Brown met.", []string{"vladimir v smith and j k brown met"}},
		{"saint", "In St. Petersburg they met.", []string{"in st petersburg they met"}},
		{"no before a number", "He is No. 2. She is No. 3.", []string{"he is no 2", "she is no 3"}},
		{"no as a word", "He said no. Nobody spoke.", []string{"he said no", "nobody spoke"}},
		{"month", "On Dec. 5 it began. It ended in Dec. Nobody knew.", []string{"on dec 5 it began", "it ended in dec", "nobody knew"}},
		{"time of day", "It began at 5 p.m. Troops came at 6 a.m. and left.", []string{"it began at 5 pm", "troops came at 6 am and left"}},
		{"versus", "Army vs. Guard.", []string{"army vs guard"}},
		{"blank line", "A headline\n\nthe text", []string{"a headline", "the text"}},
		{"line", "A headline\nThe text", []string{"a headline", "the text"}},
		{"wrapped line", "the army moved\ninto the city", []string{"the army moved into the city"}},
		{"line after a stop", "It fell.\nthen it rose", []string{"it fell", "then it rose"}},
		{"paragraphs", "<p>one</p><p>two</p>three<br>Four", []string{"one", "two", "three", "four"}},
		{"Russian", "Генерал ушёл. Никто не знал.", []string{"генерал ушел", "никто не знал"}},
		{"Russian abbreviations", "В 2022 г. Путин и т.е. Кремль, им. Ленина. А. С. Пушкин жил.", []string{"в 2022 г путин и те кремль им ленина", "а с пушкин жил"}},
		{"guillemets", "«Это переворот». «Нет».", []string{"это переворот", "нет"}},
		{"Chinese", "军方接管。总统被捕。", []string{"军 方 接 管", "总 统 被 捕"}},
		{"Arabic", "هل هو انقلاب؟ نعم.", []string{"هل هو انقلاب", "نعم"}},
		{"no blank", "It fell.Then it rose.", []string{"it fell then it rose"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var doc text.Text
			doc.Set(tt.in, "")
			if diff := cmp.Diff(tt.want, sentences(&doc)); diff != "" {
				t.Errorf("sentences of %q (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

// sentences returns the words of each sentence.
func sentences(doc *text.Text) []string {
	var all []string
	for i := range doc.Len() {
		if n := doc.Sentence(i); n == len(all) {
			all = append(all, string(doc.Word(i)))
		} else {
			all[n] = strings.Join([]string{all[n], string(doc.Word(i))}, " ")
		}
	}
	return all
}
