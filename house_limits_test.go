package main_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"
)

// limits are what a thing is cut at before anything else is done to it. Most of the
// time it should be far smaller.
var limits = map[string]int{
	"lines of a file":                 500,
	"lines of a test file":            800,
	"lines of a function":             60, // a function that only returns a table aside
	"lines of a test function":        100,
	"parameters":                      6,
	"levels of nesting":               5,
	"cyclomatic complexity":           15,
	"cognitive complexity":            20,
	"fields of a struct":              15,
	"fields through nested structs":   40, // those of the same package
	"methods of an interface":         6,
	"methods of a receiver":           40,
	"files of a package":              20, // without tests
	"sub-packages not in the comment": 0,  // of the package above them
	"exported names nobody uses":      0,  // outside the package, or in an Example
	"contexts kept in a struct":       0,
	"contexts from nowhere":           0, // context.Background and TODO outside main and tests
}

// larger are the things that stay above a limit, each for a reason. The list may only
// shrink: numbers go down, and what is no longer over its limit leaves the list.
var larger = []size{
	{of: "fields of a struct", name: "annotate/library Entry", n: 16},          // a column each of the library's list
	{of: "fields through nested structs", name: "annotate/eval Report", n: 60}, // the figures of all tables
	{of: "contexts kept in a struct", name: "articles/stream reader", n: 1},    // a reader that ends with its context
	{of: "contexts kept in a struct", name: "articles/pdf painter", n: 1},      // asked at each page
	{of: "contexts kept in a struct", name: "ui Life", n: 1},                   // a screen's, from when it is made to when it is left
	{of: "contexts kept in a struct", name: "ui/library answerMsg", n: 1},      // of the question that is answered
	{of: "contexts kept in a struct", name: "ui/screens Screens", n: 1},        // the run's: what the library asks for ends with it
	{of: "contexts kept in a struct", name: "ui/cli outlet", n: 1},             // a writer that ends with its context
}

// A size is one measured thing.
type size struct {
	of   string // a key of limits
	name string // "annotate/quotes run.find"
	n    int
	why  string // what was counted; may be empty
}

func TestLimits(t *testing.T) {
	t.Parallel()
	over := map[size]int{}
	for _, z := range larger {
		over[z.key()] = z.n
	}
	largest := map[string]size{}
	for _, z := range measured(t) {
		if z.n > largest[z.of].n || largest[z.of].of == "" {
			largest[z.of] = z
		}
		n, listed := over[z.key()]
		delete(over, z.key())
		switch {
		case listed && z.n <= limits[z.of]:
			t.Errorf("%s has only %d %s: take it off the list", z.name, z.n, z.of)
		case listed && z.n != n:
			t.Errorf("%s has %d %s, not %d as the list says: cut it, or lower the number; %s", z.name, z.n, z.of, n, z.why)
		case !listed && z.n > limits[z.of]:
			t.Errorf("%d %s, more than %d: %s %s", z.n, z.of, limits[z.of], z.name, z.why)
		}
	}
	for z := range over {
		t.Errorf("%s of %s: there is no such thing; take it off the list", z.of, z.name)
	}
	for of := range limits {
		if largest[of].of == "" {
			t.Errorf("nothing measured: %s", of)
		}
		t.Logf("%5d %-32s %s", largest[of].n, of, largest[of].name)
	}
}

func (z size) key() size { return size{of: z.of, name: z.name} }

// measured takes all sizes, by limit and from the largest down.
func measured(t *testing.T) []size {
	t.Helper()
	var sizes []size
	ps := packages(sources(t))
	for _, p := range ps {
		for _, s := range p.files {
			sizes = append(sizes, sizesOfFile(s)...)
		}
		sizes = append(sizes, sizesOfPackage(p)...)
		if missing := unnamedParts(p, ps); len(p.own()) > 0 {
			sizes = append(sizes, size{"sub-packages not in the comment", p.dir, len(missing), strings.Join(missing, " ")})
		}
	}
	for dir, names := range unusedExports(ps) {
		sizes = append(sizes, size{"exported names nobody uses", dir, len(names), strings.Join(names, " ")})
	}
	slices.SortFunc(sizes, func(a, b size) int {
		return cmp.Or(cmp.Compare(a.of, b.of), cmp.Compare(b.n, a.n), cmp.Compare(a.name, b.name))
	})
	return sizes
}

func TestContexts(t *testing.T) {
	t.Parallel()
	s := parse(t, "p/p.go", `package p
		func Main() { f(context.Background()) }
		func (m M) Main() { f(context.TODO()) }
		func g() { f(context.Background()); f(context.WithCancel(c)) }`)
	if n := rootContexts(s); n != 2 {
		t.Errorf("%d contexts from nowhere, not 2", n)
	}
}

func TestLeaves(t *testing.T) {
	t.Parallel()
	s := parse(t, "p/p.go", `package p
		type a struct { b; c, d *e; f []e; g other.T; h struct { i int } }
		type b struct { x int; again *a }
		type e struct { y, z int }`)
	got := map[string]int{}
	for _, z := range sizesOfPackage(&pkg{dir: "p", files: []source{s}}) {
		if z.of == "fields through nested structs" {
			got[z.name] = z.n
		}
	}
	if want := map[string]int{"p a": 9, "p b": 9, "p e": 2}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
