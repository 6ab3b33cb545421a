package text_test

import (
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/internal/cputime"
	"github.com/coupwatch/coupwatch/text"
)

func TestPlain(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "A coup, it is said.", "A coup, it is said."},
		{"plain lines", "One\n\nTwo\nthree", "One\n\nTwo\nthree"},
		{"not markup", "a < b & c", "a < b & c"},
		{"not markup, tight", "if a<b and c>d", "if a<b and c>d"},
		{"unknown name", "the <Putin> file", "the <Putin> file"},
		{"emphasis", "<b>Coup</b> <i>now</i>", "Coup now"},
		{"inside a word", "co<em>u</em>p", "coup"},
		{"paragraphs", "<p>One</p><p>Two</p>", "One\n\nTwo"},
		{"break", "One<br>Two<br/>Three<BR />Four", "One\nTwo\nThree\nFour"},
		{"list", "<ul><li>One</li><li>Two</li></ul>", "One\nTwo"},
		{"table", "<table><tr><td>a</td><td>b</td></tr></table>", "a b"},
		{"source lines are blanks", "<p>One\ntwo</p>\n\n\n<p>Three</p>", "One two\n\nThree"},
		{"many blank lines", "One\n\n\n\n\nTwo", "One\n\nTwo"},
		{"blanks", "  One \t two\u00a0\u2009three  ", "One two three"},
		{"carriage returns", "One\r\nTwo\rThree", "One\nTwo\nThree"},
		{"entities", "&quot;A &amp; B&quot; &#8217; &hellip;", "\"A & B\" ’ …"},
		{"entities twice", "&amp;quot;A&amp;quot; &amp;amp; &amp;#39;", "\"A\" & '"},
		{"windows entity", "Putin&#146;s", "Putin’s"},
		{"no entity", "AT&T &unknown; &; &#; x&y", "AT&T &unknown; &; &#; x&y"},
		{"escaped markup", "&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\n\nTwo"},
		{"script", "a<script type=x>if (a<b) alert('</p>')</script>b", "ab"},
		{"style", "a<STYLE>p { }</STYLE >b", "ab"},
		{"open script", "a<script>b", "ab"},
		{"comment", "a<!-- <p> -->b", "ab"},
		{"open comment", "a<!-- b", "a b"},
		{"cdata", "<![CDATA[a]]>", "a]]>"},
		{"doctype", "<!DOCTYPE html><p>a", "a"},
		{"attribute with >", `<a title="a > b" href='c'>d</a>`, "d"},
		{"open quote", `<a href="x>d</a>`, "d"},
		{"cut off in a tag", `Read <a href="https://exam`, "Read"},
		{"cut off in a closing tag", `Read</a`, "Read"},
		{"made-up element", "<o:p>a</o:p><my-tag>b</my-tag>", "ab"},
		{"joiners that a script needs", "کتاب\u200cها در تهران 👩\u200d👧 क्\u200dष", "کتاب\u200cها در تهران 👩\u200d👧 क्\u200dष"},
		{"joiners that none needs", "co\u200dup\u200c کتاب\u200c ها\u200d", "coup کتاب ها"},
		{"hidden characters", "co\u00adu\u200bp\ufeff \u202ex\u202c\x00\x07", "coup x"},
		{"broken bytes", "co\xffup", "coup"},
		{"emoji", "fire \u2764\ufe0f now", "fire \u2764\ufe0f now"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := text.Plain(tt.in)
			if got != tt.want {
				t.Errorf("Plain(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// TestHostileText tests that no text takes more time than in proportion to its
// length.
func TestHostileText(t *testing.T) {
	const short, times = 1 << 14, 8
	for _, part := range []string{
		"<", "<a ", "<a href=\"", "<a href='<a href=\"", "<!--", "<script>", "<style><script>", "</", "<b x ", "&", "&#", "&amp;",
		"&amp", "<![CDATA[", "<!d", "<p", "<p>", "<a =\"<b <b <b", "x<!--x-->", "-", "'s", "U.", "a'", ". ", "a\u0301",
		"\u200b", "\u1112\u1161", "a\u0430", "Jan. ", "The post ", "Read\n", "read also\n", "related\n", "Joe Doe\n", "#aB", "क\u200d",
	} {
		for _, tail := range []string{"", "\">"} {
			if !isLinear(func(size int) {
				s := strings.Repeat(part, size/len(part)) + tail
				text.Plain(s)
				var doc text.Text
				doc.Set(s, "")
			}, short, times) {
				t.Errorf("%q and %q: %d times as much takes more than 3 times that long", part, tail, times)
			}
		}
	}
}

// isLinear reports whether do takes at most 3*times as long for times as much,
// at the best of some tries, for the machine may have other things to do.
func isLinear(do func(size int), short, times int) bool {
	const slack = 20 * time.Millisecond
	for range 5 {
		little, much := cputime.Of(func() { do(short) }), cputime.Of(func() { do(times * short) })
		if much < time.Duration(3*times)*little+slack {
			return true
		}
	}
	return false
}
