package main_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// writesPast are the functions that may write to the terminal past terminal.Output, which lets only text through. Each writes
// sequences of its own, or a file that is no text to a pipe.
var writesPast = []string{
	"ui/cli program.onTerminal", // the screens, behind a wall of their own in ui/app
	"ui/cli program.progress",   // a line that returns to its start
	"ui/cli rawOf",              // a binary format, to a pipe
	"ui/cli pdfReaderCommand",   // to the process that started it
	"ui/cli/sync syncing.serve", // to a byline at the other end of ssh; a terminal is refused
}

// Output reaches the terminal by one door: nobody but main names the streams of the process, prints without saying where, or asks for
// what is behind terminal.Output.
func TestOneDoor(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range sources(t) {
		if s.test() || s.dir() != "ui" && !strings.HasPrefix(s.dir(), "ui/") || s.Name.Name == "main" {
			continue
		}
		for _, d := range s.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			name := s.dir() + " " + nameOf(f)
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.SelectorExpr:
					of, _ := n.X.(*ast.Ident)
					switch whole := selected(of, n.Sel.Name); {
					case whole == "os.Stdout", whole == "os.Stderr", whole == "fmt.Print", whole == "fmt.Printf", whole == "fmt.Println":
						t.Errorf("%s: %s writes past terminal.Output", name, whole)
					}
				case *ast.CallExpr:
					if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Raw" && len(n.Args) == 0 {
						seen[name] = true
						if !slices.Contains(writesPast, name) {
							t.Errorf("%s: writes past terminal.Output", name)
						}
					} else if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "println" {
						t.Errorf("%s: prints past terminal.Output", name)
					}
				}
				return true
			})
		}
	}
	for _, name := range writesPast {
		if !seen[name] {
			t.Errorf("%s no longer writes past terminal.Output: take it from the list", name)
		}
	}
}

func selected(of *ast.Ident, name string) string {
	if of == nil {
		return ""
	}
	return of.Name + "." + name
}
