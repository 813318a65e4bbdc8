package cli

import (
	"errors"
	"io/fs"
	"syscall"

	"byline/annotate/library/db"
	"byline/articles/load"
)

// knownHints say what to do about what can be wrong with a file or a library.
var knownHints = []struct {
	err  error
	hint string
}{
	{load.ErrBinary, "byline reads text, Markdown, HTML, PDF, EPUB, DOCX, ODT, e-mail and corpora of records"},
	{load.ErrEmpty, "there is nothing to read"},
	{load.ErrTooLarge, "split it"},
	{load.ErrIrregular, "copy what it holds to a file, or pipe it in"},
	{load.ErrDirectory, "name the files in it"},
	{db.ErrNotFound, "\"byline list\" shows what there is"},
	{db.ErrAmbiguous, "give more of the id"},
	{db.ErrReadOnly, "name a library that you may write with --library FILE"},
	{db.ErrFull, "make room on the disk"},
	{db.ErrNewer, "use that byline, or another library with --library FILE"},
	{db.ErrNotOurs, "name another with --library FILE"},
}

// hintFor returns what to do about err, in a few words; empty where nobody knows.
func hintFor(err error) string {
	var h hinted
	switch {
	case errors.As(err, &h):
		return h.hint
	case errors.Is(err, fs.ErrNotExist):
		return "check the name"
	case errors.Is(err, fs.ErrPermission):
		return "ask its owner for the right, or take a copy"
	case errors.Is(err, syscall.ENOSPC):
		return "make room on the disk"
	case errors.Is(err, syscall.EISDIR):
		return "name a file"
	}
	for _, known := range knownHints {
		if errors.Is(err, known.err) {
			return known.hint
		}
	}
	return ""
}
