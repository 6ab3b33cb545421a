package matcher

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coupwatch/coupwatch/matcher/folder"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

// A File follows a rules.yaml and the files that it includes. It always holds
// the last good rules. It is safe for concurrent use.
type File struct {
	path  string
	log   *slog.Logger
	rules atomic.Pointer[Rules]

	mu     sync.Mutex     // held by Reload
	folder *folder.Folder // what was last read, good or bad
	gone   int            // how often in a row there was no file to read
	status Status
}

// A Status says which rules are in use.
type Status struct {
	LoadedAt time.Time // when they were read
	Hash     string    // see [Rules.Version]; by it replicas tell whether they have the same
	Problem  string    // why newer rules are not in use; "" if these are the newest
}

// Read reads the rules.yaml at path for those who want to know what it says and
// will hardly match anything by it: its rules are compiled, which takes most of
// the time, when something is matched. The examples are not tried. It fails as
// [Open] does.
func Read(path string) (*Rules, error) {
	text, folder, err := readFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	_, rules, err := read(folder, path, text)
	return rules, err
}

// Open reads the rules.yaml at path. It fails if the file is missing, and with
// [Problems] if it has mistakes: unlike for [File.Reload], there are no good
// rules to keep.
func Open(path string, log *slog.Logger) (*File, error) {
	f := &File{path: path, log: log}
	rules, folder, err := f.read()
	if folder == nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if err != nil {
		return nil, err
	}
	f.use(rules, folder)
	return f, nil
}

// Hold returns a File that holds rules for good: it follows nothing, and must not
// be reloaded.
func Hold(rules *Rules) *File {
	f := &File{}
	f.rules.Store(rules)
	return f
}

// Current returns the last good rules. Take them once for each piece of work:
// the next call may return others.
func (f *File) Current() *Rules { return f.rules.Load() }

// Status returns which rules are in use, and whether they are the newest.
func (f *File) Status() Status {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.status
}

// Reload reads the rules again if their text has changed; it compares texts,
// since editors rename files and containers swap links. If the new text has
// problems, Reload returns them and Current is as before. It returns them once
// and not on every call. A file that is missing for a moment, as when it is
// being replaced, is no problem.
func (f *File) Reload(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	changed, err := f.folder.Changed()
	if err != nil {
		return f.missing(err)
	}
	if !changed && f.gone < 2 {
		f.gone = 0
		return nil
	}
	rules, folder, err := f.read()
	if folder == nil {
		return f.missing(err)
	}
	f.gone = 0
	if err != nil {
		f.folder = folder
		return f.keep(err)
	}
	what := spec.Changes(f.Current().spec, rules.spec)
	f.use(rules, folder)
	f.announce("changed", what)
	return nil
}

// read returns the rules and what they were read of, which is nil if there was
// nothing to read.
func (f *File) read() (*Rules, *folder.Folder, error) {
	text, folder, err := readFile(f.path)
	if err != nil {
		return nil, nil, err
	}
	rules, err := parse(folder, f.path, text)
	folder.Settle()
	return rules, folder, err
}

// readFile returns the text of the file at path, and the folder of it.
func readFile(path string) (string, *folder.Folder, error) {
	fsys := os.DirFS(filepath.Dir(path))
	text, err := folder.ReadFile(fsys, filepath.Base(path))
	return text, folder.New(fsys), err
}

// use makes rules the current ones.
func (f *File) use(rules *Rules, folder *folder.Folder) {
	f.folder = folder
	f.rules.Store(rules)
	f.status = Status{LoadedAt: time.Now().UTC(), Hash: rules.Version()}
}

// announce logs that other rules are in use, and more of them.
func (f *File) announce(more ...any) {
	s := f.Current().Summary()
	f.log.Info("rules loaded", append(more, "file", f.path, "hash", f.status.Hash,
		"feeds", s.Feeds, "rules", s.Rules, "lists", s.Lists, "terms", s.Terms, "entities", s.Entities)...)
}

// missing returns that there is no file to read, the second time in a row.
func (f *File) missing(err error) error {
	f.gone++
	if f.gone != 2 {
		return nil
	}
	return f.keep(fmt.Errorf("%s: %w", f.path, err))
}

// keep notes and returns why the rules are as before.
func (f *File) keep(err error) error {
	f.status.Problem = err.Error()
	return fmt.Errorf("rules not loaded, the old ones stay in use: %w", err)
}
