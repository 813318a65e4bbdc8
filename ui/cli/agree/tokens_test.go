package agree_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"byline/annotate/agreement"
	"byline/articles/clean"
)

// Of kinds that were not asked for there are no rows; of one article there are no intervals, and each cell says so.
func TestRows(t *testing.T) {
	t.Parallel()
	s, _ := staged(t, "")
	text := func(args ...string) string {
		return byline(t, s.path, append([]string{"team", "agree", "--gamma", "2"}, args...)...)
	}
	for _, c := range []struct{ kinds, has, not string }{
		{"quote", "Quotes, exact F1", "Names, exact F1"}, {"quote", "Speakers, the same", "B³, names of both"}, {"quote", "α_U of quotes", "Krippendorff's α, all tokens"},
		{"person", "Names, exact F1", "Quotes, exact F1"}, {"person,organization", "MUC, all names", "Speakers, κ"}, {"person,quote", "Quotes, exact F1", "no such row"},
	} {
		if out := text("--samples", "0", "--kinds", c.kinds); !strings.Contains(out, c.has) || strings.Contains(out, c.not) {
			t.Errorf("--kinds %s:\n%s", c.kinds, out)
		}
	}
	for line := range strings.Lines(text("--samples", "0")) {
		if f := regexp.MustCompile(`^(Names|Quotes|Speakers|Cohen|α_U|γ).{30,}  (\S+)  +(\S.*)$`).FindStringSubmatch(line); f != nil && !strings.HasPrefix(strings.TrimSpace(f[3]), "n/a") && !strings.Contains(line, "n/a") {
			t.Errorf("no interval and no n/a: %s", line)
		}
	}
}

// Whoever computes κ and α again from the tokens gets the figures, over as many tokens: of all, of two, and of what was decided.
func TestRecomputedFromTokens(t *testing.T) {
	t.Parallel()
	s, people := staged(t, "")
	for _, flags := range [][]string{{}, {"--annotators", "ann,bob"}, {"--decided", "--kinds", "person,quote"}} {
		rows, err := csv.NewReader(strings.NewReader(byline(t, s.path, append([]string{"team", "agree", "-f", "tokens"}, flags...)...))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		r := report(t, s.path, append([]string{"--samples", "0", "--gamma", "0"}, flags...)...)
		checked := 0
		for _, f := range r.Figures {
			if f.A == "" || f.Type != "" || f.Measure != agreement.Kappa || f.About != agreement.Names && f.About != agreement.Quotes {
				continue
			}
			var table [][2]string
			of := map[bool]string{true: " quotes"}[f.About == agreement.Quotes]
			a, b := slices.Index(rows[0], cell(f.A)+of), slices.Index(rows[0], cell(f.B)+of)
			if a < 0 || b < 0 {
				t.Fatalf("%v lacks %q or %q", rows[0], f.A, f.B)
			}
			for _, row := range rows[1:] {
				if row[a] == "" || row[b] == "" {
					continue
				}
				both := [2]string{row[a], row[b]}
				if of != "" { // whatever the type
					both = [2]string{fmt.Sprint(row[a] == "O"), fmt.Sprint(row[b] == "O")}
				}
				table = append(table, both)
			}
			if want := kappa(table); f.N != len(table) || math.Abs(float64(f.Value)-want) > 1e-6 {
				t.Errorf("%v: κ of %s by %s and %s is %v of %d tokens, not %v of %d", flags, f.About, f.A, f.B, f.Value, f.N, want, len(table))
			}
			checked++
		}
		if checked < 1 {
			t.Errorf("%v: %d figures of %v", flags, checked, people)
		}
	}
}

// cell returns a name as a table has it.
func cell(name string) string {
	name = clean.Line(name)
	if strings.HasPrefix(name, "=") {
		return "'" + name
	}
	return name
}
