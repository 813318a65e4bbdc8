package main_test

import (
	"go/ast"
	"maps"
	"slices"
	"strings"
)

// A pkg is a folder with its files, tests and all.
type pkg struct {
	dir   string
	files []source
}

// own returns the files that are no tests.
func (p *pkg) own() []source {
	return slices.DeleteFunc(slices.Clone(p.files), source.test)
}

func packages(files []source) map[string]*pkg {
	ps := map[string]*pkg{}
	for _, s := range files {
		if ps[s.dir()] == nil {
			ps[s.dir()] = &pkg{dir: s.dir()}
		}
		ps[s.dir()].files = append(ps[s.dir()].files, s)
	}
	return ps
}

// sizesOfFile takes the sizes of a file and its functions. Functions of tests count by
// their lines only, since their tables are long by right.
func sizesOfFile(s source) []size {
	kind := map[bool]string{true: "test "}[s.test()]
	sizes := []size{{of: "lines of a " + kind + "file", name: s.path, n: s.lines(s.File)}}
	for _, d := range s.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		add := func(of string, n int) { sizes = append(sizes, size{of: of, name: s.dir() + " " + nameOf(f), n: n}) }
		if !isTable(f) {
			add("lines of a "+kind+"function", s.lines(f))
		}
		add("parameters", f.Type.Params.NumFields())
		if f.Body != nil && !s.test() {
			add("levels of nesting", depth(f.Body))
			add("cyclomatic complexity", cyclomatic(f.Body))
			add("cognitive complexity", cognitive(f.Body))
		}
	}
	return sizes
}

// nameOf is the name of a function, with that of its receiver: "run.find".
func nameOf(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	return receiver(f) + "." + f.Name.Name
}

func receiver(f *ast.FuncDecl) string { return typeName(f.Recv.List[0].Type) }

// typeName is the name of a type of the same package, without pointers and parameters;
// empty for any other.
func typeName(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.StarExpr:
		return typeName(x.X)
	case *ast.IndexExpr:
		return typeName(x.X)
	case *ast.IndexListExpr:
		return typeName(x.X)
	case *ast.Ident:
		return x.Name
	}
	return ""
}

// isTable reports whether a function does nothing but return a table.
func isTable(f *ast.FuncDecl) bool {
	if f.Body == nil || len(f.Body.List) != 1 {
		return false
	}
	r, ok := f.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(r.Results) != 1 {
		return false
	}
	_, ok = r.Results[0].(*ast.CompositeLit)
	return ok
}

// rootContexts counts the contexts of a file that nobody can cancel. Those of main are
// where all others come from.
func rootContexts(s source) int {
	n := 0
	ast.Inspect(s.File, func(c ast.Node) bool {
		switch c := c.(type) {
		case *ast.FuncDecl:
			return c.Recv != nil || c.Name.Name != "main" && c.Name.Name != "Main"
		case *ast.SelectorExpr:
			p, ok := c.X.(*ast.Ident)
			if ok && p.Name == "context" && (c.Sel.Name == "Background" || c.Sel.Name == "TODO") {
				n++
			}
		}
		return true
	})
	return n
}

// sizesOfPackage takes the sizes of a package's types.
func sizesOfPackage(p *pkg) []size {
	own := p.own()
	if len(own) == 0 {
		return nil
	}
	sizes := []size{{of: "files of a package", name: p.dir, n: len(own)}}
	add := func(of, name string, n int) { sizes = append(sizes, size{of: of, name: p.dir + " " + name, n: n}) }
	structs := map[string]*ast.StructType{}
	methods := map[string]map[string]bool{}
	contexts := 0
	for _, s := range own {
		contexts += rootContexts(s)
		for _, d := range s.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					continue
				}
				if methods[receiver(d)] == nil {
					methods[receiver(d)] = map[string]bool{}
				}
				methods[receiver(d)][d.Name.Name] = true // once, whatever the system
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					spec, ok := spec.(*ast.TypeSpec)
					if !ok {
						continue
					}
					switch x := spec.Type.(type) {
					case *ast.StructType:
						structs[spec.Name.Name] = x
						add("fields of a struct", spec.Name.Name, x.Fields.NumFields())
					case *ast.InterfaceType:
						add("methods of an interface", spec.Name.Name, x.Methods.NumFields())
					}
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(structs)) {
		add("contexts kept in a struct", name, keptContexts(structs[name]))
	}
	sizes = append(sizes, size{of: "contexts from nowhere", name: p.dir, n: contexts})
	for _, name := range slices.Sorted(maps.Keys(structs)) {
		add("fields through nested structs", name, leaves(structs[name], structs, map[*ast.StructType]bool{}))
	}
	for _, name := range slices.Sorted(maps.Keys(methods)) {
		add("methods of a receiver", name, len(methods[name]))
	}
	return sizes
}

// keptContexts counts the fields of a struct that are contexts: whoever keeps one has to say
// whose life it is.
func keptContexts(s *ast.StructType) int {
	n := 0
	for _, f := range s.Fields.List {
		if sel, ok := f.Type.(*ast.SelectorExpr); ok && sel.Sel.Name == "Context" && len(f.Names) > 0 {
			n += len(f.Names)
		}
	}
	return n
}

// leaves counts the fields of a struct, and in place of a field that is a struct of the
// same package, or points to one, the fields of that one. One that is over the limit
// itself counts as one: whoever points to it is not to blame.
func leaves(s *ast.StructType, structs map[string]*ast.StructType, above map[*ast.StructType]bool) int {
	above[s] = true
	defer delete(above, s)
	n := 0
	for _, f := range s.Fields.List {
		inner, ok := f.Type.(*ast.StructType)
		if !ok {
			inner, ok = structs[typeName(f.Type)]
		}
		each := 1
		if ok && !above[inner] {
			each = leaves(inner, structs, above)
		}
		if each > limits["fields through nested structs"] {
			each = 1
		}
		n += each * max(1, len(f.Names))
	}
	return n
}

// unnamedParts returns the packages directly below p that its comment does not name.
func unnamedParts(p *pkg, ps map[string]*pkg) (missing []string) {
	if p.dir == "." {
		return nil
	}
	comment := ""
	for _, s := range p.own() {
		comment += s.Doc.Text()
	}
	words := strings.FieldsFunc(comment, func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') })
	for dir := range ps {
		below, ok := strings.CutPrefix(dir, p.dir+"/")
		part, _, _ := strings.Cut(below, "/")
		if ok && !slices.Contains(words, part) && !slices.Contains(missing, part) {
			missing = append(missing, part)
		}
	}
	slices.Sort(missing)
	return missing
}
