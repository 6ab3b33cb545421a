package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers lists the packages from the bottom up. A package may import those
// that are named beside it and no others of this module: there is no way up
// and none sideways.
var layers = []struct {
	pkg  string
	uses []string
}{
	{"news", nil},
	{"internal/cputime", nil},
	{"internal/longtest", nil},
	{"internal/span", nil},
	{"schedule", nil},
	{"text/markup", nil},
	{"text", []string{"text/markup"}},
	{"text/inflect", []string{"text"}},
	{"text/keys", []string{"text/inflect"}},
	{"text/fit", nil},
	{"text/numbers", nil},
	{"text/selector", nil},
	{"text/lexicon", []string{"text"}},
	{"text/lexicon/lexicontest", []string{"text", "text/lexicon"}},
	{"text/mood", []string{"text", "text/lexicon"}},
	{"matcher/internal/code", nil},
	{"matcher/query", []string{"news"}},
	{"matcher/names/slavic", nil},
	{"matcher/names/translit", nil},
	{"matcher/names", []string{"text", "matcher/names/slavic", "matcher/names/translit"}},
	{"matcher/places/data", nil},
	{"matcher/places", []string{"text", "matcher/places/data"}},
	{"matcher/internal/spell", nil},
	{"matcher/internal/say", []string{"matcher/internal/spell"}},
	{"matcher/spec", []string{"news", "matcher/query", "matcher/places"}},
	{"matcher/internal/draft", []string{"news", "matcher/query", "matcher/spec"}},
	{"matcher/folder", nil},
	{"matcher/rulefile/internal/node", []string{"news", "matcher/folder"}},
	{"matcher/rulefile", []string{"news", "text/selector", "schedule", "matcher/folder", "matcher/query", "matcher/places", "matcher/spec"}},
	{"matcher/engine/internal/vocabulary", []string{"text", "text/inflect", "matcher/query"}},
	{"matcher/rulefile/edit", []string{"news"}},
	{"matcher/engine", []string{"news", "text", "text/mood", "matcher/engine/internal/vocabulary", "matcher/query", "matcher/names", "matcher/places", "matcher/spec"}},
	{"matcher/census", []string{"news", "matcher/query", "matcher/spec", "matcher/engine"}},
	{"matcher/explain", []string{"news", "text", "text/numbers", "matcher/query", "matcher/names", "matcher/places", "matcher/spec", "matcher/engine", "matcher/census"}},
	{"matcher/search", []string{"news", "text", "text/keys", "matcher/query", "matcher/names", "matcher/places", "matcher/spec", "matcher/engine"}},
	{"matcher", []string{"news", "matcher/search", "matcher/spec", "matcher/folder", "matcher/rulefile", "matcher/rulefile/edit", "matcher/engine", "matcher/census", "matcher/explain"}},
	{"story/outlets", []string{"news", "text", "text/lexicon"}},
	{"story/attribution", []string{"news", "text", "text/lexicon", "story/outlets", "story/wordform"}},
	{"story/decline", nil},
	{"story/wordform", nil},
	{"story/ladder", []string{"news", "text", "text/lexicon", "story/decline", "story/wordform"}},
	{"story/steps", []string{"news"}},
	{"story/sametext", []string{"news", "text"}},
	{"story/phonetic", nil},
	{"story/origins", []string{"news", "text", "text/lexicon", "story/phonetic"}},
	{"story/storytest", nil},
	{"story/gist", []string{"news", "text", "text/inflect", "text/lexicon", "story/phonetic", "story/sametext"}},
	{"story/cluster", []string{"news", "text", "text/inflect", "text/lexicon", "story/gist", "story/sametext"}},
	{"story", []string{"news", "text", "text/inflect", "text/lexicon", "story/outlets", "story/attribution", "story/ladder", "story/steps", "story/origins", "story/gist", "story/cluster"}},
	{"backtest/archive", []string{"news"}},
	{"store/engine", nil},
	{"store/engine/enginetest", []string{"store/engine"}},
	{"store/internal/row", []string{"store/engine"}},
	{"store/outbox", []string{"news", "store/engine", "store/internal/row"}},
	{"store/cadence", []string{"news"}},
	{"store/backup", []string{"store/engine", "store/internal/row"}},
	{"store/coverage", []string{"news", "store/cadence", "store/engine", "store/internal/row"}},
	{"store/subscriptions", []string{"news", "store/engine", "store/internal/row"}},
	{"store/opinions", []string{"news", "store/engine", "store/internal/row"}},
	{"store/sources", []string{"news", "store/engine", "store/internal/row"}},
	{"store/views", []string{"news", "store/engine", "store/internal/row"}},
	{"store/pages", []string{"news", "store/engine", "store/internal/row"}},
	{"store/people", []string{"news", "store/engine", "store/internal/row"}},
	{"store/replicas", []string{"store/engine", "store/internal/row"}},
	{"store/transfer", []string{"store/engine", "store/internal/row", "store/replicas"}},
	{"store/internal/closed", []string{"news"}},
	{"store/upgrade", []string{"news", "store/engine", "store/internal/row", "store/outbox"}},
	{"store/search", []string{"news", "text/keys", "store/engine", "store/internal/row"}},
	{"store/census", []string{"store/engine", "store/internal/row"}},
	{"store", []string{"news", "store/census", "store/search", "store/coverage", "store/engine", "store/internal/row", "store/internal/closed", "store/outbox", "store/opinions", "store/pages", "store/people", "store/replicas", "store/sources", "store/subscriptions", "store/upgrade", "store/views"}},
	{"store/storetest", []string{"store", "store/engine/enginetest"}},
	{"notify/show", []string{"news", "text/fit", "text/numbers"}},
	{"notify/slackdouble", nil},
	{"notify/internal/pace", nil},
	{"notify", []string{"internal/span", "news", "notify/show"}},
	{"notify/internal/post", []string{"notify", "notify/show"}},
	{"notify/internal/notifytest", []string{"news", "notify"}},
	{"notify/slack", []string{"news", "notify", "notify/show"}},
	{"notify/email", []string{"news", "notify", "notify/show"}},
	{"notify/chat", []string{"news", "notify", "notify/show"}},
	{"notify/webhook", []string{"news", "notify"}},
	{"web/filter", []string{"news"}},
	{"web/board", []string{"news", "web/filter"}},
	{"web/chart", []string{"news", "text/fit", "text/numbers"}},
	{"web/gate", []string{"news"}},
	{"web/login/password", nil},
	{"web/login/issuer", nil},
	{"web/browsertest", []string{"internal/longtest"}},
	{"web/sheet", []string{"news", "text/numbers", "web/gate", "web/chart"}},
	{"web/sources", []string{"news", "text/numbers", "web/filter", "web/chart", "web/gate", "web/sheet"}},
	{"web/handles", []string{"news", "text/numbers", "web/chart", "web/gate", "web/sheet"}},
	{"web/handles/handlestest", []string{"news", "web/handles"}},
	{"web/api", []string{"news", "web/filter", "web/board", "web/gate", "web/sheet"}},
	{"web/api/apitest", nil},
	{"web", []string{"internal/span", "news", "web/filter", "web/board", "web/chart", "web/gate", "web/sheet"}},
	{"web/login", []string{"news", "web/gate", "web/sheet", "web/login/issuer", "web/login/password"}},
	{"web/find", []string{"news", "web/chart", "web/sheet"}},
	{"web", []string{"internal/span", "news", "web/filter", "web/board", "web/chart", "web/gate", "web/sheet"}},
	{"watcher/monthnames", nil},
	{"watcher/dates", []string{"watcher/monthnames"}},
	{"watcher/mend", nil},
	{"watcher/pace", []string{"news", "schedule"}},
	{"watcher/fetch", []string{"news", "watcher/pace"}},
	{"watcher/watchdog", []string{"news"}},
	{"watcher/fulltext", []string{"news", "watcher/mend", "watcher/pace", "watcher/fetch"}},
	{"watcher", []string{"internal/span", "news", "watcher/watchdog", "text/selector", "text", "matcher", "story", "watcher/dates", "watcher/mend", "watcher/pace", "watcher/fetch", "watcher/fulltext"}},
	{"watcher/push", []string{"news", "watcher/fetch", "watcher/pace"}},
	{"watcher/discover", []string{"news", "text", "watcher", "watcher/fetch"}},
	{"backtest/fit", nil},
	{"backtest", []string{"news", "text", "matcher", "matcher/explain", "story", "backtest/archive"}},
	{"backtest/trial", []string{"news", "matcher", "backtest"}},
	{"web/bench", []string{"news", "matcher", "matcher/census", "matcher/explain", "matcher/places", "backtest", "backtest/trial", "web/chart", "web/gate", "web/sheet"}},
	{"cmd/coupwatch/newswire", nil},
	{"ops", nil},
	{"cmd/coupwatch/internal/terminal", []string{"text/fit", "text/numbers"}},
	{"backtest/fitpoints", []string{"news", "text", "text/inflect", "matcher", "matcher/explain", "backtest", "backtest/archive", "backtest/fit"}},
	{"backtest/fitstories", []string{"news", "matcher", "story", "story/cluster", "backtest", "backtest/archive"}},
	{"cmd/coupwatch/internal/answers", []string{"news", "story", "text", "matcher", "matcher/explain", "matcher/places", "store", "store/outbox", "watcher/pace", "backtest"}},
	{"cmd/coupwatch/internal/opml", nil},
	{"cmd/coupwatch/internal/feedlist", []string{"news", "schedule", "text", "matcher", "watcher", "watcher/fetch", "watcher/discover", "web/sources"}},
	{"cmd/coupwatch/internal/settings", []string{"news", "matcher", "web/login"}},
	{"cmd/coupwatch/internal/delivery", []string{"notify", "notify/chat", "notify/email", "notify/slack", "notify/webhook"}},
	{"cmd/coupwatch/internal/profile", nil},
	{"cmd/coupwatch/internal/tracing", []string{"internal/span"}},
	{"cmd/coupwatch/internal/metrics", []string{"news", "notify", "store", "store/census", "watcher", "watcher/push"}},
	{"cmd/coupwatch/internal/health", nil},
	{"cmd/coupwatch/internal/keep", []string{"store", "store/backup", "store/transfer", "text/numbers"}},
	{"cmd/coupwatch/internal/manual", nil},
	{"cmd/coupwatch/internal/completion", []string{"matcher", "store"}},
	{"cmd/coupwatch/internal/source", []string{"news", "text", "watcher/fetch", "watcher/fulltext", "backtest/archive"}},
	{"cmd/coupwatch/internal/daemon", []string{"matcher/search", "store/search", "text/keys", "news", "schedule", "matcher", "matcher/explain", "matcher/places", "story", "store", "store/outbox", "notify", "notify/slack", "web", "watcher", "watcher/fetch", "watcher/watchdog"}},
	{"cmd/coupwatch/internal/doctor", []string{"news", "matcher", "store", "notify", "text/numbers", "watcher", "watcher/fetch"}},
	{"cmd/coupwatch/internal/finding", []string{"news", "matcher", "matcher/search", "matcher/places", "store", "store/search", "text", "text/keys", "web/find"}},
	{"cmd/coupwatch/internal/people", []string{"news", "store", "store/people", "web/login", "web/login/password"}},
	{"cmd/coupwatch/internal/clerk", []string{"news", "schedule", "matcher", "matcher/places", "store", "store/outbox", "notify", "watcher", "web/handles", "cmd/coupwatch/internal/daemon"}},
	{"cmd/coupwatch/internal/pages", []string{"news", "matcher", "store", "watcher/fetch", "web", "web/api", "web/bench", "web/board", "web/filter", "web/find", "web/handles", "web/login", "web/login/issuer", "web/sheet", "web/sources", "cmd/coupwatch/internal/daemon"}},
	{"cmd/coupwatch/internal/demo", []string{"news", "schedule", "matcher", "story", "store", "notify", "watcher", "watcher/fetch", "web", "cmd/coupwatch/newswire"}},
	{"cmd/coupwatch/internal/replay", []string{"news", "matcher", "story", "store", "notify", "notify/slack", "watcher", "watcher/pace", "backtest", "backtest/archive"}},
	{"cmd/coupwatch/internal/simulate", []string{"internal/cputime", "news", "schedule", "matcher", "story", "store", "notify", "watcher", "watcher/fetch", "watcher/pace"}},
	{"cmd/coupwatch", []string{"backtest", "backtest/archive", "cmd/coupwatch/internal/terminal", "news", "schedule", "matcher", "matcher/explain", "matcher/places", "story", "store", "notify", "notify/slack", "notify/email", "notify/chat", "notify/webhook", "notify/slackdouble", "web", "web/login", "watcher", "watcher/fetch", "watcher/fulltext", "watcher/push", "cmd/coupwatch/newswire"}},
}

// doors names the one package that may import each module from outside, so
// that replacing the module changes one package.
var doors = map[string]string{
	"code.dny.dev/ssrf":                   "watcher/fetch",
	"github.com/alexedwards/argon2id":     "web/login/password",
	"github.com/andybalholm/brotli":       "watcher/fetch",
	"github.com/klauspost/compress":       "watcher/fetch",
	"github.com/andybalholm/cascadia":     "text/selector",
	"github.com/blevesearch/snowballstem": "text",
	"github.com/charmbracelet/x/ansi":     "text/fit",
	"github.com/chromedp":                 "web/browsertest",
	"github.com/coreos/go-oidc/v3":        "web/login/issuer",
	"github.com/dustin/go-humanize":       "text/numbers",
	"github.com/go-playground/locales":    "watcher/monthnames",
	"github.com/getkin/kin-openapi":       "web/api/apitest",
	"github.com/gorilla/feeds":            "web",
	"github.com/hbollon/go-edlib":         "matcher/internal/spell",
	"github.com/icholy/digest":            "watcher/fetch",
	"github.com/jackc/pgx/v5":             "store/engine",
	"github.com/mattn/go-sqlite3":         "store/engine",
	"github.com/mmcdole/gofeed":           "watcher",
	"github.com/wlynxg/chardet":           "watcher/mend",
	"github.com/nicholas-fedor/shoutrrr":  "notify/chat",
	"github.com/prometheus/client_golang": "cmd/coupwatch/internal/metrics",
	"github.com/robfig/cron/v3":           "schedule",
	"github.com/cenkalti/backoff/v5":      "cmd/coupwatch/internal/tracing",
	"go.opentelemetry.io/otel":            "cmd/coupwatch/internal/tracing",
	"go.opentelemetry.io/proto/otlp":      "cmd/coupwatch/internal/tracing",
	"google.golang.org/protobuf":          "cmd/coupwatch/internal/tracing",
	"github.com/temoto/robotstxt":         "watcher/fulltext",
	"codeberg.org/readeck/go-readability": "watcher/fulltext",
	"github.com/slack-go/slack":           "notify",
	"github.com/spf13/cobra":              "cmd/coupwatch",
	"github.com/wneessen/go-mail":         "notify/email",
	"go.yaml.in/yaml/v4":                  "matcher/rulefile",
	"golang.org/x/oauth2":                 "web/login/issuer",
}

// everywhere lists the modules from outside that any package may import: they
// are extensions of the standard library.
var everywhere = []string{"golang.org/x/sync", "golang.org/x/text", "golang.org/x/net", "golang.org/x/sys", "golang.org/x/term", "golang.org/x/time"}

func TestImports(t *testing.T) {
	const module = "github.com/coupwatch/coupwatch/"
	cmd := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, module+"...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	uses := map[string][]string{}
	for _, l := range layers {
		uses[l.pkg] = l.uses
	}
	packages := 0
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		pkg := strings.TrimPrefix(f[0], module)
		if isTool(pkg) {
			continue
		}
		packages++
		allowed, known := uses[pkg]
		if !known && !strings.Contains(pkg, "/internal/") {
			t.Errorf("package %s is not in layers", pkg)
		}
		for _, imp := range f[1:] {
			checkImport(t, pkg, imp, module, allowed)
		}
	}
	if packages < len(layers) {
		t.Errorf("found %d packages, fewer than the %d in layers", packages, len(layers))
	}
}

// isTool reports whether pkg is a program that generates files, and no part of
// coupwatch.
func isTool(pkg string) bool { return strings.HasSuffix(pkg, "gen") }

func checkImport(t *testing.T, pkg, imp, module string, allowed []string) {
	t.Helper()
	name, ours := strings.CutPrefix(imp, module)
	switch {
	case ours:
		parent, _, internal := strings.Cut(name, "/internal/")
		if !slices.Contains(allowed, name) && (!internal || !strings.HasPrefix(pkg, parent)) {
			t.Errorf("%s imports %s, which is not below it", pkg, name)
		}
	case !strings.Contains(strings.SplitN(imp, "/", 2)[0], "."): // the standard library
	case slices.ContainsFunc(everywhere, func(m string) bool { return imp == m || strings.HasPrefix(imp, m+"/") }):
	default:
		for mod, door := range doors {
			if (imp == mod || strings.HasPrefix(imp, mod+"/")) && (pkg == door || strings.HasPrefix(pkg, door+"/")) {
				return
			}
		}
		t.Errorf("%s imports %s; it is not the door of that module", pkg, imp)
	}
}
