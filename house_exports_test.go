package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// unusedExports returns, by folder, the exported names of the packages that nobody
// outside needs: no other package, test or not, names them, nor an Example; nor does
// the declaration of an exported name that is needed, as a function names the type of
// its result, and its comment the errors that it returns.
//
// It goes by the names in the sources and knows no types. So it looks at what is
// declared at the top of a file, not at methods and fields; and a local variable that is
// called as an imported package would count as a use.
func unusedExports(ps map[string]*pkg) map[string][]string {
	all := map[string]exports{}
	for dir, p := range ps {
		if own := p.own(); len(own) > 0 && own[0].Name.Name != "main" {
			all[dir] = exportsOf(own)
		}
	}
	for dir, p := range ps {
		for _, s := range p.files {
			for _, u := range usesIn(s) {
				if u.dir != dir || insideExample(s, u.name.Pos()) {
					all[u.dir].need(u.name.Name)
				}
			}
		}
	}
	unused := map[string][]string{}
	for dir, e := range all {
		unused[dir] = nil
		for _, name := range slices.Sorted(maps.Keys(e)) {
			if ast.IsExported(name) && !e[name].needed {
				unused[dir] = append(unused[dir], name)
			}
		}
	}
	return unused
}

// errorLink is a link to an error in a comment: "[ErrChanged]".
var errorLink = regexp.MustCompile(`\[(Err\w+)\]`)

// exports are the names at the top of a package's files.
type exports map[string]*export

type export struct {
	needed bool
	names  []string // in its declaration, as far as they show outside
}

// need notes that somebody needs a name, and so what its declaration speaks of.
func (e exports) need(name string) {
	x := e[name]
	if x == nil || x.needed {
		return
	}
	x.needed = true
	for _, other := range x.names {
		e.need(other)
	}
}

func exportsOf(files []source) exports {
	e := exports{}
	at := func(name string) *export {
		if e[name] == nil {
			e[name] = &export{}
		}
		return e[name]
	}
	for _, s := range files {
		for _, d := range s.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				name := d.Name.Name
				if d.Recv != nil && d.Name.IsExported() {
					name = receiver(d)
				}
				at(name).names = append(at(name).names, idents(d.Type)...)
				for _, link := range errorLink.FindAllStringSubmatch(d.Doc.Text(), -1) {
					at(name).names = append(at(name).names, link[1])
				}
			case *ast.GenDecl:
				for name, shows := range declared(d) {
					at(name).names = append(at(name).names, shows...)
				}
			}
		}
	}
	return e
}

// declared returns the names that a declaration makes, with the names it shows.
func declared(d *ast.GenDecl) map[string][]string {
	out := map[string][]string{}
	var typ []string // of the constants above, which goes on where none is given
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			out[spec.Name.Name] = idents(spec.Type)
		case *ast.ValueSpec:
			if spec.Type != nil || len(spec.Values) > 0 {
				typ = nil
				if spec.Type != nil {
					typ = idents(spec.Type)
				}
				for _, v := range spec.Values {
					typ = append(typ, idents(v)...)
				}
			}
			for _, name := range spec.Names {
				out[name.Name] = typ
			}
		}
	}
	return out
}

// idents returns the names in n, but those of fields that do not show outside.
func idents(n ast.Node) (names []string) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.StructType:
			for _, f := range n.Fields.List {
				if len(f.Names) == 0 || slices.ContainsFunc(f.Names, (*ast.Ident).IsExported) {
					names = append(names, idents(f.Type)...)
				}
			}
			return false
		case *ast.FuncLit:
			return false
		case *ast.Ident:
			names = append(names, n.Name)
		}
		return true
	})
	return names
}

// A use is a name of one of this module's packages in another's file.
type use struct {
	dir  string
	name *ast.Ident
}

func usesIn(s source) (uses []use) {
	from := map[string]string{}
	for _, im := range s.Imports {
		dir, local := strings.CutPrefix(strings.Trim(im.Path.Value, `"`), "byline/")
		if !local {
			continue
		}
		name := path.Base(dir)
		if im.Name != nil {
			name = im.Name.Name
		}
		from[name] = dir
	}
	ast.Inspect(s.File, func(n ast.Node) bool {
		if x, ok := n.(*ast.SelectorExpr); ok {
			if p, ok := x.X.(*ast.Ident); ok && from[p.Name] != "" {
				uses = append(uses, use{from[p.Name], x.Sel})
			}
		}
		return true
	})
	return uses
}

// insideExample reports whether p is in a function that documents the package.
func insideExample(s source, p token.Pos) bool {
	for _, d := range s.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Pos() <= p && p < f.End() {
			return s.test() && strings.HasPrefix(f.Name.Name, "Example")
		}
	}
	return false
}

func TestUnusedExports(t *testing.T) {
	t.Parallel()
	ps := packages([]source{
		parse(t, "p/p.go", `package p
			type T struct { U; Shown V; hidden W }
			type U int; type V int; type W int
			func (V) M() X { return 0 }
			type X int
			// F returns [ErrOther].
			func F(t T) error { return ErrOther }
			var ErrOther, ErrUnused error
			func G() {}
			const A, B = 1, U(2)
			func unexported() Y { return 0 }
			type Y int`),
		parse(t, "p/p_test.go", `package p_test
			import "byline/p"
			func TestG() { p.G() }
			func ExampleA() { _ = p.A }`),
		parse(t, "q/q.go", `package q
			import other "byline/p"
			func f() { other.F(nil) }`),
	})
	if got := unusedExports(ps)["p"]; !slices.Equal(got, []string{"B", "ErrUnused", "G", "W", "Y"}) {
		t.Errorf("unused: %v", got)
	}
}

func parse(t *testing.T, name, text string) source {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return source{f, name, fset}
}
