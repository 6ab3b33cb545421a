// Package steps follows how firmly a story is told, from step to step on the
// ladder of claims.
//
// [Climb] follows those who could know from the first word on. The latest of
// them holds: a denial corrects an official word, and an official word a denial.
// What was denied stays so otherwise, for rumours are retold as facts again and
// again. Below that one headline bounces nothing: more than half of the reports
// must tell it so firmly. [Withdraw] takes back what rests on somebody's word.
package steps

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
)

// Climb returns the status of a story and its steps, now that a report told its
// event as step says, and all its reports, that one included, as all counts.
// The zero before is the status of a new story. The steps stay in the order of
// time, and those given are not written to.
func Climb(before news.Status, steps []news.Step, step news.Step, all news.Tellings) (news.Status, []news.Step) {
	if isFirm(step.Status) {
		return climbFirmly(before, steps, step)
	}
	if isFirm(before) {
		return before, steps
	}
	status := common(before, all)
	if status == before {
		return before, steps
	}
	step.Status = status
	if n := len(steps); n > 0 && step.At.Before(steps[n-1].At) {
		step.At = steps[n-1].At // so it stands since then, whenever the report was printed
	}
	return status, insert(steps, step)
}

// climbFirmly is [Climb] for the word of somebody who could know. The latest
// such word holds, whichever was read first; to hear the same from the same
// again changes nothing.
func climbFirmly(before news.Status, steps []news.Step, step news.Step) (news.Status, []news.Step) {
	known := func(x news.Step) bool { return x.Status == step.Status && !x.Withdrawn && sameSpeaker(x, step) }
	if slices.ContainsFunc(steps, known) {
		return before, steps
	}
	earlier, later := around(steps, step)
	switch {
	case earlier >= 0 && steps[earlier].Status == step.Status:
		steps = slices.Clone(steps)
		if step.At.After(steps[earlier].Again) {
			steps[earlier].Again = step.At
		}
		return before, steps
	case later >= 0 && steps[later].Status == step.Status:
		return before, steps
	}
	steps = slices.Clone(steps)
	if earlier >= 0 && steps[earlier].Again.After(step.At) {
		again := steps[earlier]
		again.At, again.Again, steps[earlier].Again = again.Again, time.Time{}, time.Time{}
		steps = insert(steps, again)
	}
	steps = insert(steps, step)
	last, _ := around(steps, news.Step{At: steps[len(steps)-1].At})
	return steps[last].Status, steps
}

// around returns the firm steps that hold before and after the moment of step;
// -1 for none.
func around(steps []news.Step, step news.Step) (earlier, later int) {
	earlier, later = -1, -1
	for i, x := range steps {
		switch {
		case !isFirm(x.Status) || x.Withdrawn:
		case !x.At.After(step.At):
			earlier = i
		case later < 0:
			later = i
		}
	}
	return earlier, later
}

// Withdraw returns the status of a story and its steps, now that by withdraws
// what it told, as step says: the steps that rest on its word no longer count.
// It changes nothing if there are none.
func Withdraw(before news.Status, steps []news.Step, by string, step news.Step, all news.Tellings) (news.Status, []news.Step) {
	rests := func(x news.Step) bool {
		return isFirm(x.Status) && !x.Withdrawn && x.At.Before(step.At) && (x.Publisher == by || sameSpeaker(x, news.Step{Speaker: by}))
	}
	if !slices.ContainsFunc(steps, rests) {
		return before, steps
	}
	steps = slices.Clone(steps)
	status := common(0, all)
	for i := range steps {
		steps[i].Withdrawn = steps[i].Withdrawn || rests(steps[i])
		if isFirm(steps[i].Status) && !steps[i].Withdrawn {
			status = steps[i].Status
		}
	}
	if isFirm(status) {
		return status, steps // as an earlier step says
	}
	step.Status = status
	return status, insert(steps, step)
}

// isFirm reports whether a status is that of a word of somebody who could know.
func isFirm(s news.Status) bool { return s == news.Official || s == news.Denied }

// common returns how firmly a story is told that nobody who could know spoke
// of. It rises once more than half of its reports tell it so firmly, for one
// headline makes no fact of a rumour; it falls once hardly any tell it as a
// fact. What somebody claimed by name stays claimed.
func common(before news.Status, all news.Tellings) news.Status {
	total := all[news.Rumour] + all[news.Claim] + all[news.Reported]
	status, firm := news.Rumour, 0
	for _, s := range []news.Status{news.Reported, news.Claim} {
		if firm += all[s]; 2*firm > total {
			status = s
			break
		}
	}
	const hardlyAny = 4 // one in so many
	if status >= before || before == news.Reported && hardlyAny*all[news.Reported] < total {
		return status
	}
	return before
}

// insert returns steps with step, in the order of time.
func insert(steps []news.Step, step news.Step) []news.Step {
	i := len(steps)
	for i > 0 && step.At.Before(steps[i-1].At) {
		i--
	}
	return slices.Insert(slices.Clone(steps), i, step)
}

// sameSpeaker reports whether two steps are of the same speaker: the same
// entity, or one whose name has all the long words of the other's, as "the
// army" and "Mali's army".
func sameSpeaker(a, b news.Step) bool {
	if a.Entity != "" && b.Entity != "" {
		return a.Entity == b.Entity
	}
	x, y := longWords(a.Speaker), longWords(b.Speaker)
	if len(x) > len(y) {
		x, y = y, x
	}
	return len(x) > 0 && !slices.ContainsFunc(x, func(w string) bool { return !slices.Contains(y, w) })
}

// longWords returns the words of a name that are no articles or the like.
func longWords(name string) []string {
	const long = 4
	return slices.DeleteFunc(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) }), func(w string) bool {
		return utf8.RuneCountInString(w) < long
	})
}

// Without returns the status of a story and its steps, now that reports were taken
// out of it: steps are those to which all that are left lead, kept the firm ones of
// before that do not rest on what was taken out, and lost those that do, and that
// people heard of. Of these it returns as fell those that nobody else stands for;
// they stay among the steps as withdrawn; after is the step that follows the last of
// them if no other does.
func Without(status news.Status, steps, kept, lost []news.Step, after news.Step) (_ news.Status, _, fell []news.Step) {
	for _, x := range kept { // some are of texts that were edited since
		known := slices.ContainsFunc(steps, func(y news.Step) bool { return y.Status == x.Status && sameWord(x, y) })
		switch {
		case known:
		case x.Withdrawn:
			steps = insert(steps, x)
		default:
			status, steps = climbFirmly(status, steps, x)
		}
	}
	for _, x := range lost {
		stands := func(y news.Step) bool { return y.Status == x.Status && !y.Withdrawn && sameSpeaker(x, y) }
		if slices.ContainsFunc(steps, stands) {
			continue
		}
		x.Withdrawn = true
		steps, fell = insert(steps, x), append(fell, x)
	}
	if n := len(steps); len(fell) > 0 && !isFirm(status) && steps[n-1].Withdrawn {
		after.Status = status
		steps = insert(steps, after)
	}
	return status, steps, fell
}

// sameWord reports whether two steps are of one word.
func sameWord(a, b news.Step) bool {
	return a.Link == b.Link && a.Publisher == b.Publisher || sameSpeaker(a, b)
}
