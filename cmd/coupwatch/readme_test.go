package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher"
)

func readme(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(src), "\n"); n >= 200 {
		t.Errorf("README.md has %d lines, want fewer than 200", n)
	}
	return string(src)
}

// The rules that README shows load, and their examples hold.
func TestReadmeRules(t *testing.T) {
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(readme(t), -1)
	if len(blocks) == 0 {
		t.Fatal("README.md shows no rules")
	}
	for _, b := range blocks {
		if _, err := matcher.Parse("README.md", []byte(b[1])); err != nil {
			t.Error(err)
		}
	}
}

// The commands that README names exist.
func TestReadmeCommands(t *testing.T) {
	have := map[string]bool{}
	for _, c := range rootCommand().Commands() {
		have[c.Name()] = true
	}
	named := regexp.MustCompile(`(?m)^(?:go run \./cmd/)?coupwatch ([a-z]+(?:-[a-z]+)*)`).FindAllStringSubmatch(readme(t), -1)
	if len(named) < 8 {
		t.Fatalf("README.md names %d commands", len(named))
	}
	for _, m := range named {
		if !have[m[1]] {
			t.Errorf("README.md names the command %q, which does not exist", m[1])
		}
	}
}

// The two commands of README stand on lines of their own, where the gate finds
// that of the tests.
func TestReadmeTwoCommands(t *testing.T) {
	for _, want := range []string{"go run ./cmd/coupwatch", "go test ./..."} {
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(want) + `$`).MatchString(readme(t)) {
			t.Errorf("README.md has no line %q", want)
		}
	}
}

// The jobs in README's table are those of run, and as often.
func TestReadmeJobs(t *testing.T) {
	src, err := os.ReadFile("run.go")
	if err != nil {
		t.Fatal(err)
	}
	jobs := regexp.MustCompile(`Name: "([^"]+)", Every: "@(?:every )?(\w+)"`).FindAllStringSubmatch(string(src), -1)
	if len(jobs) == 0 {
		t.Fatal("found no jobs in run.go")
	}
	table := readme(t)
	for _, j := range jobs {
		every := strings.NewReplacer("daily", "day", "m", " min", "s", " s").Replace(j[2])
		if !strings.Contains(table, "| "+j[1]+" | "+every+" |") {
			t.Errorf("README.md lacks the job %q every %s", j[1], every)
		}
	}
}
