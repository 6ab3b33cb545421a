package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// ErrChanged is that somebody else wrote to the rules while we did.
var ErrChanged = errors.New("the rules were changed meanwhile, and nothing was written; look at them and try again")

// Replace puts text into the file at path, in one step and with the file's mode and
// owner, unless changed says that what text was made of is not so any more. Its
// error is then [ErrChanged]. What the file held stays beside it, under its name with
// a "~" behind. Of two programs that do so at once, the second finds it changed, if
// its text was made of what the first one replaced.
func Replace(path, text string, changed func() (bool, error)) error {
	at, err := filepath.EvalSymlinks(path) // what a link leads to is replaced, and not the link
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	unlock, err := lock(at)
	if err != nil {
		return fmt.Errorf("%s: %w", path, plain(err))
	}
	defer unlock()
	switch is, err := changed(); {
	case err != nil:
		return fmt.Errorf("%s: %w", path, err)
	case is:
		return ErrChanged
	}
	if err := exchange(at, text); err != nil {
		return fmt.Errorf("%s: %w", path, plain(err))
	}
	return nil
}

// exchange keeps what the file at path holds, and puts text into it.
func exchange(path, text string) error {
	before, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if err := put(path+"~", string(before), info); err != nil {
		return err
	}
	return put(path, text, info)
}

// put writes text into a new file with the mode and the owner of like, and gives it
// a name, be it that of another. It is whole on the disk before it has the name.
func put(path, text string, like os.FileInfo) (err error) {
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
		err = file.Chmod(like.Mode().Perm())
	}
	if err == nil {
		err = own(file, like)
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
