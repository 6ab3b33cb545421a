package query_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/news"
)

// ignorePos makes trees comparable that were read from different texts.
var ignorePos = cmpopts.IgnoreTypes(query.Pos{})

func word(texts ...string) *query.Term {
	t := &query.Term{}
	for _, text := range texts {
		t.Words = append(t.Words, query.Word{Text: text})
	}
	return t
}

func phrase(texts ...string) *query.Term {
	t := &query.Term{}
	for _, text := range texts {
		t.Words = append(t.Words, query.Word{Text: text, Form: query.Folded})
	}
	return t
}

func formed(text string, f query.Form) *query.Term {
	return &query.Term{Words: []query.Word{{Text: text, Form: f}}}
}

func TestParse(t *testing.T) {
	a, b, c := word("a"), word("b"), word("c")
	list, entity := &query.List{Name: "coup"}, &query.Entity{Name: "leaders"}
	tests := []struct {
		src  string
		want query.Node
	}{
		{"coup", word("coup")},
		{"переворот", word("переворот")},
		{"政变", word("政变")},
		{"d'état", word("d'état")},
		{"pro-Russian", word("pro", "Russian")},
		{"U.S.", word("U.S")},
		{`צה"ל`, word(`צה"ל`)},
		{"=Gen", formed("Gen", query.Exact)},
		{"=pro-Russian", &query.Term{Words: []query.Word{{Text: "pro", Form: query.Exact}, {Text: "Russian", Form: query.Exact}}}},
		{"mutin*", formed("mutin", query.Prefix)},
		{"wo?d", formed("wo?d", query.Wild)},
		{"*coup", formed("*coup", query.Wild)},
		{`"two words"`, phrase("two", "words")},
		{"“two words”", phrase("two", "words")},
		{"„two words“", phrase("two", "words")},
		{"«two words»", phrase("two", "words")},
		{"»two words«", phrase("two", "words")},
		{`"coup, they said."`, phrase("coup", "they", "said")},
		{`"a _ b"`, &query.Term{Words: []query.Word{{Text: "a", Form: query.Folded}, {Text: "_", Form: query.Gap}, {Text: "b", Form: query.Folded}}}},
		{`"=US arm*"`, &query.Term{Words: []query.Word{{Text: "US", Form: query.Exact}, {Text: "arm", Form: query.Prefix}}}},
		{"@leaders", entity},
		{`"C++ = R & D"`, &query.Term{Words: []query.Word{{Text: "C++", Form: query.Folded}, {Text: "R &", Form: query.Folded}, {Text: "D", Form: query.Folded}}}},
		{`"# one"`, &query.Term{Words: []query.Word{{Text: "# one", Form: query.Folded}}}},
		{"@kind:person", &query.Entity{Name: "kind:person"}},
		{"$coup", list},
		{"$coup @leaders", &query.And{Parts: []query.Node{list, entity}}},
		{"a OR b OR c", &query.Or{Parts: []query.Node{a, b, c}}},
		{"a AND b $coup", &query.And{Parts: []query.Node{a, b, list}}},
		{"(a OR b) AND c", &query.And{Parts: []query.Node{&query.Or{Parts: []query.Node{a, b}}, c}}},
		{"a -b", &query.And{Parts: []query.Node{a}, Not: []query.Node{b}}},
		{"a NOT b", &query.And{Parts: []query.Node{a}, Not: []query.Node{b}}},
		{"a AND NOT b", &query.And{Parts: []query.Node{a}, Not: []query.Node{b}}},
		{"NOT a AND b", &query.And{Parts: []query.Node{b}, Not: []query.Node{a}}},
		{"a -(b OR c)", &query.And{Parts: []query.Node{a}, Not: []query.Node{&query.Or{Parts: []query.Node{b, c}}}}},
		{"a NEAR/5 b", &query.Near{Left: a, Right: b, N: 5}},
		{"a ONEAR/0 b", &query.Near{Left: a, Right: b, Ordered: true}},
		{"a NEAR/5 b NEAR/3 c", &query.Near{Left: &query.Near{Left: a, Right: b, N: 5}, Right: c, N: 3}},
		{"a NEAR/5 (b NEAR/3 c)", &query.Near{Left: a, Right: &query.Near{Left: b, Right: c, N: 3}, N: 5}},
		{"a NEAR/5 b OR c", &query.Or{Parts: []query.Node{&query.Near{Left: a, Right: b, N: 5}, c}}},
		{"a AND\n  b", &query.And{Parts: []query.Node{a, b}}},
		{"title:a", &query.In{Field: news.Title, Of: a}},
		{"summary: (a OR b)", &query.In{Field: news.Summary, Of: &query.Or{Parts: []query.Node{a, b}}}},
		{"body:a NEAR/5 b", &query.Near{Left: &query.In{Field: news.Body, Of: a}, Right: b, N: 5}},
		{"a -title:b", &query.And{Parts: []query.Node{a}, Not: []query.Node{&query.In{Field: news.Title, Of: b}}}},
		{"SENTENCE(a AND b)", &query.Sentence{Of: &query.And{Parts: []query.Node{a, b}}}},
		{"WITHIN/9(a, b OR c)", &query.Within{N: 9, Parts: []query.Node{a, &query.Or{Parts: []query.Node{b, c}}}}},
		{"COUNT($coup) >= 3", &query.Count{Name: "coup", Min: 3}},
		{"COUNT($coup)>=3", &query.Count{Name: "coup", Min: 3}},
		{"POINTS($signs) >= 50", &query.Points{Name: "signs", Than: 50}},
		{"POINTS($signs) < -20", &query.Points{Name: "signs", Than: -20, Below: true}},
		{"POINTS($signs)<20", &query.Points{Name: "signs", Than: 20, Below: true}},
		{"COUNT($coup) ≥ 3 AND a", &query.And{Parts: []query.Node{&query.Count{Name: "coup", Min: 3}, a}}},
		{"FIRST(a)", &query.First{Of: a}},
		{"LEAD(a)", &query.Lead{Of: a}},
		{"TOLD(a)", &query.Told{Of: a}},
		{"WARM(@mali, 60d)", &query.Warm{Of: &query.Entity{Name: "mali"}, Within: 60 * 24 * time.Hour}},
		{"WARM(@mali, 36h)", &query.Warm{Of: &query.Entity{Name: "mali"}, Within: 36 * time.Hour}},
		{"QUESTION OR PAST_YEAR", &query.Or{Parts: []query.Node{&query.Question{}, &query.PastYear{}}}},
		{"feed:reuters a", &query.And{Parts: []query.Node{&query.Meta{Key: "feed", Value: "reuters"}, a}}},
		{`feed:"New York Times"`, &query.Meta{Key: "feed", Value: "New York Times"}},
		{"lang: ru", &query.Meta{Key: "lang", Value: "ru"}},
		{"or OR argent", &query.Or{Parts: []query.Node{word("or"), word("argent")}}},
		{"question", word("question")},
	}
	for _, tt := range tests {
		got, err := query.Parse(tt.src)
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.src, err)
			continue
		}
		if diff := cmp.Diff(tt.want, got, ignorePos); diff != "" {
			t.Errorf("Parse(%q) differs (-want +got):\n%s", tt.src, diff)
		}
		roundTrip(t, tt.src, got)
	}
}

// roundTrip checks that the text of a tree is read as the same tree.
func roundTrip(t *testing.T, src string, tree query.Node) {
	t.Helper()
	text := query.Format(tree)
	again, err := query.Parse(text)
	if err != nil {
		t.Errorf("Format(Parse(%q)) = %q, which does not parse: %v", src, text, err)
		return
	}
	if diff := cmp.Diff(tree, again, ignorePos); diff != "" {
		t.Errorf("Format(Parse(%q)) = %q, which is another tree:\n%s", src, text, diff)
	}
	if twice := query.Format(again); twice != text {
		t.Errorf("Format(Parse(%q)) = %q, then %q", src, text, twice)
	}
}

func TestFormat(t *testing.T) {
	tests := []struct{ src, want string }{
		{"$coup @leaders -b", "$coup AND @leaders AND NOT b"},
		{"((a))", "a"},
		{"(a AND b) AND (c OR title: d)", "(a AND b) AND (c OR title:d)"},
		{"(a NEAR/1 b) ONEAR/2 (c NEAR/3 d)", "a NEAR/1 b ONEAR/2 (c NEAR/3 d)"},
		{"pro-Russian", "pro-Russian"},
		{"«x  y»", `"x y"`},
		{`feed:"a b"`, `feed:"a b"`},
		{`feed:«a "b»`, `feed:«a "b»`},
		{"-a b", "b AND NOT a"},
	}
	for _, tt := range tests {
		n, err := query.Parse(strings.Replace(tt.src, "-a b", "NOT a AND b", 1))
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.src, err)
			continue
		}
		if got := query.Format(n); got != tt.want {
			t.Errorf("Format(Parse(%q)) = %q, want %q", tt.src, got, tt.want)
		}
		roundTrip(t, tt.src, n)
	}
}

func TestRange(t *testing.T) {
	src := `"путч" AND (@leaders NEAR/5 title:army) -b`
	n, err := query.Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for part := range query.All(n) {
		start, end := part.Range()
		got = append(got, src[start:end])
	}
	want := []string{src, `"путч"`, "@leaders NEAR/5 title:army", "@leaders", "title:army", "army", "b"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("texts of the nodes (-want +got):\n%s", diff)
	}
}

func TestErrorsAs(t *testing.T) {
	_, err := query.Parse("a OR (b")
	var first *query.Error
	if !errors.As(err, &first) {
		t.Fatalf("Parse error %v (%T) holds no *query.Error", err, err)
	}
	if first.Pos != 5 || first.End != 6 {
		t.Errorf("the mistake is at %d to %d, want 5 to 6", first.Pos, first.End)
	}
}

// A query made to hurt costs little and gives an error.
func TestParseHostile(t *testing.T) {
	const n = 20_000
	tests := map[string]string{
		"parentheses":     strings.Repeat("(", 5*n) + "a" + strings.Repeat(")", 5*n),
		"only opening":    strings.Repeat("(", 5*n),
		"only closing":    strings.Repeat(")", n),
		"functions":       strings.Repeat("SENTENCE(", n),
		"fields":          strings.Repeat("title:", n) + "a",
		"unknown fields":  strings.Repeat("xx:", n) + "a",
		"negations":       strings.Repeat("-", n) + "a",
		"NOTs":            strings.Repeat("NOT ", n) + "a",
		"chain":           "a" + strings.Repeat(" NEAR/1 a", n),
		"bare words":      strings.Repeat("a ", n),
		"mixture":         strings.Repeat("a AND b OR ", n) + "c",
		"nested mixtures": strings.Repeat("(a AND b OR ", 150) + strings.Repeat("a AND b OR ", n) + "c" + strings.Repeat(")", 150),
		"long word":       strings.Repeat("x", n),
		"stars":           strings.Repeat("*", n),
		"quotes":          strings.Repeat(`" `, n+1),
		"references":      strings.Repeat("@", n),
		"comparisons":     strings.Repeat(">", n),
		"garbage":         strings.Repeat("\xff^", n),
	}
	for name, src := range tests {
		start := time.Now()
		_, err := query.Parse(src)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: Parse took %v", name, took)
		}
		if err == nil {
			t.Errorf("%s: Parse succeeded, want an error", name)
		}
		if len(err.Error()) > 20_000 {
			t.Errorf("%s: the error is %d bytes long", name, len(err.Error()))
		}
		if _, err := query.ParseTerm(src); err == nil && !strings.Contains("bare words, quotes", name) {
			t.Errorf("%s: ParseTerm succeeded, want an error", name)
		}
	}
}

// A long query without mistakes is no mistake.
func TestParseLong(t *testing.T) {
	src := strings.Repeat("переворот OR ", 50_000) + "путч"
	n, err := query.Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(n.(*query.Or).Parts); got != 50_001 {
		t.Errorf("%d parts, want 50,001", got)
	}
}
