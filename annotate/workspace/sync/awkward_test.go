package sync

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library/db/exchange"
	"byline/annotate/team"
	"byline/articles"
)

// A shared folder that somebody does something to, and what is told of it. The decisions that a file held whole, or that were
// made elsewhere, come all the same; what cannot be read stays; and a second run with the file mended tells nothing.
func TestAwkwardFiles(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("opens forty libraries")
	}
	id := articles.TextID(story)
	log, about, text := "byline/"+logPath(id, "ann"), "byline/"+aboutPath(id), "byline/"+textPath(id, id)
	line := func(article, who, did string) string {
		return fmt.Sprintf(`{"article":"%s","text":"%s","decision":{"id":"%s","who":"%s","verb":"confirm","kind":"mention","target":{"start":0,"end":11,"exact":"Marta Quill"}}}`, article, id, did, who)
	}
	for name, c := range map[string]struct {
		change func(files map[string]string)
		tells  string // empty for nothing
		came   int    // decisions
		fresh  bool   // the article is new to who syncs
	}{
		"markers of a conflict": {func(f map[string]string) {
			f[log] = "<<<<<<< HEAD\n" + f[log] + "=======\n" + line(id, "ann", "01Z") + "\n>>>>>>> theirs\n"
		}, "log/22/22282501436713e5.ann.jsonl, line 1: git left a conflict here; delete the lines", 0, false},
		"markers in what the source says": {func(f map[string]string) { f[about] += "<<<<<<< HEAD\n" }, "about.jsonl, line 5: git left a conflict", 1, false},
		"the log is cut short":            {func(f map[string]string) { f[log] += line(id, "ann", "01Z")[:120] }, "line 2: it is no line of JSON, or cut short", 1, false},
		"an editor's marks and line ends": {func(f map[string]string) { f[log] = "\xef\xbb\xbf" + strings.ReplaceAll(f[log], "\n", "\r\n") }, "", 1, false},
		"another text":                    {func(f map[string]string) { f[text] = "Another text." }, "holds another text than its name says, edited or cut short", 0, true},
		"a text that is known is another": {func(f map[string]string) { f[text] = "Another text." }, "holds another text than its name says", 1, false},
		"a text cut short":                {func(f map[string]string) { f[text] = story[:20] }, "edited or cut short", 0, true},
		"no text":                         {func(f map[string]string) { delete(f, text) }, "article 22282501436713e5 is not all there, and waits with 1 decision", 0, true},
		"line ends of another system":     {func(f map[string]string) { f[text] = strings.ReplaceAll(story, "\n", "\r\n") }, "", 1, true},
		"another article":                 {func(f map[string]string) { f[log] = line("0123456789abcdef", "ann", "01Z") + "\n" }, `line 1: it is about the article "0123456789abcdef"`, 0, false},
		"another person":                  {func(f map[string]string) { f[log] += line(id, "ben", "01Z") + "\n" }, `line 2: it is by "ben", whose decisions are in another file`, 1, false},
		"a text that is not there": {func(f map[string]string) {
			f[log] += strings.Replace(line(id, "ann", "01Z"), `"text":"`+id, `"text":"0123456789abcdef`, 1) + "\n"
		}, "1 decision on article 22282501436713e5 wait: the text that they are about is not there", 1, false},
		"two decisions of one id": {func(f map[string]string) {
			f[log] += line(id, "ann", "01Z") + "\n" + strings.Replace(line(id, "ann", "01Z"), "confirm", "reject", 1) + "\n"
		},
			"one ann: confirm “Marta Quill”; the other ann: reject “Marta Quill”; both stay", 1, false},
		"an id that cannot be printed": {func(f map[string]string) { f[log] += line(id, "ann", `01Z\u001b[2J`) + "\n" }, "its id or its name cannot be printed", 1, false},
		"a huge line":                  {func(f map[string]string) { f[log] += strings.Repeat("x", mostLine+1) + "\n" }, "line 2: it is longer than 16 MB", 1, false},
		"a copy that a cloud made": {func(f map[string]string) { f["byline/log/22/"+id+".ann (Ben's conflicted copy).jsonl"] = f[log] },
			"no file of byline's has such a name; if it is a copy of one that something made, add its lines to that", 1, false},
		"a log beside the folders": {func(f map[string]string) { f["byline/log/weird\x1b]0;x\a.jsonl"] = f[log] },
			"no file of byline's has such a name", 1, false},
		"a text beside the folders": {func(f map[string]string) { f["byline/articles/link.txt"] = "x" }, "articles/link.txt: passed over, no file", 1, false},
		"blocks that do not fit": {func(f map[string]string) {
			f[about] = strings.ReplaceAll(f[about], fmt.Sprint(`"end":`, len(story)), `"end":9000`)
		}, "its blocks do not fit the text", 0, true},
		"a hidden file":        {func(f map[string]string) { f["byline/log/22/.DS_Store"] = "x" }, "", 1, false},
		"a newer layout":       {func(f map[string]string) { f["byline/byline.json"] = `{"byline":"sync","version":2}` }, "fatal: it was written by a newer byline; update byline first", 0, false},
		"a marker of nobody's": {func(f map[string]string) { f["byline/byline.json"] = `x` }, "fatal: it is not what byline wrote", 0, false},
		"what later versions add": {func(f map[string]string) {
			f[log] += strings.Replace(line(id, "ann", "01Z"), `"verb":"confirm"`, `"verb":"praise","stars":5`, 1) + "\n"
			f[about] += `{"article":"` + id + `","mood":"glad"}` + "\n"
		}, "", 2, false},
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			ann, ben, dir := newDesk(t, "ann"), newDesk(t, "ben"), t.TempDir()
			ann.add(t, "https://example.org/a", "The Courier", story)
			if !c.fresh {
				ann.sync(t, dir)
				ben.sync(t, dir)
			}
			ann.decide(t, id, annotate.Confirm, "Ferris", "")
			ann.sync(t, dir)
			was := files(t, dir)
			is := files(t, dir)
			c.change(is)
			rewrite(t, dir, was, is)
			ben.told = nil
			r, err := ben.Dir(t.Context(), dir)
			if fatal, ok := strings.CutPrefix(c.tells, "fatal: "); ok {
				if err == nil || !strings.Contains(err.Error(), fatal) {
					t.Fatal(err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if told := strings.Join(ben.told, "\n"); !strings.Contains(told, c.tells) || (c.tells == "") != (told == "") || strings.Contains(told, "\x1b") || len(ben.told) > 1 || r.Came != c.came {
				t.Errorf("%d decisions came; told %q", r.Came, told)
			}
			for name, data := range files(t, dir) { // a file is only added to; what a program broke is set right
				if rest := missing(is[name], data); rest != "" && name != text {
					t.Errorf("%s lost %q", name, rest)
				}
			}
			if c.tells != "" {
				if again := ben.sync(t, dir); len(ben.told) == 0 && !strings.Contains(c.tells, "no file of byline's") {
					t.Errorf("the second run tells nothing: %s", again.String())
				}
			}
			rewrite(t, dir, files(t, dir), was)
			mended(t, ann, ben, dir, c.came < 2 && name != "two decisions of one id")
		})
	}
}

// mended checks that two people, of a folder that is as it was, are told nothing, and have the same if they should.
func mended(t *testing.T, ann, ben *desk, dir string, same bool) {
	t.Helper()
	ben.sync(t, dir)
	ann.sync(t, dir)
	ben.sync(t, dir)
	if len(ben.told) > 0 {
		t.Errorf("mended, it tells %q", ben.told)
	}
	if a, b := ann.export(t), ben.export(t); a != b && same {
		t.Errorf("mended: %s", difference(a, b))
	}
}

// missing returns the first line of a file that another has not; line ends and marks of editors are no part of it.
func missing(was, is string) string {
	for line := range strings.Lines(strings.TrimPrefix(was, "\xef\xbb\xbf")) {
		if line = strings.TrimRight(line, "\r\n"); !strings.Contains(is, line) {
			return line[:min(len(line), 200)]
		}
	}
	return ""
}

// rewrite changes the files of a folder.
func rewrite(t *testing.T, dir string, was, is map[string]string) {
	t.Helper()
	for name := range was {
		if _, ok := is[name]; !ok {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, data := range is {
		if was[name] == data && data != "" {
			continue
		}
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
		// A time of its own, however coarse the file system's clock is.
		if err := os.Chtimes(p, time.Time{}, time.Now().Add(-time.Hour).Add(time.Duration(len(data))*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
}

// Nothing outside of the folder is read or written, whatever links lie in it.
func TestLinks(t *testing.T) {
	t.Parallel()
	id := articles.TextID(story)
	ann, ben, dir := newDesk(t, "ann"), newDesk(t, "ben"), t.TempDir()
	ann.add(t, "https://example.org/a", "The Courier", story)
	ann.decide(t, id, annotate.Confirm, "Ferris", "")
	ann.sync(t, dir)
	secret := filepath.Join(t.TempDir(), "secret")
	log := filepath.Join(dir, "byline", logPath(id, "ann"))
	if err := os.Rename(log, secret); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, log); err != nil {
		t.Skip("no links here:", err)
	}
	was, _ := os.ReadFile(secret)
	if r := ben.sync(t, dir); r.Came != 0 || len(ben.told) != 1 || !strings.Contains(ben.told[0], "it is a folder, a link or a device, not a file") {
		t.Errorf("%s %q", r.String(), ben.told)
	}
	ann.decide(t, id, annotate.Reject, "Courier", "")
	ann.sync(t, dir) // which puts a file in the place of the link
	if is, _ := os.ReadFile(secret); string(is) != string(was) {
		t.Error("a link was written through")
	}

	for _, folder := range []string{"byline/log", "byline"} {
		outside := t.TempDir()
		p := filepath.Join(dir, folder)
		if err := os.Rename(p, p+".was"); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(outside, p); err != nil {
			t.Fatal(err)
		}
		ann.decide(t, id, annotate.Note, "Courier", folder)
		if _, err := ann.Dir(t.Context(), dir); err == nil {
			t.Errorf("%s is a link that leads out, and nobody minds", folder)
		}
		if left := files(t, outside); len(left) > 0 {
			t.Error(left)
		}
	}
}

// A folder that is not byline's is not written to.
func TestOtherFolders(t *testing.T) {
	t.Parallel()
	ann, dir := newDesk(t, "ann"), t.TempDir()
	file := filepath.Join(dir, "file")
	for p, data := range map[string]string{file: "x", filepath.Join(dir, "other/byline/mine.txt"): "x", filepath.Join(dir, "third/byline"): "x", filepath.Join(dir, "fourth/byline/byline.json"): marker} {
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	was := files(t, dir)
	for p, want := range map[string]string{file: "it is a file; name a folder", filepath.Join(dir, "other"): "it is not empty, and nothing that byline made; name another folder",
		filepath.Join(dir, "fourth/byline"): "it is what byline writes into a folder; name the folder that it is in", filepath.Join(dir, "third"): "it is not empty", filepath.Join(dir, "none"): "no such file"} {
		if _, err := ann.Dir(t.Context(), p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", p, err)
		}
	}
	if is := files(t, dir); fmt.Sprint(is) != fmt.Sprint(was) {
		t.Errorf("%v", is)
	}
}

// The trash is everybody's own. What was deleted for good does not come back by itself, nor does it go away elsewhere.
func TestRemoved(t *testing.T) {
	t.Parallel()
	ann, ben, dir := newDesk(t, "ann"), newDesk(t, "ben"), t.TempDir()
	id := ann.add(t, "https://example.org/a", "The Courier", story)
	ann.decide(t, id, annotate.Confirm, "Ferris", "")
	ann.sync(t, dir)
	ben.sync(t, dir)
	ben.decide(t, id, annotate.Reject, "Courier", "")
	ben.sync(t, dir)
	lib := ann.Workspace.Library
	if err := lib.Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if r := ann.sync(t, dir); r.String() != "1 decision of 1 person came, 0 went out; 1 decision came on articles that are in the trash here" {
		t.Error(r.String())
	}
	if r := ann.sync(t, t.TempDir()); r.String() != "Nothing new" {
		t.Error("what is in the trash goes to a new place:", r.String())
	}
	if trash, err := lib.Trash(t.Context()); err != nil || len(trash) != 1 {
		t.Error(trash, err)
	}
	if err := lib.Purge(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	ben.decide(t, id, annotate.Confirm, "Marta Quill", "")
	ben.sync(t, dir)
	if r := ann.sync(t, dir); r.String() != "Nothing new; 1 article that was deleted here for good stays away" || len(ann.export(t)) > 0 {
		t.Error(r.String(), ann.export(t))
	}
	if r := ann.sync(t, dir); !strings.HasPrefix(r.String(), "Nothing new") {
		t.Error(r.String())
	}
	ann.Restore = true
	if r := ann.sync(t, dir); r.String() != "3 decisions of 2 people came, 0 went out; 1 article is new" {
		t.Error(r.String())
	}
	if a, b := ann.export(t), ben.export(t); a != b {
		t.Error(difference(a, b))
	}
	// A file that somebody deletes in the folder comes back: no decision goes away in silence.
	for name := range files(t, dir) {
		if strings.Contains(name, id) {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if r := ben.sync(t, dir); r.Went != 3 || r.Put != 1 {
		t.Error(r.String())
	}
}

// Names that a file system may take for one another's have files of their own.
func TestNamesOfFiles(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, who := range []string{"ann", "Ann", "ANN", "ann ", "", ".", "..", "a/b", "a\\b", "a:b", "con", "aux", "Zoë", "Zoe\u0308", "zo", "李", "-", "ann.123456789abc", strings.Repeat("x", 300), strings.Repeat("x", 301), "a\nb", "it's?*|<>\""} {
		name := team.FileName(who)
		if !isWho.MatchString(name) || name != strings.ToLower(name) || strings.ContainsAny(name, "/\\:*?\"<>| ") || len(name) > 60 {
			t.Errorf("%q: %q", who, name)
		}
		if other, ok := seen[name]; ok {
			t.Errorf("%q and %q have one file: %s", who, other, name)
		}
		seen[name] = who
		if kind, id, of := parsePath(logPath("0123456789abcdef", who)); kind != logFile || id != "0123456789abcdef" || of != name {
			t.Errorf("%q: %v %q %q", who, kind, id, of)
		}
	}
	for _, p := range []string{"log/01/0123456789abcdef.../ann.jsonl", "log/02/0123456789abcdef.ann.jsonl", "log/01/0123456789ABCDEF.ann.jsonl", "articles/01/0123456789abcdef.0123.txt",
		"log/01/x.jsonl", "log/01/0123456789abcdef.jsonl", "articles/01/0123456789abcdef.ann.jsonl", "../log/01/0123456789abcdef.ann.jsonl"} {
		if kind, _, _ := parsePath(p); kind != foreignFile {
			t.Errorf("%s is taken for one of byline's", p)
		}
	}
}

// Of a file on a disk only the name travels, and of what comes no path is kept.
func TestSources(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"/home/ann/press.txt": "press.txt", `C:\Users\ann\press.txt`: "press.txt", "https://example.org/a": "https://example.org/a",
		"-": "", "": "", "..": "", "/": "", "file:///etc/passwd": "passwd", "corpus.jsonl#7": "corpus.jsonl#7", "/a/corpus.jsonl#7": "corpus.jsonl#7", "sample:press": "sample:press"} {
		if got := sourceOf(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
	ann, ben, dir := newDesk(t, "ann"), newDesk(t, "ben"), t.TempDir()
	id := ann.add(t, "/home/ann/press.txt", "The Courier", story)
	ann.sync(t, dir)
	ben.sync(t, dir)
	if a, err := ben.Workspace.Library.Article(t.Context(), id); err != nil || a.Source != "press.txt" {
		t.Error(a, err)
	}
	for name, data := range files(t, dir) {
		if strings.Contains(data, "/home") {
			t.Errorf("%s has %s", name, data)
		}
	}
}

// An ID of the log of another article is an error that names both.
func TestOneIDInTwoArticles(t *testing.T) {
	t.Parallel()
	ann, ben, dir := newDesk(t, "ann"), newDesk(t, "ben"), t.TempDir()
	one := ann.add(t, "https://example.org/a", "One", story)
	two := ann.add(t, "https://example.org/b", "Two", "Two. "+story)
	ann.decide(t, one, annotate.Confirm, "Ferris", "")
	ann.sync(t, dir)
	ben.sync(t, dir)
	a, err := ann.Store.Read(t.Context(), one)
	if err != nil {
		t.Fatal(err)
	}
	x := a.Rows[0]
	x.Text = two
	l, err := lineOf(two, &x)
	if err != nil {
		t.Fatal(err)
	}
	p := filepath.Join(dir, "byline", logPath(two, "ann"))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, append(l.line, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := ben.sync(t, dir); r.Came != 0 || len(ben.told) != 1 || !strings.Contains(ben.told[0], "article "+one) || !strings.Contains(ben.told[0], two) {
		t.Errorf("%s %q", r.String(), ben.told)
	}
}

// A decision about a place that no text has is not taken, from a folder or from a guest, and said with its line; the rest is done. One that is
// there already does not go out, and harms nobody who opens the article.
func TestPlacesOutsideTheText(t *testing.T) {
	t.Parallel()
	host, dir := newTeamDesk(t, "carl"), t.TempDir()
	id := host.add(t, "https://example.org/a", "The Courier", story)
	line := func(did, verb, rest string) string {
		return fmt.Sprintf(`{"article":"%s","text":"%[1]s","decision":{"id":"01M8NDJZHH5E1T59DPPG2%s","who":"ann","verb":"%s","kind":"mention",%s,"value":"person"}}`+"\n", id, did, verb, rest)
	}
	at := strings.Index(story, "Ferris")
	good := fmt.Sprintf(`{"start":%d,"end":%d,"exact":"Ferris"}`, at, at+6)
	evil := line("EVIL1", "relabel", `"target":{"start":0,"end":1000000000000000000}`) + line("EVIL2", "note", `"target":{"start":-1,"end":-5}`) +
		line("EVIL3", "merge", `"target":`+good+`,"to":{"start":-1,"end":5}`) + line("EVIL4", "done", `"target":{"start":0,"end":99999}`)
	host.sync(t, dir)
	file := filepath.Join(dir, "byline", logPath(id, "ann"))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, file, evil+line("GOOD1", "relabel", `"target":`+good))
	if r := host.sync(t, dir); r.Came != 1 || len(host.told) != 4 {
		t.Errorf("%s: %q", r.String(), host.told)
	}
	for n, want := range []string{"line 1: it names no words", "line 2: it names no words", "line 3: its offsets, -1 to 5, do not fit its words", "line 4: its offsets"} {
		if n >= len(host.told) || !strings.Contains(host.told[n], want) {
			t.Errorf("%q, want %q", host.told, want)
		}
	}
	ann := newTeamDesk(t, "ann")
	ann.add(t, "https://example.org/a", "The Courier", story)
	for i, l := range strings.Split(strings.TrimSpace(evil), "\n") { // as an older byline took them
		body := l[strings.Index(l, `"decision":`)+11 : len(l)-1]
		row := exchange.Row{ID: fmt.Sprint("01M8NDJZHH5E1T59DPPG2EVIL", i+1), Who: "ann", Text: id, Body: []byte(body)}
		if _, err := ann.Store.Apply(t.Context(), []*exchange.Article{{ID: id, Rows: []exchange.Row{row}}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := ann.AnnotateAll(t.Context(), nil); err != nil {
		t.Error(err)
	}
	ann.export(t)
	if r, err := ann.wired(t, guestOf(host, "ann", false), -1); err != nil || r.Went != 0 || r.Came != 1 {
		t.Errorf("%s, %v, %q", r.String(), err, ann.told)
	}
	if got := host.logged(t, id); got != "ann relabel" {
		t.Error(got)
	}
}

// A folder where a file should be stops nothing else, and a line of JSON that is none of byline's is called that.
func TestFolderForAFile(t *testing.T) {
	t.Parallel()
	host, dir := newTeamDesk(t, "ann"), t.TempDir()
	id := host.add(t, "https://example.org/a", "The Courier", story)
	other := host.add(t, "https://example.org/b", "Two", "Two. "+story)
	for _, name := range []string{logPath(id, "ann"), teamFile} {
		if err := os.MkdirAll(filepath.Join(dir, "byline", name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "byline", markerFile), marker)
	host.decide(t, id, annotate.Confirm, "Ferris", "")
	host.decide(t, other, annotate.Confirm, "Ferris", "")
	for range 2 {
		host.sync(t, dir)
		if told := strings.Join(host.told, "\n"); len(host.told) != 2 || strings.Count(told, "passed over: it is a folder, a link or a device, not a file") != 2 {
			t.Errorf("%q", host.told)
		}
	}
	if files(t, dir)["byline/"+logPath(other, "ann")] == "" {
		t.Error("the other article did not go out")
	}
	if err := os.Remove(filepath.Join(dir, "byline", teamFile)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "byline", teamFile), "null\n[]\n{\n"+`{"team":1,"id":"01K0A","at":"noon","who":"ann","verb":"create","set":"May"}`+"\n")
	host.sync(t, dir)
	told := strings.Join(host.told, "\n")
	for _, want := range []string{"line 1: it is JSON that byline does not write", "line 2: it is JSON that byline does not write", "line 3: it is no line of JSON, or cut short", "line 4: its time cannot be read"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q, want %q", told, want)
		}
	}
}
