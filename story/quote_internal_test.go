package story

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/cluster"
)

// finds returns r with a match that found word wherever it stands.
func finds(r news.Report, word string) news.Report {
	m := news.Match{Rule: "coup", Severity: news.High}
	for _, f := range []news.Field{news.Title, news.Summary, news.Body} {
		if i := strings.Index(r.Text(f), word); word != "" && i >= 0 {
			m.Spans = append(m.Spans, news.Span{Field: f, Start: i, End: i + len(word), Term: "$coup"})
		}
	}
	r.Matches = []news.Match{m}
	return r
}

// marked writes the marked words of q in brackets.
func marked(q news.Quote) string {
	var b strings.Builder
	at := 0
	for _, m := range q.Marks {
		b.WriteString(q.Text[at:m.Start] + "[" + q.Text[m.Start:m.End] + "]")
		at = m.End
	}
	return b.String() + q.Text[at:]
}

func TestQuote(t *testing.T) {
	for _, tt := range []struct {
		name                 string
		title, summary, body string
		word                 string
		step                 string // the sentence of a step
		want                 string
	}{
		{"the sentence with the match", "Trouble in Tolmin", "It rained. Officers plan a coup there. Shops are open.", "", "coup", "", "Officers plan a [coup] there."},
		{"of the body", "Trouble in Tolmin", "It rained.", "Shops are open. “A coup is near,” said the mayor. Nobody left.", "coup", "", "“A [coup] is near,” said the mayor."},
		{"the match is in the title only", "Coup in Tolmin: guards take radio", "Shops are open. Men in green stormed the radio of Tolmin at dawn. It rained.", "", "Coup", "", "Men in green stormed the radio of Tolmin at dawn."},
		{"no sentence has a word of it", "Mutiny in Tolmin", "Men in green refuse to leave the barracks. It rained.", "", "Mutiny", "", "Men in green refuse to leave the barracks."},
		{"no sentence is any", "Coup in Tolmin", "Ostrana, Monday", "", "Coup", "", ""},
		{"the text begins with the title", "Coup in Tolmin, officers say", "Coup in Tolmin, officers say. The coup began at the harbour.", "", "Coup", "", "The coup began at the harbour."},
		{"the title is all", "Coup in Tolmin, officers say", "Coup in Tolmin, officers say", "", "Coup", "", ""},
		{"a step", "Tolmin speaks", "A coup was rumoured on Monday. The cabinet called it nonsense. It rained.", "", "coup", "The cabinet called it nonsense.", "The cabinet called it nonsense."},
		{"a step that the title tells", "Cabinet denies coup", "The cabinet of Tolmin denies that there was a coup. It rained.", "", "coup", "Cabinet denies coup", "The cabinet of Tolmin denies that there was a [coup]."},
		{"a step that only the title tells", "Cabinet confirms coup in Tolmin", "Shops in the harbour were open in spite of the confirmed news. It rained.", "", "coup in Tolmin", "Cabinet confirms coup in Tolmin", "Cabinet confirms [coup in Tolmin]"},
		{"Russian", "Мятеж в Тольмине", "Идёт дождь. Солдаты подняли мятеж в порту. Магазины открыты.", "", "мятеж", "", "Солдаты подняли [мятеж] в порту."},
		{"nothing", "", "", "", "", "", ""},
	} {
		r := finds(news.Report{Item: news.Item{ID: "1", Title: tt.title, Summary: tt.summary, Body: tt.body}}, tt.word)
		x := extract(r, cluster.Default().Words)
		x.firm.Sentence = tt.step
		if got := marked(x.quote(tt.step != "", nil)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Whoever says so is named beside a quote that does not name them.
func TestQuoteSpeaker(t *testing.T) {
	summary := "Oda Brix is a colonel. “They will take the palace,” she said, “and a coup it will be.”"
	r := finds(news.Report{Item: news.Item{ID: "1", Title: "Colonel warns", Summary: summary}}, "coup")
	says := []news.Attribution{{Speaker: "Oda Brix", Span: news.Span{Field: news.Summary, Start: strings.Index(summary, "“They"), End: len(summary)}}}
	if q := extract(r, cluster.Default().Words).quote(false, says); q.By != "Oda Brix" {
		t.Errorf("%q is said by %q, want Oda Brix", q.Text, q.By)
	}
	r.Summary = strings.Replace(summary, "she said", "Oda Brix said", 1)
	if q := extract(finds(r, "coup"), cluster.Default().Words).quote(false, says); q.By != "" {
		t.Errorf("%q names %q again", q.Text, q.By)
	}
}

func TestQuoteIsCut(t *testing.T) {
	long := strings.Repeat("слово ", 60) + "переворот " + strings.Repeat("слово ", 60)
	i := strings.Index(long, "переворот")
	for limit := 40; limit < 300; limit += 7 {
		q := cut(long, []news.Span{{Start: i, End: i + len("переворот")}}, limit)
		if !utf8.ValidString(q.Text) || len(q.Text) > limit+len("… ")+len(" …")+40 {
			t.Fatalf("cut at %d: %q has cut letters, or %d bytes", limit, q.Text, len(q.Text))
		}
		if !strings.Contains(marked(q), "[переворот]") {
			t.Errorf("cut at %d: %q does not mark the word", limit, marked(q))
		}
	}
	overlapping := []news.Span{{Start: 7, End: 11}, {Start: 0, End: 11}}
	if got := marked(cut("palace coup", overlapping, 100)); got != "[palace coup]" {
		t.Errorf("overlapping marks: %q", got)
	}
}

func FuzzQuote(f *testing.F) {
	f.Add("Coup in Tolmin", "It rained. “A coup”, they said. (No.)", "coup")
	f.Add("", "“", "“")
	f.Fuzz(func(t *testing.T, title, summary, word string) {
		r := finds(news.Report{Item: news.Item{ID: "1", Title: title, Summary: summary}}, word)
		q := extract(r, cluster.Default().Words).quote(false, nil)
		for _, m := range q.Marks {
			if m.Start < 0 || m.Start >= m.End || m.End > len(q.Text) {
				t.Fatalf("mark %v of %q", m, q.Text)
			}
		}
	})
}
