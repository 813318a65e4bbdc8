package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// The least window, and the lines that a toast has in it.
const (
	leastWidth = 40
	toastLines = 2
)

// inToast are the parts of a toast that are filled in: a key, a number, a name.
var inToast = []struct {
	part *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`\{[a-z.-]+\}`), "alt+x"},
	{regexp.MustCompile(`%\.?\d*d`), "12"},
	{regexp.MustCompile(`%[-.\d]*[a-z]`), "Ann Lee"},
}

// What a toast says at its end, which is what to do as a rule, is read in the least window as well.
func TestToastsFit(t *testing.T) {
	t.Parallel()
	n := 0
	err := filepath.WalkDir("ui", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, text := range toastsIn(file) {
			n++
			for _, in := range inToast {
				text = in.part.ReplaceAllString(text, in.with)
			}
			if lines := strings.Split(ansi.Wrap(text, leastWidth-2, ""), "\n"); len(lines) > toastLines {
				t.Errorf("%s: a toast of %d lines at %d cells: %s", path, len(lines), leastWidth, text)
			}
		}
		return nil
	})
	if err != nil || n < 50 {
		t.Errorf("%d toasts, %v", n, err)
	}
}

// toastsIn returns the toasts that a file tells as they stand in it, as a text or as a format.
func toastsIn(file *ast.File) (all []string) {
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		if f, ok := call.Fun.(*ast.SelectorExpr); !ok || f.Sel.Name != "Tell" {
			return true
		}
		arg := call.Args[0]
		if format, ok := arg.(*ast.CallExpr); ok && len(format.Args) > 0 {
			arg = format.Args[0]
		}
		if text, ok := arg.(*ast.BasicLit); ok && text.Kind == token.STRING {
			if s, err := strconv.Unquote(text.Value); err == nil {
				all = append(all, s)
			}
		}
		return true
	})
	return all
}
