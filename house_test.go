package main

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// may says which packages of this module the packages of a folder may import; the
// longest matching folder rules. "x/" stands for a folder with all below it. It is a
// statement of policy: change it on purpose, not to fix a build.
var may = map[string][]string{
	".":                      {"ui/cli"},
	"articles":               {},
	"articles/":              {"articles/"},
	"articles/clean":         {"articles"},
	"articles/builder":       {"articles", "articles/clean"},
	"articles/plain":         {"articles", "articles/clean", "articles/builder"},
	"articles/markdown":      {"articles", "articles/clean", "articles/builder"},
	"articles/web":           {"articles", "articles/clean", "articles/builder"},
	"annotate":               {"articles"},
	"annotate/lexicon/":      {"annotate/lexicon/"},
	"annotate/segment":       {"articles", "annotate", "annotate/lexicon/en"},
	"annotate/names/":        {"articles", "annotate", "annotate/lexicon/", "annotate/names/"},
	"annotate/people/":       {"articles", "annotate", "annotate/lexicon/", "annotate/people/"},
	"annotate/quotes/":       {"articles", "annotate", "annotate/lexicon/en", "annotate/quotes/"},
	"annotate/review/":       {"articles", "annotate"},
	"annotate/library":       {"articles", "annotate"},
	"annotate/library/query": {"articles", "articles/clean", "annotate", "annotate/library"},
	"annotate/library/db":    {"articles/", "annotate", "annotate/library", "annotate/library/query"},
	"annotate/eval":          {"articles", "annotate"},
	"annotate/eval/gold/":    {"articles", "annotate", "annotate/eval/gold"},
	"annotate/eval/corpus":   {"articles", "articles/plain", "annotate", "annotate/eval", "annotate/eval/gold", "annotate/format/native", "annotate/format/offsets", "annotate/segment"},
	"annotate/format":        {"articles", "annotate", "annotate/library"},
	// A family of formats: the words and what families share, no other family.
	"annotate/format/": {"articles", "annotate", "annotate/format", "annotate/format/standoff", "annotate/format/offsets",
		"annotate/format/tokens", "annotate/format/records", "annotate/format/escape"},
	"annotate/format/native":   {"articles", "annotate", "annotate/library", "annotate/review", "annotate/format", "annotate/format/standoff", "annotate/format/offsets", "annotate/format/records"},
	"annotate/format/standoff": {"articles", "annotate", "annotate/format", "annotate/format/offsets"},
	"annotate/format/offsets":  {"articles", "annotate/format"},
	"annotate/format/tokens":   {"articles", "annotate", "annotate/segment", "annotate/format", "annotate/format/standoff"},
	"annotate/format/records":  {},
	"annotate/format/escape":   {},
	"annotate/format/formats":  {"annotate/format/"},
	"annotate/":                {"articles/", "annotate/"},
	"ui":                       {"articles", "annotate", "ui/theme"},
	"ui/columns/":              {},
	"ui/textview/":             {"ui", "ui/columns", "ui/theme", "articles"},
	"ui/list/":                 {"ui", "ui/columns", "ui/theme"},
	"ui/theme/":                {},
	"ui/config/":               {},
	"ui/session/":              {"articles", "annotate", "annotate/review", "annotate/segment"},
	"ui/linear/":               {"articles/", "annotate/", "ui/session"},
	"ui/":                      {"articles/", "annotate/", "ui", "ui/columns/", "ui/list/", "ui/session/", "ui/textview/", "ui/theme/", "ui/config/"},
	"ui/uitest/picture":        {"ui/uitest"},
	"ui/app/":                  {"articles/", "annotate/", "ui/"},
	"ui/cli":                   {"articles/", "annotate/", "ui/"},
}

// only says which folders alone may import a foreign package: what is bound to one
// place can be changed in one place.
var only = map[string]string{
	"charm.land/":              "ui/",
	"github.com/charmbracelet": "ui/",
	"github.com/spf13/cobra":   "ui/cli",
	"modernc.org/sqlite":       "annotate/library/db",
	"golang.org/x/tools":       "annotate/eval/gold",
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

// sources parses every file of the module that somebody wrote.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	fset := token.NewFileSet()
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && p != ".") {
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
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestDependencies(t *testing.T) {
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

// Above these, a thing is cut before anything else is done to it. What they should
// be most of the time is far less.
var largest = map[string]int{
	"lines of a file":         800,
	"lines of a function":     100,
	"fields of a struct":      15,
	"methods of an interface": 6,
	"parameters":              6,
	"levels of nesting":       5,
}

// larger are the things that stay above the limit for a reason. One that no longer
// is has to leave the list.
var larger = map[string]int{
	"annotate/library/library.go Entry": 16, // one column each of the library's list
}

// A size is one measured thing.
type size struct {
	of   string // a key of largest
	name string
	n    int
}

func TestLargestThings(t *testing.T) {
	var sizes []size
	for _, s := range sources(t) {
		sizes = append(sizes, measure(s)...)
	}
	slices.SortStableFunc(sizes, func(a, b size) int {
		return cmp.Or(cmp.Compare(a.of, b.of), cmp.Compare(b.n, a.n))
	})
	shown := map[string]int{}
	for _, z := range sizes {
		limit, known := larger[z.name]
		if known && z.n != limit {
			t.Errorf("%s has %d %s, not %d: mend the list", z.name, z.n, z.of, limit)
		}
		if !known && z.n > largest[z.of] {
			t.Errorf("%d %s, more than %d: %s", z.n, z.of, largest[z.of], z.name)
		}
		if shown[z.of]++; shown[z.of] <= 5 {
			t.Logf("%5d %-24s %s", z.n, z.of, z.name)
		}
	}
	for of := range largest {
		if shown[of] == 0 {
			t.Errorf("nothing measured: %s", of)
		}
	}
}

// measure takes the sizes of a file and what it declares. Functions of tests count
// by their lines only, since their tables are long by right.
func measure(s source) []size {
	sizes := []size{{"lines of a file", s.path, s.lines(s.File)}}
	add := func(of, name string, n int) { sizes = append(sizes, size{of, s.path + " " + name, n}) }
	ast.Inspect(s.File, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			add("lines of a function", n.Name.Name, s.lines(n))
			add("parameters", n.Name.Name, n.Type.Params.NumFields())
			if n.Body != nil && !s.test() {
				add("levels of nesting", n.Name.Name, depth(n.Body))
			}
		case *ast.TypeSpec:
			switch x := n.Type.(type) {
			case *ast.StructType:
				add("fields of a struct", n.Name.Name, x.Fields.NumFields())
			case *ast.InterfaceType:
				add("methods of an interface", n.Name.Name, x.Methods.NumFields())
			}
		}
		return true
	})
	return sizes
}

// depth counts the loops, branches and switches around the innermost statement of
// a body. An else that goes on with an if is on the level of the if.
func depth(body ast.Node) int {
	deepest := 0
	var walk func(n ast.Node, level int)
	walk = func(n ast.Node, level int) {
		deepest = max(deepest, level)
		ast.Inspect(n, func(c ast.Node) bool {
			if c == n || c == nil {
				return c == n
			}
			switch c := c.(type) {
			case *ast.IfStmt:
				walkIf(c, level, walk)
				return false
			case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				walk(c, level+1)
				return false
			}
			walk(c, level)
			return false
		})
	}
	walk(body, 0)
	return deepest
}

func walkIf(s *ast.IfStmt, level int, walk func(ast.Node, int)) {
	walk(s.Body, level+1)
	switch e := s.Else.(type) {
	case *ast.IfStmt:
		walkIf(e, level, walk)
	case ast.Node:
		walk(e, level+1)
	}
}

func TestDepth(t *testing.T) {
	for src, want := range map[string]int{
		"a()":                               0,
		"if a { b() } else if c { d() }":    1,
		"for { if a { b() } else { c() } }": 2,
		"switch a { case 1: for range b { if c { d() } } }": 3,
		"f := func() { if a { b() } }; f()":                 1,
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "", "package p; func f() {"+src+"}", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := depth(f.Decls[0].(*ast.FuncDecl).Body); got != want {
			t.Errorf("%s: %d levels, want %d", src, got, want)
		}
	}
}

// Every package says what it is for.
func TestPackageComments(t *testing.T) {
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
	for _, s := range sources(t) {
		for _, d := range s.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has an init", s.path)
			}
		}
	}
}
