package steps_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/steps"
)

// A told is a report of a story: when it was printed, how firmly it tells it and
// by whom.
type told struct {
	at     int // hours after noon
	status news.Status
	by     string
}

// climb returns the status of a story whose reports are told so, and its steps.
func climb(reports []told) (status news.Status, taken []news.Step) {
	var all news.Tellings
	noon := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	for _, r := range reports {
		all[r.status]++
		step := news.Step{Status: r.status, At: noon.Add(time.Duration(r.at) * time.Hour), Speaker: r.by, Publisher: "Wire"}
		status, taken = steps.Climb(status, taken, step, all)
	}
	return status, taken
}

// TestClimb tells stories by their reports, in the order in which they are
// read.
func TestClimb(t *testing.T) {
	const rumour, claim, reported, official, denied = news.Rumour, news.Claim, news.Reported, news.Official, news.Denied
	soft := func(all ...news.Status) (out []told) {
		for i, s := range all {
			out = append(out, told{at: i, status: s})
		}
		return out
	}
	tests := []struct {
		name string
		told []told
		want string
	}{
		{"a first report is believed as it is told", soft(reported), "reported"},
		{"one headline makes no fact of a rumour", soft(rumour, reported), "rumour"},
		{"nor do half of them", soft(rumour, rumour, reported, reported), "rumour"},
		{"most of them do", soft(rumour, reported, reported), "rumour → reported"},
		{"rumours take nothing from a fact", soft(reported, reported, rumour), "reported"},
		{"what somebody claimed by name stays claimed", soft(claim, rumour, rumour, rumour, rumour, claim), "claim"},
		{"claims and facts make a claim", soft(rumour, claim, reported), "rumour → claim"},
		{"a fact that hardly anybody else tells as one is none", soft(reported, claim, claim, claim, claim), "reported → claim"},
		{"an official word counts at once", []told{{0, rumour, ""}, {1, rumour, ""}, {2, official, "the ministry"}}, "rumour → official"},
		{"a denial counts at once", []told{{0, rumour, ""}, {1, claim, ""}, {2, denied, "the palace"}}, "rumour → denied"},
		{"what was denied stays so", []told{{0, rumour, ""}, {1, denied, "the palace"}, {2, reported, ""}, {3, reported, ""}, {4, reported, ""}}, "rumour → denied"},
		{"until it is told officially", []told{{0, rumour, ""}, {1, denied, "the palace"}, {2, official, "the army"}}, "rumour → denied → official"},
		{"a denial corrects an official word", []told{{0, official, "the army"}, {1, denied, "the palace"}}, "official → denied"},
		{"and is itself corrected", []told{{0, official, "the army"}, {1, denied, "the palace"}, {2, official, "the court"}}, "official → denied → official"},
		{"an old word told again corrects nothing", []told{{0, official, "the army"}, {1, denied, "the palace"}, {2, official, "Mali's army"}}, "official → denied"},
		{"the later word holds, though it is read first", []told{{0, rumour, ""}, {5, denied, "the palace"}, {2, official, "the army"}}, "rumour → official → denied"},
		{"a fact told late stands since then", []told{{3, rumour, ""}, {1, reported, ""}, {2, reported, ""}}, "rumour → reported"},
	}
	for _, tt := range tests {
		status, taken := climb(tt.told)
		var got []string
		for i, s := range taken {
			got = append(got, s.Status.String())
			if i > 0 && s.At.Before(taken[i-1].At) {
				t.Errorf("%s: step %d is of %v, before that of %v", tt.name, i, s.At, taken[i-1].At)
			}
		}
		if strings.Join(got, " → ") != tt.want || got[len(got)-1] != status.String() {
			t.Errorf("%s: %s, which is told as %q; want %s", tt.name, strings.Join(got, " → "), status, tt.want)
		}
	}
}

// What those say who could know does not depend on the order in which they are
// read.
func TestClimbInAnyOrder(t *testing.T) {
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 3))
		var words []told
		for i := range 2 + random.IntN(6) {
			status := news.Official
			if random.IntN(2) == 0 {
				status = news.Denied
			}
			words = append(words, told{i, status, fmt.Sprintf("office%c", 'a'+i)})
		}
		want := words[len(words)-1].status
		random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		if got, taken := climb(words); got != want {
			t.Errorf("%v end at %q (%v), want the latest, %q", words, got, taken, want)
		}
	}
}

// A word that is taken back counts no more.
func TestWithdraw(t *testing.T) {
	status, taken := climb([]told{{0, news.Claim, ""}, {1, news.Official, "the army"}})
	all := news.Tellings{}
	all[news.Claim], all[news.Official] = 1, 1
	step := news.Step{At: taken[1].At.Add(time.Hour), Publisher: "Herald", Sentence: "Wire withdraws its report"}
	if got, same := steps.Withdraw(status, taken, "Herald", step, all); got != news.Official || len(same) != 2 {
		t.Errorf("withdrawn by another: %q, %v", got, same)
	}
	got, after := steps.Withdraw(status, taken, "Wire", step, all)
	if got != news.Claim || len(after) != 3 || !after[1].Withdrawn || after[2].Status != news.Claim || taken[1].Withdrawn {
		t.Errorf("got %q, %v", got, after)
	}
	again := news.Step{Status: news.Official, At: step.At.Add(time.Hour), Speaker: "the army"}
	if got, _ := steps.Climb(got, after, again, all); got != news.Official {
		t.Errorf("told again by the same after it was withdrawn: %q, want official", got)
	}
}

// What rests on a report that was taken out falls; what others stand for stays.
func TestWithout(t *testing.T) {
	const claim, official, denied = news.Claim, news.Official, news.Denied
	step := func(hour int, status news.Status, by string) news.Step {
		return news.Step{Status: status, At: time.Date(2026, 8, 22, hour, 0, 0, 0, time.UTC), Speaker: by, Link: by}
	}
	after := step(20, 0, "ada")
	for name, test := range map[string]struct {
		steps, kept, lost []news.Step
		want              string
		fell              int
	}{
		"nothing rests on it":          {[]news.Step{step(1, claim, "")}, nil, nil, "claim", 0},
		"the last step falls":          {[]news.Step{step(1, claim, "")}, nil, []news.Step{step(2, official, "the army")}, "claim (official) claim", 1},
		"others tell it as firmly":     {[]news.Step{step(1, claim, ""), step(5, official, "Mali's army")}, nil, []news.Step{step(2, official, "army")}, "claim official", 0},
		"another stands for it":        {[]news.Step{step(1, claim, ""), step(5, official, "the palace")}, nil, []news.Step{step(2, official, "the army")}, "claim (official) official", 1},
		"a text edited since holds":    {[]news.Step{step(1, claim, "")}, []news.Step{step(3, denied, "the palace")}, []news.Step{step(2, official, "the army")}, "claim (official) denied", 1},
		"a fall before stays as it is": {[]news.Step{step(1, claim, "")}, []news.Step{{Status: official, At: step(2, claim, "").At, Speaker: "the court", Withdrawn: true}}, nil, "claim (official)", 0},
	} {
		status, taken, fell := steps.Without(test.steps[len(test.steps)-1].Status, test.steps, test.kept, test.lost, after)
		var got []string
		for _, s := range taken {
			word := s.Status.String()
			if s.Withdrawn {
				word = "(" + word + ")"
			}
			got = append(got, word)
		}
		if strings.Join(got, " ") != test.want || len(fell) != test.fell {
			t.Errorf("%s: %q, told as %s, and %d fell; want %q and %d", name, got, status, len(fell), test.want, test.fell)
		}
	}
}
