package fulltext_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/coupwatch/coupwatch/watcher/fulltext"
)

const headline = "Brigade in Tolmin refuses orders, residents say"

// paragraphs are an article of our own.
var paragraphs = []string{
	"Soldiers of the Fourth Brigade in Tolmin have refused to obey their commander, residents of the town told the Meridian on Friday.",
	"According to three of them, shots were heard near the barracks at dawn, and the road to the capital was closed by noon.",
	"Colonel Andrei Voskan, who commands the brigade, could not be reached; his deputy said that “there is no mutiny, there is a dispute about pay”.",
	"The defence ministry did not answer questions. Opposition politicians in exile said that other units were watching closely what becomes of Tolmin.",
}

// strange are words of the page that are of other articles or of nobody's news.
var strange = []string{"Niger", "Burkina", "putsch in Bolivia", "partners", "inbox", "Belarus before Christmas", "All rights reserved", "Photo:"}

const (
	teasers = `<li><a href="/a/1">Presidential guard stages coup in Niger</a></li><li><a href="/a/2">Army mutiny spreads in Burkina Faso</a></li><li><a href="/a/3">What to know about the failed putsch in Bolivia</a></li>`
	cards   = `<div class="card"><a href="/a/1"><h3>Presidential guard stages coup in Niger</h3></a><p>Soldiers in Niger said on television that they had seized power in the capital and closed the borders.</p></div>
		<div class="card"><a href="/a/2"><h3>Army mutiny spreads in Burkina Faso</h3></a><p>A general in Burkina Faso defected with his men, two officers said. The government denied it.</p></div>`
	wall     = `<div id="consent" role="dialog"><p>We and our 842 partners store and access information on your device. Accept all. Reject all.</p></div>`
	letter   = `<div class="newsletter-box"><p>The world in five minutes, in your inbox every morning. By signing up you agree to our terms.</p></div>`
	comments = `<section id="comments"><p>There will be a coup in Belarus before Christmas, mark my words.</p><p>The generals should arrest the whole cabinet!</p></section>`
	footer   = `<footer><ul><li>About us</li><li>Copyright. All rights reserved.</li></ul></footer>`
	another  = `<article><h1>Presidential guard stages coup in Niger</h1><p>Soldiers of the presidential guard stormed the palace in Niger overnight and declared on state television that the president had been removed.</p>
		<p>Witnesses said that shots were fired near the barracks, and that the general who leads the junta had closed the borders of Niger until further notice.</p><p>The African Union condemned the coup and asked the soldiers to return to their barracks without delay, and the defence minister could not be reached.</p></article>`
)

// pages are an article as sites of several kinds show it.
func pages(title string, paragraphs []string) map[string]string {
	blocks := func(open, close string) (first, second string) {
		half := len(paragraphs) / 2
		return open + strings.Join(paragraphs[:half], close+open) + close, open + strings.Join(paragraphs[half:], close+open) + close
	}
	p1, p2 := blocks("<p>", "</p>")
	d1, d2 := blocks(`<div class="t">`, "</div>")
	page := func(body string) string {
		return "<!DOCTYPE html><html lang=en><head><title>" + title + " - The Meridian</title></head><body>" + body + footer + "</body></html>"
	}
	return map[string]string{
		"an article": page(wall + `<header><nav><ul>` + teasers + `</ul></nav></header><main><article><h1>` + title + `</h1><figure><img src=x><figcaption>A square. Photo: Agency in Niger</figcaption></figure>` +
			p1 + `<aside><h3>Read also</h3><ul>` + teasers + `</ul></aside>` + letter + p2 + `</article><div class="more-stories"><h2>More stories</h2>` + cards + `</div></main>` + comments),
		"divs": page(`<div class="top">Home World Sport</div><div class="cc-cookie">` + wall + `</div><div class="wrap"><div class="left"><div class="h">` + title + `</div><div class="text">` +
			d1 + `<div class="box"><div>Don't miss</div><ul>` + teasers + `</ul></div>` + d2 + `</div></div><div class="right">` + cards + `</div></div>`),
		"a blog": page(`<div id="page"><article class="post hentry"><h1 class="entry-title">` + title + `</h1><div class="entry-content">` + p1 + `<blockquote>See also: <a href="/q">Army mutiny spreads in Burkina Faso</a></blockquote>` + p2 +
			`<div class="jp-relatedposts"><ul>` + teasers + `</ul></div></div></article>` + comments + `<div id="secondary" class="widget-area"><ul>` + teasers + `</ul></div></div>`),
		"a table": page(`<table><tr><td><a href=/1>Presidential guard stages coup in Niger</a><br><a href=/2>Army mutiny spreads in Burkina Faso</a></td><td><b>` + title + `</b><br><br>` +
			strings.Join(paragraphs, "<br><br>") + `</td><td><a href=/3>What to know about the failed putsch in Bolivia</a></td></tr></table>`),
		"the next article below":  page(`<div><article><h1>` + title + `</h1>` + p1 + p2 + `</article>` + another + `</div>`),
		"the next article above":  page(`<div>` + another + `<article><h1>` + title + `</h1>` + p1 + p2 + `</article></div>`),
		"newsletter in its class": strings.Replace(page(`<main><h1>`+title+`</h1>`+p1+letter+p2+`</main>`), "<body>", `<body class="has-newsletter has-related has-sidebar">`, 1),
	}
}

// Of a page all of the article is taken, and nothing of what stands around it.
func TestExtract(t *testing.T) {
	for name, page := range pages(headline, paragraphs) {
		t.Run(name, func(t *testing.T) {
			a, err := fulltext.Extract([]byte(page), "", "https://meridian.example/tolmin", "en", headline)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range paragraphs {
				if !strings.Contains(a.Text, p+"\n") && !strings.HasSuffix(a.Text, p) {
					t.Errorf("the text lacks a line %q:\n%s", p, a.Text)
				}
			}
			for _, s := range strange {
				if strings.Contains(a.Text, s) {
					t.Errorf("the text has %q, which is not of the article:\n%s", s, a.Text)
				}
			}
			if !strings.Contains(a.Title, headline) {
				t.Errorf("the title is %q, want %q", a.Title, headline)
			}
		})
	}
}

// A card that leads to another article is left out though it stands between the
// paragraphs of this one, and no class says what it is.
func TestExtractCards(t *testing.T) {
	long := func(s string) string {
		return "<p>" + strings.Repeat(s+", and the road was closed for the rest of the day. ", 4) + "</p>"
	}
	for _, card := range []string{
		`<div><h3><a href="/x">Coup in Niger</a></h3><p>Soldiers in Niger said on television that they had seized power in the capital, and closed the borders.</p></div>`,
		`<section><a href="/x"><h3>Coup in Niger</h3></a><p>Soldiers in Niger said on television that they had seized power.</p></section>`,
	} {
		for _, part := range []string{"main", "article", "div"} {
			page := "<html><title>Mutiny in Tolmin</title><body><" + part + ">" + long("Soldiers mutinied in Tolmin") + card + card + long("Shots were heard in the town") + "</" + part + "></body></html>"
			a, err := fulltext.Extract([]byte(page), "", "https://e.example/a", "en", "Mutiny in Tolmin")
			if err != nil || strings.Contains(a.Text, "Niger") || !strings.Contains(a.Text, "Soldiers mutinied") || !strings.Contains(a.Text, "Shots were heard") {
				t.Errorf("<%s> with %s: %v\n%s", part, card, err, a.Text)
			}
		}
	}
}

// A page is decoded by what it says of itself, and by its bytes where that lies.
func TestExtractCharset(t *testing.T) {
	text := "Военные в Тольмине отказались выполнять приказы, сообщили жители города. По их словам, у казарм слышали выстрелы, а дорогу в столицу перекрыли. В министерстве обороны на вопросы не ответили, командующий бригадой недоступен."
	page := "<html><head><meta charset=\"windows-1251\"><title>Военные в Тольмине</title></head><body><article><p>" + text + "</p><p>" + text + "</p></article></body></html>"
	bytes, err := charmap.Windows1251.NewEncoder().Bytes([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	for _, contentType := range []string{"text/html", "text/html; charset=windows-1251", "text/html; charset=ISO-8859-1"} {
		a, err := fulltext.Extract(bytes, contentType, "https://e.example/1", "ru", "Военные в Тольмине")
		if err != nil || !strings.Contains(a.Text, text) {
			t.Errorf("%s: got %q, %v", contentType, a.Text, err)
		}
	}
}

// A page that nests or repeats without end costs no more than another.
func TestExtractHostile(t *testing.T) {
	for name, page := range map[string]string{
		"nested":   strings.Repeat("<div>", 50_000) + "text",
		"elements": strings.Repeat("<p>a</p>", 200_000),
		"one line": "<p>" + strings.Repeat("word ", 300_000),
		"links":    strings.Repeat(`<h3><a href="/x">a</a></h3>`, 20_000),
		"articles": strings.Repeat(`<article><p>soldiers</p>`, 10_000),
		"comments": strings.Repeat("<!--", 100_000),
		"tables":   strings.Repeat("<table><tr><td>", 5_000),
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := fulltext.Extract([]byte(page), "", "https://e.example/", "", "a title")
			if len(a.Text) > 60_000 {
				t.Errorf("%d bytes of text", len(a.Text))
			}
		})
	}
}

func FuzzExtract(f *testing.F) {
	for _, page := range pages(headline, paragraphs) {
		f.Add([]byte(page), "text/html; charset=utf-8", headline)
	}
	f.Add([]byte("<article><article><p>a</p></article></article><h2><a href>x"), "", "")
	f.Add([]byte("<h3><a href=/>a<h3><a href=/>b</table></a><article>"), "text/html; charset=utf-16", "a")
	f.Fuzz(func(t *testing.T, page []byte, contentType, title string) {
		a, err := fulltext.Extract(page, contentType, "https://e.example/a", "en", title)
		if err != nil && strings.Contains(err.Error(), "taken apart") {
			t.Fatal(err)
		}
		if err == nil && strings.Contains(a.Text, "\n\n") {
			t.Errorf("the text has an empty line: %q", a.Text)
		}
		if again, _ := fulltext.Extract(page, contentType, "https://e.example/a", "en", title); again != a {
			t.Error("the same page gives another text")
		}
	})
}

func ExampleCommon() {
	fmt.Println(fulltext.Common("Generals defect", "A general who defected"), fulltext.Common("军队叛乱", "军队"))
	// Output: 1 0.5
}
