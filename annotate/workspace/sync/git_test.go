package sync

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/team"
	"byline/annotate/workspace"
)

// repositories makes a bare repository and clones of it.
func repositories(t *testing.T, names ...string) (bare string, clones []string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	bare = filepath.Join(dir, "hub.git")
	git(t, dir, "init", "-q", "--bare", "-b", "main", bare)
	for _, name := range names {
		to := filepath.Join(dir, name)
		git(t, dir, "clone", "-q", bare, to)
		git(t, to, "symbolic-ref", "HEAD", "refs/heads/main")
		git(t, to, "config", "user.name", name)
		git(t, to, "config", "user.email", name+"@example.org")
		clones = append(clones, to)
	}
	return bare, clones
}

// git runs git, without what the settings of whoever tests say.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	c := exec.Command("git", append([]string{"-C", dir}, args...)...)
	c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "LC_ALL=C")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return string(out)
}

func write(t *testing.T, name, data string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
}

// Three people share an empty repository, and begin at once. They decide and sync in any order; in the end all have the same.
func TestGitAnyOrder(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs git a hundred times")
	}
	_, clones := repositories(t, "ann", "ben", "cy")
	r := rand.New(rand.NewPCG(3, 3))
	desks := []*desk{newDesk(t, "ann"), newDesk(t, "ben"), newDesk(t, "cy")}
	sync := func(i int) {
		t.Helper()
		desks[i].told = nil
		if _, err := desks[i].Git(t.Context(), clones[i]); err != nil || len(desks[i].told) > 0 {
			t.Fatal(err, desks[i].told)
		}
	}
	for i, d := range desks {
		d.add(t, "https://example.org/all", "The Courier", story)
		d.add(t, fmt.Sprint("https://example.org/", i), fmt.Sprint("Title ", i), fmt.Sprintf("Number%c is in Lund. %s", 'A'+i, story))
	}
	for range 200 {
		if desks[r.IntN(3)].decideAnything(t, r); r.IntN(20) == 0 {
			sync(r.IntN(3))
		}
	}
	for _, i := range []int{2, 0, 1, 2, 0} {
		sync(i)
	}
	want, folder := desks[0].export(t), files(t, clones[0])
	for i, d := range desks {
		if got := d.export(t); got != want {
			t.Errorf("%d: %s", i, difference(got, want))
		}
		if !maps.Equal(folder, files(t, clones[i])) {
			t.Errorf("the folder of %d differs", i)
		}
		if s := git(t, clones[i], "status", "--porcelain"); s != "" {
			t.Errorf("%d: left over: %s", i, s)
		}
	}
}

// People who push at the same moment do not lose anything, nor give up.
func TestGitAtOnce(t *testing.T) {
	t.Parallel()
	names := []string{"ann", "ben", "cy"}
	_, clones := repositories(t, names...)
	done := make(chan error, len(names))
	var desks []*desk
	for i, name := range names {
		d := newDesk(t, name)
		d.add(t, "https://example.org/"+name, name, name+" met Ann Lee. "+story)
		desks = append(desks, d)
		go func() {
			_, err := d.Git(t.Context(), clones[i])
			done <- err
		}()
	}
	for range names {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	for i, d := range desks {
		if _, err := d.Git(t.Context(), clones[i]); err != nil {
			t.Fatal(err)
		}
	}
	for i, d := range desks {
		if got, want := d.export(t), desks[0].export(t); got != want || strings.Count(got, `"title"`) != 3 {
			t.Errorf("%d: %s", i, difference(got, want))
		}
	}
}

// What is not byline's stays as it is: changed, staged, ignored and unknown files, whatever .gitignore and line ends say.
func TestGitOtherFiles(t *testing.T) {
	t.Parallel()
	_, clones := repositories(t, "ann", "ben")
	ann, ben := newDesk(t, "ann"), newDesk(t, "ben")
	id := ann.add(t, "https://example.org/a", "The Courier", story)
	ann.decide(t, id, annotate.Confirm, "Ferris", "")
	write(t, filepath.Join(clones[0], ".gitignore"), "log\n*.txt\n*.jsonl\n")
	write(t, filepath.Join(clones[0], "notes"), "one\n")
	git(t, clones[0], "add", ".gitignore", "notes")
	git(t, clones[0], "commit", "-q", "-m", "notes")
	write(t, filepath.Join(clones[0], "notes"), "two\n")
	write(t, filepath.Join(clones[0], "staged"), "x\n")
	git(t, clones[0], "add", "staged")
	write(t, filepath.Join(clones[0], "unknown"), "x\n")
	git(t, clones[1], "config", "core.autocrlf", "true")
	status := git(t, clones[0], "status", "--porcelain")
	if r, err := ann.Git(t.Context(), clones[0]); err != nil || r.String() != "0 decisions came, 1 went out; 1 article went out" {
		t.Fatal(r.String(), err)
	}
	if got := git(t, clones[0], "status", "--porcelain"); got != status {
		t.Errorf("%q, not %q", got, status)
	}
	if got := git(t, clones[0], "log", "-1", "--format=%an %s", "--name-only"); strings.Count(got, "\n") != 7 || !strings.HasPrefix(got, "ann byline sync: 1 decision, 1 new article\n") || strings.Contains(got, "notes") {
		t.Errorf("%q", got)
	}
	if r, err := ben.Git(t.Context(), clones[1]); err != nil || r.Came != 1 || len(ben.told) > 0 {
		t.Fatal(r.String(), err, ben.told)
	}
	if a, b := ann.export(t), ben.export(t); a != b {
		t.Error(difference(a, b))
	}
	ann.Team = workspace.TeamOf(ann.Workspace)
	if err := workspace.TeamOf(ann.Workspace).Record(t.Context(), team.Event{Verb: team.Create, Set: "May", Articles: []string{id}}, team.Event{Verb: team.Join, Set: "May", Members: []string{"ben"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := ann.Git(t.Context(), clones[0]); err != nil {
		t.Fatal(err)
	}
	if got := git(t, clones[0], "log", "-1", "--format=%s"); got != "byline sync: 2 changes to the team\n" {
		t.Errorf("%q", got)
	}
	head := git(t, clones[0], "rev-parse", "HEAD")
	if r, err := ann.Git(t.Context(), clones[0]); err != nil || r.String() != "Nothing new" || git(t, clones[0], "rev-parse", "HEAD") != head {
		t.Error(r.String(), err)
	}
}

// What goes wrong is said in one line, with what to do; what can be mended by doing it is.
func TestGitFaults(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs git a hundred times")
	}
	for name, c := range map[string]struct {
		fault func(t *testing.T, bare, ann, ben string)
		says  string
		mend  func(t *testing.T, bare, ann, ben string)
	}{
		"no repository": {func(t *testing.T, _, _, ben string) { move(t, filepath.Join(ben, ".git"), ben+".away") },
			"is in no working tree of git; make one by", func(t *testing.T, _, _, ben string) { move(t, ben+".away", filepath.Join(ben, ".git")) }},
		"no remote": {func(t *testing.T, bare, _, ben string) { git(t, ben, "remote", "remove", "origin") },
			"the repository has no remote: what is new here was committed and went nowhere", func(t *testing.T, bare, _, ben string) { git(t, ben, "remote", "add", "origin", bare) }},
		"the remote is gone": {func(t *testing.T, bare, _, ben string) { move(t, bare, bare+".away") },
			"git fetch: '", func(t *testing.T, bare, _, ben string) { move(t, bare+".away", bare) }},
		"no branch": {func(t *testing.T, _, _, ben string) { git(t, ben, "checkout", "-q", "--detach") },
			"has no branch checked out", func(t *testing.T, _, _, ben string) { git(t, ben, "checkout", "-q", "main") }},
		"in the middle of a merge": {func(t *testing.T, _, _, ben string) {
			write(t, filepath.Join(ben, ".git", "MERGE_HEAD"), git(t, ben, "rev-parse", "HEAD"))
		}, "is in the middle of a merge; end it by", func(t *testing.T, _, _, ben string) {
			if err := os.Remove(filepath.Join(ben, ".git", "MERGE_HEAD")); err != nil {
				t.Fatal(err)
			}
		}},
		"a conflict in another file": {func(t *testing.T, _, ann, ben string) {
			for dir, words := range map[string]string{ann: "one\n", ben: "two\n"} {
				write(t, filepath.Join(dir, "notes"), words)
				git(t, dir, "add", "notes")
				git(t, dir, "commit", "-q", "-m", words)
			}
			git(t, ann, "push", "-q", "origin", "HEAD:main")
		}, "git merge: conflict in notes; all is as it was before the merge", func(t *testing.T, _, _, ben string) { git(t, ben, "reset", "-q", "--hard", "HEAD~1") }},
		"a change in the way": {func(t *testing.T, _, ann, ben string) {
			write(t, filepath.Join(ann, "notes"), "one\n")
			git(t, ann, "add", "notes")
			git(t, ann, "commit", "-q", "-m", "one")
			git(t, ann, "push", "-q", "origin", "HEAD:main")
			write(t, filepath.Join(ben, "notes"), "two\n")
		}, "git merge: The following untracked working tree files would be overwritten by merge", func(t *testing.T, _, _, ben string) {
			if err := os.Remove(filepath.Join(ben, "notes")); err != nil {
				t.Fatal(err)
			}
		}},
		"the remote refuses": {func(t *testing.T, bare, _, _ string) {
			write(t, filepath.Join(bare, "hooks", "pre-receive"), "#!/bin/sh\necho not today >&2\nexit 1\n")
			if err := os.Chmod(filepath.Join(bare, "hooks", "pre-receive"), 0o755); err != nil {
				t.Fatal(err)
			}
		}, "git push: HEAD:refs/heads/main [remote rejected] (pre-receive hook declined)", func(t *testing.T, bare, _, _ string) {
			if err := os.Remove(filepath.Join(bare, "hooks", "pre-receive")); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			bare, clones := repositories(t, "ann", "ben")
			ann, ben := newDesk(t, "ann"), newDesk(t, "ben")
			id := ann.add(t, "https://example.org/a", "The Courier", story)
			for i, d := range []*desk{ann, ben} {
				if _, err := d.Git(t.Context(), clones[i]); err != nil {
					t.Fatal(err)
				}
			}
			ben.decide(t, id, annotate.Confirm, "Ferris", "")
			c.fault(t, bare, clones[0], clones[1])
			_, err := ben.Git(t.Context(), clones[1])
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v", err)
			}
			if name == "no remote" && !errors.Is(err, ErrNoRemote) {
				t.Error(err)
			}
			c.mend(t, bare, clones[0], clones[1])
			for i, d := range []*desk{ben, ann} {
				if _, err := d.Git(t.Context(), clones[1-i]); err != nil {
					t.Fatal("mended:", err)
				}
			}
			if a, b := ann.export(t), ben.export(t); a != b || !strings.Contains(a, `"confirm"`) {
				t.Error(difference(a, b))
			}
		})
	}
}

func move(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

// Lines that git merged by union come in any order, and some twice.
func TestGitUnion(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs git a hundred times")
	}
	_, clones := repositories(t, "ann", "ben")
	one, two := newDesk(t, "ann"), newDesk(t, "ann") // one person on two machines
	id := one.add(t, "https://example.org/a", "The Courier", story)
	for i, d := range []*desk{one, two} {
		if _, err := d.Git(t.Context(), clones[i]); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		for i, d := range []*desk{one, two} {
			d.decide(t, id, annotate.Note, "Ferris", fmt.Sprint("note ", i, len(d.export(t))))
			d.sync(t, clones[i])
			git(t, clones[i], "add", "-A")
			git(t, clones[i], "commit", "-q", "-m", "by hand")
		}
		git(t, clones[0], "fetch", "-q", clones[1], "main")
		git(t, clones[0], "merge", "-q", "--no-edit", "FETCH_HEAD")
		git(t, clones[0], "push", "-q", "origin", "HEAD:main")
		git(t, clones[1], "pull", "-q", "--no-rebase", "origin", "main")
		for i, d := range []*desk{one, two} {
			if d.sync(t, clones[i]); len(d.told) > 0 {
				t.Fatal(d.told)
			}
		}
	}
	if a, b := one.export(t), two.export(t); a != b || strings.Count(a, `"verb":"note"`) != 6 {
		t.Error(difference(a, b))
	}
	if a, b := files(t, clones[0]), files(t, clones[1]); !maps.Equal(a, b) {
		t.Errorf("%v\n%v", a, b)
	}
}
