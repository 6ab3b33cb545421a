// Package folder reads the files of which rules are made, knows whether they have
// changed since, and puts other texts into them.
package folder

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// The most that is read.
const (
	MaxFile  = 5 << 20 // bytes of a file
	MaxFiles = 1000    // that rules.yaml includes
)

// A Folder is where rules.yaml and the files that it includes lie. It
// remembers what was read of it, to tell later whether that has changed.
type Folder struct {
	fsys  fs.FS
	files []string          // that were read, in that order
	texts map[string]string // their texts
	draft map[string]string // texts that stand in for those of files
	globs []string          // patterns for which files were looked for
	found map[string][]string

	sums map[string]uint64 // of the texts, once they are forgotten
	hash string            // the name of them all, then
}

// New returns the folder that fsys is, of which nothing was read yet.
func New(fsys fs.FS) *Folder {
	return &Folder{fsys: fsys, texts: map[string]string{}, found: map[string][]string{}}
}

// With returns the folder, of which nothing was read yet, with text in the place
// of that of the file with the given name.
func (f *Folder) With(name, text string) *Folder {
	other := New(f.fsys)
	other.draft = map[string]string{name: text}
	return other
}

// Files returns the names of the files that were read, rules.yaml first.
func (f *Folder) Files() []string { return f.files }

// Text returns what was read of a file, "" if nothing was. After [Folder.Settle] it reads
// that again, and returns "" if it is no longer there.
func (f *Folder) Text(name string) string {
	if f.sums == nil {
		return f.texts[name]
	}
	text, err := ReadFile(f.fsys, name)
	if err != nil || maphash.String(seed, text) != f.sums[name] {
		return ""
	}
	return text
}

// Read returns the text of a file. The error tells people what is wrong with
// it, without its name.
func (f *Folder) Read(name string) (string, error) {
	text, drafted := f.draft[name]
	if !drafted {
		var err error
		if text, err = ReadFile(f.fsys, name); err != nil {
			return "", err
		}
	}
	f.Keep(name, text)
	return text, nil
}

// Keep remembers text as what was read of a file.
func (f *Folder) Keep(name, text string) {
	f.files = append(f.files, name)
	f.texts[name] = text
}

// Glob returns the files that a pattern names, sorted.
func (f *Folder) Glob(pattern string) ([]string, error) {
	names, err := glob(f.fsys, pattern)
	if err != nil {
		return nil, err
	}
	f.globs = append(f.globs, pattern)
	f.found[pattern] = names
	return names, nil
}

// seed is of this run of the program, as are the sums.
var seed = maphash.MakeSeed()

// Settle forgets the texts, which may be a megabyte, for who only wants to know from
// now on whether they have changed.
func (f *Folder) Settle() {
	f.hash, f.sums = f.Hash(), map[string]uint64{}
	for name, text := range f.texts {
		f.sums[name] = maphash.String(seed, text)
	}
	f.texts, f.draft = nil, nil
}

// Changed reports whether reading f again would read something else. An error
// is that of reading rules.yaml itself.
func (f *Folder) Changed() (bool, error) {
	for i, name := range f.files {
		same, err := f.holds(name)
		if err != nil && i == 0 {
			return false, err
		}
		if err != nil || !same {
			return true, nil
		}
	}
	for _, pattern := range f.globs {
		names, err := glob(f.fsys, pattern)
		if err != nil || !slices.Equal(names, f.found[pattern]) {
			return true, nil
		}
	}
	return false, nil
}

// holds reports whether the text of a file is what was read of it.
func (f *Folder) holds(name string) (bool, error) {
	if f.sums == nil {
		text, err := ReadFile(f.fsys, name)
		return text == f.texts[name], err
	}
	var sum maphash.Hash
	sum.SetSeed(seed)
	err := read(f.fsys, name, &sum)
	return sum.Sum64() == f.sums[name], err
}

// Hash returns a short name of all that was read.
func (f *Folder) Hash() string {
	if f.sums != nil {
		return f.hash
	}
	h := sha256.New()
	for _, name := range f.files {
		fmt.Fprintf(h, "%s %d\n%s", name, len(f.texts[name]), f.texts[name])
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// ReadFile returns the text of a file. The error tells people what is wrong with
// it, without its name.
func ReadFile(fsys fs.FS, name string) (string, error) {
	var text strings.Builder
	if err := read(fsys, name, &text); err != nil {
		return "", err
	}
	return text.String(), nil
}

// read writes the text of a file to w, which never fails. A [strings.Builder] has
// room for it before.
func read(fsys fs.FS, name string, w io.Writer) error {
	// To open what is no regular file, such as a fifo, may never end.
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return plainly(err)
	}
	if !info.Mode().IsRegular() {
		return errors.New("it is no regular file")
	}
	file, err := fsys.Open(name)
	if err != nil {
		return plainly(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	if b, is := w.(*strings.Builder); is {
		b.Grow(int(min(info.Size(), MaxFile)))
	}
	n, err := io.Copy(w, io.LimitReader(file, MaxFile+1))
	if err != nil {
		return plainly(err)
	}
	if n > MaxFile {
		return ErrTooLarge
	}
	return nil
}

// ErrTooLarge is that a file has more than [MaxFile] bytes.
var ErrTooLarge = fmt.Errorf("it is larger than %d MB; split it and include the parts", MaxFile>>20)

// plainly returns err as people say it.
func plainly(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return plainError{"there is no such file", err}
	case errors.Is(err, fs.ErrPermission):
		return plainError{"it may not be read", err}
	default:
		return err
	}
}

// A plainError says in other words what another error says.
type plainError struct {
	msg string
	err error
}

func (e plainError) Error() string { return e.msg }
func (e plainError) Unwrap() error { return e.err }

// glob returns the files that pattern names, without hidden ones: editors keep
// their own files so.
func glob(fsys fs.FS, pattern string) ([]string, error) {
	names, err := fs.Glob(fsys, pattern)
	if err != nil {
		return nil, err
	}
	hidden := strings.HasPrefix(path.Base(pattern), ".")
	return slices.DeleteFunc(names, func(name string) bool {
		return !hidden && strings.HasPrefix(path.Base(name), ".")
	}), nil
}
