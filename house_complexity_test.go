package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

// depth counts the loops, branches and switches around the innermost statement of
// a body. An else that continues with an if is on the level of the if.
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

// cyclomatic counts the paths through a body as McCabe does (1976): 1, and 1 more for
// each if, loop, case, && and ||.
func cyclomatic(body ast.Node) int {
	n := 1
	ast.Inspect(body, func(c ast.Node) bool {
		switch c := c.(type) {
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
			n++
		case *ast.CaseClause:
			if c.List != nil {
				n++
			}
		case *ast.CommClause:
			if c.Comm != nil {
				n++
			}
		case *ast.BinaryExpr:
			if logical(c) {
				n++
			}
		}
		return true
	})
	return n
}

// cognitive counts how hard a body is to follow, by Campbell's "Cognitive Complexity"
// (SonarSource 2018): 1 for each break in the flow from top to bottom, and 1 more for
// each such break around it. A sequence of one logical operator counts once. Recursion
// is not counted.
func cognitive(body ast.Node) int {
	c := &cognition{inSequence: map[ast.Expr]bool{}}
	c.walk(body)
	return c.n
}

type cognition struct {
	n, level   int
	inSequence map[ast.Expr]bool // operators that the one above them has counted
}

func (c *cognition) walk(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			c.n += 1 + c.level
			c.branch(n)
			return false
		case *ast.ForStmt:
			c.nested(n.Body, n.Init, n.Cond, n.Post)
			return false
		case *ast.RangeStmt:
			c.nested(n.Body, n.Key, n.Value, n.X)
			return false
		case *ast.SwitchStmt:
			c.nested(n.Body, n.Init, n.Tag)
			return false
		case *ast.TypeSwitchStmt:
			c.nested(n.Body, n.Init, n.Assign)
			return false
		case *ast.SelectStmt:
			c.nested(n.Body)
			return false
		case *ast.FuncLit:
			c.below(n.Body)
			return false
		case *ast.BranchStmt:
			if n.Label != nil {
				c.n++
			}
		case *ast.BinaryExpr:
			c.operators(n)
		}
		return true
	})
}

// nested counts a statement with a body. What comes before the body is on the level of
// the statement.
func (c *cognition) nested(body ast.Node, before ...ast.Node) {
	c.n += 1 + c.level
	c.all(before...)
	c.below(body)
}

func (c *cognition) all(nodes ...ast.Node) {
	for _, n := range nodes {
		if n != nil {
			c.walk(n)
		}
	}
}

func (c *cognition) below(body ast.Node) {
	c.level++
	c.walk(body)
	c.level--
}

// branch walks an if whose own point is counted. An else is a point, and no level.
func (c *cognition) branch(n *ast.IfStmt) {
	c.all(n.Init, n.Cond)
	c.below(n.Body)
	switch e := n.Else.(type) {
	case *ast.IfStmt:
		c.n++
		c.branch(e)
	case *ast.BlockStmt:
		c.n++
		c.below(e)
	}
}

// operators counts the changes between && and || in an expression.
func (c *cognition) operators(x *ast.BinaryExpr) {
	if !logical(x) || c.inSequence[x] {
		return
	}
	last := token.ILLEGAL
	for _, op := range c.sequence(x) {
		if op != last {
			c.n++
			last = op
		}
	}
}

func (c *cognition) sequence(x ast.Expr) []token.Token {
	c.inSequence[x] = true
	switch x := x.(type) {
	case *ast.ParenExpr:
		return c.sequence(x.X)
	case *ast.BinaryExpr:
		ops := c.sequence(x.X)
		if logical(x) {
			ops = append(ops, x.Op)
		}
		return append(ops, c.sequence(x.Y)...)
	}
	return nil
}

func logical(x *ast.BinaryExpr) bool { return x.Op == token.LAND || x.Op == token.LOR }

func TestComplexity(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		src                          string
		depth, cyclomatic, cognitive int
	}{
		{"a()", 0, 1, 0},
		{"if a { b() }", 1, 2, 1},
		{"if a { b() } else { c() }", 1, 2, 2},
		{"if a { b() } else if c { d() }", 1, 3, 2},
		{"if a { b() } else if c { d() } else { e() }", 1, 3, 3},
		{"for { if a { b() } else { c() } }", 2, 3, 4},
		{"for range a { for range b { if c { d() } } }", 3, 4, 6},
		{"switch a { case 1: for range b { if c { d() } } }", 3, 4, 6},
		{"switch a { case 1, 2: b(); case 3: c(); default: d() }", 1, 3, 1},
		{"switch a := b.(type) { case int: c(a) }", 1, 2, 1},
		{"select { case <-a: b(); default: }", 1, 2, 1},
		{"f := func() { if a { b() } }; f()", 1, 2, 2},
		{"b := a && c && d || e; _ = b", 0, 4, 2},
		{"if a && !(b || c) { d() }", 1, 4, 3},
		{"x: for { break x }", 1, 2, 2},
		{"x: for a { for b { if c { continue x } } }", 3, 4, 7},
		{"defer func() { recover() }()", 0, 1, 0},
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "", "package p; func f() {"+c.src+"}", 0)
		if err != nil {
			t.Fatal(err)
		}
		body := f.Decls[0].(*ast.FuncDecl).Body
		if d, cy, co := depth(body), cyclomatic(body), cognitive(body); d != c.depth || cy != c.cyclomatic || co != c.cognitive {
			t.Errorf("%s: depth %d, cyclomatic %d, cognitive %d; want %d, %d, %d", c.src, d, cy, co, c.depth, c.cyclomatic, c.cognitive)
		}
	}
}
