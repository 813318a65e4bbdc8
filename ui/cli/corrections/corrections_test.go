package corrections_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/annotate/workspace/curation"
	"byline/articles"
	"byline/ui/cli"
)

func try(t *testing.T, library string, args ...string) (string, int) {
	t.Helper()
	var out, errs bytes.Buffer
	status := cli.Main(append([]string{"--library", library}, args...), strings.NewReader(""), &out, &errs)
	return out.String() + errs.String(), status
}

// A desk is somebody at the library.
type desk struct {
	t *testing.T
	w *workspace.Workspace
	a *articles.Article
}

func (d desk) do(e review.Edit) {
	d.t.Helper()
	if _, _, err := d.w.Edit(d.t.Context(), d.a, e); err != nil {
		d.t.Fatal(err)
	}
}

// on returns a mention on words.
func on(text, words string) []review.Target {
	at := strings.Index(text, words)
	return []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: at, End: at + len(words)}}}
}

const text = "The pier\n\nMarta Quill opened the pier. Per Aune of Halden Ferries stayed away. On Monday, Ellen Ross told reporters so. Then Marta Quill left."

// as opens a library with an article for somebody.
func as(t *testing.T, path, who string) desk {
	t.Helper()
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), path, e, workspace.Options{Who: who})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close(t.Context()) })
	added, err := w.Add(t.Context(), &articles.Article{ID: articles.TextID(text), Title: "=The \x1bpier|", Text: text, Format: articles.Plain})
	if err != nil {
		t.Fatal(err)
	}
	a, err := w.Library.Article(t.Context(), added.ID)
	if err != nil {
		t.Fatal(err)
	}
	return desk{t, w, a}
}

// settle takes somebody's answers to the questions of the set May, which are so many, and makes more edits.
func (d desk) settle(questions int, who string, edits ...review.Edit) {
	d.t.Helper()
	c := curation.New(d.w, "May")
	s, err := c.Open(d.t.Context(), d.a.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	if len(s.Questions) != questions {
		d.t.Fatalf("%d questions", len(s.Questions))
	}
	take := review.Taking{Who: who}
	for i := range s.Questions {
		take.Questions = append(take.Questions, s.Asked(i))
	}
	for _, edit := range append([]review.Edit{{Verb: review.Take, Take: take}}, edits...) {
		if _, _, err := c.Edit(d.t.Context(), d.a, edit); err != nil {
			d.t.Fatal(err)
		}
	}
}

// staged is a library with an article that ann and bob finished in a set, and that dora curates: ann is told of one change.
func staged(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "library.db")
	ann, bob, dora := as(t, path, "ann"), as(t, path, "bob"), as(t, path, "dora")
	if out, status := try(t, path, "team", "add", "May", "--all", "--members", "ann,bob", "--curators", "dora"); status != 0 {
		t.Fatal(out)
	}
	ann.do(review.Edit{Verb: annotate.Relabel, Value: "person", Here: true, Targets: on(text, "Halden Ferries")})
	bob.do(review.Edit{Verb: annotate.Relabel, Value: "organization", Here: true, Targets: on(text, "Halden Ferries")})
	for _, d := range []desk{ann, bob} {
		d.do(review.Edit{Verb: annotate.Confirm, Targets: on(text, "Marta Quill")})
		d.do(review.Edit{Verb: annotate.Done, Value: "May"})
	}
	dora.settle(1, "bob", review.Edit{Verb: annotate.Note, Value: "Ferries are a company. | <b>", Targets: on(text, "Halden Ferries")})
	return path
}

// What all left as it was suggested is exported as a suggestion, and what they decided under their names.
func TestCuratedExport(t *testing.T) {
	t.Parallel()
	path := staged(t)
	own, status := try(t, path, "export", "--all", "--by", "ann", "--format", "csv")
	out, curated := try(t, path, "export", "--all", "--curated", "--format", "csv")
	if status != 0 || curated != 0 {
		t.Fatal(own, out)
	}
	cells := func(out, text string) []string {
		rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
		if err != nil {
			t.Fatalf("%v in %s", err, out)
		}
		at := map[string]int{}
		for i, name := range rows[0] {
			at[name] = i
		}
		for _, r := range rows {
			if r[at["text"]] == text {
				return []string{r[at["origin"]], r[at["score"]], r[at["who"]]}
			}
		}
		t.Fatalf("%s is not in %s", text, out)
		return nil
	}
	for words, want := range map[string][]string{"Marta Quill": {"human", "1", "ann"}, "Halden Ferries": {"human", "1", "dora"}, "Ellen Ross": cells(own, "Ellen Ross")} {
		if got := cells(out, words); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
	}
	if got := cells(out, "Ellen Ross"); got[0] != "machine" || got[1] == "1" {
		t.Errorf("nobody decided on Ellen Ross, and it is %q", got)
	}
}

// What somebody lacks because it was not suggested to them is told, and is no mistake of theirs.
func TestNotSuggested(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "library.db")
	ann, bob, dora := as(t, path, "ann"), as(t, path, "bob"), as(t, path, "dora")
	for _, args := range [][]string{{"team", "add", "May", "--all", "--members", "ann,bob"}, {"team", "assign", "May", "--each", "2", "--overlap", "100%", "--hide", "100%"}} {
		if out, status := try(t, path, args...); status != 0 {
			t.Fatal(out)
		}
	}
	ann.do(review.Edit{Verb: annotate.Add, Value: "person", Targets: on(text, "Marta Quill")})                // twice
	ann.do(review.Edit{Verb: annotate.Add, Value: "organization", Here: true, Targets: on(text, "The pier")}) // which is not suggested to anybody
	for _, d := range []desk{ann, bob} {
		d.do(review.Edit{Verb: annotate.Done, Value: "May"})
	}
	dora.settle(2, "ann")
	out, status := try(t, path, "team", "report", "May", "--for", "bob")
	for _, want := range []string{"with 2 questions settled and 0 open; 1 otherwise than bob had it, and 1 that bob was not shown.\n",
		"  Is “The pier” a name?\n      in: [The pier]\n      was: not marked\n      now: organization", "  Is “Marta Quill” a name? (2 mentions)\n      in: [Marta Quill] opened the pier. Per Aune of …\n      in: … Ross told reporters so. Then [Marta Quill] left.\n      was: not marked (was not suggested to bob)\n      now: person"} {
		if status != 0 || !strings.Contains(out, want) {
			t.Errorf("status %d: no %q in\n%s", status, want, out)
		}
	}
	if out, status = try(t, path, "team", "report", "May", "--for", "bob", "--format", "json"); status != 0 || !strings.Contains(out, `"not_suggested": 1`) || !strings.Contains(out, `"changes": 1`) {
		t.Errorf("status %d: %s", status, out)
	}
}

// What somebody made of a sealed article is not told, and neither is it said that they made nothing.
func TestReportOfBlind(t *testing.T) {
	t.Parallel()
	path := staged(t)
	for _, args := range [][]string{{"team", "add", "June", "--all", "--members", "ann,bob"}, {"team", "assign", "June", "--each", "2", "--overlap", "100%", "--blind"}} {
		if out, status := try(t, path, args...); status != 0 {
			t.Fatal(out)
		}
	}
	if out, status := try(t, path, "--who", "ann", "team", "report", "--for", "bob"); status != 0 || out != "bob: nothing to show yet; 1 article, blind until everybody is done.\n" {
		t.Errorf("status %d: %s", status, out)
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	path := staged(t)
	out, status := try(t, path, "team", "report", "--for", "ann", "--set", "May")
	want := "ann finished 1 article in the set May; 1 of them curated, with 1 question settled and 0 open; 1 otherwise than ann had it.\n" +
		"\n" + articles.TextID(text)[:8] + "  =The �pier|\n  What is “Halden Ferries”?\n      in: … opened the pier. Per Aune of [Halden Ferries] stayed away. On Monday, Ellen …\n      was: person\n      now: organization (dora)\n      note: Ferries are a company. | <b>\n"
	if status != 0 || out != want {
		t.Errorf("status %d:\n%s\nnot\n%s", status, out, want)
	}
	if named, status := try(t, path, "team", "report", "May", "--for", "ann"); status != 0 || named != out {
		t.Errorf("the set by its name: status %d: %s", status, named)
	}
	if out, _ := try(t, path, "--who", "bob", "team", "report"); out != "bob finished 1 article; 1 of them curated, with 1 question settled and 0 open; 0 otherwise than bob had it.\n" {
		t.Error(out)
	}
	for want, args := range map[string][]string{
		"byline: --for eve: there is nobody of this name here; there are ann, bob, dora\n":  {"team", "report", "--for", "eve"},
		"byline: --by dorra: there is nobody of this name here; there are dora, ann, bob\n": {"export", "--all", "--by", "dorra"},
		"byline: --view zoe: there is nobody of this name here; there are ann, bob, dora\n": {"--view", "zoe", "list"},
	} {
		if out, status := try(t, path, args...); status != 1 || out != want {
			t.Errorf("status %d: %s", status, out)
		}
	}
	var told struct {
		Changes  int
		Articles []struct {
			Changes []struct {
				Start, End int
				Text, Was  string
				Because    []string
				Mentions   []struct {
					Start, End int
					Around     string
				}
			}
		}
	}
	out, _ = try(t, path, "team", "report", "--for", "ann", "-f", "json")
	if err := json.Unmarshal([]byte(out), &told); err != nil || told.Changes != 1 || told.Articles[0].Changes[0].Text != "Halden Ferries" || len(told.Articles[0].Changes[0].Mentions) != 1 || text[told.Articles[0].Changes[0].Start:told.Articles[0].Changes[0].End] != "Halden Ferries" {
		t.Errorf("%v: %s", err, out)
	}
	out, _ = try(t, path, "team", "report", "--for", "ann", "-f", "csv")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][7] != "organization" || rows[1][10] != "… opened the pier. Per Aune of [Halden Ferries] stayed away. On Monday, Ellen …" || rows[1][11] != rows[1][3]+"-"+rows[1][4] || strings.HasPrefix(rows[1][1], "=") {
		t.Errorf("%v: %q", err, rows)
	}
	if out, _ = try(t, path, "team", "report", "--for", "ann", "-f", "md"); !strings.Contains(out, `\<b\>`) || !strings.Contains(out, "- What is “Halden Ferries”? Was: person. Now: organization. Settled by dora.") ||
		!strings.Contains(out, "\n  - … opened the pier. Per Aune of \\[Halden Ferries\\] stayed away. On Monday, Ellen …\n") {
		t.Error(out)
	}
	for want, args := range map[string][]string{
		"byline: --format xml: unknown format; use text, json, csv, md\n": {"-f", "xml"},
		"byline: June: there is no set of this name":                      {"--set", "June"},
		"byline: July: there is no set of this name":                      {"July"},
		"byline team report: name one set, or none for all":               {"May", "June"},
		"byline team report May: leave out --set, or the name":            {"May", "--set", "May"},
	} {
		if out, status := try(t, path, append([]string{"team", "report"}, args...)...); status == 0 || !strings.HasPrefix(out, want) {
			t.Errorf("status %d: %s", status, out)
		}
	}
}

// The settings of whoever runs the tests are left alone.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "corrections")
	if err != nil {
		panic(err)
	}
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"} {
		os.Setenv(name, dir)
	}
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}
