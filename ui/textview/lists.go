package textview

import (
	"strconv"
	"strings"

	"byline/articles"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// A lister builds the nested lists of a run of items.
type lister struct {
	*drawing
	root  ast.Node
	base  int        // the least level of the run
	stack []openList // from the outermost
}

// An openList is a list that items may still be added to.
type openList struct {
	node *ast.List
	item *ast.ListItem
	next int // number of its next item
	hang int // width of its last item's sign
}

func (l *lister) build() {
	l.base = 1 << 30
	l.blocks(func(b articles.Block) { l.base = min(l.base, b.Level) })
	l.blocks(l.add)
}

// add adds an item, or a further paragraph of one.
func (l *lister) add(b articles.Block) {
	depth := min(b.Level-l.base, len(l.stack), deepest-1, max(0, (l.column()-14)/listIndent))
	if b.Marker == "" || b.Start > l.doc.Blocks[l.first].Start && b.Start == l.Start {
		l.addFurther(b, depth)
		return
	}
	sign := signOf(b.Marker)
	l.open(depth, sign)
	top := &l.stack[len(l.stack)-1]
	top.item = ast.NewListItem(0)
	top.node.AppendChild(top.node, top.item)
	top.next, top.hang = sign.number+1, sign.width
	n := ast.NewTextBlock()
	top.item.AppendChild(top.item, n)
	if sign.task {
		n.AppendChild(n, extast.NewTaskCheckBox(sign.ticked))
	}
	l.text(n, b, depth, "")
}

// text adds the rows of a block to a node, after the item's sign.
func (l *lister) text(n ast.Node, b articles.Block, depth int, first string) {
	hang := l.stack[len(l.stack)-1].hang
	pad := strings.Repeat(" ", hang)
	if first != "" {
		first += pad
	}
	l.lines(n, l.breakRows(b.Span, l.column()-depth*listIndent-hang), rowFormat{first: first, hang: pad})
}

// addFurther adds a block that continues the item before it.
func (l *lister) addFurther(b articles.Block, depth int) {
	if len(l.stack) == 0 {
		n := ast.NewParagraph()
		l.lines(n, l.breakRows(b.Span, l.column()-listIndent), rowFormat{first: "  ", hang: "  "})
		l.root.AppendChild(l.root, n)
		return
	}
	depth = min(depth, len(l.stack)-1)
	l.stack = l.stack[:depth+1]
	n := ast.NewTextBlock()
	item := l.stack[depth].item
	item.AppendChild(item, n)
	l.text(n, b, depth, "\n")
}

// open makes the list at depth the innermost open one, and a new one unless the sign
// continues it.
func (l *lister) open(depth int, s itemSign) {
	if depth < len(l.stack) {
		l.stack = l.stack[:depth+1]
		t := &l.stack[depth]
		if t.node.IsOrdered() == s.ordered && (!s.ordered || t.next == s.number) {
			return
		}
		l.stack = l.stack[:depth]
	}
	mark := byte('-')
	if s.ordered {
		mark = '.'
	}
	n := ast.NewList(mark)
	n.Start = s.number
	n.IsTight = true
	in := l.root
	if depth > 0 {
		in = l.stack[depth-1].item
	}
	in.AppendChild(in, n)
	l.stack = append(l.stack, openList{node: n})
}

// An itemSign is what comes before an item.
type itemSign struct {
	ordered, task, ticked bool
	number                int
	width                 int // in cells, the blank after it included
}

// signOf reads a marker: "•", "3.", "[x]".
func signOf(marker string) itemSign {
	if strings.HasPrefix(marker, "[") {
		return itemSign{task: true, ticked: strings.ContainsAny(marker, "xX✓"), width: len("[ ] ")}
	}
	digits := strings.TrimRight(marker, ".) ")
	if n, err := strconv.Atoi(digits); err == nil && n >= 0 && n < 1e6 {
		return itemSign{ordered: true, number: n, width: len(strconv.Itoa(n)) + len(". ")}
	}
	return itemSign{width: len("• ") - len("•") + 1}
}
