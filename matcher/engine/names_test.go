package engine

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

func TestEntities(t *testing.T) {
	d := draft.Draft{
		Lists: map[string]string{"watched": "@shoigu, @fsb, warlord"},
		Groups: map[string][]string{
			"siloviki": {"shoigu", "fsb"},
			"sahel":    {"country:ml", "country:ne"},
		},
		Entities: []spec.Entity{
			{ID: "shoigu", Kind: "person", Name: "Sergei Shoigu", Native: "Сергей Шойгу", Country: "ru"},
			{ID: "fsb", Kind: "agency", Name: "Federal Security Service", Aliases: []string{"FSB"}, Country: "ru"},
			{ID: "ivanov", Kind: "person", Name: "Sergei Ivanov", Native: "Сергей Иванов", Country: "ru", Groups: []string{"siloviki"}, Helper: draft.Parsed(t, "kremlin OR general")},
			{ID: "kim", Kind: "person", Name: "Kim Jong-un", Country: "kp"},
			{ID: "sister", Kind: "person", Name: "Kim Yo-jong", Country: "kp"},
			{ID: "smith", Kind: "person", Name: "John Smith"},
			{ID: "times", Kind: "outlet", Name: "The Moscow Times"},
			{ID: "army", Kind: "organisation", Name: "Malian Armed Forces", Country: "ml"},
		},
	}
	tests := []struct {
		name  string
		query string
		text  string
		want  string // see found
	}{
		{"full name", "@shoigu", "Sergei Shoigu spoke", "Sergei Shoigu"},
		{"surname", "@shoigu", "Then Shoigu spoke", "Shoigu"},
		{"another spelling", "@shoigu", "Sergey Shoygu spoke", "Sergey Shoygu"},
		{"inflected", "@shoigu", "Сергею Шойгу сообщили", "Сергею Шойгу"},
		{"possessive", "@shoigu", "Shoigu's deputy", "Shoigu"},
		{"alias", "@fsb", "the FSB said", "FSB"},
		{"alias without its capitals", "@fsb", "the fsb said", "-"},
		{"group by groups", "@siloviki", "Shoigu and the FSB", "Shoigu | FSB"},
		{"group by entity", "@siloviki", "Sergei Ivanov spoke", "Sergei Ivanov"},
		{"kind", "@kind:agency", "Shoigu and the FSB", "FSB"},
		{"in a list", "$watched", "Shoigu, the warlord and the FSB", "Shoigu | warlord | FSB"},
		{"surname of another", "@shoigu", "Nikolai Shoigu and Rachel Shoigu spoke", "-"},
		{"surname after a first name and a comma", "@shoigu", "To Rachel, Shoigu spoke", "Shoigu"},
		{"surname after a word like a first name", "@shoigu", "They will frank Shoigu", "Shoigu"},
		{"namesake", "@kim", "A speech of Kim Yo Jong", "-"},
		{"namesake beside", "@kim", "Kim Jong Un heard Kim Yo Jong; then Kim left", "Kim Jong Un | Kim"},
		{"first name, another and surname", "@shoigu", "Sergei Pavel Shoigu spoke", "Sergei Pavel Shoigu"},
		{"common surname alone", "@ivanov", "Ivanov won the match", "-"},
		{"common surname with helper", "@ivanov", "At the Kremlin sat Ivanov", "Ivanov"},
		{"helper too far", "@ivanov", "Kremlin a b c d e f g h i j k l m Ivanov", "-"},
		{"helper once is enough", "@ivanov", "General Ivanov. A b c d e f g h i j k l m n o p q. Then Ivanov left", "Ivanov | Ivanov"},
		{"full name once is enough", "@ivanov", "Sergei Ivanov. A b c d e f g h i j k l m n o p q. Then Ivanov left", "Sergei Ivanov | Ivanov"},
		{"common surname without helper", "@smith", "Smith resigned", "-"},
		{"common surname without helper, full name there", "@smith", "John Smith resigned. Smith had ruled", "John Smith | Smith"},
		{"near an entity", "defect NEAR/3 @fsb", "An FSB man defects", "FSB | defects"},

		{"country", "@countries", "A coup in Mali", "Mali"},
		{"nationality", "@countries", "the Malian army", "Malian"},
		{"nationalities only", "@nationalities", "Mali and the Malian army", "Malian"},
		{"capital", "@capitals", "Shots in Bamako", "Bamako"},
		{"a capital is no country", "@countries", "Shots in Bamako", "-"},
		{"one country", "@country:ml", "Niger and Mali", "Mali"},
		{"region", "@region:africa", "Brazil and Mali", "Mali"},
		{"countries in a group", "@sahel", "Niger, Chad, Mali", "Niger | Mali"},
		{"country in Russian", "@country:ml", "переворот в Мали", "Мали"},
		{"country within another", "@country:sd", "Unrest in South Sudan", "-"},
		{"the other country", "@country:ss", "Unrest in South Sudan", "South Sudan"},
		{"capital within an outlet", "@capitals", "The Moscow Times says", "-"},
		{"country within its army", "@countries", "the Malian Armed Forces", "Malian"},
		{"country in capitals", "@countries", "COUP IN MALI", "MALI"},
		{"country by a shield", "@country:mx", "The governor of New Mexico", "-"},
		{"capitals of another language", "@country:us", "The ABD dissertation is done and this is in English", "-"},
		{"no country", "@countries", "a chad, a turkey and some china", "-"},
	}
	for _, tt := range tests {
		d.Rules = append(d.Rules, draft.Rule{ID: tt.name, Match: tt.query})
	}
	r := programOf(t, d)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rep, _ := r.Match(news.Item{Title: tt.text})
			if got := draft.Found(rep, tt.name); got != tt.want {
				t.Errorf("%s in %q finds %s, want %s", tt.query, tt.text, got, tt.want)
			}
		})
	}
}

func TestMentions(t *testing.T) {
	r := programOf(t, draft.Draft{
		Entities: []spec.Entity{
			{ID: "shoigu", Kind: "person", Name: "Sergei Shoigu", Country: "ru"},
			{ID: "ivanov", Kind: "person", Name: "Sergei Ivanov", Helper: draft.Parsed(t, "kremlin")},
		},
		Rules: []draft.Rule{{ID: "r", Match: "coup"}},
	})
	rep, ok := r.Match(news.Item{
		Title:   "Coup in Mali",
		Summary: "Shoigu flew to Bamako; Ivanov did not.",
		Body:    "South Sudan's men, and Mali's.",
	})
	if !ok {
		t.Fatal("the item does not match")
	}
	want := "country:ml=Mali | shoigu=Shoigu | country:ml=Bamako | country:ss=South Sudan | country:ml=Mali"
	if got := draft.Mentioned(rep); got != want {
		t.Errorf("mentions are\n%s, want\n%s", got, want)
	}
	for _, m := range rep.Mentions {
		if m.Entity == "shoigu" && (m.Name != "Sergei Shoigu" || m.Country != "ru" || m.Span.Term != "@shoigu") {
			t.Errorf("mention of shoigu is %+v", m)
		}
	}
}
