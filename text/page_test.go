package text_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

func TestPage(t *testing.T) {
	tests := []struct{ name, html, title, body string }{
		{"article", `<html><head><TITLE>Site | Story</TITLE></head><body><nav>Menu</nav><Article class="x"><h1>A captain flees</h1><p>He left.</p></Article></body>`, "A captain flees", "A captain flees\n\nHe left."},
		{"no parts", `<p>Only text</p>`, "", "Only text"},
		{"never closed", `<title>T</title><body><p>Text`, "T", "Text"},
		{"half a tag", `<title`, "", "<title"},
	}
	for _, tt := range tests {
		title, body := text.Page(tt.html)
		if title != tt.title || body != tt.body {
			t.Errorf("%s: Page = %q, %q, want %q, %q", tt.name, title, body, tt.title, tt.body)
		}
	}
}
