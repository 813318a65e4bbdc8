// Package hints suggests what to do about an error. The packages that do the work return what went
// wrong; screens and commands add the hint at the edge.
package hints

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"byline/annotate/format/formats"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/workspace"
	"byline/annotate/workspace/export"
	"byline/annotate/workspace/importer"
	"byline/annotate/workspace/pages"
	"byline/annotate/workspace/sources"
	"byline/articles/fetch"
	"byline/articles/load"
)

// known are the hints for common errors of files and libraries.
var known = []struct {
	err  error
	hint string
}{
	{load.ErrBinary, "byline reads text, Markdown, HTML, PDF, EPUB, DOCX, ODT, e-mail and corpora of records"},
	{load.ErrEmpty, "there is nothing to read"},
	{load.ErrWall, "open it in a browser, answer the notice, save the page, and add the file"},
	{load.ErrTooLarge, "split the file"},
	{load.ErrIrregular, "copy its content to a file, or pipe it in"},
	{load.ErrDirectory, "name the files in it"},
	{sources.ErrDirectory, "name the files in it"},
	{export.ErrDirectory, "name a file in it"},
	{export.ErrExists, "use another name, or add --force"},
	{pages.ErrFeed, "\"byline feed add\" follows it"},
	{workspace.ErrOthersReading, "go to your own reading, or everybody’s, to decide"},
	{workspace.ErrDone, "mark it as not done (D) and decide"},
	{workspace.ErrOpen, "a curator reopens it with \"byline team reopen\""},
	{workspace.ErrNoCurator, "\"byline team add SET --curators NAME\" makes somebody one; go to your own reading to decide for yourself"},
	{db.ErrNotFound, "\"byline list\" lists the articles"},
	{db.ErrAmbiguous, "use more of the ID"},
	{db.ErrDamaged, "\"byline check\" says what is lost, \"byline check --repair\" saves the rest"},
	{db.ErrBusy, "wait for it, or end it"},
	{db.ErrDisk, "copy the library to another disk, and see whether this one is sound"},
	{db.ErrReadOnly, "use a writable library with --library FILE"},
	{db.ErrFull, "free disk space"},
	{db.ErrNewer, "use the newer byline, or another library with --library FILE"},
	{db.ErrNotOurs, "use another with --library FILE"},
	{db.ErrForeign, "move it to another folder, and the library is what its own file has; do not delete it: what was decided last may be in it"},
}

// A hinted error carries its own hint.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// With adds a hint to err.
func With(err error, format string, args ...any) error {
	return hinted{err, fmt.Sprintf(format, args...)}
}

// elsewhere is the hint where a file cannot be written.
const elsewhere = "choose a folder that can be written to"

// ToWrite adds a hint to err, which says that a file could not be written where somebody wanted it: what helps who reads a file, such as
// asking for permission, does not help there.
func ToWrite(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return With(err, "make its folder first")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, db.ErrReadOnly):
		return With(err, elsewhere)
	case errors.Is(err, db.ErrDisk):
		return With(err, "choose another disk, and see whether this one is sound")
	}
	return err
}

// For returns the hint for err; empty if there is none.
func For(err error) string {
	if h, ok := errors.AsType[hinted](err); ok {
		return h.hint
	}
	if hint := forValue(err); hint != "" {
		return hint
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "check the name"
	case errors.Is(err, fs.ErrPermission):
		return "ask its owner for permission, or use a copy"
	case errors.Is(err, syscall.ENOSPC):
		return "free disk space"
	case errors.Is(err, syscall.EROFS):
		return elsewhere
	case errors.Is(err, syscall.EISDIR):
		return "name a file"
	}
	if db.Damaged(err) {
		err = db.ErrDamaged
	}
	for _, k := range known {
		if errors.Is(err, k.err) {
			return k.hint
		}
	}
	return ""
}

// forValue returns the hint for an error type with fields.
func forValue(err error) string {
	if e, ok := errors.AsType[*workspace.NameError](err); ok {
		if len(e.Means) == 0 {
			return "\"byline list\" lists them"
		}
		return fmt.Sprintf("use an ID: %s or %s", library.ShortID(e.Means[0].ID), library.ShortID(e.Means[1].ID))
	}
	if _, ok := errors.AsType[*fetch.LedAwayError](err); ok {
		return "if you trust it, start byline with --allow-private"
	}
	if e, ok := errors.AsType[*workspace.BrokenOffError](err); ok {
		return fmt.Sprintf("\"byline annotate --again %.8s\" tries it once more", e.ID)
	}
	if _, ok := errors.AsType[*workspace.SavedSearchError](err); ok {
		return "\"byline search\" lists the saved searches"
	}
	if _, ok := errors.AsType[*importer.FormatError](err); ok {
		return "add --as FORMAT, one of " + strings.Join(formats.Names(formats.Readable()), ", ")
	}
	return ""
}
