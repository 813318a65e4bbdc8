package people

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/articles"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is found into the files of testdata")

// wrong are the cases that fail, with the reason; one that passes must be removed from the list.
// Their files say what should be found, and -update leaves them alone.
var wrong = map[string]string{
	"wrong_married": "nothing says that a person changed her surname",
	"wrong_letters": "letters of an acronym that stand inside words are not looked for",
}

// Texts mark their mentions: [person Marta Quill], [person (Mr.) Quill], and [place* Lund] for one that the words
// beside it tell apart. The marks are removed first.
func parse(marked string) (*annotate.Doc, []annotate.Mention) {
	var text strings.Builder
	var ms []annotate.Mention
	for rest := marked; rest != ""; {
		before, after, ok := strings.Cut(rest, "[")
		text.WriteString(before)
		if !ok {
			break
		}
		var inner string
		inner, rest, _ = strings.Cut(after, "]")
		ms = append(ms, mention(&text, inner))
	}
	return &annotate.Doc{Text: text.String()}, ms
}

func mention(text *strings.Builder, marked string) annotate.Mention {
	typ, words, _ := strings.Cut(marked, " ")
	typ, told := strings.CutSuffix(typ, "*")
	m := annotate.Mention{Type: annotate.Type(typ), Form: annotate.Name, Origin: annotate.Origin{Stage: "test", Score: 0.8}}
	if told {
		m.Origin.Rule = apart
	}
	if title, name, ok := strings.Cut(words, ") "); ok && strings.HasPrefix(title, "(") {
		m.Title = articles.Span{Start: text.Len(), End: text.Len() + len(title) - 1}
		text.WriteString(title[1:] + " ")
		words = name
	}
	m.Span = articles.Span{Start: text.Len(), End: text.Len() + len(words)}
	text.WriteString(words)
	return m
}

func TestCases(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) { runCase(t, file, wrong[name]) })
	}
}

func runCase(t *testing.T, file, reason string) {
	a, err := txtar.ParseFile(file)
	if err != nil || len(a.Files) != 2 {
		t.Fatal("want a text and its people", err)
	}
	d, ms := parse(string(a.Files[0].Data))
	es := Group(d.Text, ms)
	check(t, d, ms, es)
	got := show(d, es)
	switch want := string(a.Files[1].Data); {
	case reason != "" && got == want:
		t.Error("comes out right now: take it off the list")
	case reason != "" || got == want:
	case *update:
		a.Files[1].Data = []byte(got)
		if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
			t.Error(err)
		}
	default:
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// show writes one entity per line: type, rule, name, mentions.
func show(d *annotate.Doc, es []annotate.Entity) string {
	var b strings.Builder
	for _, e := range es {
		fmt.Fprintf(&b, "%s | %s | %s |", e.Type, e.Origin.Rule, e.Name)
		for i, m := range e.Mentions {
			if i > 0 {
				b.WriteString(",")
			}
			b.WriteString(" " + m.In(d.Text))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// check checks that the entities are a valid layer with every mention once.
func check(t *testing.T, d *annotate.Doc, ms []annotate.Mention, es []annotate.Entity) {
	t.Helper()
	if err := (&annotate.Layer{Entities: es}).Check(d.Text); err != nil {
		t.Fatal(err)
	}
	n, first := 0, -1
	for i, e := range es {
		if e.ID != fmt.Sprintf("e%d", i+1) || e.Mentions[0].Start < first || e.Origin.Rule == "" {
			t.Fatalf("entity %d is %q at %d after %d, by %q", i, e.ID, e.Mentions[0].Start, first, e.Origin.Rule)
		}
		first = e.Mentions[0].Start
		n += len(e.Mentions)
		for _, m := range e.Mentions {
			if m.Type != e.Type {
				t.Fatalf("%s %q has a mention of type %s", e.Type, e.Name, m.Type)
			}
		}
	}
	if n != len(ms) {
		t.Fatalf("%d mentions became %d", len(ms), n)
	}
}

func FuzzGroup(f *testing.F) {
	f.Add("[person Ann Quill] [person (Mr.) Quill] [organization OBC] [organization Orrin Bay Courier] [place Quill]")
	f.Add("[person A. B.] [person .] [organization Inc] [organization the Co.] [person \xff\xff x] [organization & &]")
	f.Fuzz(func(t *testing.T, marked string) {
		d, ms := parse(marked)
		kept := ms[:0]
		for _, m := range ms {
			if checks(d, m) {
				kept = append(kept, m)
			}
		}
		es := Group(d.Text, kept)
		check(t, d, kept, es)
		if a, b := show(d, es), show(d, Group(d.Text, kept)); a != b {
			t.Fatalf("the same mentions give\n%s and\n%s", a, b)
		}
	})
}

// checks reports whether a layer can contain m.
func checks(d *annotate.Doc, m annotate.Mention) bool {
	e := annotate.Entity{ID: "e", Mentions: []annotate.Mention{m}}
	return (&annotate.Layer{Entities: []annotate.Entity{e}}).Check(d.Text) == nil
}

// Every rule has its own explanation and a score, and occurs in the cases.
func TestRules(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("testdata/*.txtar")
	var all strings.Builder
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	if len(Rules()) != len(scores) {
		t.Fatalf("%d rules, %d rows of scores", len(Rules()), len(scores))
	}
	seen := map[string]bool{}
	for _, r := range Rules() {
		if r.Name == "" || !strings.HasSuffix(r.Says, ".") || seen[r.Name] || seen[r.Says] {
			t.Errorf("%+v: no name, no sentence or twice", r)
		}
		seen[r.Name], seen[r.Says] = true, true
		if !strings.Contains(all.String(), " | "+r.Name+" | ") {
			t.Errorf("no case of rule %s", r.Name)
		}
	}
}

func TestGender(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, title string
		want        en.Gender
	}{
		{"Marta Quill", "", en.Female}, {"Tom Ferris", "", en.Male}, {"Quill", "Mrs.", en.Female}, {"Ferris", "Mr", en.Male},
		{"Quill", "Sir", en.Male}, {"Ferris", "President", en.Unknown}, {"Zbrnko Quill", "", en.Unknown}, {"", "", en.Unknown},
		{"Mary", "", en.Female}, {"Marta Quill", "Mr.", en.Male},
	} {
		if got := genderOf(c.name, c.title); got != c.want {
			t.Errorf("%q, title %q: %v, want %v", c.name, c.title, got, c.want)
		}
	}
}

// Twenty thousand mentions of people with the same surname take linear time: this ends at once or
// not within the test's timeout.
func TestManyNamesakes(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 10000 {
		fmt.Fprintf(&text, "[person N%d Quill] [person Quill] [organization Quill N%d] [organization N%d Quill] ([organization Q%d]) ", i, i, i, i)
	}
	d, ms := parse(text.String())
	check(t, d, ms, Group(d.Text, ms))
}

func BenchmarkGroup(b *testing.B) {
	d, ms := parse(strings.Repeat("[person Marta Quill] told [organization Halden Media] that [person (Mr.) Ferris] left [place Orrin]. "+
		"[person Quill] and [person Tom Ferris] met [organization Halden] in [place Orrin]. ", 10))
	for b.Loop() {
		Group(d.Text, ms)
	}
	b.ReportMetric(float64(len(ms))*float64(b.N)/b.Elapsed().Seconds(), "mentions/s")
}
