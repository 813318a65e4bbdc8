package review

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"byline/annotate"
)

// Every verb of package annotate has a whole row, and its line in the package comment.
func TestVerbs(t *testing.T) {
	t.Parallel()
	all := declaredVerbs(t)
	if len(all) < 15 {
		t.Fatalf("%d verbs", len(all))
	}
	doc := comment(t)
	for _, name := range all {
		v, ok := verbs[name]
		switch {
		case !ok:
			t.Errorf("%s has no row", name)
		case v.idle == "":
			t.Errorf("%s does not tell why it has no effect", name)
		case v.edit != nil && (v.apply != nil || v.target != nil || v.question != ""):
			t.Errorf("%s speaks of a claim and of none", name)
		case v.edit == nil && (v.apply == nil || v.target == nil || v.say == nil):
			t.Errorf("%s lacks a part of its row", name)
		}
		if !strings.Contains(doc, "\t"+string(name)+" ") && !strings.Contains(doc, "\t"+string(name)+", ") && !strings.Contains(doc, ", "+string(name)+" ") {
			t.Errorf("%s is not in the package comment", name)
		}
	}
	if len(verbs) != len(all) {
		t.Errorf("%d rows for %d verbs", len(verbs), len(all))
	}
}

// What every verb writes is applied, told, written as a line and read again.
func TestEveryVerb(t *testing.T) {
	t.Parallel()
	quote, name, other := at(story, "“We sold the press,”", 0), at(story, "Tom Ferris", 0), at(story, "Marta Quill", 0)
	for _, v := range declaredVerbs(t) {
		s := sit(t, story, machine())
		e := Edit{Verb: v, Targets: []Target{{annotate.OfMention, name}}, To: other, Value: "weapon"}
		if verbs[v].question == theSpeaker || verbs[v].question == theCue {
			e.Targets = []Target{{annotate.OfQuote, quote}}
		}
		switch v { // of what they are about
		case annotate.Undo, annotate.Drop:
			s.do(s.on(annotate.Confirm, "Marta Quill", 0))
			e.Value = s.log[0].ID
		case annotate.Reopen:
			s.do(Edit{Verb: annotate.Done, Value: e.Value})
		case annotate.Redo:
			s.do(s.on(annotate.Confirm, "Marta Quill", 0))
			s.do(Edit{Verb: annotate.Undo})
		case annotate.Add:
			e.Targets[0].Span = at(story, "Monday", 0)
		}
		before := len(s.log)
		if s.do(e) == 0 {
			t.Errorf("%s decides nothing", v)
			continue
		}
		ds := s.log[before:]
		if !slices.ContainsFunc(ds, func(d annotate.Decision) bool { return d.Verb == v }) {
			t.Errorf("%s is written as %s", v, verbsOf(ds))
		}
		if said := s.shown.Say(ds); said == "" || strings.HasSuffix(said, ": "+string(v)+" ") {
			t.Errorf("%s is told as %q", v, said)
		}
		for _, d := range ds {
			line, err := Encode(d)
			if err != nil {
				t.Fatal(err)
			}
			if again, err := Decode(line); err != nil || !reflect.DeepEqual(again, d) {
				t.Errorf("%s comes back as %v, %v", line, again, err)
			}
		}
		if len(s.shown.Orphans)+len(s.shown.Conflicts) > 0 {
			t.Errorf("%s: orphans %v, conflicts %v", v, s.shown.Orphans, s.shown.Conflicts)
		}
	}
}

// declaredVerbs reads the verbs that package annotate declares.
func declaredVerbs(t *testing.T) (all []annotate.Verb) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "../decision.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if typ, ok := spec.Type.(*ast.Ident); !ok || typ.Name != "Verb" {
			return false
		}
		for _, v := range spec.Values {
			name, err := strconv.Unquote(v.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, annotate.Verb(name))
		}
		return false
	})
	return all
}

// comment is the comment of this package.
func comment(t *testing.T) string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	return f.Doc.Text()
}
