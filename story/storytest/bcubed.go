// Package storytest measures stories against the events that people found in the
// same news, for tests.
package storytest

// BCubed returns how pure the stories are and how whole the events, both keyed
// by item, by B-cubed (Bagga and Baldwin, 1998): for each item, how much of its
// story is of its event, and how much of its event is in its story; on average.
// Only the items that have a story count. Without any, both are 0.
func BCubed(story, event map[string]string) (precision, recall float64) {
	if len(story) == 0 {
		return 0, 0
	}
	type pair struct{ story, event string }
	inStory, inEvent, both := map[string]float64{}, map[string]float64{}, map[pair]float64{}
	for item, s := range story {
		e := event[item]
		inStory[s]++
		inEvent[e]++
		both[pair{s, e}]++
	}
	for p, n := range both {
		precision += n * n / inStory[p.story]
		recall += n * n / inEvent[p.event]
	}
	n := float64(len(story))
	return precision / n, recall / n
}
