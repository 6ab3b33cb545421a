// Package matcher decides which items are worth a look, by what rules.yaml
// says, and can explain each decision. It is the door of its rooms: rulefile
// reads what rules.yaml says into a spec, engine compiles that and matches items
// with it, explain says why.
//
// [Rules] are immutable and safe for concurrent use; [Rules.Match] and
// [Rules.Explain] depend on nothing but the rules, the item and what is said to be
// warm. What a query
// can say stands in package query; this is what it means.
//
// # Words
//
// An item has three fields: title, summary and body. Each is cut into words
// once, as package text does it, and nothing is ever near, side by side or in
// one sentence across two fields. Words that are not of the report itself,
// such as requests to subscribe, are never found.
//
// A term is found where its words stand side by side in one sentence; commas
// and hyphens between them do not matter; signs such as those of "C++" and
// "AT&T" do, where a term has them. A plain word is found in all forms
// that have its stem in the language of the text; =word only as it stands,
// and if it is written with capitals, only with these (a title all in capitals
// will do: =Gen finds Gen and GEN, while =US finds US only); "a phrase" as it
// stands, however it is capitalised; word* with any ending; wo?d with any
// letter for the ? and, if it has a * inside, any letters for that; _ is any
// one word of a phrase.
//
// The language is the one that the item's feed claims, unless the text is
// clearly in another; without a claim it is told by the text, and a text too
// short for that is read as English.
//
// An entry that a list has for one language is found in fields that are in it
// only; a field too short to tell is in that of the item.
// A plain word of four letters or more is found within compounds of that
// language too, if it writes them as one word.
//
// # Queries
//
// Whatever is found is found somewhere: from its first word to its last.
//
//   - a OR b is found wherever a or b is.
//   - a AND b is found where a is (where the first of its parts is that has a
//     place), if all parts are found in the item and nothing that stands after
//     NOT is.
//   - a NEAR/n b is found from the one to the other, if both are in one field
//     with at most n words between them. What overlaps is near, as b in
//     (a NEAR/9 c) NEAR/3 b may stand between a and c; but the same words
//     cannot be both sides. Of many pairs the nearest count: each a with the b
//     before and the b after it, and each b with the a before and after it.
//     In a ONEAR/n b the first comes wholly before the second.
//   - WITHIN/n(a, b, c) is found in a stretch of n words that has all of them,
//     none as the same words.
//   - SENTENCE(q) asks q in each sentence as if there were no other; title:(q)
//     asks it in the title as if there were nothing else.
//   - LEAD(q) asks q in the title, and in the first sentence of the summary (of
//     the body if there is no summary), in each as if there were nothing else.
//   - TOLD(q) is found where q is, and its sentence tells it as a fact of now, as
//     package mood reads it. In a long title or text only the words around count.
//   - WARM(@id, 5d) is found where @id is, if people were told of a story of the
//     one who is named there before the item, and not longer ago. A city is as
//     warm as its country. What is warm is no part of the rules or of the item:
//     see [news.Report.Given]. Where it is not known nothing is.
//   - FIRST(q) is found where q is found and begins with the first word of the
//     title.
//   - COUNT($list) >= n, QUESTION, feed:, lang: and tag: hold of the item as a
//     whole; they have no place, and are near everything.
//   - PAST_YEAR is found at a number from 1900 to the year before the item's.
//
// # Entities
//
// @id is found at every spelling that package names makes of the entity's
// name, @group at those of its members, @countries at the names and
// nationalities of all countries that package places knows, @country:ml at
// those of Mali, @capitals at their capitals.
//
// A name within a longer name is not found: no Sudan in South Sudan, no Moscow
// in The Moscow Times, no Mexico in New Mexico. But what belongs to a country
// does not hide it: the Malian Armed Forces are Malian.
//
// A member of a group that has since or until is found as one of the group in
// items of that time only.
//
// Nor is a surname with somebody else's first name before it, nor a person
// within the name of another: no Pedro Castillo in Luis Castillo.
//
// A surname on its own counts if few people bear it and the entity has no
// helper. Else it counts only if the full name stands in the same item, or if
// what the helper asks for is found within 12 words of it; and then all over
// the item.
//
// # Rules
//
// The places at which a rule's match is found are its hits. An unless takes
// away each hit near which it is found: with a word of it at most 12 words
// away in the same field, or at another distance if it says so, in the same
// sentence, or anywhere in the item. If no hit is left the rule does not
// match.
//
// A raise that is found near a hit gives it a greater severity than the
// rule's, a lower a smaller one; where both are found the lower has the last
// word, since the anniversary of a bloody coup is still an anniversary. The
// severity of the match is the greatest of its hits, and its spans are those of
// the hits that have it.
//
// # Near misses
//
// [Rules.Almost] tells of an item that would wake somebody but for one thing:
// all that a rule asks for is there save one part, or not where it should be,
// or one unless takes it away or one lower makes it low. What a rule is about
// must be there: the part for which the fewest rules ask. A country alone is
// no near miss of a coup. A report has the near miss of its item too, if that
// comes so near that a digest tells of it.
//
// # Cost
//
// A word that was met before costs one look-up, which gives the atoms that it
// satisfies: what terms ask of a single word. Terms of several words, names
// and countries are one trie over atoms. Queries are evaluated over what was
// hit, equal parts of different rules only once, and only for rules that can
// still come out true. So the work is in proportion to the text and to what is
// found in it, and not to the number of rules and terms.
package matcher
