package ops

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const repository = ".."

// An instruction is one of a Dockerfile: COPY, RUN and so on, and what follows.
type instruction struct{ name, rest string }

// stages returns the instructions of the Dockerfile, stage by stage; each begins
// with its FROM.
func stages(t *testing.T) [][]instruction {
	t.Helper()
	text := regexp.MustCompile(`(?m)^#.*\n`).ReplaceAllString(read(t, "Dockerfile"), "")
	text = strings.ReplaceAll(text, "\\\n", "")
	var all [][]instruction
	for line := range strings.Lines(text) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name == "" {
			continue
		}
		if name == "FROM" {
			all = append(all, nil)
		}
		last := len(all) - 1
		all[last] = append(all[last], instruction{name, strings.TrimSpace(rest)})
	}
	if len(all) != 2 {
		t.Fatalf("the Dockerfile has %d stages, want one that builds and one that is the image", len(all))
	}
	return all
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// copied returns what a stage copies from the clone.
func copied(stage []instruction) []string {
	var all []string
	for _, i := range stage {
		if i.name == "COPY" && !strings.HasPrefix(i.rest, "--from") {
			words := strings.Fields(i.rest)
			all = append(all, words[:len(words)-1]...)
		}
	}
	return all
}

// The program is built from all folders that its packages are in, and from nothing
// that changes oftener: what an analyst edits builds nothing.
func TestImageBuildsFromItsSources(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{with .Module}}{{if .Main}}{{$.ImportPath}}{{end}}{{end}}", "./cmd/coupwatch")
	cmd.Dir = repository
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"go.mod", "go.sum", "ops/build"}
	for pkg := range strings.Lines(string(out)) {
		folder := strings.SplitN(strings.TrimPrefix(strings.TrimSpace(pkg), "github.com/coupwatch/coupwatch/"), "/", 2)[0]
		want = append(want, folder)
	}
	slices.Sort(want)
	want = slices.Compact(want)
	got := copied(stages(t)[0])
	for _, folder := range want {
		if !slices.Contains(got, folder) {
			t.Errorf("the Dockerfile does not copy %s, of which the program is built", folder)
		}
	}
	for _, folder := range got {
		if !slices.Contains(want, folder) && folder != "internal" {
			t.Errorf("the Dockerfile copies %s, of which nothing is built: a change of it builds the program anew", folder)
		}
	}
}

// What the image is made of is let through to whoever builds it, and nothing else.
func TestIgnoredByDocker(t *testing.T) {
	through := map[string]bool{}
	for line := range strings.Lines(read(t, ".dockerignore")) {
		if name, found := strings.CutPrefix(strings.TrimSpace(line), "!"); found {
			through[name] = true
		}
	}
	all := stages(t)
	for _, name := range append(copied(all[0]), copied(all[1])...) {
		if !through[name] {
			t.Errorf(".dockerignore keeps %s from the Dockerfile", name)
		}
		delete(through, name)
	}
	for name := range through {
		t.Errorf(".dockerignore lets %s through, which the Dockerfile does not copy", name)
	}
}

// Rules lie above the program, which runs as nobody and writes into one folder.
func TestImageIsLayered(t *testing.T) {
	image := stages(t)[1]
	var order []string
	values := map[string]string{}
	for _, i := range image {
		values[i.name] = i.rest
		if i.name == "COPY" {
			words := strings.Fields(i.rest)
			order = append(order, words[len(words)-1])
		}
	}
	if values["FROM"] != "scratch" || values["RUN"] != "" {
		t.Errorf("the image is from %q and runs %q, want scratch and nothing", values["FROM"], values["RUN"])
	}
	program, rules := slices.Index(order, "/usr/local/bin/"), slices.Index(order, "/etc/coupwatch/rules")
	if program < 0 || rules < program {
		t.Errorf("the image copies %q, want the rules after the program", order)
	}
	if user := values["USER"]; user == "" || strings.HasPrefix(user, "0") || strings.HasPrefix(user, "root") {
		t.Errorf("the image runs as %q", user)
	}
	if values["VOLUME"] != "/data" {
		t.Errorf("the image writes into %q, want /data", values["VOLUME"])
	}
}

// What ops/build says of how the program is built, .goreleaser.yaml says too.
func TestBuiltAlike(t *testing.T) {
	script, release := read(t, "ops/build"), read(t, ".goreleaser.yaml")
	flags := strings.Join(regexp.MustCompile(`(?m)-trimpath|-buildvcs=false|sqlite_\w+|netgo|osusergo|CGO_ENABLED=1|aarch64-linux-gnu-gcc|-s -w -X main.release=|-extldflags '-static'`).FindAllString(script, -1), "\n")
	if strings.Count(flags, "\n") < 8 {
		t.Fatalf("ops/build says only\n%s", flags)
	}
	for flag := range strings.Lines(flags) {
		if !strings.Contains(release, strings.TrimSpace(flag)) {
			t.Errorf(".goreleaser.yaml does not say %s, as ops/build does", strings.TrimSpace(flag))
		}
	}
}
