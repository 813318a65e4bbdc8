package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"byline/annotate/library/db"
	"byline/annotate/library/db/care"
	"byline/annotate/review"
	"byline/annotate/team"
	"byline/annotate/workspace"
	"byline/annotate/workspace/export"
	"byline/annotate/workspace/pages"
	"byline/articles/clean"
	"byline/articles/load"
	"byline/ui"
	"byline/ui/config"
	"byline/ui/hints"
)

func backupCommand(p *program) *cobra.Command {
	force, list := false, false
	c := &cobra.Command{
		Use:   "backup [FILE]",
		Short: "Copy the library into one file",
		Long: `Copy the whole library into one file, also while it is being read or written: articles,
decisions, pages, everything. The file is there once it is whole, checked and on the disk.
Without a FILE the copy goes to the folder of backups, where the oldest make room. An
existing file is overwritten only with --force.

Prints the path, its size, articles and decisions, separated by tabs. --list prints the
copies in the folder, the latest first.

A copy is a library: "byline --library FILE" reads it. To go back to one, end byline, move
library.db, library.db-wal and library.db-shm away, and copy it to their place.`,
		Example: `  byline backup
  byline backup /media/stick/byline.db --force
  byline --library /media/stick/byline.db list`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 || list && len(args) > 0 {
				return wrongUsage("%s: name one file", c.CommandPath())
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if list {
				return listBackups(p)
			}
			to := ""
			if len(args) > 0 {
				to = args[0]
			}
			return backUp(c.Context(), p, to, force)
		},
	}
	c.Flags().BoolVar(&force, "force", false, "overwrite an existing file")
	c.Flags().BoolVar(&list, "list", false, "list the copies in the folder of backups")
	return c
}

// looked opens the library to look at it, neither making nor changing it.
func looked(ctx context.Context, p *program) (*db.DB, config.Config, error) {
	c, problems, err := p.settings()
	if err != nil {
		return nil, c, err
	}
	p.warn(problems)
	path, err := namedLibrary(c.Library)
	if err == nil {
		_, err = missing(ctx, c)
	}
	if err != nil {
		return nil, c, err
	}
	d, err := db.OpenWith(ctx, path, db.Options{Look: true})
	return d, c, err
}

// backUp copies the library to a file, or to the folder of backups.
func backUp(ctx context.Context, p *program, to string, force bool) error {
	d, c, err := looked(ctx, p)
	if err != nil {
		return err
	}
	defer d.Close()
	copies, err := copiesOf(d.Path(), c)
	if err != nil {
		return err
	}
	s, err := care.Begin(ctx, d)
	if err != nil {
		return err
	}
	defer s.End(ctx)
	var made care.Copy
	if to == "" {
		copies.Files = max(1, copies.Files)
		made, err = copies.Make(ctx, s, "asked")
	} else if to, err = config.ExpandHome(to); err == nil {
		if info, e := os.Stat(to); e == nil && info.IsDir() {
			err = export.ErrDirectory
		} else {
			made, err = s.Write(ctx, to, force)
		}
	}
	if errors.Is(err, care.ErrExists) {
		err = export.ErrExists
	}
	if err != nil {
		return hints.ToWrite(fmt.Errorf("back up to %s: %w", cmp.Or(to, copies.Dir), load.WithoutPath(err)))
	}
	_, err = fmt.Fprintf(p.out, "%s\t%s\t%s\t%d decisions\n", clean.Line(made.Path), megabytes(made.Bytes), ui.Articles(made.Articles), made.Decisions)
	return err
}

// copiesOf returns the copies that are kept of the library at path.
func copiesOf(path string, c config.Config) (*care.Copies, error) {
	dir, err := config.StatePath("backups")
	if err != nil {
		return nil, hints.With(err, "name a file")
	}
	return &care.Copies{
		Dir: filepath.Join(dir, care.FolderOf(path)), Files: c.Backups.Keep, Bytes: int64(c.Backups.Megabytes) << 20, Now: time.Now,
	}, nil
}

// listBackups prints the copies that are kept of the library, which need not be there any more.
func listBackups(p *program) error {
	c, _, err := p.settings()
	if err != nil {
		return err
	}
	path, err := namedLibrary(c.Library)
	if err != nil {
		return err
	}
	copies, err := copiesOf(path, c)
	if err != nil {
		return err
	}
	for _, path := range copies.List() {
		if info, err := os.Stat(path); err == nil {
			if _, err := fmt.Fprintf(p.out, "%s\t%s\n", clean.Line(path), megabytes(info.Size())); err != nil {
				return err
			}
		}
	}
	return nil
}

// megabytes returns a size in words.
func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// namedLibrary returns the path of the library that settings name, or of the default one.
func namedLibrary(path string) (string, error) {
	path, err := config.ExpandHome(path)
	if err == nil && path == "" {
		path, err = db.DefaultPath()
	}
	return path, err
}

// errFaults ends a check that found something.
var errFaults = errors.New("the library has faults")

func checkCommand(p *program) *cobra.Command {
	repair := false
	c := &cobra.Command{
		Use:   "check",
		Short: "Check the library, and repair it",
		Long: `Check the library: its file, every text against what was stored, every suggestion, every
decision and whether it has its article, every line of the log of the team and of that of
merged names, and what a search looks in. Nothing is changed.
Says what is lost, what can be had from pages and copies that were kept, and what can be
made again.

--repair first copies the files as they are to the folder of backups. Then it makes again
what follows from the rest, takes texts, decisions and lines that are damaged from the latest
copy in which they are sound, and reads pages again. Of a file that is itself damaged it saves
every row that can be read into a new one, which takes its place, and says what was lost.

The exit status is 1 while something is wrong.`,
		Example: `  byline check
  byline check --repair`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error { return checkLibrary(c.Context(), p, repair) },
	}
	c.Flags().BoolVar(&repair, "repair", false, "mend what can be mended, after a copy of the files")
	return c
}

func checkLibrary(ctx context.Context, p *program, repair bool) error {
	d, c, err := looked(ctx, p)
	if repair && (db.Damaged(err) || errors.Is(err, db.ErrNotOurs)) {
		return repairUnread(ctx, p, c, err)
	}
	if err != nil {
		return adviseBackup(c, err)
	}
	path := d.Path()
	r, err := care.Check(ctx, d, checkedBy(path, c))
	d.Close()
	if err != nil {
		return adviseBackup(c, err)
	}
	sayReport(p, path, r)
	worst, faulty := r.Worst()
	if r.Distrust != nil {
		db.Distrust(path, r.Distrust)
	} else if worst != care.File {
		err = db.Trust(path)
	}
	switch {
	case !faulty:
		return err
	case !repair:
		return hints.With(errFaults, `"byline check --repair" mends what can be mended`)
	}
	lost, err := mendLibrary(ctx, p, path, c, r, worst)
	if err != nil {
		return err
	}
	return errors.Join(checkAgain(ctx, p), lost)
}

// repairUnread repairs a library that cannot be opened, as why says.
func repairUnread(ctx context.Context, p *program, c config.Config, why error) error {
	path, err := namedLibrary(c.Library)
	if err != nil {
		return err
	}
	_, done, err := care.OpenDamaged(ctx, path) // before anything is said or copied
	if err != nil {
		return adviseBackup(c, why)
	}
	done()
	fmt.Fprintln(p.out, clean.Line(why.Error()))
	lost, err := mendLibrary(ctx, p, path, c, nil, care.File)
	if err != nil {
		return err
	}
	return errors.Join(checkAgain(ctx, p), lost)
}

// checkedBy returns what the library at path is checked by.
func checkedBy(path string, c config.Config) care.Options {
	o := care.Options{Decision: func(r *db.Row) (string, bool) { return review.Fault(r.Body, r.ID, r.Who, r.At) },
		Event: func(r *db.Row) (string, bool) { return team.Fault(r.Body, r.ID, r.Who, r.At) },
		Void:  func(r *db.Row) bool { return review.Void(r.Body) }}
	if copies, err := copiesOf(path, c); err == nil { // without a home there are none
		o.Copies = copies.Sound()
	}
	return o
}

// adviseBackup adds to an error that a library cannot be opened what can be done, and which copy of it there is.
func adviseBackup(c config.Config, err error) error {
	path, e := namedLibrary(c.Library)
	copies, e2 := copiesOf(path, c)
	if errors.Join(e, e2) != nil {
		return err
	}
	copied := latestCopy(path, c)
	switch damaged := db.Damaged(err); {
	case damaged && copied != "":
		return hints.With(err, `"byline check --repair" saves what can be read of it; the latest copy is %s; to begin a new one, move it away`, copied)
	case damaged:
		return hints.With(err, `"byline check --repair" saves what can be read of it, and there is no copy in %s: keep its files; to begin a new one, move them away`, copies.Dir)
	case errors.Is(err, db.ErrNotOurs) && copied != "":
		return hints.With(err, "there was one, whose latest copy is %s; to begin a new one, move the file away", copied)
	}
	return err
}

// kinds are how faults are headed, by kind.
var kinds = map[care.Kind]string{care.Derived: "can be made again", care.Again: "can be read again", care.Void: "can be taken out", care.Lost: "lost", care.File: "damaged"}

// sayReport prints what a check found.
func sayReport(p *program, path string, r *care.Report) {
	more := ""
	if r.Lines > 0 {
		more = fmt.Sprintf(", %d lines of the logs of the team and of merged names", r.Lines)
	}
	fmt.Fprintf(p.out, "%s: %s, %d texts as stored, %d decisions%s\n", clean.Line(path), ui.Articles(r.Articles), r.Texts, r.Decisions, more)
	for _, name := range r.Kept {
		fmt.Fprintf(p.out, "damaged before an earlier repair, and kept as it was found: %s\n", clean.Line(name))
	}
	for _, f := range r.Faults {
		fmt.Fprintf(p.out, "%s: %s\n", kinds[f.Kind], clean.Line(f.What))
		for _, where := range f.Where {
			fmt.Fprintf(p.out, "  %s\n", clean.Line(where))
		}
	}
	if r.Newer > 0 {
		fmt.Fprintf(p.out, "made by a newer byline, and kept as it is: %s\n", counted(r.Newer, "decision or line of the team's log", "decisions and lines of the team's log"))
	}
	switch {
	case len(r.Faults) == 0 && len(r.Kept) > 0:
		fmt.Fprintln(p.out, "Nothing else is wrong with it.")
	case len(r.Faults) == 0:
		fmt.Fprintln(p.out, "Nothing is wrong with it.")
	}
}

// mendLibrary mends a library, after a copy of its files. Lost says that decisions are.
func mendLibrary(ctx context.Context, p *program, path string, c config.Config, r *care.Report, worst care.Kind) (lost, err error) {
	if to, err := filepath.EvalSymlinks(path); err == nil {
		path = to // where the new one is to be
	}
	if err := care.Alone(ctx, path); err != nil {
		return nil, err
	}
	copies, err := copiesOf(path, c)
	if err != nil {
		return nil, err
	}
	to, err := copies.BeforeRepair()
	if err == nil {
		err = care.CopyRaw(path, to)
	}
	if err != nil {
		return nil, fmt.Errorf("copy the library before it is repaired: %w", load.WithoutPath(err))
	}
	fmt.Fprintf(p.out, "The files as they were are in %s\n", clean.Line(to))
	var m *care.Mended
	if worst == care.File {
		m, lost, err = salvage(ctx, p, path, c)
	} else {
		m, err = rebuild(ctx, path, r)
	}
	if err != nil {
		return nil, err
	}
	sayMended(p, m)
	return lost, p.withLibrary(ctx, func(ctx context.Context, w *workspace.Workspace) error {
		if err := readAgain(ctx, p, w, m.Again); err != nil {
			return err
		}
		return p.annotateRest(ctx, w)
	})
}

// salvage saves what can be read of a damaged library into a new one, which takes its place. Lost says that decisions are.
func salvage(ctx context.Context, p *program, path string, c config.Config) (m *care.Mended, lost, err error) {
	from, done, err := care.OpenDamaged(ctx, path)
	if err != nil {
		return nil, nil, adviseBackup(c, err)
	}
	defer done()
	name := path + ".saved"
	for _, end := range []string{"", "-wal", "-shm"} { // of a repair that was ended
		if err := os.Remove(name + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, err
		}
	}
	to, err := db.Open(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	s, err := care.Salvage(ctx, from, to, checkedBy(path, c))
	if err = errors.Join(err, to.Close()); err != nil {
		return nil, nil, err
	}
	return &s.Mended, saySaved(p, s), care.Replace(name, path)
}

// saySaved prints what was saved of a damaged library. The error says that decisions are lost.
func saySaved(p *program, s *care.Saved) error {
	fmt.Fprintf(p.out, "Saved: %s and %d decisions\n", ui.Articles(s.Articles), s.Decisions)
	if len(s.Unread) > 0 {
		fmt.Fprintf(p.out, "Could be read in part only: %s\n", strings.Join(s.Unread, ", "))
	}
	if s.Copy != "" {
		fmt.Fprintf(p.out, "What could not be read and is in the copy %s was taken from it\n", clean.Line(s.Copy))
	}
	switch {
	case s.Lost < 0:
		fmt.Fprintln(p.out, "Lost: decisions that could not be read and are in no copy; how many, nothing tells any more")
		return errors.New("decisions are lost")
	case s.Lost > 0:
		fmt.Fprintf(p.out, "Lost: %d decisions, which could not be read and are in no copy\n", s.Lost)
		return fmt.Errorf("%d decisions are lost", s.Lost)
	}
	return nil
}

// rebuild mends a library whose file is sound.
func rebuild(ctx context.Context, path string, r *care.Report) (*care.Mended, error) {
	if err := db.Trust(path); err != nil { // which is to be written once more
		return nil, err
	}
	d, err := db.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return care.Rebuild(ctx, d, r)
}

func sayMended(p *program, m *care.Mended) {
	for _, x := range []struct {
		what string
		list []string
	}{
		{"Lost the text of, but not the decisions on", m.Lost},
		{"Kept a damaged text of", m.Changed},
		{"Took from a copy the text of", m.Copied},
		{"Lost title and source of", m.Found},
	} {
		for _, name := range x.list {
			fmt.Fprintf(p.out, "%s %s\n", x.what, clean.Line(name))
		}
	}
	if m.Back > 0 {
		fmt.Fprintf(p.out, "Took from a copy %d decisions\n", m.Back)
	}
	if m.Out > 0 {
		fmt.Fprintf(p.out, "Took out %s\n", counted(m.Out, "decision that named no words", "decisions that named no words"))
	}
	if m.Lines > 0 {
		fmt.Fprintf(p.out, "Took from a copy %d lines of the logs of the team and of merged names\n", m.Lines)
	}
}

// readAgain reads articles again from the pages that were kept.
func readAgain(ctx context.Context, p *program, w *workspace.Workspace, ids []string) error {
	for _, id := range ids {
		e, err := w.Library.Entry(ctx, id)
		if err == nil {
			_, _, err = pages.Reread(ctx, w.Library, &e)
		}
		if err != nil {
			p.reportError(err)
			continue
		}
		fmt.Fprintf(p.out, "Read again from its page: %.8s “%s”\n", id, clean.Line(e.Title))
	}
	return ctx.Err()
}

// checkAgain says how a library is after it was mended.
func checkAgain(ctx context.Context, p *program) error {
	d, c, err := looked(ctx, p)
	if err != nil {
		return err
	}
	defer d.Close()
	r, err := care.Check(ctx, d, checkedBy(d.Path(), c))
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out, "After the repair:")
	sayReport(p, d.Path(), r)
	if _, faulty := r.Worst(); faulty {
		return errFaults
	}
	return nil
}
