// Package ladder tells how firmly a report tells what it tells, and how firm a
// story is by all its reports. It reads English, Russian and Ukrainian, and
// the commonest words of German, French and Spanish. It does no I/O.
//
// # A report
//
// [Read] looks at the title and at the opening of the text, and there first at
// the sentences in which a rule found something: what is said of the coup
// counts, not what is said of something else. A report is
//
//   - denied if its news is the denial: the title denies what the rule found, or
//     the first sentence does. A denial further on ("the palace denies it") is
//     the other side of a story and leaves the report what it is;
//   - official if a government, an army, a court or a junta declares what is
//     its own: it took power, foiled a plot, charged somebody. What it says of
//     another country is a claim like any other, and so is an accusation;
//   - a rumour if nobody stands for it by name: "sources", "reportedly",
//     "media reports", a question, a mere "could";
//   - a claim if somebody stands for it: an exile, an expert, a president who
//     accuses another; and so is a "could" in quotation marks;
//   - reported otherwise: told as fact. What is told as alleged because a court
//     has yet to say so is told as fact.
//
// # A story
//
// [Climb] follows an official word and a denial from the first report on. An
// official word is not undone by a denial, for those who were toppled always
// deny; what was denied stays so until it is told officially, for rumours are
// retold as facts again and again. Below that one headline bounces nothing:
// more than half of the reports must tell it so firmly.
package ladder

import "github.com/coupwatch/coupwatch/news"

// Climb returns the status of a story that was at before, now that a report
// told it as latest and all its reports, that one included, told it so. The
// zero before is that of a new story.
func Climb(before, latest news.Status, all news.Tellings) news.Status {
	switch {
	case before == news.Official || latest == news.Official:
		return news.Official
	case before == news.Denied || latest == news.Denied:
		return news.Denied
	}
	total := all[news.Rumour] + all[news.Claim] + all[news.Reported]
	firm := 0
	for _, s := range []news.Status{news.Reported, news.Claim} {
		if firm += all[s]; 2*firm > total {
			return s
		}
	}
	return news.Rumour
}

// Read returns how firmly r tells what a rule found in it, or, if none did,
// what it is about; and the sentence that says so: the one that denies,
// declares, hedges or claims it, for a plain report the one that tells it. A
// report without words is a rumour with no sentence.
func Read(r news.Report) (status news.Status, sentence string) {
	p := open(r)
	if len(p) == 0 {
		return news.Rumour, ""
	}
	for _, rung := range []struct {
		status news.Status
		holds  func(passage) int
	}{
		{news.Denied, passage.denied},
		{news.Official, passage.official},
		{news.Rumour, passage.rumoured},
		{news.Claim, passage.claimed},
		{news.Claim, passage.quoted},
		{news.Rumour, passage.supposed},
	} {
		if i := rung.holds(p); i >= 0 {
			return rung.status, p[i].text
		}
	}
	return news.Reported, p[p.first()].text
}
