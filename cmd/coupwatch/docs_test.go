package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/coupwatch/coupwatch/matcher"
)

// docsPages returns the pages that people read, by their paths in the repository.
func docsPages(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, pattern := range []string{"../../*.md", "../../docs/*.md"} {
		found, _ := filepath.Glob(pattern)
		for _, file := range found {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			pages[strings.TrimPrefix(file, "../../")] = string(text)
		}
	}
	delete(pages, "CHANGELOG.md") // it tells of what was
	if len(pages) < 8 {
		t.Fatalf("found %d pages", len(pages))
	}
	return pages
}

// A fence is a block of a page, between ```kind and ```.
type fence struct {
	kind string
	line int
	text string
}

func fences(page string) (all []fence) {
	open := false
	for i, line := range strings.SplitAfter(page, "\n") {
		kind, mark := strings.CutPrefix(line, "```")
		switch {
		case mark && !open:
			open, all = true, append(all, fence{kind: strings.TrimSpace(kind), line: i + 1})
		case mark:
			open = false
		case open:
			all[len(all)-1].text += line
		}
	}
	return all
}

// Links between pages lead somewhere, also to the part of a page that they name.
func TestDocsLinks(t *testing.T) {
	t.Parallel()
	pages := docsPages(t)
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	count := 0
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		for _, m := range link.FindAllStringSubmatch(pages[name], -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			count++
			file, part, _ := strings.Cut(m[1], "#")
			to := filepath.Join(filepath.Dir(name), file)
			if file == "" {
				to = name
			}
			if _, err := os.Stat(filepath.Join("../..", to)); err != nil {
				t.Errorf("%s: there is no %s", name, m[1])
			} else if page, ours := pages[to]; part != "" && ours && !slices.Contains(anchors(page), part) {
				t.Errorf("%s: %s has no part #%s; it has %v", name, to, part, anchors(page))
			}
		}
	}
	if count < 50 {
		t.Errorf("found %d links, want those of the whole book", count)
	}
}

// anchors returns what the headings of a page are called in links to them.
func anchors(page string) (all []string) {
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(page, -1) {
		all = append(all, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, m[1]))
	}
	return all
}

// Every page of docs is in its contents.
func TestDocsContents(t *testing.T) {
	t.Parallel()
	pages := docsPages(t)
	for name := range pages {
		if file, ours := strings.CutPrefix(name, "docs/"); ours && file != "README.md" && !strings.Contains(pages["docs/README.md"], "("+file+")") {
			t.Errorf("docs/README.md does not name %s", file)
		}
	}
}

// What pages show as YAML are rules that load. Those of docs/rules.md are tried by
// rulefile.
func TestDocsRules(t *testing.T) {
	t.Parallel()
	count := 0
	for name, page := range docsPages(t) {
		for _, f := range fences(page) {
			if f.kind != "yaml" || name == "docs/rules.md" {
				continue
			}
			count++
			if _, err := matcher.Parse(fmt.Sprintf("%s:%d", name, f.line), []byte(f.text)); err != nil {
				t.Error(err)
			}
		}
	}
	if count < 4 {
		t.Errorf("found %d, want those of README, the first hour, delivery and feeds", count)
	}
}

// Each command line that pages name is one that coupwatch takes: the command is
// there, and so are its flags, and in blocks the arguments are as many as it takes.
func TestDocsCommands(t *testing.T) {
	t.Parallel()
	inline := regexp.MustCompile("`((?:\\./)?coupwatch [^`]+)`")
	count := 0
	for name, page := range docsPages(t) {
		for _, f := range fences(page) {
			for _, line := range commandLines(f) {
				count++
				checkCommandLine(t, fmt.Sprintf("%s:%d", name, f.line), line, true)
			}
		}
		for _, m := range inline.FindAllStringSubmatch(page, -1) {
			count++
			checkCommandLine(t, name, m[1], false)
		}
	}
	if count < 80 {
		t.Errorf("found %d command lines, want those of the whole book", count)
	}
}

// commandLines returns the commands of a block for a shell.
func commandLines(f fence) (lines []string) {
	text := strings.ReplaceAll(f.text, "\\\n", " ")
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		shown, prompt := strings.CutPrefix(line, "$ ")
		switch {
		case f.kind == "console" && prompt:
			lines = append(lines, shown)
		case f.kind == "sh" && line != "" && !strings.HasPrefix(line, "#"):
			lines = append(lines, line)
		}
	}
	return lines
}

// checkCommandLine checks a command line as somebody would copy it.
func checkCommandLine(t *testing.T, where, line string, whole bool) {
	t.Helper()
	line = strings.Replace(line, "source <(coupwatch completion bash)", "coupwatch completion bash", 1)
	words := shellWords(line)
	for len(words) > 0 && strings.Contains(words[0], "=") || len(words) > 0 && words[0] == "export" {
		words = words[1:] // settings
	}
	switch {
	case len(words) == 0:
		return
	case len(words) > 2 && words[0] == "go" && words[1] == "run" && words[2] == "./cmd/coupwatch":
		words = words[3:]
	case strings.TrimPrefix(words[0], "./") == "coupwatch":
		words = words[1:]
	default:
		if strings.Contains(words[0], "/") {
			if _, err := os.Stat(filepath.Join("../..", words[0])); err != nil {
				t.Errorf("%s: %s: %v", where, line, err)
			}
		}
		return
	}
	cmd, rest, err := rootCommand().Find(words)
	if err != nil || cmd.Parent() == nil && len(words) > 0 && !strings.HasPrefix(words[0], "-") {
		t.Errorf("%s: coupwatch has no command for %q", where, line)
		return
	}
	cmd.InitDefaultHelpFlag()
	if err := cmd.ParseFlags(rest); err != nil {
		t.Errorf("%s: %s: %v", where, line, err)
		return
	}
	if err := cmd.ValidateArgs(cmd.Flags().Args()); whole && err != nil {
		t.Errorf("%s: %s: %v", where, line, err)
	}
}

// shellWords cuts a command line into words as a shell does, as far as a comment,
// a pipe or a redirection.
func shellWords(line string) (words []string) {
	var word strings.Builder
	quote, begun := rune(0), false
	end := func() {
		if begun {
			words = append(words, word.String())
		}
		word.Reset()
		begun = false
	}
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, begun = r, true
		case quote == 0 && (r == '|' || r == '>' || r == '<' || r == ';' || r == '&' || r == '#' && !begun):
			if r == '|' && begun && word.Len() > 0 { // story|rule, as in a usage
				word.WriteRune(r)
				continue
			}
			end()
			return words
		case quote == 0 && r == ' ':
			end()
		default:
			begun = true
			word.WriteRune(r)
		}
	}
	end()
	return words
}

// What pages show behind a $ says what they show below it. A page is one session in
// a folder that has what docs/first-hour has; a line … stands for any.
func TestDocsShows(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	count := 0
	for name, page := range docsPages(t) {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS("../../docs/first-hour")); err != nil {
			t.Fatal(err)
		}
		for _, f := range fences(page) {
			if f.kind != "console" {
				continue
			}
			count++
			command, want, _ := strings.Cut(f.text, "\n")
			words := shellWords(strings.TrimPrefix(command, "$ "))
			cmd := exec.CommandContext(t.Context(), words[0], words[1:]...)
			cmd.Dir, cmd.Env = dir, append(os.Environ(), "NO_COLOR=1", "COLUMNS=100")
			got, err := cmd.CombinedOutput()
			if err != nil {
				t.Errorf("%s:%d: %s: %v\n%s", name, f.line, command, err, got)
			} else if !shows(string(got), want) {
				t.Errorf("%s:%d: %s says\n%s\nand the page shows\n%s", name, f.line, command, got, want)
			}
		}
	}
	if count < 8 {
		t.Errorf("%d command lines are run, want those of the first hour and of stories", count)
	}
}

// shows reports whether said is shown, in which a line … stands for any lines.
func shows(said, shown string) bool {
	var pattern strings.Builder
	for line := range strings.Lines(shown) {
		if strings.TrimSpace(line) == "…" {
			pattern.WriteString(`(?:.*\n)*?`)
		} else {
			pattern.WriteString(regexp.QuoteMeta(line))
		}
	}
	return regexp.MustCompile(`^` + pattern.String() + `\s*$`).MatchString(strings.TrimLeft(said, "\n"))
}

// Each test that docs/security.md names is there, and each threat but those that
// nothing holds names one.
func TestDocsSecurity(t *testing.T) {
	t.Parallel()
	page := docsPages(t)["docs/security.md"]
	rows := regexp.MustCompile(`(?m)^\| .* \| .* \| (.*) \|$`).FindAllStringSubmatch(page, -1)
	named := regexp.MustCompile("`([\\w/]+)\\.((?:Test|Fuzz)\\w+)`")
	if len(rows) < 30 {
		t.Errorf("found %d threats, want those of all who could be one", len(rows))
	}
	for _, row := range rows {
		tests := named.FindAllStringSubmatch(row[1], -1)
		if len(tests) == 0 && row[1] != "–" && row[1] != "shown by" {
			t.Errorf("no test shows what holds %s", row[0])
		}
		for _, test := range tests {
			if !hasTest(t, test[1], test[2]) {
				t.Errorf("docs/security.md names %s.%s, which is no test", test[1], test[2])
			}
		}
	}
	for _, who := range []string{"a feed", "a page that a feed links", "somebody in Slack", "a visitor of the page", "who gets mail", "a neighbour on the host", "who edits rules", "another replica"} {
		if !strings.Contains(page, "## From "+who) {
			t.Errorf("docs/security.md has no part on what comes from %s", who)
		}
	}
}

// hasTest reports whether a package has a test of that name.
func hasTest(t *testing.T, pkg, name string) bool {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join("../..", pkg, "*_test.go"))
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nfunc "+name+"(") {
			return true
		}
	}
	return false
}
