package sync

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"byline/articles/clean"
)

// ErrNoRemote says that what was committed goes nowhere.
var ErrNoRemote = errors.New("the repository has no remote: what is new here was committed and went nowhere; add one by \"git remote add origin ADDRESS\", and sync again")

// mostPushes is how often a push is tried while others push.
const mostPushes = 8

// Git brings the library together with a folder in a working tree of git, and that with its remote: it fetches, merges without
// rebasing, does what [Library.Dir] does, commits and pushes, again where somebody else pushed meanwhile. Of the repository it changes
// what is in the folder "byline" of dir only; commits that were not pushed before are pushed too.
func (l *Library) Git(ctx context.Context, dir string) (Report, error) {
	all := Report{By: map[string]bool{}}
	g := &repository{dir: dir, alone: l.Alone}
	if err := g.open(ctx); err != nil {
		return all, err
	}
	if err := g.commit(ctx, "byline sync: what a run that was ended left"); err != nil {
		return all, err
	}
	for try := range mostPushes {
		if try > 0 { // others push just now: not all at once again
			select {
			case <-ctx.Done():
				return all, ctx.Err()
			case <-time.After(time.Duration(50+rand.IntN(100<<min(try, 5))) * time.Millisecond):
			}
		}
		if err := g.pull(ctx); err != nil {
			return all, err
		}
		r, err := l.Dir(ctx, dir)
		all.add(&r)
		if err != nil {
			return all, err
		}
		if err := g.commit(ctx, "byline sync: "+r.put()); err != nil {
			return all, err
		}
		if done, err := g.push(ctx); done || err != nil {
			return all, err
		}
	}
	return all, fmt.Errorf("git push: others pushed each of %d times; what is new here is committed; sync again", mostPushes)
}

// put says what went out: "2 decisions, 1 change to the team".
func (r *Report) put() string {
	var parts []string
	for _, x := range []struct {
		n    int
		what string
	}{{r.Went, "decision"}, {r.Put, "new article"}, {r.Events[1], "change"}} {
		if x.n > 0 {
			parts = append(parts, count(x.n, x.what))
		}
	}
	switch {
	case len(parts) == 0:
		return "files brought up to date"
	case r.Events[1] > 0:
		parts[len(parts)-1] += " to the team"
	}
	return strings.Join(parts, ", ")
}

// add adds what a further run did.
func (r *Report) add(o *Report) {
	r.Came, r.Went, r.New, r.Put = r.Came+o.Came, r.Went+o.Went, r.New+o.New, r.Put+o.Put
	r.Changed, r.Trash, r.Purged = r.Changed+o.Changed, r.Trash+o.Trash, r.Purged+o.Purged
	r.Events[0], r.Events[1] = r.Events[0]+o.Events[0], r.Events[1]+o.Events[1]
	for who := range o.By {
		r.By[who] = true
	}
	r.Clashes = append(r.Clashes, o.Clashes...)
	r.Differences = append(r.Differences, o.Differences...)
}

// A repository is a working tree of git with the branch that is checked out.
type repository struct {
	dir, branch string
	remote, ref string // where the branch comes from and goes to; empty for nowhere
	alone       bool
	theirs      string // the commit that the remote has; empty for none
}

// A gitError is what git says when it fails.
type gitError struct {
	Did    string // "git push"
	Says   string // all of it
	Status int
}

func (e *gitError) Error() string { return e.Did + ": " + e.line() }

// line returns the line that says why.
func (e *gitError) line() string {
	last := "it failed and did not say why"
	for line := range strings.Lines(e.Says) {
		line = strings.TrimSpace(clean.Line(strings.TrimSpace(line)))
		for _, begin := range []string{"fatal: ", "error: ", "ERROR: "} {
			if rest, ok := strings.CutPrefix(line, begin); ok {
				return rest[:min(len(rest), 500)]
			}
		}
		if line != "" && !strings.HasPrefix(line, "hint:") {
			last = line[:min(len(line), 500)]
		}
	}
	return last
}

// git runs git in the folder and returns what it prints.
func (g *repository) git(ctx context.Context, args ...string) (string, error) {
	c := exec.CommandContext(ctx, "git", append([]string{"-C", g.dir}, args...)...)
	c.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "LC_ALL", "LANGUAGE"}, name)
	}), "LC_ALL=C", "GIT_EDITOR=true", "GIT_MERGE_AUTOEDIT=no")
	if g.alone {
		c.Env = append(c.Env, "GIT_TERMINAL_PROMPT=0", "GIT_SSH_COMMAND="+cmp.Or(os.Getenv("GIT_SSH_COMMAND"), "ssh")+" -o BatchMode=yes")
	}
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	c.WaitDelay = 10 * time.Second
	err := c.Run()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return out.String(), &gitError{"git " + args[0], errs.String() + "\n" + out.String(), exit.ExitCode()}
	}
	if err != nil {
		return "", fmt.Errorf("run git: %w", err)
	}
	return out.String(), nil
}

// open checks that the folder is in a repository in which a commit can be made.
func (g *repository) open(ctx context.Context) error {
	if info, err := os.Stat(g.dir); err != nil {
		return fmt.Errorf("open %s: %w", g.dir, withoutPath(err))
	} else if !info.IsDir() {
		return fmt.Errorf("open %s: it is a file; name a folder", g.dir)
	}
	if _, err := exec.LookPath("git"); err != nil {
		return errors.New("git is not installed, or not on the PATH")
	}
	if inside, err := g.git(ctx, "rev-parse", "--is-inside-work-tree"); err != nil || strings.TrimSpace(inside) != "true" {
		var said *gitError
		if errors.As(err, &said) && !strings.Contains(said.Says, "not a git repository") {
			return err
		}
		return fmt.Errorf("%s is in no working tree of git; make one by \"git clone ADDRESS\" or \"git init\"", g.dir)
	}
	branch, err := g.git(ctx, "symbolic-ref", "--short", "-q", "HEAD")
	if g.branch = strings.TrimSpace(branch); err != nil || g.branch == "" {
		return fmt.Errorf("%s has no branch checked out; \"git switch BRANCH\" first", g.dir)
	}
	if err := g.unfinished(ctx); err != nil {
		return err
	}
	if _, err := g.git(ctx, "var", "GIT_COMMITTER_IDENT"); err != nil {
		return fmt.Errorf("git does not know who commits; tell it by \"git config --global user.name NAME\" and \"git config --global user.email ADDRESS\"")
	}
	return g.findRemote(ctx)
}

// unfinished reports a merge or the like that somebody has begun.
func (g *repository) unfinished(ctx context.Context) error {
	for name, what := range map[string]string{"MERGE_HEAD": "merge", "rebase-merge": "rebase", "rebase-apply": "rebase", "CHERRY_PICK_HEAD": "cherry-pick"} {
		p, err := g.git(ctx, "rev-parse", "--git-path", name)
		if err != nil {
			return err
		}
		if p = strings.TrimSuffix(p, "\n"); !filepath.IsAbs(p) {
			p = filepath.Join(g.dir, p)
		}
		if _, err := os.Stat(p); err == nil {
			return fmt.Errorf("%s is in the middle of a %s; end it by \"git %s --continue\" or \"--abort\", and sync again", g.dir, what, what)
		}
	}
	return nil
}

// findRemote finds where the branch comes from: its upstream, else the remote "origin" or the only one.
func (g *repository) findRemote(ctx context.Context) error {
	remote, _ := g.git(ctx, "config", "branch."+g.branch+".remote") // fails if there is none
	ref, _ := g.git(ctx, "config", "branch."+g.branch+".merge")
	if g.remote, g.ref = strings.TrimSpace(remote), strings.TrimSpace(ref); g.remote != "" && g.ref != "" {
		return nil
	}
	list, err := g.git(ctx, "remote")
	if err != nil {
		return err
	}
	all := strings.Fields(list)
	g.remote, g.ref = "", "refs/heads/"+g.branch
	switch {
	case slices.Contains(all, "origin"):
		g.remote = "origin"
	case len(all) == 1:
		g.remote = all[0]
	case len(all) > 1:
		return fmt.Errorf("%s has several remotes, and the branch %s follows none; \"git push -u REMOTE %s\" first", g.dir, clean.Line(g.branch), clean.Line(g.branch))
	}
	return nil
}

// ours is what is committed: all in the folder of byline's but what is being written.
var ours = []string{"--", folderName, ":(exclude,glob)**/" + temporary + "*"}

// commit commits the changes in the folder of byline's, if there are any, and nothing else.
func (g *repository) commit(ctx context.Context, message string) error {
	if _, err := os.Stat(filepath.Join(g.dir, folderName)); err != nil {
		return nil
	}
	if _, err := g.git(ctx, append([]string{"add", "-A", "-f"}, ours...)...); err != nil {
		return err
	}
	_, err := g.git(ctx, "diff", "--cached", "--quiet", "--", folderName)
	var changed *gitError
	if !errors.As(err, &changed) || changed.Status != 1 {
		return err
	}
	_, err = g.git(ctx, "commit", "-q", "-m", message, "--", folderName)
	return err
}

// pull fetches the branch and merges it.
func (g *repository) pull(ctx context.Context) error {
	if g.remote == "" {
		return nil
	}
	_, err := g.git(ctx, "fetch", "-q", g.remote, g.ref)
	var said *gitError
	if errors.As(err, &said) && strings.Contains(said.Says, "couldn't find remote ref") {
		g.theirs = ""
		return nil // nobody has pushed yet
	}
	if err != nil {
		return err
	}
	theirs, err := g.git(ctx, "rev-parse", "--verify", "-q", "FETCH_HEAD^{commit}")
	if err != nil {
		return err
	}
	g.theirs = strings.TrimSpace(theirs)
	_, err = g.git(ctx, "merge", "-q", "--ff", "--no-edit", g.theirs)
	if errors.As(err, &said) && strings.Contains(said.Says, "unrelated histories") && g.onlyOurs(ctx) {
		_, err = g.git(ctx, "merge", "-q", "--no-edit", "--allow-unrelated-histories", g.theirs)
	}
	if err != nil {
		return g.giveUp(ctx, err)
	}
	return nil
}

// onlyOurs reports whether the branch has nothing but byline's folder: two people began an empty repository at once.
func (g *repository) onlyOurs(ctx context.Context) bool {
	list, err := g.git(ctx, "ls-tree", "--name-only", "--full-tree", "HEAD")
	return err == nil && strings.TrimSpace(list) == folderName
}

// giveUp ends a merge that failed, and says why it did.
func (g *repository) giveUp(ctx context.Context, why error) error {
	list, err := g.git(ctx, "diff", "--name-only", "--diff-filter=U", "-z")
	names := strings.FieldsFunc(list, func(r rune) bool { return r == 0 })
	if err != nil || len(names) == 0 {
		return why
	}
	if _, err := g.git(ctx, "merge", "--abort"); err != nil {
		return err
	}
	more := ""
	if len(names) > 3 {
		more = fmt.Sprintf(" and %d more", len(names)-3)
		names = names[:3]
	}
	return fmt.Errorf("git merge: conflict in %s%s; all is as it was before the merge: merge it by \"git pull --no-rebase\", and sync again", clean.Line(strings.Join(names, ", ")), more)
}

// push pushes the branch. It reports whether that is done: somebody else may have pushed first.
func (g *repository) push(ctx context.Context) (done bool, err error) {
	if g.remote == "" {
		return true, ErrNoRemote
	}
	head, err := g.git(ctx, "rev-parse", "--verify", "-q", "HEAD")
	if err != nil || strings.TrimSpace(head) == g.theirs {
		return true, nil // there is nothing yet, or nothing new
	}
	_, err = g.git(ctx, "push", "--porcelain", g.remote, "HEAD:"+g.ref)
	var said *gitError
	if errors.As(err, &said) {
		for _, late := range []string{"[rejected]", "fetch first", "non-fast-forward", "cannot lock ref", "failed to update ref", "incorrect old value"} {
			if strings.Contains(said.Says, late) {
				return false, nil
			}
		}
		for line := range strings.Lines(said.Says) { // what the other side says stands in front of what git makes of it
			if rest, ok := strings.CutPrefix(line, "!"); ok {
				return false, fmt.Errorf("git push: %s", clean.Words(rest))
			}
		}
	}
	return err == nil, err
}
