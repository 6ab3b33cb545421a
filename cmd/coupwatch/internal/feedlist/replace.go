package feedlist

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/coupwatch/coupwatch/matcher"
)

// errMeanwhile is that somebody else wrote to the rules while we did.
var errMeanwhile = errors.New("the rules were changed meanwhile, and nothing was written; run the command again")

// replace puts the text of an edit into its file, in one step and with the file's
// mode and owner, if none of the files that list was read from has changed since.
// Of two programs that do so at once, the second finds it changed.
func replace(list *matcher.FeedList, e matcher.Edit) error {
	path, err := filepath.EvalSymlinks(e.File) // what a link leads to is replaced, and not the link
	if err != nil {
		return fmt.Errorf("%s: %w", e.File, err)
	}
	unlock, err := lock(path)
	if err != nil {
		return fmt.Errorf("%s: %w", e.File, plain(err))
	}
	defer unlock()
	switch changed, err := list.Changed(); {
	case err != nil:
		return fmt.Errorf("%s: %w", e.File, err)
	case changed:
		return errMeanwhile
	}
	if err := put(path, e.Text); err != nil {
		return fmt.Errorf("%s: %w", e.File, plain(err))
	}
	return nil
}

// put writes text into a new file, and gives it the name of another. It is whole
// on the disk before it has the name.
func put(path, text string) (err error) {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	// A name that begins with a dot is included by no pattern.
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.new")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name()) // there is nothing more to do about it
		}
	}()
	_, err = file.WriteString(text)
	if err == nil {
		err = file.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = own(file, info)
	}
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// plain returns an error of the disk as people say it.
func plain(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("it may not be replaced from here; change it as somebody who may, or where its folder can be written: %w", err)
	case errors.Is(err, syscall.EBUSY):
		return fmt.Errorf("it is mounted by itself, as into a container, and can only be changed outside: %w", err)
	default:
		return err
	}
}
