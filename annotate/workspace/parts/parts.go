// Package parts annotates a corpus of records in parts, each of which is made by itself: by one of several
// processes, on one of several machines, in any order, and once more after a failure. A part is the same to the
// byte whoever makes it, and the parts of any number hold the same lines.
//
// A part is written under another name and gets its own when it is whole and on the disk. It ends with a
// [Trailer], which says what it was made of and how many articles it holds, so that a part of another corpus or
// of an older engine is told from one that is done.
package parts

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sync/semaphore"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/workspace/sources"
	"byline/articles"
	"byline/articles/load"
	"byline/articles/stream"
)

// A Job makes one part of a corpus.
type Job struct {
	Inputs  []string // files of records, or folders of them; in any order
	Records sources.Records
	Part    int // from 1
	Of      int // parts in all
	Dir     string
	Output  Output

	// Annotate is called from several goroutines. Engine is the version of what it does.
	Annotate func(*articles.Article) *annotate.Layer
	Engine   string
	Workers  int // articles that are annotated at once

	// Damaged is called with the error of each record that could not be read or annotated.
	Damaged func(error)
	// Done is called after each article, with the bytes of its text; may be nil.
	Done func(bytes int)
}

// An Existing says what is done with a part that is there already.
type Existing int

const (
	Refuse  Existing = iota // fail with [ErrExists]
	Resume                  // keep it if it is whole and was made of the same inputs by the same engine; else make it anew
	Replace                 // make it anew
)

// ErrExists says that a part was there already.
var ErrExists = errors.New("the part is there already")

// mostAtOnce is how many bytes of records are worked on at once, so that memory has a bound. A longer record is worked on
// alone; one of more than [corpus.LongestRecord] counts as damaged.
const mostAtOnce = 4 << 20

// Run makes the part and returns what its trailer says, and whether it was there already.
func (j *Job) Run(ctx context.Context, x Existing) (t *Trailer, kept bool, err error) {
	in, err := j.inputs()
	if err != nil {
		return nil, false, err
	}
	if t, err = j.existing(in, x); t != nil || err != nil {
		return t, t != nil, err
	}
	if err := os.MkdirAll(j.Dir, 0o777); err != nil {
		return nil, false, fmt.Errorf("write %s: %w", j.Dir, load.WithoutPath(err))
	}
	t, err = j.make(ctx, in)
	if errors.Is(err, fs.ErrNotExist) { // somebody who makes the same part was first, and tidied up
		if done, err := j.existing(in, Resume); done != nil && err == nil {
			return done, true, nil
		}
	}
	return t, false, err
}

// Path returns the file of the part; of a format with several, the first.
func (j *Job) Path() string {
	return filepath.Join(j.Dir, fmt.Sprintf("part-%05d-of-%05d", j.Part, j.Of)) + j.Output.extension()
}

// existing returns the trailer of the part if it is there and to be kept.
func (j *Job) existing(in *inputs, x Existing) (*Trailer, error) {
	if x == Replace {
		return nil, nil
	}
	t, err := j.Output.trailer(j.Path())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case x == Refuse:
		return nil, fmt.Errorf("write %s: %w", j.Path(), ErrExists)
	case err != nil || t.made != j.made(in):
		return nil, nil
	}
	return t, nil
}

// made says what the part is made of.
func (j *Job) made(in *inputs) made {
	return made{Part: j.Part, Of: j.Of, Engine: j.Engine, Inputs: in.sum, Output: j.Output.String()}
}

// make writes the part.
func (j *Job) make(ctx context.Context, in *inputs) (t *Trailer, err error) {
	path := j.Path()
	var files []*os.File
	defer func() {
		for _, f := range files {
			f.Close()           // again, if it went well
			os.Remove(f.Name()) // gone, if it went well
		}
	}()
	names := j.Output.names(path)
	for _, name := range names {
		f, err := create(name)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	w, err := j.Output.begin(files)
	if err != nil {
		return nil, err
	}
	t = &Trailer{made: j.made(in)}
	if err := j.annotate(ctx, in, w, t); err != nil {
		return nil, err
	}
	if err := w.end(t); err != nil {
		return nil, fmt.Errorf("write %s: %w", path, load.WithoutPath(err))
	}
	for i, f := range files {
		// The first is what says that the part is whole: it comes last.
		if err := finish(f, names[i]); err != nil {
			return nil, fmt.Errorf("write %s: %w", names[i], load.WithoutPath(err))
		}
	}
	tidy(names)
	return t, syncDir(j.Dir)
}

// An outcome is what became of one record.
type outcome struct {
	*format.Document
	size int64 // of its record
	err  error
}

// annotate writes the articles of the part to w and counts them in t.
func (j *Job) annotate(ctx context.Context, in *inputs, w writer, t *Trailer) error {
	room := semaphore.NewWeighted(mostAtOnce)
	work := func(r record) (o outcome) {
		err := stream.Catch(func() { o = j.annotateOne(r) })
		if err != nil {
			why, _, _ := strings.Cut(err.Error(), "\n")
			o.err = fmt.Errorf("annotate %s: please report this: %s", r.place(), why)
		}
		o.size = r.size()
		return o
	}
	emit := func(o outcome) error {
		defer room.Release(o.size)
		if o.err != nil {
			t.Damaged++
			j.Damaged(o.err)
			return nil
		}
		t.Articles++
		if j.Done != nil {
			j.Done(len(o.Text))
		}
		if err := w.Write(o.Document); err != nil {
			return fmt.Errorf("write %s: %w", j.Path(), load.WithoutPath(err))
		}
		return nil
	}
	var broken error
	records := func(yield func(record) bool) {
		broken = in.each(ctx, j, func(r record) bool { return room.Acquire(ctx, r.size()) == nil && yield(r) })
	}
	if err := sources.InOrder(ctx, j.Workers, records, work, emit); err != nil {
		return err
	}
	return broken
}

// annotateOne returns the document of one record.
func (j *Job) annotateOne(r record) outcome {
	a, err := r.Article(j.Records.Columns)
	if err != nil {
		return outcome{err: fmt.Errorf("read %s: %w", r.place(), err)}
	}
	return outcome{Document: j.Output.Kinds.Of(&format.Document{Article: a, Layer: j.Annotate(a)})}
}

// create creates a file beside name that nobody else writes.
func create(name string) (*os.File, error) {
	dir, base := filepath.Split(name)
	f, err := os.OpenFile(filepath.Join(dir, "."+base+"."+strconv.FormatUint(rand.Uint64(), 36)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", name, load.WithoutPath(err))
	}
	return f, nil
}

// finish gives f, which is complete, its name once it is on the disk.
func finish(f *os.File, name string) error {
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// tidy removes what processes that were killed left of these files.
func tidy(names []string) {
	for _, name := range names {
		dir, base := filepath.Split(name)
		left, _ := filepath.Glob(filepath.Join(escapeGlob(dir), "."+base+".*"))
		for _, path := range left {
			os.Remove(path)
		}
	}
}

// escapeGlob returns the pattern that matches path alone.
func escapeGlob(path string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path)
}

// syncDir puts the names of a folder on the disk. A file system that cannot is left alone.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("write %s: %w", dir, load.WithoutPath(err))
	}
	defer d.Close()
	_ = d.Sync()
	return nil
}
