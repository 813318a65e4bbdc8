package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// may says which packages of this module the packages of a folder may import; the
// longest matching folder rules. "x/" stands for a folder with all below it. It is a
// statement of policy: change it on purpose, not to fix a build.
var may = map[string][]string{
	".":                        {"ui/cli"},
	"articles":                 {},
	"articles/":                {"articles", "articles/clean", "articles/builder", "articles/archive", "articles/stream"}, // importers
	"articles/archive":         {},
	"articles/stream":          {},
	"articles/fetch":           {},
	"articles/clean":           {"articles"},
	"articles/builder":         {"articles", "articles/clean"},
	"articles/web/":            {"articles", "articles/clean", "articles/web/dom"},
	"articles/web":             {"articles", "articles/clean", "articles/builder", "articles/stream", "articles/web/"},
	"articles/web/score":       {"articles", "articles/clean", "articles/load", "articles/web/dom", "annotate", "annotate/engine"}, // a command
	"articles/epub":            {"articles", "articles/clean", "articles/archive", "articles/web"},
	"articles/charset":         {},
	"articles/mail":            {"articles", "articles/charset", "articles/clean", "articles/builder", "articles/stream", "articles/web"},
	"articles/corpus":          {"articles", "articles/clean", "articles/plain", "articles/stream"},
	"articles/feed":            {"articles", "articles/charset", "articles/clean", "articles/plain", "articles/web"},
	"articles/load":            {"articles/"}, // the table of all importers
	"articles/pictures":        {"articles", "articles/archive", "articles/clean", "articles/mail", "articles/stream"},
	"articles/samples":         {"articles", "articles/load"},
	"annotate":                 {"articles"},
	"annotate/lexicon/":        {"annotate/lexicon/"},
	"annotate/lexicon/build":   {"annotate/lexicon/", "annotate/segment"},
	"annotate/segment":         {"articles", "annotate", "annotate/lexicon/en"},
	"annotate/names/":          {"articles", "annotate", "annotate/lexicon/", "annotate/names/"},
	"annotate/evidence":        {"articles", "annotate", "annotate/lexicon/"},
	"annotate/people/":         {"articles", "annotate", "annotate/lexicon/", "annotate/people/"},
	"annotate/quotes/":         {"articles", "annotate", "annotate/lexicon/en", "annotate/quotes/"},
	"annotate/quotes/train":    {"articles", "annotate", "annotate/lexicon/en", "annotate/quotes/", "annotate/segment"}, // a command
	"annotate/review/":         {"articles", "articles/clean", "annotate", "annotate/lexicon/en"},
	"annotate/team":            {"articles/clean"},
	"annotate/agreement/":      {"articles", "annotate", "annotate/agreement/", "annotate/eval", "annotate/segment"},
	"annotate/adjudicate":      {"articles", "annotate", "annotate/review"},
	"annotate/library":         {"articles", "annotate"},
	"annotate/library/query":   {"articles", "articles/load", "annotate/library", "articles/spelling"},
	"annotate/library/db":      {"articles", "articles/clean", "annotate", "annotate/library", "annotate/library/query", "annotate/library/db/"},
	"annotate/library/db/":     {"articles", "articles/clean", "articles/clean/cleantest", "annotate", "annotate/library/db/code", "annotate/library/db/words"}, // codes and connections
	"annotate/library/db/hit":  {"articles", "annotate/library"},
	"annotate/library/db/sums": {"articles", "articles/clean", "annotate/library"},
	"annotate/library/db/care": {"articles", "articles/clean", "annotate", "annotate/library", "annotate/library/db/"},
	"annotate/eval":            {"articles", "annotate"},
	"annotate/eval/gold/":      {"articles", "annotate", "annotate/eval/gold"},
	"annotate/eval/corpus":     {"articles", "articles/plain", "annotate", "annotate/eval", "annotate/eval/gold", "annotate/format/native", "annotate/format/offsets", "annotate/segment"},
	"annotate/eval/keystrokes": {"articles", "annotate", "annotate/engine", "annotate/eval/", "annotate/names", "annotate/review", "annotate/segment"},
	"annotate/eval/peers":      {"articles", "annotate", "annotate/engine", "annotate/eval", "annotate/eval/corpus", "annotate/format/offsets"},
	"annotate/train/":          {"articles", "annotate", "annotate/engine", "annotate/evidence", "annotate/lexicon/", "annotate/names/", "annotate/segment", "annotate/train/"},
	"annotate/engine":          {"articles", "annotate", "annotate/evidence", "annotate/lexicon/", "annotate/segment", "annotate/names/", "annotate/people", "annotate/quotes"},
	"annotate/workspace/":      {"articles/", "annotate", "annotate/compare", "annotate/format", "annotate/format/formats", "annotate/format/standoff", "annotate/lexicon/en", "annotate/library/", "annotate/review", "annotate/team", "annotate/workspace/"},
	"annotate/annotator":       {"articles", "articles/clean", "annotate", "annotate/engine", "annotate/format/offsets", "annotate/format/records"},
	"annotate/workspace/parts": {"articles", "articles/corpus", "articles/load", "articles/stream", "annotate", "annotate/format", "annotate/format/native", "annotate/format/parquet", "annotate/workspace/sources"},
	"annotate/format":          {"articles", "articles/clean", "annotate", "annotate/library"},
	// What annotators answered differently.
	"annotate/workspace/curation": {"articles", "annotate", "annotate/adjudicate", "annotate/review", "annotate/workspace"},
	// A family of formats: the words and what families share, no other family.
	"annotate/format/": {"articles", "annotate", "annotate/format", "annotate/format/standoff", "annotate/format/offsets",
		"annotate/format/tokens", "annotate/format/records", "annotate/format/escape"},
	"annotate/format/native":   {"articles", "articles/clean", "annotate", "annotate/library", "annotate/review", "annotate/format", "annotate/format/standoff", "annotate/format/offsets", "annotate/format/records"},
	"annotate/format/standoff": {"articles", "articles/clean", "annotate", "annotate/format", "annotate/format/offsets"},
	"annotate/format/offsets":  {"articles", "annotate/format"},
	"annotate/format/tokens":   {"articles", "annotate", "annotate/segment", "annotate/format", "annotate/format/standoff"},
	"annotate/format/records":  {},
	"annotate/format/escape":   {},
	"annotate/format/formats":  {"annotate/format/"},
	"annotate/":                {"articles", "annotate"}, // a stage, unless it needs more
	"ui":                       {"articles", "annotate", "ui/theme"},
	"ui/columns/":              {},
	"ui/field":                 {"ui/theme"},
	"ui/textview/":             {"ui", "ui/columns", "ui/theme", "articles", "ui/textview/"},
	"ui/list/":                 {"ui", "ui/columns", "ui/theme"},
	"ui/theme/":                {},
	"ui/config/":               {"articles/spelling"},
	"ui/session/":              {"articles", "articles/spelling", "annotate", "annotate/lexicon/en", "annotate/library", "annotate/quotes/marks", "annotate/quotes/words", "annotate/review", "annotate/segment"},
	// A screen, unless it needs more.
	"ui/": {"articles", "articles/clean", "annotate", "annotate/library", "annotate/review", "annotate/segment",
		"ui", "ui/columns", "ui/list", "ui/session", "ui/textview", "ui/theme"},
	"ui/reader/": {"articles", "articles/clean", "annotate", "annotate/library", "annotate/names", "annotate/review", "annotate/segment",
		"ui", "ui/columns", "ui/list", "ui/picture", "ui/session", "ui/textview", "ui/theme", "ui/reader/"},
	"ui/library": {"articles", "articles/clean", "annotate", "annotate/library", "annotate/library/query", "ui", "ui/columns", "ui/field",
		"ui/library/catalog", "ui/list", "ui/theme"},
	"ui/library/catalog": {"articles", "articles/clean", "annotate", "annotate/library"},
	"ui/adjudicate":      {"articles", "articles/clean", "annotate", "annotate/adjudicate", "annotate/review", "ui", "ui/columns", "ui/linear", "ui/reader", "ui/session", "ui/theme"},
	"ui/changes":         {"articles", "articles/clean", "annotate/compare", "ui", "ui/columns", "ui/theme"},
	"ui/people":          {"articles", "articles/clean", "articles/spelling", "annotate", "annotate/library", "ui", "ui/columns", "ui/field", "ui/list", "ui/theme"},
	"ui/linear":          {"articles", "articles/clean", "annotate", "annotate/library", "annotate/review", "annotate/segment", "ui/session"},
	"ui/uitest/":         {"ui/uitest"},
	"ui/app":             {"articles/clean", "ui", "ui/columns", "ui/field", "ui/list", "ui/theme"},
	// What to do about an error of any of them.
	"ui/hints": {"articles/fetch", "articles/load", "annotate/format/formats", "annotate/library/", "annotate/workspace/"},
	"ui/pace":  {},
	"ui/paste": {},
	// The program for those who are elsewhere: SSH, and who they are.
	"ui/serve": {"articles/clean", "annotate/team", "ui/columns", "ui/shell"},
	"ui/shell": {},
	// The screens on a workspace: no flags, no printing.
	"ui/picture": {"articles", "articles/clean", "ui", "ui/columns", "ui/textview", "ui/theme"},
	"ui/screens": {"articles", "articles/clean", "articles/load", "articles/pictures", "annotate", "annotate/format", "annotate/format/formats", "annotate/library", "annotate/library/db", "annotate/workspace/",
		"annotate/review", "ui", "ui/adjudicate", "ui/app", "ui/changes", "ui/config", "ui/detail", "ui/hints", "ui/library", "ui/linear", "ui/pace", "ui/paste", "ui/people", "ui/picture", "ui/reader", "ui/shell", "ui/tour"},
	// The command line reads flags and prints: it knows no stage and no screen.
	"ui/cli": {"articles", "articles/charset", "articles/clean", "articles/corpus", "articles/feed", "articles/fetch", "articles/load", "articles/pdf", "articles/stream",
		"annotate", "annotate/annotator", "annotate/engine", "annotate/format", "annotate/format/conll", "annotate/format/formats", "annotate/format/offsets",
		"annotate/library/", "annotate/review", "annotate/team", "annotate/workspace/",
		"ui", "ui/cli/", "ui/config", "ui/hints", "ui/linear", "ui/pace", "ui/screens", "ui/serve", "ui/session", "ui/shell"},
	"ui/cli/output": {"articles", "articles/clean", "annotate", "annotate/compare", "annotate/engine", "annotate/eval", "annotate/format/offsets",
		"annotate/format/report", "annotate/format/tables", "annotate/library", "annotate/review", "annotate/workspace", "ui"},
	"ui/cli/terminal": {"articles/clean"},
	"ui/cli/visitor":  {"annotate/format/formats", "annotate/workspace/export", "ui/shell"},
	// Groups of commands in packages of their own, and what they have of the program.
	"ui/cli/sync": {"articles/clean", "annotate/library", "annotate/workspace", "annotate/workspace/sync",
		"ui/cli/command", "ui/cli/output", "ui/cli/terminal", "ui/config"},
	"ui/cli/corrections": {"articles/clean", "annotate", "annotate/adjudicate", "annotate/format/offsets", "annotate/format/report", "annotate/format/tables", "annotate/review",
		"annotate/team", "annotate/workspace", "annotate/workspace/curation", "ui/cli/command"},
	"ui/cli/agree": {"articles/clean", "annotate", "annotate/agreement", "annotate/format/offsets", "annotate/format/report", "annotate/format/tables", "annotate/review", "annotate/team", "annotate/workspace",
		"annotate/workspace/sources", "ui/cli/command", "ui/cli/terminal"},
	"ui/cli/team":    {"articles/clean", "annotate/library", "annotate/library/db", "annotate/team", "annotate/workspace", "ui", "ui/cli/command", "ui/cli/output", "ui/cli/terminal"},
	"ui/cli/command": {"articles/clean", "annotate", "annotate/library", "annotate/team", "annotate/workspace", "ui/cli/terminal", "ui/config"},
	"ui/cli/suggest": {"articles", "articles/clean", "annotate", "annotate/annotator", "annotate/engine", "annotate/format", "annotate/library", "annotate/workspace", "annotate/workspace/sources", "ui/cli/command", "ui/config"},
	"ui/cli/eval":    {"articles", "articles/clean", "articles/load", "annotate", "annotate/annotator", "ui/cli/suggest", "annotate/engine", "annotate/eval", "annotate/eval/corpus", "annotate/workspace/sources", "ui/cli/command", "ui/cli/output"},
	"ui/cli/host":    {"articles/load", "annotate/workspace", "ui/cli/command", "ui/config", "ui/hints", "ui/serve"},
}

// only says which folders alone may import a foreign package: what is bound to one
// place can be changed in one place.
var only = map[string]string{
	"charm.land/":              "ui/",
	"charm.land/wish":          "ui/serve",
	"charm.land/ssh":           "ui/serve",
	"golang.org/x/crypto/ssh":  "ui/serve",
	"github.com/charmbracelet": "ui/",
	"github.com/spf13/cobra":   "ui/cli/",
	"modernc.org/sqlite":       "annotate/library/db/",
	"golang.org/x/tools":       "annotate/eval/gold",
	"charm.land/glamour":       "ui/textview",
	"github.com/rivo/uniseg":   "ui/textview",
	"github.com/atotto/":       "ui/",
	"github.com/gogs/chardet":  "articles/charset",
	"github.com/ledongthuc":    "articles/pdf",
	"codeberg.org/readeck":     "articles/web/extract",
	"github.com/jdkato/prose":  "annotate/eval/peers",
	"net/http":                 "articles/fetch",
}

// A source is a Go file of the module.
type source struct {
	*ast.File
	path string // "ui/cli/main.go"
	fset *token.FileSet
}

func (s source) dir() string { return path.Dir(s.path) }

func (s source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

func (s source) lines(n ast.Node) int {
	return s.fset.Position(n.End()).Line - s.fset.Position(n.Pos()).Line + 1
}

// sources returns every Go file of the module that somebody wrote.
func sources(t *testing.T) []source {
	t.Helper()
	all, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var parsed = sync.OnceValues(func() ([]source, error) {
	var all []source
	fset := token.NewFileSet()
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && p != "." || isModule(p) && p != ".") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") {
			return nil
		}
		f, err := parser.ParseFile(fset, p, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err == nil && !ast.IsGenerated(f) {
			all = append(all, source{f, filepath.ToSlash(p), fset})
		}
		return err
	})
	return all, err
})

// isModule reports whether a folder is a module of its own.
func isModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

func TestDependencies(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, im := range s.Imports {
			p := strings.Trim(im.Path.Value, `"`)
			if local, ok := strings.CutPrefix(p, "byline/"); ok {
				if !s.test() && !allowed(s.dir(), local) {
					t.Errorf("%s imports %s", s.path, p)
				}
				continue
			}
			for foreign, home := range only {
				if strings.HasPrefix(p, foreign) && !under(home, s.dir()) && !s.test() {
					t.Errorf("%s imports %s, which only %s may", s.path, p, home)
				}
			}
		}
	}
}

// allowed reports whether the packages in dir may import the package local: by the rule
// for dir itself, else by that of the folder it is deepest in.
func allowed(dir, local string) bool {
	rule := ""
	for folder := range may {
		if folder == dir || rule != dir && under(folder, dir) && len(folder) > len(rule) {
			rule = folder
		}
	}
	if strings.HasSuffix(rule, "/") && under(rule, local) && under(dir+"/", local) {
		return true // a folder's own parts
	}
	return slices.ContainsFunc(may[rule], func(folder string) bool { return under(folder, local) })
}

// under reports whether folder, as the tables write it, stands for dir.
func under(folder, dir string) bool {
	return folder == dir || strings.HasSuffix(folder, "/") && strings.HasPrefix(dir+"/", folder)
}

// Every package says what it is for.
func TestPackageComments(t *testing.T) {
	t.Parallel()
	comments := map[string]string{}
	for _, s := range sources(t) {
		if !s.test() {
			comments[s.dir()] += s.Doc.Text()
		}
	}
	for dir, c := range comments {
		name := path.Base(dir)
		named := dir == "." || strings.HasPrefix(c, "Package "+name+" ") || strings.HasPrefix(c, "Command "+name+" ")
		if len(strings.Fields(c)) < 12 || !named {
			t.Errorf("%s has no package comment that says what it is for: %q", dir, c)
		}
	}
}

// Work in init is paid for by every start of the program, --version included.
func TestNoInit(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, d := range s.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has an init", s.path)
			}
		}
	}
}

// Every verb of the log is decided by an action of the session, which gives it a key, a
// word and a line of help. (Package review has a test that every verb has its row there.)
func TestEveryVerbHasAnAction(t *testing.T) {
	t.Parallel()
	verbs, used := map[string]bool{}, map[string]bool{}
	for _, s := range sources(t) {
		switch {
		case s.path == "annotate/decision.go":
			for _, name := range constantsOf(s, "Verb") {
				verbs[name] = true
			}
		case s.dir() == "ui/session" && !s.test():
			for _, name := range editsIn(s) {
				used[name] = true
			}
		}
	}
	if len(verbs) < 15 {
		t.Fatalf("%d verbs: %v", len(verbs), verbs)
	}
	for name := range verbs {
		if !used[name] {
			t.Errorf("ui/session has nothing that decides %s", name)
		}
	}
}

// editsIn returns the verbs of the edits that a file makes: review.Edit{Verb: annotate.Confirm}.
func editsIn(s source) (verbs []string) {
	ast.Inspect(s.File, func(n ast.Node) bool {
		edit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if typ, ok := edit.Type.(*ast.SelectorExpr); !ok || typ.Sel.Name != "Edit" {
			return true
		}
		for _, field := range edit.Elts {
			kv, ok := field.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			key, isName := kv.Key.(*ast.Ident)
			verb, isConst := kv.Value.(*ast.SelectorExpr)
			if isName && isConst && key.Name == "Verb" {
				verbs = append(verbs, verb.Sel.Name)
			}
		}
		return true
	})
	return verbs
}

// constantsOf returns the constants of a file that have the type.
func constantsOf(s source, typ string) (names []string) {
	for _, d := range s.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, spec := range g.Specs {
			v := spec.(*ast.ValueSpec)
			if t, ok := v.Type.(*ast.Ident); ok && t.Name == typ {
				names = append(names, v.Names[0].Name)
			}
		}
	}
	return names
}
