package markup

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// rows returns the rows of a table in testdata, two fields with a tab between.
func rows(t *testing.T, file string) [][2]string {
	t.Helper()
	src, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var all [][2]string
	for line := range strings.Lines(string(src)) {
		if key, value, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t"); ok && !strings.HasPrefix(line, "# ") {
			all = append(all, [2]string{key, value})
		}
	}
	if len(all) == 0 {
		t.Fatalf("%s has no rows", file)
	}
	return all
}

// Each element is to a plain text what testdata/elements.tsv says, also in
// capitals and with attributes.
func TestEachElement(t *testing.T) {
	show := strings.NewReplacer("\n\n", "¶", "\n", "/", " ", "_")
	for _, row := range rows(t, "elements.tsv") {
		name, want := row[0], row[1]
		for _, form := range []string{"a<%s>b</%s>c", "a<%s class=\"x y\" id='z'>b</%s >c"} {
			in := fmt.Sprintf(form, name, name)
			if strings.Contains(want, "<") {
				in = want
			}
			var d Derivation
			d.Untag([]byte(in))
			if got := show.Replace(string(d.Text)); got != want {
				t.Errorf("%s is %s, want %s", in, got, want)
			}
			if strings.Contains(want, "<") {
				continue
			}
			d.Untag([]byte(strings.ToUpper(in)))
			if got := show.Replace(string(d.Text)); got != strings.ToUpper(want) {
				t.Errorf("%s is %s, want %s", strings.ToUpper(in), got, strings.ToUpper(want))
			}
		}
	}
}

// Each entity stands for its character, once or escaped again, and within a word
// for no more than its place.
func TestEachEntity(t *testing.T) {
	for _, row := range rows(t, "entities.tsv") {
		entity, want := row[0], row[1]
		var d Derivation
		d.Decode([]byte("a" + entity + "b"))
		got := string(d.Text)
		if want == "-" {
			if got != "a"+entity+"b" {
				t.Errorf("%s, which is none, becomes %q", entity, got)
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(got[1:])
		if fmt.Sprintf("%U", r) != want || got[1+size:] != "b" {
			t.Errorf("%s is %q, want a, %s and b", entity, got, want)
		}
		source := d.Cursor()
		if from, to := source.Span(1, 1+size); from != 1 || to != 1+len(entity) {
			t.Errorf("%s is made of the bytes %d to %d, want 1 to %d", entity, from, to, 1+len(entity))
		}
		d.Decode([]byte("a&amp;" + entity[1:] + "b"))
		if twice := string(d.Text); twice != got {
			t.Errorf("%s escaped again is %q, want %q", entity, twice, got)
		}
	}
}

// scrap returns a text made of bits of markup, of so many parts.
func scrap(random *rand.Rand, parts int) string {
	bits := []string{
		"<p>", "</p>", "<br/>", "<b>", "</b>", "<a href=\"x\">", "<a title='>'>", "<", ">", "\"", "'", "=", "/", "<!--", "-->", "<script>", "</script>",
		"<td>", "<style", "</style>", "<![CDATA[", "]]>", "<!DOCTYPE x>", "<?xml ?>", "coup", "д", "军", "\n", "\r\n", " ", "\xff", "<x-y>", "<coup>",
		"&amp;", "&lt;", "&gt;", "&#60;", "&#x3e;", "&", "&quot;", "&amp;lt;", "&nbsp;", "&eacute;", ";", "amp;",
	}
	var b strings.Builder
	for range parts {
		b.WriteString(bits[random.IntN(len(bits))])
	}
	return b.String()
}

// What is made of any text knows its source: the pieces follow one another in
// both, a verbatim one is the same bytes (but for lines that became blanks), and
// each place of the text made is of a place that the source has.
func TestEachPieceKnowsItsSource(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	blanks := strings.NewReplacer("\n", " ", "\r", " ")
	for range 20_000 {
		in := scrap(random, 1+random.IntN(12))
		for name, make := range map[string]func(*Derivation, []byte){"Untag": (*Derivation).Untag, "Decode": (*Derivation).Decode} {
			var d Derivation
			make(&d, []byte(in))
			made, source := 0, 0
			for i, p := range d.pieces {
				if p.made != made || p.start < source || p.end < p.start || p.end > len(in) {
					t.Fatalf("%s(%q): piece %d is %+v, after %d of the text and %d of the source", name, in, i, p, made, source)
				}
				size := len(d.Text) - p.made
				if i+1 < len(d.pieces) {
					size = d.pieces[i+1].made - p.made
				}
				if got, want := string(d.Text[p.made:p.made+size]), in[p.start:p.end]; p.verbatim && blanks.Replace(got) != blanks.Replace(want) {
					t.Fatalf("%s(%q): piece %d is %q, and said to be %q", name, in, i, got, want)
				}
				made, source = p.made+size, p.end
			}
			if made != len(d.Text) {
				t.Fatalf("%s(%q): %d bytes of %d are of a piece", name, in, made, len(d.Text))
			}
		}
	}
}

// No tag that is whole stays in a text, and what has none stays as it is.
func TestNoTagStays(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		in := scrap(random, 1+random.IntN(8))
		var d Derivation
		d.Untag([]byte(in))
		got := string(d.Text)
		for _, tag := range []string{"<br/>", "<td>", "<x-y>", "<a href=\"x\">"} {
			if strings.Contains(got, tag) && !strings.Contains(strings.ReplaceAll(in, tag, "\x00"), "<") {
				t.Fatalf("Untag(%q) = %q", in, got)
			}
		}
		if !strings.Contains(in, "<") && got != in {
			t.Fatalf("Untag(%q) = %q, which has no tag", in, got)
		}
		if d.Decode([]byte(in)); !strings.Contains(in, "&") && string(d.Text) != in {
			t.Fatalf("Decode(%q) = %q, which has no entity", in, d.Text)
		}
	}
}

// A tag is found by what HTML says of attributes: what is no tag of HTML by
// them stays.
func TestTags(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"value in quotes", `<a href="x">b</a>`, "b"},
		{"value in single quotes", `<a href='x'>b</a>`, "b"},
		{"value without quotes", `<a href=x>b</a>`, "b"},
		{"quotes in quotes", `<a title="it's">b</a>`, "b"},
		{"an end in quotes", `<a title="a > b">b</a>`, "b"},
		{"a tag in quotes", `<a title="<b>">b</a>`, "b"},
		{"blanks around the equals sign", `<a href = "x">b</a>`, "b"},
		{"an attribute without a value", `<input disabled>b`, "b"},
		{"one letter and a bare attribute is no tag", `a <b and c> d`, "a <b and c> d"},
		{"one letter by itself is one", `a <b> c`, "a  c"},
		{"closing", `a</b >c`, "ac"},
		{"closing by a slash", `a<br / >b`, "a\nb"},
		{"a quote that is never closed", `<a title="x>b</a>`, "b"},
		{"a new tag before the end", `<a href=x <b>c</b>`, "<a href=x c"},
		{"a sign by itself", `<`, "<"},
		{"an empty tag", `<>`, "<>"},
		{"a slash by itself", `</>`, "</>"},
		{"a blank before the name", `< b>c`, "< b>c"},
		{"a digit", `<3>`, "<3>"},
		{"a name that goes on", `<bold>c`, "<bold>c"},
		{"a declaration", `<!DOCTYPE html>a`, "a"},
		{"an exclamation", `<!>a`, "<!>a"},
		{"an instruction", `<?php x ?>a`, "a"},
		{"a question", `<? a`, "<? a"},
		{"the end of a section of characters", `<![CDATA[a]]>`, "a]]>"},
		{"nested comments end at the first end", `a<!-- <!-- -->b -->c`, "ab -->c"},
		{"a script ends at its own tag", `<script>"</b>"</script>a`, "a"},
		{"a script within a style", `<style><script></style>a`, "a"},
		{"a script whose end is not closed", `<script>a</script`, ""},
	} {
		var d Derivation
		d.Untag([]byte(tt.in))
		if got := string(d.Text); got != tt.want {
			t.Errorf("%s: Untag(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}
