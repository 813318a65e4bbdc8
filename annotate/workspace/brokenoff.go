package workspace

import (
	"context"
	"fmt"

	"byline/annotate/library"
	"byline/annotate/library/db"
)

const (
	noted     = 16 << 10 // bytes of a text from which on it is noted that it is annotated; a shorter one harms nobody
	mostTries = 2        // of an article whose annotation is killed
	mostWords = 30_000   // of an article that is tried again without being asked for
)

// A BrokenOffError says that the annotation of an article was killed so often that it is not tried again until
// somebody asks for it by [AnnotateAgain].
type BrokenOffError struct{ db.Try }

func (e *BrokenOffError) Error() string {
	times := "once"
	if e.Count > 1 {
		times = fmt.Sprint(e.Count, " times")
	}
	if e.Attempt == library.Elsewhere {
		return fmt.Sprintf("annotate “%s” (%.8s): begun %s on another computer, and not ended as far as is known here; it waits", e.Title, e.ID, times)
	}
	return fmt.Sprintf("annotate “%s” (%.8s): begun %s and not ended, as on a computer that is out of memory; it waits", e.Title, e.ID, times)
}

// sortOut returns which of the articles that are to be annotated are in order, and which are tried again, by themselves and
// last: those that are short and whose annotation was killed once. The others wait: they would hold up what is done now. What
// another process is at is left to it.
func sortOut(ctx context.Context, w *Workspace, all []db.Due) (inOrder, again []db.Due, err error) {
	tried, err := w.Library.Tried(ctx, w.engine.Version(), "")
	if err != nil || len(tried) == 0 {
		return all, nil, err
	}
	count := map[string]db.Try{}
	for _, t := range tried {
		count[t.ID] = t
	}
	for _, d := range all {
		switch t := count[d.ID]; {
		case t.Attempt == library.Running:
		case t.Count == 0:
			inOrder = append(inOrder, d)
		case t.Count < mostTries && t.Words <= mostWords:
			again = append(again, d)
		}
	}
	return inOrder, again, nil
}

// An UnderwayError says that an article is being annotated.
type UnderwayError struct{ db.Try }

func (e *UnderwayError) Error() string {
	return fmt.Sprintf("“%s” (%.8s) is being annotated now", e.Title, e.ID)
}

// Begun lists the articles whose annotation was begun and has not ended: those that are annotated just now, and those where it was
// killed and that wait.
func Begun(ctx context.Context, w *Workspace) ([]db.Try, error) {
	return w.Library.Tried(ctx, w.engine.Version(), "")
}

// AnnotateAgain annotates an article whose annotation was killed, however often. One that is being annotated is an
// [UnderwayError].
func AnnotateAgain(ctx context.Context, w *Workspace, id string) error {
	tried, err := w.Library.Tried(ctx, w.engine.Version(), id)
	if err != nil {
		return err
	}
	if len(tried) > 0 && tried[0].Attempt == library.Running {
		return &UnderwayError{tried[0]}
	}
	if err := w.Library.Forget(ctx, id, true); err != nil {
		return err
	}
	return w.annotate(ctx, id)
}
