package markup

import (
	"strings"
	"testing"
)

// What is made of a text, and what of the source each word of that is.
func TestDerivationKnowsItsSource(t *testing.T) {
	untag, decode := (*Derivation).Untag, (*Derivation).Decode
	for _, tt := range []struct {
		name, in string
		make     func(*Derivation, []byte)
		want     string
		spans    []string // of the words of want, in the source
	}{
		{"nothing", "", decode, "", nil},
		{"plain", "a < b", untag, "a < b", []string{"a", "<", "b"}},
		{"inline", "co<b>up</b> now", untag, "coup now", []string{"co<b>up", "now"}},
		{"paragraphs", "<p>One</p><p>Two", untag, "\n\nOne\n\n\n\nTwo", []string{"One", "Two"}},
		{"a break makes lines of the source blanks", "One\ntwo<br>three", untag, "One two\nthree", []string{"One", "two", "three"}},
		{"without one they stay", "One\n<i>two</i>", untag, "One\ntwo", []string{"One", "two"}},
		{"cell", "<td>a</td>b", untag, " a b", []string{"a", "b"}},
		{"comment", "a<!-- b -->c", untag, "ac", []string{"a<!-- b -->c"}},
		{"comment without end", "a<!-- b", untag, "a b", []string{"a", "b"}},
		{"script", "a <script>if (b < c) d()</SCRIPT>e", untag, "a e", []string{"a", "e"}},
		{"section of characters", "<![CDATA[a b", untag, "a b", []string{"a", "b"}},
		{"no element", "<coup> a", untag, "<coup> a", []string{"<coup>", "a"}},
		{"made up element", "<x-y>a</x-y>", untag, "a", []string{"a"}},
		{"value with an end in it", `<a title=">">a</a>`, untag, "a", []string{"a"}},
		{"cut off in a tag", `a <a href="b`, untag, "a ", []string{"a"}},
		{"arrow", "a <- b", untag, "a <- b", []string{"a", "<-", "b"}},
		{"entities", "R&amp;D caf&eacute;", decode, "R&D café", []string{"R&amp;D", "caf&eacute;"}},
		{"twice", "&amp;quot;a&amp;amp;b", decode, `"a&b`, []string{"&amp;quot;a&amp;amp;b"}},
		{"by number", "&#1057;&#x41;", decode, "СA", []string{"&#1057;&#x41;"}},
		{"none", "a & b &c; &notit;", decode, "a & b &c; &notit;", []string{"a", "&", "b", "&c;", "&notit;"}},
		{"without a semicolon", "&amp a", decode, "&amp a", []string{"&amp", "a"}},
	} {
		var d Derivation
		tt.make(&d, []byte(tt.in))
		if string(d.Text) != tt.want || d.IsEmpty() != (tt.in == "") {
			t.Errorf("%s: %q becomes %q, want %q", tt.name, tt.in, d.Text, tt.want)
			continue
		}
		if d.IsEmpty() {
			continue
		}
		source, at := d.Cursor(), 0
		for i, word := range strings.Fields(tt.want) {
			at += strings.Index(tt.want[at:], word)
			from, to := source.Span(at, at+len(word))
			if i >= len(tt.spans) || tt.in[from:to] != tt.spans[i] {
				t.Errorf("%s: %q is made of %q, want word %d of %q", tt.name, word, tt.in[from:to], i, tt.spans)
			}
			at += len(word)
		}
	}
}

// A derivation that is used again knows nothing of the text before.
func TestResetForgets(t *testing.T) {
	var d Derivation
	d.Untag([]byte("<p>a</p>b"))
	d.Reset(0)
	if !d.IsEmpty() || len(d.Text) != 0 {
		t.Errorf("after Reset there is %q", d.Text)
	}
}
