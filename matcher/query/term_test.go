package query_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/matcher/query"
)

func TestParseTerm(t *testing.T) {
	mixed := func(words ...query.Word) *query.Term { return &query.Term{Words: words} }
	tests := []struct {
		src    string
		want   query.Node
		format string // "" if it is src
	}{
		{"coup", word("coup"), ""},
		{"palace revolution", word("palace", "revolution"), "palace-revolution"},
		{"pro-Russian officer", word("pro", "Russian", "officer"), "pro-Russian-officer"},
		{"государственный переворот", word("государственный", "переворот"), "государственный-переворот"},
		{"coup d’état", word("coup", "d’état"), "coup-d’état"},
		{"=stormed", formed("stormed", query.Exact), ""},
		{"mutin*", formed("mutin", query.Prefix), ""},
		{`"state of emergency"`, phrase("state", "of", "emergency"), ""},
		{"seize _ power", mixed(query.Word{Text: "seize"}, query.Word{Text: "_", Form: query.Gap}, query.Word{Text: "power"}), "seize-_-power"},
		{`=Gen "von Braun" resign*`, mixed(
			query.Word{Text: "Gen", Form: query.Exact},
			query.Word{Text: "von", Form: query.Folded},
			query.Word{Text: "Braun", Form: query.Folded},
			query.Word{Text: "resign", Form: query.Prefix}), `"=Gen von Braun resign*"`},
		{`palace "blue house"`, mixed(query.Word{Text: "palace"}, query.Word{Text: "blue", Form: query.Folded}, query.Word{Text: "house", Form: query.Folded}), `palace "blue" "house"`},
		{"=a b", mixed(query.Word{Text: "a", Form: query.Exact}, query.Word{Text: "b"}), ""},
		{"@leaders", &query.Entity{Name: "leaders"}, ""},
		{" $other ", &query.List{Name: "other"}, "$other"},
		{"1973", word("1973"), ""},
		{`"AND"`, phrase("AND"), ""},
		{"and", word("and"), ""},
	}
	for _, tt := range tests {
		got, err := query.ParseTerm(tt.src)
		if err != nil {
			t.Errorf("ParseTerm(%q): %v", tt.src, err)
			continue
		}
		if diff := cmp.Diff(tt.want, got, ignorePos); diff != "" {
			t.Errorf("ParseTerm(%q) differs (-want +got):\n%s", tt.src, diff)
		}
		want := tt.format
		if want == "" {
			want = tt.src
		}
		text := query.Format(got)
		if text != want {
			t.Errorf("Format(ParseTerm(%q)) = %q, want %q", tt.src, text, want)
		}
		again, err := query.ParseTerm(text)
		if diff := cmp.Diff(got, again, ignorePos); err != nil || diff != "" {
			t.Errorf("ParseTerm(%q) is not what ParseTerm(%q) was: %v\n%s", text, tt.src, err, diff)
		}
	}
}

func TestParseTermErrors(t *testing.T) {
	tests := []struct{ src, want, at string }{
		{"", `there is no word in ""`, ""},
		{"coup, putsch", `"," means nothing in a list; give each phrase an entry of its own`, ","},
		{"coup AND putsch", `"AND" means nothing in a list; give each phrase an entry of its own; for the word itself write "AND" in quotes`, "AND"},
		{"coup NEAR/5 army", `"NEAR/5" means nothing in a list; give each phrase an entry of its own; for the word itself write "NEAR/5" in quotes`, "NEAR/5"},
		{"coup -palace", `"-palace" means nothing in a list; to take something away, write a query in a rule`, "-palace"},
		{"coup @leaders", `"@leaders" must be an entry of its own; to ask for it beside words, write a query in a rule`, "@leaders"},
		{"_ coup", `_ stands for a word between two others; write "coup _ attempt"`, "_ coup"},
		{"a*", `"a*" would match nearly everything; at least two letters must stand beside * or ?`, "a*"},
		{`"coup`, `this quote is never closed; close it with "`, `"`},
		{"title:coup", `":" means nothing here; put the words in quotes`, ":"},
		{"$", `"$" is no name; write $ and right after it the name of a list, as in $coup`, "$"},
	}
	for _, tt := range tests {
		n, err := query.ParseTerm(tt.src)
		checkErrors(t, "ParseTerm", tt.src, n, err, tt.want, tt.at)
	}
}
