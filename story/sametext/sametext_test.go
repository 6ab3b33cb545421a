package sametext_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/sametext"
)

// wire is a report as an agency sends it.
const wire = `Soldiers of the palace guard closed the bridges of Tolmin before dawn on Tuesday and surrounded the house of President Anton Reven.
Two colonels read a statement on the radio in which they said that the government had lost the trust of the army.
"We take this burden on our shoulders until the country can vote again," one of them said, without giving a date.
The president's whereabouts were unknown by noon, and his office did not pick up the telephone.
Markets stayed shut and buses stopped at the edge of the city, where residents queued for bread and petrol.
Velmaria closed its border with the country and called on both sides to talk, as did the union of coastal states.
Reven came to power nine years ago after an uprising that began in the same barracks.
His opponents accuse him of having filled the command of the guard with men from his home province.`

func lines(from, to int) string {
	return strings.Join(strings.Split(wire, "\n")[from:to], "\n")
}

func TestShared(t *testing.T) {
	original := news.Item{Title: "Guard surrounds president's house in Tolmin", Body: "TOLMIN, March 3 (Meridian) - " + wire + "\n(Reporting by Ada Lund; Editing by Jo Karr)", Language: "en"}
	edited := strings.NewReplacer("before dawn", "at dawn", "the trust of", "all trust of", "by noon", "at noon", "petrol", "fuel", "both sides", "all parties").Replace(wire)
	tests := []struct {
		name           string
		item           news.Item
		least, most    int // sentences
		atLeast, below float64
	}{
		{"itself", original, 8, 9, 1, 1.1},
		{"another headline, dateline, byline and credit", news.Item{Title: "Coup under way", Body: "By Ada Lund\n\nTOLMIN (Meridian) — " + wire + "\n\nThe Meridian staff contributed to this report.", Language: "en"}, 8, 8, 1, 1.1},
		{"no line breaks", news.Item{Body: strings.ReplaceAll(wire, "\n", " "), Language: "en"}, 8, 8, 1, 1.1},
		{"edited", news.Item{Title: "Colonels on the radio", Body: edited, Language: "en"}, 3, 4, 0.6, 0.99},
		{"cut", news.Item{Title: "Colonels on the radio", Summary: lines(0, 2), Language: "en"}, 2, 2, 0.8, 1.1},
		{"a passage within another text", news.Item{Body: "A night of rumours ended with shots in the harbour district, as our correspondent saw with her own eyes from the ferry.\n" + lines(2, 5) + "\nShe left the city an hour later on foot, together with many families from the old town.", Language: "en"}, 3, 3, 0.3, 0.8},
		{"one quote", news.Item{Body: "The colonels speak of elections, and nobody in the street believes them. \"We take this burden on our shoulders until the country can vote again,\" one of them said, without giving a date. Older people have heard that before, in another spring, from other men in uniform.", Language: "en"}, 1, 1, 0.2, 0.7},
		{"the same event in other words", news.Item{Title: "Coup in Tolmin", Body: "The presidential guard has seized the capital. Its officers went on air to say that they no longer follow the cabinet, and promised a vote at some point. Nobody knows where President Anton Reven is. Shops are closed, and neighbouring Velmaria has shut the frontier.", Language: "en"}, 0, 0, 0, 0.1},
		{"in Russian", news.Item{Title: "Гвардия окружила дом президента", Body: "Солдаты дворцовой гвардии перекрыли мосты Толмина до рассвета во вторник и окружили дом президента Антона Ревена. Два полковника зачитали по радио заявление, в котором сказали, что правительство потеряло доверие армии. Местонахождение президента к полудню было неизвестно, и в его канцелярии не отвечали на звонки.", Language: "ru"}, 0, 0, 0, 0.01},
		{"stock phrases", news.Item{Body: "A ferry sank off the coast on Sunday with forty people on board, and all of them were saved by fishermen. Meridian could not independently verify the reports from the region.", Language: "en"}, 0, 0, 0, 0.05},
		{"nothing", news.Item{}, 0, 0, 0, 0.01},
	}
	original.Body += "\nMeridian could not independently verify the reports from the region."
	print := sametext.Of(original)
	for _, tt := range tests {
		other := sametext.Of(tt.item)
		n, share := sametext.Shared(print, other)
		if n < tt.least || n > tt.most || share < tt.atLeast || share >= tt.below {
			t.Errorf("%s: %d sentences and %.2f are shared, want %d to %d and %.2f to %.2f", tt.name, n, share, tt.least, tt.most, tt.atLeast, tt.below)
		}
		if m, back := sametext.Shared(other, print); m != n || back != share {
			t.Errorf("%s: %d, %.2f one way and %d, %.2f the other", tt.name, n, share, m, back)
		}
	}
}

// A text without a long sentence is known again as a whole, if it is not so short
// that two may well write it.
func TestSharedWhenShort(t *testing.T) {
	flash := news.Item{Title: "Gunfire in Tolmin", Summary: "Shots near a barracks.", Language: "en"}
	for _, tt := range []struct {
		name string
		item news.Item
		want int
	}{
		{"itself", flash, 1},
		{"with a dateline", news.Item{Title: flash.Title, Summary: "TOLMIN (Meridian) — " + flash.Summary, Language: "en"}, 1},
		{"another end", news.Item{Title: flash.Title, Summary: "Shots near a market.", Language: "en"}, 0},
		{"the title alone", news.Item{Title: flash.Title, Language: "en"}, 0},
		{"more of it", news.Item{Title: flash.Title, Summary: flash.Summary + " Residents say that they came from the house of the president.", Language: "en"}, 0},
	} {
		if n, _ := sametext.Shared(sametext.Of(flash), sametext.Of(tt.item)); n != tt.want {
			t.Errorf("%s: %d sentences are shared, want %d", tt.name, n, tt.want)
		}
	}
	title := news.Item{Title: "Gunfire in Tolmin", Language: "en"}
	if n, _ := sametext.Shared(sametext.Of(title), sametext.Of(title)); n != 0 {
		t.Errorf("%d sentences of three words are shared", n)
	}
}

func TestPrintAsJSON(t *testing.T) {
	for _, body := range []string{"", "Short.", strings.Repeat(wire, 30)} {
		want := sametext.Of(news.Item{Body: body, Language: "en"})
		doc, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got sametext.Print
		if err := json.Unmarshal(doc, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("comes back changed: %s", diff)
		}
		if len(doc) > 1500 {
			t.Errorf("%d bytes of JSON, want at most 1500", len(doc))
		}
	}
	var p sametext.Print
	if err := json.Unmarshal([]byte(`{"s":"AAA"}`), &p); err == nil {
		t.Error("a cut hash is read without an error")
	}
}

func TestDateline(t *testing.T) {
	tests := []struct{ text, place, agency, rest string }{
		{"KYIV (Reuters) — Soldiers came.", "KYIV", "Reuters", "Soldiers came."},
		{"KYIV, Ukraine (AP) - Soldiers came.", "KYIV, Ukraine", "AP", "Soldiers came."},
		{"TOLMIN, March 3 (Reuters) - Soldiers came.", "TOLMIN", "Reuters", "Soldiers came."},
		{"Rio De Janeiro (AP) -- Soldiers came.", "Rio De Janeiro", "AP", "Soldiers came."},
		{"(AP) Soldiers came.", "", "AP", "Soldiers came."},
		{"(Reuters) - Soldiers came.", "", "Reuters", "Soldiers came."},
		{"(CNN)Soldiers came.", "", "CNN", "Soldiers came."},
		{"By Jane Roe\nTOLMIN (Reuters) - Soldiers came.", "TOLMIN", "Reuters", "Soldiers came."},
		{"By Jane Roe and John Doe TOLMIN (Reuters) - Soldiers came.", "TOLMIN", "Reuters", "Soldiers came."},
		{"By Jane Roe\nSoldiers came.", "", "", "Soldiers came."},
		{"NAIROBI, Kenya — Soldiers came.", "NAIROBI, Kenya", "", "Soldiers came."},
		{"Berlin (dpa) - Soldaten kamen.", "Berlin", "dpa", "Soldaten kamen."},
		{"Kiew/Moskau (dpa) – Soldaten kamen.", "Kiew/Moskau", "dpa", "Soldaten kamen."},
		{"MADRID, 3 Mar. (EUROPA PRESS) - Vinieron soldados.", "MADRID", "EUROPA PRESS", "Vinieron soldados."},
		{"МОСКВА, 3 мар — РИА Новости. Пришли солдаты.", "МОСКВА", "РИА Новости", "Пришли солдаты."},
		{"МОСКВА, 3 марта. /ТАСС/. Пришли солдаты.", "МОСКВА", "ТАСС", "Пришли солдаты."},
		{"Москва. 3 марта. (Интерфакс) - Пришли солдаты.", "Москва", "Интерфакс", "Пришли солдаты."},
		{"КИЇВ (Укрінформ) — Прийшли солдати.", "КИЇВ", "Укрінформ", "Прийшли солдати."},
		{"Soldiers came. The army (AP) - no.", "", "", "Soldiers came. The army (AP) - no."},
		{"The president (left) - and his aide (right) - came.", "", "", "The president (left) - and his aide (right) - came."},
		{"Soldiers came - and went.", "", "", "Soldiers came - and went."},
		{"By noon the soldiers came.", "", "", "By noon the soldiers came."},
		{"By Tuesday NATO had sent troops.", "", "", "By Tuesday NATO had sent troops."},
		{"", "", "", ""},
	}
	for _, tt := range tests {
		place, agency, rest := sametext.Dateline(tt.text)
		if place != tt.place || agency != tt.agency || rest != tt.rest {
			t.Errorf("Dateline(%q) = %q, %q, %q; want %q, %q, %q", tt.text, place, agency, rest, tt.place, tt.agency, tt.rest)
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add("Title", "KYIV (Reuters) — Soldiers came.", "en")
	f.Add("", "МОСКВА, 3 мар — РИА Новости. Пришли солдаты.", "ru")
	f.Add("x", "By A B (", "")
	f.Add("x", "By -- - — (/)//", "")
	f.Add("x", ", - a", "")
	f.Fuzz(func(t *testing.T, title, body, language string) {
		_, _, rest := sametext.Dateline(body)
		if !strings.Contains(body, rest) {
			t.Errorf("rest %q is not of %q", rest, body)
		}
		if utf8.ValidString(body) && !utf8.ValidString(rest) {
			t.Errorf("rest %q cuts a letter", rest)
		}
		p := sametext.Of(news.Item{Title: title, Body: body, Language: language})
		if len(p.Sentences) > 64 || len(p.Shingles) > 64 || len(p.Shingles) > p.Size {
			t.Errorf("print of %d sentences, %d shingles of %d", len(p.Sentences), len(p.Shingles), p.Size)
		}
		n, share := sametext.Shared(p, p)
		if n != len(p.Sentences) || (share != 1) != (p.Size == 0) {
			t.Errorf("a text shares %d of %d sentences and %v with itself", n, len(p.Sentences), share)
		}
	})
}

func BenchmarkOf(b *testing.B) {
	for name, it := range map[string]news.Item{
		"summary": {Title: "Guard surrounds president's house in Tolmin", Summary: lines(0, 2), Language: "en"},
		"body":    {Title: "Guard surrounds president's house in Tolmin", Body: wire, Language: "en"},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sametext.Of(it)
			}
		})
	}
}

func BenchmarkShared(b *testing.B) {
	x := sametext.Of(news.Item{Body: wire, Language: "en"})
	y := sametext.Of(news.Item{Body: lines(0, 4), Language: "en"})
	for b.Loop() {
		sametext.Shared(x, y)
	}
}
