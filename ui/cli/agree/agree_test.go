package agree_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/agreement"
	"byline/annotate/engine"
	"byline/annotate/review"
	"byline/annotate/segment"
	"byline/annotate/workspace"
	"byline/articles"
	"byline/ui/cli"
)

// byline runs a command on a library and returns what it prints.
func byline(t testing.TB, library string, args ...string) string {
	t.Helper()
	out, status := try(t, library, args...)
	if status != 0 {
		t.Fatalf("%v: status %d: %s", args, status, out)
	}
	return out
}

func try(t testing.TB, library string, args ...string) (string, int) {
	t.Helper()
	var out, errs bytes.Buffer
	status := cli.Main(append([]string{"--library", library, "--who", "carl"}, args...), strings.NewReader(""), &out, &errs)
	if status != 0 {
		return errs.String(), status
	}
	return out.String(), 0
}

// A stage is a library of articles.
type stage struct {
	path string
	ids  []string
}

// stories are what people disagree about.
var stories = []string{
	"The ferry at Halden\n\nMarta Quill runs the Halden Ferry Company. “We sail at noon,” Quill said. Per Aune, the harbour master, said the pier was closed. “Nobody told me,” Aune said.",
	"Bread and tax\n\nMayor Ida Brandt cut the tax on bread. “It was time,” Brandt told Radio Halden. The bakers’ union praised Ms. Brandt, but Ole Lie of the Liberal Party called it “a show”.",
	"A café closes\n\nÉloïse Marchand shuts the Café Zoé on Friday. “Я устала,” she said. Peter Wall, who owns the house, said he was sorry. The bank of Orrin lent Marchand money in 1999.",
	"Match report\n\nOrrin United beat Halden FC. Coach Sam Reed said: “They ran more than we did.” Reed praised Lena Moss. “I was lucky,” said Moss.",
	"Short notice\n\nNothing happened on Tuesday.",
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{path: filepath.Join(t.TempDir(), "library.db")}
	w := s.as(t, "carl")
	for i, text := range stories {
		title, _, _ := strings.Cut(text, "\n")
		a := &articles.Article{ID: articles.TextID(text), Title: title, Text: text, Source: fmt.Sprint("story", i), Format: articles.Plain}
		added, err := w.Library.Add(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		s.ids = append(s.ids, added.ID)
	}
	return s
}

// as opens the library for somebody.
func (s *stage) as(t testing.TB, who string) *workspace.Workspace {
	t.Helper()
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), s.path, e, workspace.Options{Who: who})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close(t.Context()) })
	return w
}

// annotate has somebody decide about each article as chance has it, and mark it as done.
func (s *stage) annotate(t testing.TB, who, set string, seed uint64) {
	t.Helper()
	w := s.as(t, who)
	for i, id := range s.ids {
		a, err := w.Library.Article(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := w.Open(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range edits(doc.Who(who).Layer, rand.New(rand.NewPCG(seed, uint64(i)))) {
			if _, _, err := w.Edit(t.Context(), a, e); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := w.Edit(t.Context(), a, review.Edit{Verb: annotate.Done, Value: set}); err != nil {
			t.Fatal(err)
		}
	}
}

// edits are what somebody decides about the claims of a layer.
func edits(l *annotate.Layer, r *rand.Rand) []review.Edit {
	var out []review.Edit
	var spans []articles.Span
	for c := range l.Claims() {
		on := []review.Target{{Kind: c.Kind, Span: c.Span}}
		if c.Kind == annotate.OfMention {
			spans = append(spans, c.Span)
		}
		switch n := r.IntN(12); {
		case n == 0:
			out = append(out, review.Edit{Verb: annotate.Reject, Targets: on})
		case n == 1 && c.Kind == annotate.OfMention:
			out = append(out, review.Edit{Verb: annotate.Relabel, Targets: on, Value: []string{"organization", "person", "Ship"}[r.IntN(3)], Here: true})
		case n == 2 && c.Len() > 8:
			to := c.Span
			to.End -= 5
			out = append(out, review.Edit{Verb: annotate.Respan, Targets: on, To: to})
		case n == 3 && c.Kind == annotate.OfMention && len(spans) > 1:
			out = append(out, review.Edit{Verb: annotate.Merge, Targets: on, To: spans[r.IntN(len(spans))]})
		case n == 4 && c.Kind == annotate.OfQuote && len(spans) > 0:
			out = append(out, review.Edit{Verb: annotate.Attribute, Targets: on, To: spans[r.IntN(len(spans))]})
		case n < 10:
			out = append(out, review.Edit{Verb: annotate.Confirm, Targets: on})
		}
	}
	return out
}

// report is the figures of agree.
func report(t testing.TB, library string, args ...string) *agreement.Report {
	t.Helper()
	r := &agreement.Report{}
	if err := json.Unmarshal([]byte(byline(t, library, append([]string{"team", "agree", "--format", "json"}, args...)...)), r); err != nil {
		t.Fatal(err)
	}
	return r
}

// exported is what the test reads of an article in byline's JSON.
type exported struct {
	ID, Text string
	Entities []struct {
		ID, Type string
		Mentions []struct{ Start, End int }
	}
	Quotes []struct {
		Start, End int
		Type       string
		Speakers   []string
	}
}

// A name of an export: where, what, and whose.
type name struct {
	start, end int
	typ        string
	entity     string
}

func (x *exported) names() []name {
	var out []name
	for _, e := range x.Entities {
		if e.Type == "place" || e.Type == "other" {
			continue
		}
		for _, m := range e.Mentions {
			out = append(out, name{m.Start, m.End, e.Type, e.ID})
		}
	}
	return out
}

// Figures computed from the exports of each person, by other means than the package's, are those that are printed.
func TestRecomputedFromExports(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	people := []string{"ann", "bob", "cy"}
	by := map[string]map[string]*exported{}
	for i, who := range people {
		s.annotate(t, who, "", uint64(i))
	}
	for _, who := range people {
		var all []*exported
		if err := json.Unmarshal([]byte(byline(t, s.path, "export", "--all", "--by", who)), &all); err != nil {
			t.Fatal(err)
		}
		by[who] = map[string]*exported{}
		for _, x := range all {
			by[who][x.ID] = x
		}
	}
	r := report(t, s.path, "--samples", "100", "--gamma", "4", "--seed", "9")
	if r.Articles != len(stories) || len(r.Pairs) != 3 {
		t.Fatalf("%d articles, %d pairs", r.Articles, len(r.Pairs))
	}
	for _, p := range r.Pairs {
		want := recompute(by[p.A], by[p.B])
		want["gamma/names/"] = gammaOf(by[p.A], by[p.B], 9, 4)
		for _, f := range r.Figures {
			if f.A != p.A || f.B != p.B {
				continue
			}
			if w, ok := want[f.Measure+"/"+f.About+"/"+f.Type]; ok {
				if !(math.Abs(float64(f.Value)-w) <= 1e-6) || w == 1 {
					t.Errorf("%s of %s %s by %s and %s: %v, not %v", f.Measure, f.About, f.Type, p.A, p.B, f.Value, w)
				}
				delete(want, f.Measure+"/"+f.About+"/"+f.Type)
			}
		}
		if len(want) > 0 {
			t.Errorf("not printed: %v", want)
		}
	}
	alpha := 0.0
	for _, f := range r.Figures {
		if f.Measure == agreement.Alpha && f.About == agreement.Names && f.Type == "" {
			alpha = float64(f.Value)
		}
	}
	if want := alphaOf(by, people); !(math.Abs(alpha-want) <= 1e-6) || want == 1 {
		t.Errorf("alpha %v, not %v", alpha, want)
	}
}

// recompute computes figures of two people: spans as sets of strings, κ from a table of all tokens, B³ mention by mention.
func recompute(as, bs map[string]*exported) map[string]float64 {
	spans := [2]map[string]bool{{}, {}}
	ends := [2]map[string]int{{}, {}}
	quotes := [2]map[string]bool{{}, {}}
	var table [][2]string
	var p, r []float64
	for id := range as {
		of := [2]*exported{as[id], bs[id]}
		for i, x := range of {
			for _, n := range x.names() {
				if key := fmt.Sprint(id, n.start, n.end, n.typ); !spans[i][key] {
					spans[i][key] = true
					ends[i][fmt.Sprint(id, n.start, n.end)]++
				}
			}
			for _, q := range x.Quotes {
				quotes[i][fmt.Sprint(id, q.Start, q.End, q.Type)] = true
			}
		}
		la, lb := labels(of[0]), labels(of[1])
		for i := range la {
			table = append(table, [2]string{la[i], lb[i]})
		}
		pa, ra := bCubed(of[0], of[1])
		p, r = append(p, pa...), append(r, ra...)
	}
	same := 0
	for key, n := range ends[0] {
		same += min(n, ends[1][key])
	}
	alike := 0
	for key := range spans[0] {
		if spans[1][key] {
			alike++
		}
	}
	n, equal := 0, 0
	for id := range as {
		k, e := speakers(as[id], bs[id])
		n, equal = n+k, equal+e
	}
	return map[string]float64{
		"exact F1/names/":            dice(spans[0], spans[1]),
		"boundary F1/names/":         2 * float64(same) / float64(len(spans[0])+len(spans[1])),
		"type given boundary/names/": float64(alike) / float64(same),
		"exact F1/quotes/":           dice(quotes[0], quotes[1]),
		"kappa/names/":               kappa(table),
		"kappa, marked/names/":       kappa(slices.DeleteFunc(slices.Clone(table), func(x [2]string) bool { return x == [2]string{} })),
		"B³/clusters/names of both":  2 * average(p) * average(r) / (average(p) + average(r)),
		"same speaker/speakers/":     float64(equal) / float64(n),
	}
}

func dice(a, b map[string]bool) float64 {
	n := 0
	for key := range a {
		if b[key] {
			n++
		}
	}
	return 2 * float64(n) / float64(len(a)+len(b))
}

func average(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

// labels returns the type of each token of an export: that of the shortest name which it is in.
func labels(x *exported) []string {
	at := map[int]int{} // code points before a byte
	n := 0
	for i := range x.Text {
		at[i] = n
		n++
	}
	at[len(x.Text)] = n
	var out []string
	for _, token := range segment.Split(x.Text, nil).Tokens {
		var in []name
		for _, m := range x.names() {
			if m.start < at[token.End] && at[token.Start] < m.end {
				in = append(in, m)
			}
		}
		slices.SortFunc(in, func(a, b name) int {
			if d := a.end - a.start - b.end + b.start; d != 0 {
				return d
			}
			if a.start != b.start {
				return a.start - b.start
			}
			return strings.Compare(a.typ, b.typ)
		})
		if len(in) == 0 {
			out = append(out, "")
		} else {
			out = append(out, in[0].typ)
		}
	}
	return out
}

// kappa computes κ from the labels of each item.
func kappa(table [][2]string) float64 {
	n, agreed, chance := float64(len(table)), 0.0, 0.0
	var share [2]map[string]float64
	for i := range share {
		share[i] = map[string]float64{}
	}
	for _, x := range table {
		share[0][x[0]] += 1 / n
		share[1][x[1]] += 1 / n
		if x[0] == x[1] {
			agreed += 1 / n
		}
	}
	for c, s := range share[0] {
		chance += s * share[1][c]
	}
	return (agreed - chance) / (1 - chance)
}

// bCubed returns for each name of both the share of its cluster in b, and in a, that both have: by looking at all pairs.
func bCubed(a, b *exported) (precision, recall []float64) {
	as, bs := map[[2]int]string{}, map[[2]int]string{}
	for i, x := range []*exported{a, b} {
		for _, n := range x.names() {
			of := []map[[2]int]string{as, bs}[i]
			if _, taken := of[[2]int{n.start, n.end}]; !taken {
				of[[2]int{n.start, n.end}] = n.entity
			}
		}
	}
	for at := range as {
		if _, ok := bs[at]; !ok {
			continue
		}
		inA, inB, inBoth := 0.0, 0.0, 0.0
		for other := range as {
			if _, ok := bs[other]; !ok {
				continue
			}
			sameA, sameB := as[other] == as[at], bs[other] == bs[at]
			for to, yes := range map[*float64]bool{&inA: sameA, &inB: sameB, &inBoth: sameA && sameB} {
				if yes {
					*to++
				}
			}
		}
		precision, recall = append(precision, inBoth/inB), append(recall, inBoth/inA)
	}
	return precision, recall
}

// speakers returns how many quotes of two people match, and of how many the speakers are the same.
func speakers(a, b *exported) (n, equal int) {
	// Which entities are joined by mentions, directly or not: names pass between neighbours until nothing changes.
	group := map[string]string{}
	at := map[[2]int][]string{}
	for i, x := range []*exported{a, b} {
		for _, e := range x.Entities {
			id := fmt.Sprint(i, e.ID)
			group[id] = id
			for _, m := range e.Mentions {
				at[[2]int{m.Start, m.End}] = append(at[[2]int{m.Start, m.End}], id)
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, ids := range at {
			for _, id := range ids {
				if least := min(group[ids[0]], group[id]); group[ids[0]] != least || group[id] != least {
					group[ids[0]], group[id], changed = least, least, true
				}
			}
		}
	}
	for _, q := range a.Quotes {
		for _, o := range b.Quotes {
			both := min(q.End, o.End) - max(q.Start, o.Start)
			if 2*both < max(q.End, o.End)-min(q.Start, o.Start) || both <= 0 {
				continue
			}
			n++
			var said [2]map[string]bool
			for i, ids := range [][]string{q.Speakers, o.Speakers} {
				said[i] = map[string]bool{}
				for _, id := range ids {
					said[i][group[fmt.Sprint(i, id)]] = true
				}
			}
			if fmt.Sprint(said[0]) == fmt.Sprint(said[1]) {
				equal++
			}
		}
	}
	return n, equal
}

// alphaOf computes α of tokens by comparing every value with every other, as its definition has it.
func alphaOf(by map[string]map[string]*exported, people []string) float64 {
	var all []string
	observed := 0.0
	for id := range by[people[0]] {
		var of [][]string
		for _, who := range people {
			of = append(of, labels(by[who][id]))
		}
		for token := range of[0] {
			for i := range of {
				all = append(all, of[i][token])
				for k := range of {
					if of[i][token] != of[k][token] {
						observed += 1 / float64(len(people)-1)
					}
				}
			}
		}
	}
	n, expected := float64(len(all)), 0.0
	for i, a := range all {
		for k, b := range all {
			if i != k && a != b {
				expected++
			}
		}
	}
	return 1 - observed/n/(expected/(n*(n-1)))
}

// The settings of whoever runs the tests are left alone.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "agree")
	if err != nil {
		panic(err)
	}
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"} {
		os.Setenv(name, dir)
	}
	for _, name := range []string{"BYLINE_LIBRARY", "BYLINE_THEME"} {
		os.Unsetenv(name)
	}
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}

// staged is a library with three people's decisions; cy has a name that could do harm.
func staged(t *testing.T, set string) (*stage, []string) {
	t.Helper()
	s := newStage(t)
	people := []string{"ann", "bob", "=cy|<b>\x1b[31m"}
	for i, who := range people {
		s.annotate(t, who, set, uint64(i))
	}
	return s, people
}

func TestFormats(t *testing.T) {
	t.Parallel()
	s, _ := staged(t, "")
	text := byline(t, s.path, "team", "agree")
	for _, want := range []string{
		"5 articles by 3 annotators; figures of two are means over 3 pairs.\n",
		"Intervals hold 95 % of 1000 draws of articles (seed 1).\n",
		"\nNames, exact F1  ", "\nKrippendorff's α, marked tokens  ", "\nγ of names  ", "\nSpeakers, κ  ", "\nPairs  ", "\n=cy|<b>�[31m and ann  ", "Short notice      ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "\x1b") {
		t.Error("an escape sequence in text")
	}
	md := byline(t, s.path, "team", "agree", "-f", "md", "--samples", "0", "--gamma", "0")
	if regexp.MustCompile(`\d\\\.`).MatchString(md) || !regexp.MustCompile(`\| [01]\.\d{3} \|`).MatchString(md) {
		t.Error("figures are escaped:\n" + md)
	}
	for _, want := range []string{"# Agreement\n", "\n## Pairs\n\n|  | articles |", "\\|\\<b\\>", "| n/a | n/a |"} {
		if !strings.Contains(md, want) {
			t.Errorf("no %q in\n%s", want, md)
		}
	}
	if strings.Contains(md, "γ of names") || strings.Contains(md, "Intervals") {
		t.Error("gamma or intervals that nobody asked for")
	}
	table, err := csv.NewReader(strings.NewReader(byline(t, s.path, "team", "agree", "-f", "csv", "--samples", "100", "--gamma", "1"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	r := report(t, s.path, "--samples", "100", "--gamma", "1")
	rows := len(r.Figures) + 1
	for _, a := range r.ByArticle {
		rows += len(a.Figures)
	}
	if len(table) != rows || table[1][0] != "exact F1" || table[1][7] == "n/a" {
		t.Errorf("%d rows, not %d; %q", len(table), rows, table[1])
	}
	for _, row := range table {
		if strings.HasPrefix(row[3], "=") || strings.HasPrefix(row[4], "=") {
			t.Errorf("a formula: %q", row)
		}
	}
	if again := report(t, s.path, "--samples", "100", "--gamma", "1"); !reflect.DeepEqual(fmt.Sprint(r.Figures), fmt.Sprint(again.Figures)) {
		t.Error("the same seed, other figures")
	}
}

// The page is one file that runs nothing and loads nothing, whatever names and titles hold, and its elements are closed.
func TestPage(t *testing.T) {
	t.Parallel()
	s, _ := staged(t, "")
	page := byline(t, s.path, "team", "agree", "-f", "html", "--samples", "100", "--gamma", "2")
	sheet := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(page)
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`).FindStringSubmatch(page)
	if sheet == nil || policy == nil {
		t.Fatal(page)
	}
	sum := sha256.Sum256([]byte(sheet[1]))
	if want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"; policy[1] != want {
		t.Errorf("%s, not %s", policy[1], want)
	}
	for _, tag := range regexp.MustCompile(`<[a-zA-Z][^>]*>`).FindAllString(page, -1) {
		for _, no := range []string{"<script", "<b>", "<img", " style=", " src=", " href=", " on"} {
			if strings.Contains(tag, no) {
				t.Errorf("%s in %s", no, tag)
			}
		}
	}
	var open []string
	for _, m := range regexp.MustCompile(`<(/?)([a-z0-9]+)[^>]*?(/?)>`).FindAllStringSubmatch(page, -1) {
		switch {
		case m[3] == "/" || m[2] == "meta":
		case m[1] == "":
			open = append(open, m[2])
		case len(open) == 0 || open[len(open)-1] != m[2]:
			t.Fatalf("</%s> within %v", m[2], open)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("not closed: %v", open)
	}
	for what, want := range map[string]int{`<table class="matrix">`: 1, "<svg ": 2, `<line class="range"`: 6, `<circle class="dot"`: 10, "<td>·</td>": 3, "prefers-color-scheme: dark": 2, "@media print": 1, "=cy|&lt;b&gt;�[31m": 4} {
		if n := strings.Count(page, what); n < want {
			t.Errorf("%d times %s, not %d", n, what, want)
		}
	}
}

// Only what was finished in the set counts, and by those who are asked for.
func TestSet(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	byline(t, s.path, "team", "add", "May", "--all", "--members", "ann,bob,cy")
	s.annotate(t, "ann", "May", 0)
	s.annotate(t, "bob", "May", 1)
	s.annotate(t, "cy", "", 2)
	if r := report(t, s.path, "--set", "May", "--samples", "0"); len(r.Pairs) != 1 || r.Articles != 5 {
		t.Errorf("%+v", r.Pairs)
	}
	if r := report(t, s.path, "May", "--samples", "0"); len(r.Pairs) != 1 || r.Articles != 5 {
		t.Errorf("the set by its name: %+v", r.Pairs)
	}
	if r := report(t, s.path, "--annotators", "cy, bob", "--samples", "0"); len(r.Pairs) != 1 || r.Pairs[0].A != "bob" || r.Pairs[0].B != "cy" {
		t.Errorf("%+v", r.Pairs)
	}
	if r := report(t, s.path, "--decided", "--kinds", "person", "--samples", "0"); r.Annotators[0].AsFound != 0 || r.Annotators[0].Quotes != 0 || r.Annotators[0].Decided == 0 {
		t.Errorf("%+v", r.Annotators)
	}
	for want, args := range map[string][]string{
		"status 2: byline: --format xml: unknown format; use text, json, csv, md, html, tokens":                        {"--format", "xml"},
		"status 2: byline: --samples -1: must be from 100 to 100000, or 0 for no intervals":                            {"--samples", "-1"},
		"status 2: byline: --samples 1: must be from 100 to 100000, or 0 for no intervals":                             {"--samples", "1"},
		"status 2: byline: --samples 99: must be":                                                                      {"--samples", "99"},
		"status 2: byline: --annotators: ann is named twice":                                                           {"--annotators", "ann,ann"},
		"status 2: byline: --annotators: bob is named twice":                                                           {"--annotators", "ann,bob,Bob"},
		"status 2: byline: --gamma 99999: must be from 0 to 10000":                                                     {"--gamma", "99999"},
		"status 2: byline: --gamma -1: must be from 0 to 10000":                                                        {"--gamma", "-1"},
		"status 2: byline: --annotators ann: name two or more":                                                         {"--annotators", "ann"},
		"status 1: byline: June: there is no set of this name; there are May":                                          {"--set", "June"},
		"status 1: byline: agreement in the set May: no article is finished by two annotators (5 by one, 0 by nobody)": {"--set", "May", "--annotators", "bob,cy"},
		"status 1: byline: --annotators bop: there is nobody of this name here; there are bob, ann, cy":                {"--annotators", "ann,bop"},
		"status 2: byline: --kinds foo: there is no such kind; use person, organization, place, other, quote":          {"--kinds", "person,foo"},
		"status 1: byline: July: there is no set of this name; there are May":                                          {"July"},
		"status 2: byline team agree: name one set, or none for all":                                                   {"May", "June"},
		"status 2: byline team agree May: leave out --set, or the name before it":                                      {"May", "--set", "May"},
	} {
		out, status := try(t, s.path, append([]string{"team", "agree"}, args...)...)
		if got := fmt.Sprintf("status %d: %s", status, out); !strings.HasPrefix(got, want) {
			t.Errorf("%s\nnot\n%s", got, want)
		}
	}
}

// An article that one of two reopened does not count.
func TestReopened(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.annotate(t, "ann", "", 0)
	s.annotate(t, "bob", "", 1)
	w := s.as(t, "bob")
	a, err := w.Library.Article(t.Context(), s.ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Edit(t.Context(), a, review.Edit{Verb: annotate.Reopen}); err != nil {
		t.Fatal(err)
	}
	if r := report(t, s.path, "--samples", "0"); r.Articles != 4 || r.Left.One != 1 {
		t.Errorf("%d articles, %+v", r.Articles, r.Left)
	}
}

// Who annotates an article blind learns nothing of it from figures, until everybody has finished; a curator does.
func TestBlind(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	byline(t, s.path, "team", "add", "May", "--all", "--members", "ann,bob,cy", "--curators", "carl")
	byline(t, s.path, "team", "assign", "May", "--each", "3", "--overlap", "100%", "--blind", "--hide", "40%")
	s.annotate(t, "ann", "May", 0)
	s.annotate(t, "bob", "May", 1)
	out, status := try(t, s.path, "--who", "cy", "team", "agree", "--set", "May")
	if status != 1 || !strings.Contains(out, "agreement in the set May: you annotate 5 articles blind") {
		t.Errorf("status %d: %s", status, out)
	}
	if r := report(t, s.path, "--set", "May", "--samples", "0"); len(r.Pairs) != 1 {
		t.Errorf("%+v", r.Pairs)
	}
	s.annotate(t, "cy", "May", 2)
	r := report(t, s.path, "--set", "May", "--samples", "0", "--gamma", "0")
	out = byline(t, s.path, "--who", "cy", "team", "agree", "--set", "May", "--samples", "0", "--gamma", "0", "-f", "json")
	again := &agreement.Report{}
	if err := json.Unmarshal([]byte(out), again); err != nil || fmt.Sprint(r.Figures) != fmt.Sprint(again.Figures) {
		t.Errorf("other figures for an annotator: %v", err)
	}
	// Nobody left a suggestion that they were not shown, so what they have of those is what they added: here nothing.
	n := map[string]int{}
	for _, f := range r.Figures {
		if f.About == agreement.Shown && f.Measure == agreement.Kept {
			n[f.Type] += f.N
			if f.Type == "hidden" && f.Value != 0 || f.Type == "shown" && f.Value < .3 {
				t.Errorf("%+v", f)
			}
		}
	}
	if n["hidden"] == 0 || n["shown"] < n["hidden"] {
		t.Errorf("%v", n)
	}
	if text := byline(t, s.path, "team", "agree", "--set", "May", "--samples", "0"); !strings.Contains(text, "Suggestions shown and hidden") || !strings.Contains(text, "ann has, of those hidden") {
		t.Error(text)
	}
	// What was hidden while people decided stays so in the figures, whatever becomes of the set.
	for _, then := range [][]string{{"assign", "May", "--hide", "0%"}, {"withdraw", "May", "ann"}, {"retire", "May"}} {
		byline(t, s.path, append([]string{"team"}, then...)...)
		if now := report(t, s.path, "--set", "May", "--samples", "0", "--gamma", "0"); fmt.Sprint(r.Figures) != fmt.Sprint(now.Figures) {
			t.Errorf("other figures after %s: %v\nbefore %v", then, now.Figures, r.Figures)
		}
	}
}

// older is the engine under the name of another.
type older struct{ workspace.Engine }

func (older) Version() string { return "model-1" }

// Where somebody had the suggestions of another engine, every format says so, with the article and what to do.
func TestOtherEngines(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.annotate(t, "ann", "", 0)
	e, err := engine.Default()
	if err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), s.path, older{e}, workspace.Options{Who: "bob"})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range s.ids[:2] {
		doc, err := w.Open(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.Edit(t.Context(), doc.Article, review.Edit{Verb: annotate.Done}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := report(t, s.path, "--samples", "0")
	if len(r.Notes) != 1 || !strings.HasPrefix(r.Notes[0], "annotators had the suggestions of other engines than here in ") || !strings.HasSuffix(r.Notes[0], "have them annotate these again") {
		t.Fatalf("%q", r.Notes)
	}
	for i, title := range []string{"The ferry at Halden", "Bread and tax"} {
		want := fmt.Sprintf("%s “%s” (ann: %s, bob: model-1; here: %[3]s)", s.ids[i][:8], title, e.Version())
		if !strings.Contains(r.Notes[0], want) {
			t.Errorf("%s\nnot in %s", want, r.Notes[0])
		}
	}
	for _, format := range []string{"text", "md", "html"} {
		if out := byline(t, s.path, "team", "agree", "--samples", "0", "-f", format); !strings.Contains(out, "model-1; here") {
			t.Errorf("%s: %s", format, out)
		}
	}
	if r := report(t, s.path, "--samples", "0", "--annotators", "ann,bob", "--kinds", "person"); len(r.Notes) != 1 {
		t.Errorf("%q", r.Notes)
	}
	var errs bytes.Buffer
	cli.Main([]string{"--library", s.path, "export", "--curated", s.ids[0]}, strings.NewReader(""), io.Discard, &errs)
	if out := errs.String(); !strings.Contains(out, "annotators had the suggestions of other engines than here in "+s.ids[0][:8]) {
		t.Error(out)
	}
}
