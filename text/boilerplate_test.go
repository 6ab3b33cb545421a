package text_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/text"
)

// TestBoilerplate tests what is flagged: the lines that begin with "# ", and
// what stands between braces.
func TestBoilerplate(t *testing.T) {
	tests := []struct{ name, in string }{
		{"one line", "Soldiers took the palace. {Read more: What we know}"},
		{"one line, tail", "Soldiers took the palace. {Continue reading...}"},
		{"one line, blog", "Soldiers took the palace. {The post Night of the Tanks appeared first on The Daily Example}"},
		{"one line, first sentence", "Read more: soldiers took the palace"},
		{"one line, no notice", "Ministers were told to read more. Read more books, they said."},
		{"Russian tail", "Военные заняли дворец. {Читайте также: Кто такой генерал}"},
		{"Ukrainian tail", "Військові зайняли палац. {Читайте також: Хто такий генерал}"},
		{"a page", `Soldiers take the palace

# By Jane Roe and John Doe
# 3 May 2021, 10:15
# Share this:

Soldiers took the palace at dawn, residents said. {Picture: Example Agency}

# Read also: The general who would be king

Read the decree and you see why, said one minister.
By dawn the Guard had left the capital.
# Подписывайтесь на наш канал
# Підписуйтесь на наш канал
# We tell it as it is. Support us with a small gift!
# Source: Agencies
# © 2021 The Daily Example
# All comments.`},
		{"caption twice", `A headline

# General John Doe
# General John Doe

Soldiers took the palace at dawn, residents said.`},
		{"caption with its date", `# General John Doe at a parade in the capital on May 3, 2021
A headline without a stop
Soldiers took the palace at dawn, residents of the capital said on Tuesday.
Nobody knew where the president was.
The borders were closed.
Shops stayed shut.`},
		{"no caption", `General John Doe was sentenced in May 2021
Soldiers took the palace at dawn, residents of the capital said on Tuesday.`},
		{"related stories at the end", `Soldiers took the palace at dawn, residents of the capital said on Tuesday.
Nobody knew where the president was, and the borders were closed.
# Related stories
# A football club changes hands
# The price of wheat goes up`},
		{"a section of the page", `Soldiers took the palace at dawn, residents of the capital said on Tuesday.
Nobody knew where the president was, and the borders were closed.
# In Sport
# -
# A football club changes hands.
# -
# The cup final is off.`},
		{"one teaser within", `Soldiers took the palace at dawn, residents said.
# Читайте также
# Кто такой генерал
The borders were closed and nobody knew where the president was, officials in the neighbouring country said.
Shops stayed shut in the capital, and soldiers guarded the bridges on both sides of the river.`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, want := expectedBoilerplate(tt.in)
			var doc text.Text
			doc.Set(in, "")
			var got []string
			for i := range doc.Len() {
				if doc.Flags(i)&text.Boilerplate != 0 {
					got = append(got, string(doc.Word(i)))
				}
			}
			if diff := cmp.Diff(strings.Join(want, " "), strings.Join(got, " ")); diff != "" {
				t.Errorf("boilerplate of %q (-want +got):\n%s", in, diff)
			}
		})
	}
}

// expectedBoilerplate returns a text without its marks of what is boilerplate, and
// the words of that.
func expectedBoilerplate(marked string) (in string, want []string) {
	var lines []string
	for _, line := range strings.Split(marked, "\n") {
		if plain, ok := strings.CutPrefix(line, "# "); ok {
			line = plain
			want = append(want, text.Words(plain)...)
		} else if _, after, ok := strings.Cut(line, "{"); ok {
			inner, _, _ := strings.Cut(after, "}")
			want = append(want, text.Words(inner)...)
		}
		lines = append(lines, strings.NewReplacer("{", "", "}", "").Replace(line))
	}
	return strings.Join(lines, "\n"), want
}
