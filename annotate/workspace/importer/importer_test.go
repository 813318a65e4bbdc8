package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/annotate/library/db"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

// none is an engine that finds nothing.
type none struct{}

func (none) AnnotateContext(context.Context, string, []articles.Block) (*annotate.Layer, error) {
	return &annotate.Layer{}, nil
}
func (none) AnnotatePart(string, []articles.Block, articles.Span) *annotate.Layer {
	return &annotate.Layer{}
}
func (none) Version() string { return "none-1" }
func (none) Release()        {}

const text = "Marta Quill sold the press to Halden."

// imports imports files into w and returns the results and the errors.
func imports(t *testing.T, w *workspace.Workspace, by string, files ...string) (all []Imported, errs []error) {
	t.Helper()
	m := Importer{Workspace: w, By: by}
	err := m.Import(t.Context(), files, Reading{Stdin: strings.NewReader("")}, func(d Imported, err error) error {
		if err != nil {
			errs = append(errs, err)
			return nil
		}
		all = append(all, d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, errs
}

// Annotations find the article with their text, whatever its name, and importing twice changes
// nothing; a missing article is added; an error leaves the other files unaffected.
func TestImport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, data string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	lib, err := db.Open(t.Context(), filepath.Join(dir, "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lib.Close() })
	w := workspace.New(lib, none{}, workspace.Options{Who: "ann"})
	here, err := w.Add(t.Context(), &articles.Article{ID: articles.TextID(text), Title: "The press", Source: "press.txt", Format: articles.Plain, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	known := file("other-name.conll", "Marta B-PER\nQuill I-PER\nsold O\nthe O\npress O\nto O\nHalden B-ORG\n. O\n")
	fresh := file("news.doccano.jsonl", `{"text": "Tom Ferris left.", "label": [[0, 10, "PER"]]}`+"\n")
	broken := file("broken.bin", "\x00\x01\x02")
	all, errs := imports(t, w, "bo", known, broken, fresh)
	if len(all) != 2 || len(errs) != 1 {
		t.Fatalf("%+v, %v", all, errs)
	}
	if _, ok := errors.AsType[*FormatError](errs[0]); !ok {
		t.Error(errs[0])
	}
	if all[0].ID != here.ID || all[0].New == 0 || all[1].ID == here.ID || all[1].New == 0 {
		t.Errorf("%+v", all)
	}
	doc, err := w.Open(t.Context(), here.ID)
	if err != nil || len(doc.Layer.Entities) != 2 || doc.Log[0].Who != "bo" {
		t.Fatalf("%+v, %v", doc.Layer, err)
	}
	again, _ := imports(t, w, "bo", known, fresh)
	if len(again) != 2 || again[0].New+again[1].New != 0 || again[0].Known != all[0].New {
		t.Errorf("imported again: %+v", again)
	}
	if entries, err := lib.Entries(t.Context()); err != nil || len(entries) != 2 {
		t.Errorf("%d articles, %v", len(entries), err)
	}
}

// What people claim in a file is imported where its log does not have it, and once; an import of
// what was exported changes nothing.
func TestImportBesideLog(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	lib, err := db.Open(t.Context(), filepath.Join(dir, "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lib.Close() })
	w := workspace.New(lib, none{}, workspace.Options{Who: "ann"})
	const text = `Marta Quill said she sold the press. “It was time.”`
	here, err := w.Add(t.Context(), &articles.Article{ID: articles.TextID(text), Title: "The press", Source: "press.txt", Format: articles.Plain, Text: text, Blocks: []articles.Block{{Span: articles.Span{End: len(text)}}}})
	if err != nil {
		t.Fatal(err)
	}
	const claims = `{"id":"x","title":"The press","source":"press.txt","text":"Marta Quill said she sold the press. “It was time.”",
 "entities":[{"id":"e1","type":"person","name":"Marta Quill","origin":"human","score":1,
  "mentions":[{"start":0,"end":11,"text":"Marta Quill","form":"name","origin":"human","score":1}]}],
 "quotes":[{"start":37,"end":51,"text":"“It was time.”","type":"direct","speaker":"e1","speaker_mention":null,"cue":null,"origin":"human","score":1,"speakers":["e1"]}]%s}`
	for _, log := range []string{`,"log":[]`, `,"status":"reading","log":[]`, ""} {
		path := filepath.Join(dir, "claims.json")
		if err := os.WriteFile(path, fmt.Appendf(nil, claims, log), 0o600); err != nil {
			t.Fatal(err)
		}
		all, errs := imports(t, w, "", path)
		if len(all) != 1 || len(errs) != 0 {
			t.Fatalf("%+v, %v", all, errs)
		}
		if first := log == `,"log":[]`; first != (all[0].Beside > 0) || first != (all[0].New > 0) {
			t.Errorf("%q: %+v", log, all[0].ImportReport)
		}
	}
	doc, err := w.Open(t.Context(), here.ID)
	if err != nil || len(doc.Layer.Quotes) != 1 || doc.Layer.Quotes[0].Speaker == "" || doc.Log[0].Who != "claims" {
		t.Fatalf("%+v, %v", doc.Layer, err)
	}
	var b bytes.Buffer
	if err := formats.Named("json").WriteOne(&b, format.Options{}, &doc.Document); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "again.json")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if all, errs := imports(t, w, "", path); len(errs) != 0 || all[0].New != 0 || all[0].Beside != 0 || all[0].Known != len(doc.Log) {
		t.Errorf("imported again: %+v, %v", all, errs)
	}
}

// A quote whose speaker was changed in the file has that speaker afterwards, by a decision of
// whoever changed it; so has one that is left without. What people decided here prevails, and the
// clash is reported.
func TestImportOtherSpeaker(t *testing.T) {
	t.Parallel()
	const text = "Marta Quill and Tom Ferris sold the press. “It was time.”"
	people := []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: "Marta Quill"}, {ID: "e2", Type: annotate.Person, Name: "Tom Ferris"}}
	for i := range people {
		at := strings.Index(text, people[i].Name)
		people[i].Mentions = []annotate.Mention{{Span: articles.Span{Start: at, End: at + len(people[i].Name)}, Form: annotate.Name, Type: annotate.Person, Origin: annotate.Origin{Score: .9}}}
	}
	quote := articles.Span{Start: strings.Index(text, "“"), End: len(text)}
	machine := &annotate.Layer{Entities: people, Quotes: []*annotate.Quote{{Span: quote, Type: annotate.Direct, Speaker: "e1", Origin: annotate.Origin{Score: .6}}}}
	to := func(i int) articles.Span { return people[i].Mentions[0].Span }
	said := []review.Target{{Kind: annotate.OfQuote, Span: quote}}
	for _, c := range []struct {
		name    string
		here    review.Edit
		changed string // the speaker in the file
		want    string
		beside  int
		clashes int
	}{
		{"confirmed", review.Edit{Verb: annotate.Confirm, Targets: said}, `"e2"`, "e2", 1, 0},
		{"confirmed, taken away", review.Edit{Verb: annotate.Confirm, Targets: said}, `null`, "", 1, 0},
		{"confirmed, the same", review.Edit{Verb: annotate.Confirm, Targets: said}, `"e1"`, "e1", 0, 0},
		{"attributed", review.Edit{Verb: annotate.Attribute, Targets: said, To: to(1)}, `"e1"`, "e2", 1, 1},
		{"attributed, the same", review.Edit{Verb: annotate.Attribute, Targets: said, To: to(1)}, `"e2"`, "e2", 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			w, err := workspace.Open(t.Context(), filepath.Join(dir, "library.db"), fixed{layer: machine}, workspace.Options{Who: "ann"})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { w.Close(context.Background()) })
			a := &articles.Article{ID: articles.TextID(text), Title: "The press", Source: "press.txt", Format: articles.Plain, Text: text, Blocks: []articles.Block{{Span: articles.Span{End: len(text)}}}}
			if _, err := w.Add(t.Context(), a); err != nil {
				t.Fatal(err)
			}
			if _, _, err := w.Edit(t.Context(), a, c.here); err != nil {
				t.Fatal(err)
			}
			doc, err := w.Open(t.Context(), a.ID)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := formats.Named("json").WriteOne(&b, format.Options{}, &doc.Document); err != nil {
				t.Fatal(err)
			}
			was := `"speaker":"` + doc.Layer.Quotes[0].Speaker + `"`
			all := `"speakers":["` + doc.Layer.Quotes[0].Speaker + `"]`
			now := strings.Replace(strings.Replace(b.String(), was, `"speaker":`+c.changed, 1), all, `"speakers":[`+strings.Trim(c.changed, "nul")+`]`, 1)
			path := filepath.Join(dir, "ben.json")
			if err := os.WriteFile(path, []byte(now), 0o600); err != nil {
				t.Fatal(err)
			}
			for n := range 2 {
				got, errs := imports(t, w, "", path)
				if len(errs) > 0 || n == 0 && (got[0].Beside != c.beside || len(got[0].Clashes) != c.clashes) || n == 1 && got[0].New != 0 {
					t.Fatalf("import %d: %+v, %v", n, got, errs)
				}
				doc, err = w.Open(t.Context(), a.ID)
				if err != nil || doc.Layer.Quotes[0].Speaker != c.want || c.beside > 0 && doc.Log[len(doc.Log)-1].Who != "ben" {
					t.Errorf("import %d: %+v %v", n, doc.Layer.Quotes, err)
				}
			}
		})
	}
}

// An export with its log comes back as the same log, also where a quote is kept whose speaker's name was rejected: the file does not name
// that speaker, and nobody took the quote away from anybody.
func TestImportRejectedSpeaker(t *testing.T) {
	t.Parallel()
	const text = "Marta Quill and Tom Ferris sold the press. “It was time.”"
	people := []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: "Marta Quill"}, {ID: "e2", Type: annotate.Person, Name: "Tom Ferris"}}
	for i := range people {
		at := strings.Index(text, people[i].Name)
		people[i].Mentions = []annotate.Mention{{Span: articles.Span{Start: at, End: at + len(people[i].Name)}, Form: annotate.Name, Type: annotate.Person, Origin: annotate.Origin{Score: .9}}}
	}
	quote := articles.Span{Start: strings.Index(text, "“"), End: len(text)}
	said := []review.Target{{Kind: annotate.OfQuote, Span: quote}}
	mention := func(i int) []review.Target {
		return []review.Target{{Kind: annotate.OfMention, Span: people[i].Mentions[0].Span}}
	}
	for name, c := range map[string]struct {
		speakers []string
		edits    []review.Edit
	}{
		"confirmed":            {[]string{"e1"}, []review.Edit{{Verb: annotate.Reject, Targets: mention(0)}, {Verb: annotate.Confirm, Targets: said}}},
		"rejected afterwards":  {[]string{"e1"}, []review.Edit{{Verb: annotate.Confirm, Targets: said}, {Verb: annotate.Reject, Targets: mention(0)}}},
		"one of two speakers":  {[]string{"e1", "e2"}, []review.Edit{{Verb: annotate.Confirm, Targets: said}, {Verb: annotate.Reject, Targets: mention(0)}}},
		"attributed, rejected": {[]string{"e1"}, []review.Edit{{Verb: annotate.Attribute, Targets: said, To: people[1].Mentions[0].Span}, {Verb: annotate.Reject, Targets: mention(1)}}},
	} {
		q := &annotate.Quote{Span: quote, Type: annotate.Direct, Speaker: c.speakers[0], Also: c.speakers[1:], Origin: annotate.Origin{Score: .6}}
		machine := fixed{layer: &annotate.Layer{Entities: people, Quotes: []*annotate.Quote{q}}}
		dir := t.TempDir()
		open := func(file string) *workspace.Workspace {
			w, err := workspace.Open(t.Context(), filepath.Join(dir, file), machine, workspace.Options{Who: "ann"})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { w.Close(context.Background()) })
			return w
		}
		w := open("a.db")
		a := &articles.Article{ID: articles.TextID(text), Title: "The press", Source: "press.txt", Format: articles.Plain, Text: text, Blocks: []articles.Block{{Span: articles.Span{End: len(text)}}}}
		if _, err := w.Add(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		for _, e := range c.edits {
			if _, _, err := w.Edit(t.Context(), a, e); err != nil {
				t.Fatal(err)
			}
		}
		doc, err := w.Open(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := formats.Named("json").WriteOne(&b, format.Options{}, &doc.Document); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "export.json")
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, errs := imports(t, open("b.db"), "", path); len(errs) > 0 || got[0].New != len(doc.Log) || got[0].Beside != 0 {
			t.Errorf("%s: %+v %v, not %d new", name, got, errs, len(doc.Log))
		}
	}
}

// fixed is an engine that finds the same in every text.
type fixed struct {
	none
	layer *annotate.Layer
}

func (f fixed) AnnotateContext(context.Context, string, []articles.Block) (*annotate.Layer, error) {
	l := *f.layer
	return &l, nil
}

// Files of one folder are of one annotator, where they do not name any.
func TestImportFolder(t *testing.T) {
	t.Parallel()
	w, err := workspace.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"), none{}, workspace.Options{Who: "me"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close(context.WithoutCancel(t.Context())) })
	dir := filepath.Join(t.TempDir(), "ann")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for i, words := range []string{"Marta Quill sold the press to Halden.", "Ann Lee left Halden on Monday last."} {
		for ext, data := range map[string]string{".txt": words, ".ann": "T1\tPerson 0 5\t" + words[:5] + "\n"} {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i)+ext), []byte(data), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	all, errs := imports(t, w, "", dir)
	if len(errs) != 0 || len(all) != 2 {
		t.Fatalf("%d imported, %v", len(all), errs)
	}
	for _, in := range all {
		doc, err := w.Open(t.Context(), in.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(doc.Log) != 1 || doc.Log[0].Who != "ann" {
			t.Errorf("%+v", doc.Log)
		}
	}
}

// A folder of which nothing is read is not passed over in silence.
func TestImportFolderOfOtherFiles(t *testing.T) {
	t.Parallel()
	w, err := workspace.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"), none{}, workspace.Options{Who: "me"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close(context.WithoutCancel(t.Context())) })
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "out"), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if all, errs := imports(t, w, "", dir); len(all) != 0 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "name the files") {
		t.Errorf("a file without an ending: %d imported, %v", len(all), errs)
	}
}

// A label that a file brings holds no control characters once it is in the library, decided or suggested.
func TestImportHostileLabel(t *testing.T) {
	t.Parallel()
	for _, suggest := range []bool{false, true} {
		w, err := workspace.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"), none{}, workspace.Options{Who: "me"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = w.Close(context.WithoutCancel(t.Context())) })
		path := filepath.Join(t.TempDir(), "a.doccano.jsonl")
		if err := os.WriteFile(path, []byte(`{"id":1,"text":"Ann Lee left Halden.","entities":[{"id":1,"label":"\u001b]0;X\u0007evil","start_offset":0,"end_offset":7}],"relations":[]}`), 0o600); err != nil {
			t.Fatal(err)
		}
		m := Importer{Workspace: w, Suggest: suggest}
		err = m.Import(t.Context(), []string{path}, Reading{}, func(in Imported, err error) error {
			if err != nil {
				return err
			}
			doc, err := w.Open(t.Context(), in.ID)
			if err != nil {
				return err
			}
			if len(doc.Layer.Entities) != 1 {
				t.Fatalf("suggested %v: %d entities", suggest, len(doc.Layer.Entities))
			}
			if typ := string(doc.Layer.Entities[0].Type); strings.ContainsAny(typ, "\x1b\x07") || !strings.Contains(typ, "evil") {
				t.Errorf("suggested %v: %q", suggest, typ)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Labels that were imported are exported as they were spelled, in whatever format.
func TestImportedLabelsKeepTheirSpelling(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, data := range map[string]string{
		"a.txt": text, "a.ann": "T1\tPER 0 11\tMarta Quill\nT2\tGeoPolitical 30 36\tHalden\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lib, err := db.Open(t.Context(), filepath.Join(dir, "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lib.Close() })
	w := workspace.New(lib, none{}, workspace.Options{Who: "ann"})
	all, errs := imports(t, w, "ben", filepath.Join(dir, "a.ann"))
	if len(all) != 1 || errs != nil {
		t.Fatal(all, errs)
	}
	d, err := w.Open(t.Context(), all[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"brat", "conll", "conllu", "webanno", "xmi", "casjson", "labelstudio", "prodigy", "doccano", "tei", "csv", "w3c", "hypothesis"} {
		var b bytes.Buffer
		if err := formats.Named(name).WriteOne(&b, format.Options{}, &d.Document); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "GeoPolitical") {
			t.Errorf("%s has no GeoPolitical", name)
		}
		if name == "brat" && !strings.Contains(b.String(), "\tPER 0 11\t") {
			t.Errorf("%s: %s", name, b.String())
		}
	}
}
