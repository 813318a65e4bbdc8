package main_test

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// saying are the fields and functions whose text stands alone on a screen.
var saying = map[string]bool{"Help": true, "Prompt": true, "Title": true, "Tell": true, "head": true}

// Sentences on the screens begin with a capital: help, questions, titles of lists, and what a key did
// or why it did nothing.
func TestSentencesBeginWithACapital(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, s := range sources(t) {
		if s.test() || !strings.HasPrefix(s.path, "ui/") || strings.HasPrefix(s.path, "ui/cli/") {
			continue
		}
		ast.Inspect(s.File, func(n ast.Node) bool {
			for _, text := range said(n) {
				seen++
				if first, _ := utf8.DecodeRuneInString(text); unicode.IsLower(first) {
					t.Errorf("%s:%d: %q begins with a small letter", s.path, s.fset.Position(n.Pos()).Line, text)
				}
			}
			return true
		})
	}
	if seen < 200 {
		t.Errorf("only %d sentences found", seen)
	}
}

// said returns the texts that n puts on a screen, as far as they are literals.
func said(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && saying[key.Name] {
			return literal(n.Value)
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.SelectorExpr); ok && saying[f.Sel.Name] && len(n.Args) > 0 {
			return literal(n.Args[0])
		}
	}
	return nil
}

// literal returns the text that an expression begins with; none where that is no literal.
func literal(e ast.Expr) []string {
	for {
		switch x := e.(type) {
		case *ast.BinaryExpr:
			e = x.X
			continue
		case *ast.BasicLit:
			if text, err := strconv.Unquote(x.Value); err == nil && x.Kind == token.STRING && text != "" {
				return []string{text}
			}
		}
		return nil
	}
}
