package row

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/coupwatch/coupwatch/store/engine"
)

// Expand returns the one id in a table that is id or begins with it; what says
// of what it is. A whole id wins over those that begin with it.
func Expand(ctx context.Context, db *engine.DB, what, table, id string) (string, error) {
	if id == "" {
		return "", Unknown(what, id)
	}
	column := "id" + db.Bytewise
	ids, err := Collect(ctx, db.Reads, One[string],
		`SELECT id FROM `+table+` WHERE `+column+` >= $1 AND `+column+` < $2 ORDER BY `+column+` LIMIT 4`, id, id+"\U0010FFFF")
	switch {
	case err != nil:
		return "", err
	case len(ids) == 0:
		return "", Unknown(what, id)
	case len(ids) == 1 || ids[0] == id:
		return ids[0], nil
	}
	return "", ambiguousError{id, ids}
}

// ErrAmbiguous is the cause of an error about the beginning of several ids.
var ErrAmbiguous = errors.New("several ids begin so")

// An ambiguousError says which ids begin with what was meant for one.
type ambiguousError struct {
	id  string
	ids []string // a few of them
}

func (e ambiguousError) Error() string {
	return fmt.Sprintf("several ids begin with %q, such as %s; write more of the one you mean", e.id, strings.Join(e.ids, ", "))
}

func (ambiguousError) Is(target error) bool { return target == ErrAmbiguous }

// ErrUnknown is the cause of an error about an id that nothing stored has.
var ErrUnknown = errors.New("it is not stored")

// An unknownError says what is not stored.
type unknownError struct{ what, id string }

func (e unknownError) Error() string {
	return fmt.Sprintf("no %s has the id %q or one that begins so", e.what, e.id)
}

func (unknownError) Is(target error) bool { return target == ErrUnknown }

// Unknown returns the error that nothing stored has the id; what says of what it
// is. It is [ErrUnknown].
func Unknown(what, id string) error { return unknownError{what, id} }
