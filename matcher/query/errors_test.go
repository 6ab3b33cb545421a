package query_test

import (
	"errors"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/query"
)

// Each mistake is told in its place, with a way out.
func TestParseErrors(t *testing.T) {
	tests := []struct {
		src  string
		want string
		at   string // the text of the first mistake
	}{
		{"", `the query is empty; write a word, a $list or an @entity`, ""},
		{" \n ", `the query is empty; write a word, a $list or an @entity`, " \n "},
		{"coup attempt", `two words stand side by side; write "coup attempt" for a phrase, or coup AND attempt for all of them anywhere`, "coup attempt"},
		{"x OR (=coup a b)", `two words stand side by side; write "=coup a b" for a phrase, or =coup AND a AND b for all of them anywhere`, "=coup a b"},
		{"title:coup attempt", `two words stand side by side; write "coup attempt" for a phrase, or coup AND attempt for all of them anywhere`, "coup attempt"},
		{"a and b", `"and" is no operator; write AND in capitals; for the word itself write "and" in quotes`, "and"},
		{"$a or $b", `"or" is no operator; write OR in capitals; for the word itself write "or" in quotes`, "or"},
		{"$a Not $b", `"Not" is no operator; write NOT in capitals; for the word itself write "Not" in quotes`, "Not"},
		{"not a", `"not" is no operator; write NOT in capitals; for the word itself write "not" in quotes`, "not"},
		{"a near b", `"near" is no operator; write NEAR/5 in capitals; for the word itself write "near" in quotes`, "near"},
		{"a near/5 b", `"near/5" means nothing in a query; write NEAR/5`, "near/5"},
		{"a w/5 b", `"w/5" means nothing in a query; write NEAR/5`, "w/5"},
		{"a PRE/3 b", `"PRE/3" means nothing in a query; write ONEAR/3`, "PRE/3"},
		{"a NEAR5 b", `"NEAR5" means nothing in a query; write NEAR/5`, "NEAR5"},
		{"a NEAR~5 b", `"NEAR~5" means nothing in a query; write NEAR/5`, "NEAR~5"},
		{"a NEAR b", `NEAR needs a number of words; write NEAR/5`, "NEAR"},
		{"a ONEAR/ b", `ONEAR needs a number of words; write ONEAR/5`, "ONEAR/"},
		{"a NEAR/x b", `"x" is no number of words; write NEAR/5`, "NEAR/x"},
		{"a NEAR/-1 b", `"-1" is no number of words; write NEAR/5`, "NEAR/-1"},
		{"a NEAR/5000 b", `5000 words is not near; the most is 1000; to ask for both anywhere in the item write AND`, "NEAR/5000"},
		{"a AND b OR c", `AND and OR stand side by side without parentheses; write (a AND b) OR c, or a AND (b OR c)`, "OR"},
		{"a OR b AND c OR d", `AND and OR stand side by side without parentheses; write a OR (b AND c) OR d, or (a OR b) AND (c OR d)`, "AND"},
		{"a OR $b $c", `AND and OR stand side by side without parentheses; write a OR ($b $c), or (a OR $b) $c`, "$b $c"},
		{"a -b OR c", `AND and OR stand side by side without parentheses; write (a -b) OR c, or a -(b OR c)`, "OR"},
		{"-a", `NOT alone would match nearly every item; write what must occur beside it: a AND NOT b`, "-a"},
		{"NOT a AND NOT b", `NOT alone would match nearly every item; write what must occur beside it: a AND NOT b`, "NOT a AND NOT b"},
		{"a OR NOT b", `NOT stands beside OR, so that nearly every item would match; write (a OR b) AND NOT c`, "NOT b"},
		{"NOT NOT a", `NOT stands twice; take both away`, "NOT NOT"},
		{"a NEAR/5 NOT b", `NOT stands beside NEAR/5; write NOT (a NEAR/5 b)`, "NOT b"},
		{"title: NOT b AND c", `NOT stands after title:; write NOT title:word`, "title: NOT"},
		{"a - b", `a lone - means nothing; write -word to take a word away`, "-"},
		{"$a — $b", `"—" means nothing in a query; write -word with a plain hyphen to take a word away`, "—"},
		{"$a && $b", `"&&" means nothing in a query; write AND`, "&&"},
		{"AND a", `AND needs something before it; write a AND b`, "AND"},
		{"a OR", `OR needs something after it; write a OR b`, "OR"},
		{"a OR AND b", `OR needs something after it; write a OR b`, "OR"},
		{"a NEAR/5", `NEAR/5 needs something after it; write a NEAR/5 b`, "NEAR/5"},
		{"a AND NOT", `NOT needs something after it; write a AND NOT b, or a -b`, "NOT"},
		{"title:", `title: needs something after it; write title:word or title:(a OR b)`, "title:"},
		{"()", `there is nothing between the parentheses`, "()"},
		{"a AND (b OR c", `"(" is never closed; write the ) where it ends`, "("},
		{"a) AND b", `this ) closes nothing; take it away, or write the ( that it closes`, ")"},
		{`a AND "b c`, `this quote is never closed; close it with "`, `"`},
		{"a AND «b c", `this quote is never closed; close it with "`, "«"},
		{`""`, `there is no word in "\"\""`, `""`},
		{`"!?"`, `there is no word in "\"!?\""`, `"!?"`},
		{`"what now?"`, `a question mark in quotes stands for one letter; leave it out, or ask for QUESTION beside the phrase: the title ends with a question mark`, `"what now?"`},
		{`"_ coup"`, `_ stands for a word between two others; write "coup _ attempt"`, `"_ coup"`},
		{"$a _ $b", `"_" means nothing in a query; _ stands for any one word within a phrase: "coup _ attempt"`, "_"},
		{"c*", `"c*" would match nearly everything; at least two letters must stand beside * or ?`, "c*"},
		{"*", `"*" would match nearly everything; at least two letters must stand beside * or ?`, "*"},
		{`"the *"`, `"*" would match nearly everything; at least two letters must stand beside * or ?`, `"the *"`},
		{"=coup*", `= and a wildcard exclude each other; write coup* for any ending, or =coup for this form only`, "=coup*"},
		{"coup=", `= belongs before the word; write =coup`, "coup="},
		{"= coup", `"=" means nothing in a query; write = and a word right after it, for this form of the word only`, "="},
		{"SENTANCE(a)", `unknown function "SENTANCE"; did you mean SENTENCE(…)?`, "SENTANCE"},
		{"sentence(a)", `unknown function "sentence"; did you mean SENTENCE(…)?`, "sentence"},
		{"WARM(@mali)", `WARM takes an entity or a group, and how long ago people were told of it at most; write WARM(@countries, 5d)`, "WARM(@mali)"},
		{"WARM(coup, 5d)", `WARM takes an entity or a group, and how long ago people were told of it at most; write WARM(@countries, 5d)`, "WARM(coup, 5d)"},
		{"WARM(@mali, 5 d)", "two words stand side by side; write \"5 d\" for a phrase, or 5 AND d for all of them anywhere\n\"5 d\" is no length of time; write 5d or 36h", "5 d"},
		{"WARM(@mali, week)", `"week" is no length of time; write 5d or 36h`, "week"},
		{"WARM(@mali, $coup)", `"$coup" is no length of time; write 5d or 36h`, "$coup"},
		{"WARM(@mali, 0d)", `"0d" is no length of time; write 5d or 36h`, "0d"},
		{"WARM(@mali, 61d)", `"61d" is longer than stories are remembered; the most is 60d`, "61d"},
		{"WARM @mali", `WARM needs parentheses after it; write WARM(@countries, 5d)`, "WARM"},
		{"xyzzy(a)", `unknown function "xyzzy"; there are SENTENCE(…), WITHIN/9(…), COUNT(…), POINTS(…), FIRST(…), LEAD(…), TOLD(…) and WARM(…); to ask for two things leave a space before the parenthesis`, "xyzzy"},
		{"SENTENCE a", `SENTENCE needs parentheses after it; write SENTENCE(a AND b)`, "SENTENCE"},
		{"SENTENCE(a, b)", `SENTENCE takes one thing, not several with commas between them; write SENTENCE(a AND b)`, "SENTENCE(a, b)"},
		{"FIRST()", `there is nothing between the parentheses`, "()"},
		{"WITHIN(a, b)", `WITHIN needs a number of words; write WITHIN/5`, "WITHIN"},
		{"WITHIN/9(a)", `WITHIN needs two things at least; write WITHIN/9(a, b, c)`, "WITHIN/9(a)"},
		{"WITHIN/2(a, b, c)", `3 things do not fit in 2 words; write a greater number`, "WITHIN/2(a, b, c)"},
		{"COUNT($a)", `COUNT needs a number to reach; write COUNT($a) >= 3`, "COUNT($a)"},
		{"COUNT($a) > 3", `">" means nothing in a query; write >= and a number: so many or more`, "> 3"},
		{"COUNT($a) >= -2", `COUNT counts from 1; write >= 3`, ">= -2"},
		{"POINTS($a) < -1001", `no number after <; write < 3`, "< -1001"},
		{"COUNT($a) >= x", `no number after >=; write >= 3`, ">= x"},
		{"COUNT($a) >= 3000", `"3000" is too great a number; the greatest is 1000`, ">= 3000"},
		{"POINTS($a) < 99999999999999999999", `"99999999999999999999" is too great a number; the greatest is 1000`, "< 99999999999999999999"},
		{"COUNT(a) >= 2", `COUNT counts the entries of one list; write COUNT($list) >= 3`, "COUNT(a)"},
		{"COUNT($a) < 3", `"<" means nothing after COUNT; write >= and a number: so many or more`, "< 3"},
		{"POINTS($a)", `POINTS needs a number to compare with; write POINTS($a) >= 50, or < 50`, "POINTS($a)"},
		{"POINTS(a) >= 2", `POINTS adds up the rows of one table; write POINTS($table) >= 50`, "POINTS(a)"},
		{"POINTS($a) <= 2", `"<=" means nothing in a query; write >= and a number: so many or more`, "<= 2"},
		{"POINTS($a) < x", `no number after <; write < 3`, "< x"},
		{"LEAD(POINTS($a) < 3)", `POINTS($a) < 3 has no place in the text and cannot stand within LEAD; write it beside, with AND`, "POINTS($a) < 3"},
		{"$a >= 2", `">= 2" is out of place; write COUNT($list) >= 3`, ">= 2"},
		{"a, b", `a comma stands only in WITHIN/9(a, b); write a OR b, or a AND b`, ","},
		{"titel:a", `unknown field "titel"; did you mean title:?`, "titel:"},
		{"headline:a", `unknown field "headline"; did you mean title:?`, "headline:"},
		{"xyzzy:a", `unknown field "xyzzy"; there are title:, summary:, body:, feed:, lang: and tag:; put a word with a colon in quotes`, "xyzzy:"},
		{"feed:", `feed: needs something after it; write feed:reuters`, "feed:"},
		{"22:00", `":" means nothing here; put the words in quotes`, ":"},
		{"a/b", `"/" means nothing here; write a OR b, or "a/b" for just that`, "/"},
		{"[a OR b]", `"[" means nothing here; use parentheses ( ) to group` + "\n" + `"]" means nothing here; use parentheses ( ) to group`, "["},
		{"a@b", `"@" means nothing here; leave a space before it`, "@"},
		{"@", `"@" is no name; write @ and right after it the name of an entity, as in @leaders`, "@"},
		{"$-x", `"$-x" is no name; write $ and right after it the name of a list, as in $coup`, "$-x"},
		{"title:(summary:a)", `nothing lies in the summary and in the title at once; write one of them`, "summary:a"},
		{"body:FIRST(a)", `nothing lies in the title and in the body at once; write one of them`, "FIRST(a)"},
		{"a NEAR/5 QUESTION", `QUESTION has no place in the text and cannot stand within NEAR; write it beside, with AND`, "QUESTION"},
		{"SENTENCE(a AND feed:b)", `feed:b has no place in the text and cannot stand within SENTENCE; write it beside, with AND`, "feed:b"},
		{"a AND OR b c -", `AND needs something after it; write a AND b` + "\n" +
			`two words stand side by side; write "b c" for a phrase, or b AND c for all of them anywhere` + "\n" +
			`a lone - means nothing; write -word to take a word away`, "AND"},
	}
	for _, tt := range tests {
		n, err := query.Parse(tt.src)
		checkErrors(t, "Parse", tt.src, n, err, tt.want, tt.at)
	}
}

func checkErrors(t *testing.T, name, src string, n query.Node, err error, want, at string) {
	t.Helper()
	if err == nil {
		t.Errorf("%s(%q) = %s, want the error %s", name, src, query.Format(n), want)
		return
	}
	if got := err.Error(); got != want {
		t.Errorf("%s(%q):\n got %s\nwant %s", name, src, got, want)
	}
	var errs query.Errors
	if !errors.As(err, &errs) {
		t.Fatalf("%s(%q): the error is a %T, want query.Errors", name, src, err)
	}
	first := errs[0]
	if got := src[first.Pos:first.End]; got != at {
		t.Errorf("%s(%q): the mistake is at %q, want %q", name, src, got, at)
	}
	if n != nil {
		t.Errorf("%s(%q) returned a node with the error", name, src)
	}
}
