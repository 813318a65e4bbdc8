package hints

import (
	"errors"
	"io/fs"
	"syscall"

	"byline/annotate/library/db"
	"byline/annotate/workspace"
)

// tellOperator is the hint where only whoever runs the server can do something.
const tellOperator = "tell whoever runs the server"

// forGuests are the hints of known for whoever has nothing of this computer but its library. What else is in known does not happen to
// them: they name no files.
var forGuests = []struct {
	err  error
	hint string
}{
	{workspace.ErrOthersReading, "go to your own reading, or everybody’s, to decide"},
	{workspace.ErrDone, "mark it as not done (D) and decide"},
	{workspace.ErrNoCurator, "go to your own reading to decide for yourself"},
	{workspace.ErrInTrash, "whoever runs the server can restore it"},
	{db.ErrNotFound, "\"byline list\" lists the articles"},
	{db.ErrAmbiguous, "use more of the ID"},
	{db.ErrDamaged, tellOperator},
	{db.ErrBusy, "try again"},
	{db.ErrDisk, tellOperator},
	{db.ErrReadOnly, "you may read it, and decide nothing"},
	{db.ErrFull, tellOperator},
	{db.ErrNewer, tellOperator},
	{db.ErrNotOurs, tellOperator},
	{fs.ErrNotExist, tellOperator},
	{fs.ErrPermission, tellOperator},
	{syscall.ENOSPC, tellOperator},
	{syscall.EROFS, tellOperator},
}

// ForGuest returns the hint for err to somebody who runs the program from elsewhere, over SSH, and has only the library of this
// computer; empty if there is none. Commands are named as [For] names them.
func ForGuest(err error) string {
	if h, ok := errors.AsType[hinted](err); ok {
		return h.hint
	}
	if _, ok := errors.AsType[*workspace.BrokenOffError](err); ok {
		return tellOperator
	}
	if hint := forValue(err); hint != "" {
		return hint
	}
	if db.Damaged(err) {
		return tellOperator
	}
	for _, k := range forGuests {
		if errors.Is(err, k.err) {
			return k.hint
		}
	}
	return ""
}
