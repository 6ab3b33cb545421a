package ops

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What is released takes minutes to build where nothing is built yet.
var (
	release = flag.Bool("release", false, "carry out the Dockerfile, and look into what goreleaser put into dist")
	update  = flag.Bool("update", false, "with -release: write docs/licences.md")
)

const licencesFile = "docs/licences.md"

// licenceRow is a row of the table of docs/licences.md.
var licenceRow = regexp.MustCompile(`(?m)^\| (\S+\.\S+/?\S*) \| (v\S+) \| ([^|]+) \|$`)

// licences that let everybody use, change and hand on what is under them, if they
// are handed on too.
var licences = []string{"MIT", "BSD-2-Clause", "BSD-3-Clause", "BSD-Source-Code", "Apache-2.0", "ISC", "ICU"}

// The modules in docs/licences.md are those that the program is built of, and each is
// under a licence that we may hand on.
func TestLicencesAreListed(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}| {{.Path}} | {{.Version}} |{{end}}{{end}}", "./cmd/coupwatch")
	cmd.Dir = repository
	cmd.Env = append(os.Environ(), "GOOS=linux", "CGO_ENABLED=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(want)
	want = slices.DeleteFunc(slices.Compact(want), func(s string) bool { return s == "" })
	var got []string
	for _, row := range licenceRow.FindAllStringSubmatch(read(t, licencesFile), -1) {
		got = append(got, fmt.Sprintf("| %s | %s |", row[1], row[2]))
		for name := range strings.SplitSeq(row[3], ", ") {
			if !slices.Contains(licences, name) {
				t.Errorf("%s is under %s: may it be handed on with coupwatch?", row[1], name)
			}
		}
	}
	for _, module := range want {
		if !slices.Contains(got, module) {
			t.Errorf("%s lacks %s; it says how it is made anew", licencesFile, module)
		}
	}
	for _, module := range got {
		if !slices.Contains(want, module) {
			t.Errorf("%s has %s, of which the program is not built", licencesFile, module)
		}
	}
}

// What docs/licences.md says is what the list of what is in the program says, which
// comes with a release.
func TestLicencesAreThoseOfTheModules(t *testing.T) {
	if !*release {
		t.Skip("there is no release; NO_CROSS=1 goreleaser release --snapshot --clean --skip=publish, then go test ./ops -release")
	}
	found, _ := filepath.Glob(filepath.Join(repository, "dist", "*amd64.cdx.json"))
	if len(found) != 1 {
		t.Fatalf("dist has %d lists of what is in the program for amd64, want one", len(found))
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Components []struct {
			Name, Version string
			Evidence      struct {
				Licenses []struct{ License struct{ ID, Name string } }
			}
		}
	}
	if err := json.Unmarshal(text, &list); err != nil || len(list.Components) < 20 {
		t.Fatalf("%s has %d modules: %v", found[0], len(list.Components), err)
	}
	rows := make([]string, 0, len(list.Components))
	for _, c := range list.Components {
		var names []string
		for _, l := range c.Evidence.Licenses {
			names = append(names, l.License.ID+l.License.Name)
		}
		slices.Sort(names)
		rows = append(rows, fmt.Sprintf("| %s | %s | %s |\n", c.Name, c.Version, strings.Join(names, ", ")))
	}
	slices.Sort(rows)
	page := read(t, licencesFile)
	head, _, _ := strings.Cut(page, "|---|---|---|\n")
	want := head + "|---|---|---|\n" + strings.Join(rows, "")
	if *update {
		if err := os.WriteFile(filepath.Join(repository, licencesFile), []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != page {
		t.Errorf("%s differs from %s; it says how it is made anew", licencesFile, found[0])
	}
}
