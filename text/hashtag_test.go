package text_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

func TestHashtags(t *testing.T) {
	tests := []struct{ in, want string }{
		{"#BamakoTonight", "bamako tonight"},
		{"Now #CoupInMali!", "now coup in mali"},
		{"#ПереворотВМали и #Бамако", "переворот в мали и бамако"},
		{"#USCoup #DRCongoNow", "us coup dr congo now"},
		{"#Mali2012Coup", "mali 2012 coup"},
		{"#mali_coup #niger", "mali coup niger"},
		{"#PUTSCH", "putsch"},
		{"#coup's #1 #", "coup 1"},
		{"#ÉtatDUrgence", "etat d urgence"},
		{"#クーデター速報", "ク ー デ タ ー 速 报"},
		{"MaliCoup C#Sharp", "malicoup c sharp"},
	}
	for _, tt := range tests {
		if got := strings.Join(text.Words(tt.in), " "); got != tt.want {
			t.Errorf("words of %q are %q, want %q", tt.in, got, tt.want)
		}
	}
}

// TestHashtagSpans holds that each word of a hashtag stands where it stands,
// and counts as written with a capital.
func TestHashtagSpans(t *testing.T) {
	const in = "See #nigerКризис2023 now"
	var doc text.Text
	doc.Set(in, "en")
	var got []string
	for i := range doc.Len() {
		start, end := doc.Span(i)
		word := in[start:end]
		if doc.Flags(i)&text.Capital != 0 {
			word = "^" + word
		}
		got = append(got, word)
	}
	if got, want := strings.Join(got, " "), "^See ^niger ^Кризис 2023 now"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
