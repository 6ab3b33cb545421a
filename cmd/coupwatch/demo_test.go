package main

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/internal/longtest"
)

// The demo is the whole program at work: feeds in four forms and three
// languages go in, and what a desk should hear comes out, once.
func TestDemo(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), "coupwatch", "demo", "--pace", "1ms")
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "COLUMNS=78")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("demo: %v\n%s", err, out)
	}
	told, rest, found := strings.Cut(string(out), "DAILY DIGEST")
	if !found {
		t.Fatalf("there is no digest:\n%s", out)
	}
	headings := regexp.MustCompile(`(?m)^(?:CRITICAL|HIGH|MEDIUM|DENIED) · .*\n(.*)\n`)
	var headlines []string
	for _, m := range headings.FindAllStringSubmatch(told, -1) {
		headlines = append(headlines, m[1])
	}
	if n := len(headlines); n < 6 || n > 9 {
		t.Errorf("%d alerts, want 6 to 9: %q", n, headlines)
	}
	for event, pattern := range map[string]string{
		"the rumour":                    `(?m)^HIGH · (RUMOUR|CLAIM) .*\n.*(coup|переворот)`,
		"the defection":                 `(?m)^MEDIUM · .*\n.*(Руденок|Rudenok|guard|охран)`,
		"the mutiny":                    `(?m)^HIGH · .*\n.*(Четвёртая бригада|[Mm]utiny|заколот)`,
		"the official word":             `(?m)^HIGH · NOW OFFICIAL .*\n.*(mutiny|мятеж|заколот)`,
		"the denial":                    `(?m)^DENIED · .*\n.*(Hroma|Громы)`,
		"the purge":                     `(?m)^MEDIUM · .*\n.*(Molar|Молар|Guard Directorate|guard dismissed)`,
		"the count of its origins":      `\d+ reports · at most \d+ independent origins`,
		"its way up the ladder":         `→\s+official`,
		"a story across two languages":  `was  .*[а-я].*\n(?:.*\n)*?.*Transland Wire`,
		"the word that made it a match": `\*(coup|переворот|заговор|мятеж|mutiny|заколот)`,
	} {
		if !regexp.MustCompile(pattern).MatchString(told) {
			t.Errorf("nobody was told of %s (%s)", event, pattern)
		}
	}
	for _, noise := range []string{"Rovers", "masterpiece", "Harrow", "Long Coup", "1985", "Striker", "диплом", "MP defects", "Рецензия", "1991"} {
		if strings.Contains(told, noise) {
			t.Errorf("somebody was woken by %q", noise)
		}
	}
	if strings.Contains(string(out), "http") {
		t.Error("there are links, and where they lead to there is nothing")
	}
	if !strings.Contains(rest, "VELMARIA (INVENTED) (6)") || strings.Contains(rest, "NO COUNTRY NAMED") {
		t.Error("the digest is not by country")
	}
	if strings.Contains(rest, "STORIES A DAY") {
		t.Error("there is a chart of one day")
	}
	if !strings.Contains(rest, "Viktor Salenko → The Meridian") {
		t.Error("the digest does not say whose word the rumour is")
	}
	if !regexp.MustCompile(`190 items read, \d+ matched, \d alerts in 6 stories`).MatchString(rest) {
		t.Errorf("the summary is missing:\n%s", rest)
	}
	for _, shown := range readmeAlerts(t) {
		if !strings.Contains(timeless(string(out)), shown) {
			t.Errorf("README.md shows an alert that the demo does not: %s", shown)
		}
	}
	if t.Failed() {
		t.Log(told)
	}
}

// With --page there is a page of the days, which stays when they are over, and
// alerts lead to it.
func TestDemoPage(t *testing.T) {
	t.Parallel()
	longtest.Only(t, "awaits jobs that are done each ten seconds")
	d := start(t, t.TempDir(), nil, "demo", "--pace", "400ms", "--page", "--listen", "127.0.0.1:0")
	page := regexp.MustCompile(`http://[^ ]+/`).FindString(d.await(`What becomes of them is at http`))
	story := regexp.MustCompile(`http://[^ ]+/story/[^ ]+`).FindString(d.await(`/story/`))
	if body := get(t, story); !strings.Contains(body, "On whose word") {
		t.Errorf("%s leads to\n%s", story, body)
	}
	d.await(`The page stays at`)
	if body := get(t, page); !strings.Contains(body, "Defence ministry confirms mutiny in Tolmin") {
		t.Errorf("after the days the page is\n%s", body)
	}
	for _, job := range []string{"read feeds", "index items", "send alerts", "count rules"} {
		if body := get(t, page+"status"); !regexp.MustCompile(job + `</th>.*>done<`).MatchString(body) {
			t.Errorf("the status does not say how it went to %s:\n%s", job, body)
		}
	}
	if err := d.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code := d.exit(); code != 0 {
		t.Errorf("ended by hand it exits with %d", code)
	}
}

// readmeAlerts returns the alerts that README.md shows, without their times.
func readmeAlerts(t *testing.T) []string {
	t.Helper()
	var alerts []string
	for _, block := range regexp.MustCompile("(?s)```\n(.*?)```").FindAllStringSubmatch(readme(t), -1) {
		for alert := range strings.SplitSeq(block[1], "\n\n") {
			if strings.Contains(alert, "(INVENTED)") {
				alerts = append(alerts, timeless(alert))
			}
		}
	}
	if len(alerts) != 3 {
		t.Fatalf("README.md shows %d alerts of the demo, want 3", len(alerts))
	}
	return alerts
}

// timeless returns what stands in an alert of the demo at any hour that it is
// run: without times, breaks of lines and marks of what was found.
func timeless(alert string) string {
	alert = regexp.MustCompile(`(?:\d+\s+[A-Z][a-z]{2}\s+)?\d\d:\d\d(?:\s+UTC)?`).ReplaceAllString(alert, "")
	return strings.Join(strings.Fields(strings.ReplaceAll(alert, "*", "")), " ")
}
