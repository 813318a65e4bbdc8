package main_test

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
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
	"contexts from nowhere":           0,  // context.Background and TODO outside main and tests
}

// overFile lists what is over a limit: the limit, the name of the thing, and the number,
// separated by tabs. The list may only shrink: a number that grows fails the test, and so
// does an entry that is no longer over its limit. With -update the test takes off such
// entries and lowers the numbers; it never adds one.
//
//	go test . -run Limits -update
const overFile = "testdata/over.txt"

// A size is one measured thing.
type size struct {
	of   string // a key of limits
	name string // "annotate/quotes run.find"
	n    int
	why  string // what was counted; may be empty
}

func TestLimits(t *testing.T) {
	t.Parallel()
	sizes := measured(t)
	over, err := readOver()
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	largest := map[string]size{}
	for _, z := range sizes {
		if z.n > largest[z.of].n || largest[z.of].of == "" {
			largest[z.of] = z
		}
		allowed, listed := over[z.key()]
		delete(over, z.key())
		switch {
		case z.n <= limits[z.of] && listed:
			t.Errorf("%s is not over the limit of %d %s any more: take it off %s (-update does)", z.name, limits[z.of], z.of, overFile)
		case z.n > limits[z.of] && !listed:
			t.Errorf("%d %s, more than %d: %s %s", z.n, z.of, limits[z.of], z.name, z.why)
		case z.n > allowed && listed:
			t.Errorf("%d %s, more than the %d of %s, which may only shrink: %s %s", z.n, z.of, allowed, overFile, z.name, z.why)
		}
		if z.n > limits[z.of] && listed {
			left = append(left, fmt.Sprintf("%s\t%s\t%d\n", z.of, z.name, min(z.n, allowed)))
		}
	}
	for key := range over {
		t.Errorf("%s of %s is not there: take it off %s (-update does)", key.of, key.name, overFile)
	}
	for of := range limits {
		if largest[of].of == "" {
			t.Errorf("nothing measured: %s", of)
		}
		t.Logf("%5d %-32s %s", largest[of].n, of, largest[of].name)
	}
	if *update {
		slices.Sort(left)
		if err := os.WriteFile(overFile, []byte(strings.Join(left, "")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func (z *size) key() size { return size{of: z.of, name: z.name} }

func readOver() (map[size]int, error) {
	data, err := os.ReadFile(overFile)
	if err != nil {
		return nil, err
	}
	over := map[size]int{}
	for line := range strings.Lines(string(data)) {
		of, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		name, number, _ := strings.Cut(rest, "\t")
		n, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("%s: %q is no limit, name and number", overFile, line)
		}
		over[size{of: of, name: name}] = n
	}
	return over, nil
}

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
