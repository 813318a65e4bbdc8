package quotes_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// unkilled are the changes of numbers that no test notices, with the reason.
var unkilled = map[string]string{
	"announcingTokens +1": "four words before the marks would have to be \"as\" twice",
}

// TestMutants changes the numbers of limits.go and scores.go one by one, here and in the packages
// below, and runs the tests of all: each change has to make one fail. It takes minutes, so it runs
// only when asked for:
//
//	BYLINE_MUTANTS=1 go test -run Mutants -timeout 1h ./annotate/quotes
//	BYLINE_MUTANTS=shortWords,Reach go test -run Mutants ./annotate/quotes
//
// A count is changed by one, a weight by two hundredths, and the other numbers are halved and
// doubled.
func TestMutants(t *testing.T) {
	only := os.Getenv("BYLINE_MUTANTS")
	if only == "" {
		t.Skip("BYLINE_MUTANTS is not set")
	}
	numbers, killed := map[string]bool{}, map[string]bool{}
	for _, file := range []string{"limits.go", "scores.go", "grammar/limits.go", "marks/limits.go"} {
		for _, m := range mutantsOf(t, file) {
			if only != "1" && !strings.Contains(","+only+",", ","+m.number+",") {
				continue
			}
			dies := m.dies(t)
			numbers[m.number], killed[m.number] = true, killed[m.number] || dies
			if name := m.number + " " + m.change; dies == (unkilled[name] != "") {
				t.Errorf("%s: %s: a test fails: %v", file, name, dies)
			}
		}
	}
	t.Logf("%d of %d numbers are held by a test", count(killed), len(numbers))
}

func count(m map[string]bool) int {
	n := 0
	for _, ok := range m {
		if ok {
			n++
		}
	}
	return n
}

// A mutant is a file with one number changed.
type mutant struct {
	number, change string
	file           string
	source         []byte
}

// mutantsOf returns the mutants of a file of constants.
func mutantsOf(t *testing.T, file string) []mutant {
	t.Helper()
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	var ms []mutant
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		lit, ok := spec.Values[0].(*ast.BasicLit)
		if !ok {
			t.Errorf("%s: %s is no plain number", file, spec.Names[0])
			return true
		}
		from, to := fset.Position(lit.Pos()).Offset, fset.Position(lit.End()).Offset
		for change, value := range changes(lit, spec.Names[0].Name) {
			changed := string(source[:from]) + value + string(source[to:])
			ms = append(ms, mutant{spec.Names[0].Name, change, file, []byte(changed)})
		}
		return true
	})
	return ms
}

// changes returns the values that a number is changed to, by what is done to it.
func changes(lit *ast.BasicLit, name string) map[string]string {
	if lit.Kind == token.INT {
		n, _ := strconv.Atoi(lit.Value)
		return map[string]string{"-1": strconv.Itoa(n - 1), "+1": strconv.Itoa(n + 1)}
	}
	x, _ := strconv.ParseFloat(lit.Value, 64)
	of := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	switch {
	case strings.HasSuffix(name, "eight"):
		return map[string]string{"-0.02": of(x - 0.02), "+0.02": of(x + 0.02)}
	case name == "leastPoints":
		return map[string]string{"-0.1": of(x - 0.1), "+0.1": of(x + 0.1)}
	}
	return map[string]string{"half": of(x / 2), "double": of(x * 2)}
}

// dies reports whether a test fails with m in the place of its file.
func (m *mutant) dies(t *testing.T) bool {
	t.Helper()
	dir := t.TempDir()
	place, err := filepath.Abs(m.file)
	if err != nil {
		t.Fatal(err)
	}
	changed, overlay := filepath.Join(dir, "changed.go"), filepath.Join(dir, "overlay.json")
	data, err := json.Marshal(map[string]map[string]string{"Replace": {place: changed}})
	if err == nil {
		err = os.WriteFile(changed, m.source, 0o600)
	}
	if err == nil {
		err = os.WriteFile(overlay, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "test", "-overlay", overlay, "./...")
	cmd.Env = append(os.Environ(), "BYLINE_MUTANTS=")
	out, err := cmd.CombinedOutput()
	if err != nil && !strings.Contains(string(out), "--- FAIL") {
		t.Fatal(fmt.Errorf("go test: %w: %s", err, out))
	}
	return err != nil
}
