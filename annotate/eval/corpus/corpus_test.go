package corpus

import (
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shown formats what was read: one line per document, then one per claim.
func shown(docs Docs) string {
	var b strings.Builder
	for d, err := range docs {
		if err != nil {
			fmt.Fprintf(&b, "! %v\n", err)
			continue
		}
		fmt.Fprintf(&b, "%s %04b %v\n", filepath.Base(d.Name), d.Has, d.Loose)
		if err := d.Gold.Check(d.Text); err != nil {
			fmt.Fprintf(&b, "! %v\n", err)
		}
		for _, e := range d.Gold.Entities {
			fmt.Fprintf(&b, " %s %s", e.ID, e.Type)
			for _, m := range e.Mentions {
				fmt.Fprintf(&b, " %s=%s", m.Form, m.In(d.Text))
			}
			b.WriteByte('\n')
		}
		if d.Tokens != nil && d.Tokens.Text != d.Text {
			fmt.Fprintf(&b, "! tokens of %q\n", d.Tokens.Text)
		}
		for _, q := range d.Gold.Quotes {
			fmt.Fprintf(&b, " %s %q by %q cue %q\n", q.Type, q.In(d.Text), q.Speaker, q.Cue.In(d.Text))
		}
		for _, s := range d.NonQuotes {
			fmt.Fprintf(&b, " no quote %s %s\n", s.In(d.Text), s.Kind)
		}
	}
	return b.String()
}

func TestRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, format, in, want string }{
		{"documents in IOB2", "", "-DOCSTART-\tO\n\nAnn\tB-PER\nQuill\tI-PER\nBo\tB-PER\nof\tO\nOrrin\tI-LOC\n\nX\tB-FOO\n\n-DOCSTART-\tO\n\nY\tI-ORG\nZ\tI-PER\n", `
x:3 0001 false
 n1 person name=Ann Quill
 n2 person name=Bo
 n3 place name=Orrin
x:13 0001 false
 n1 organization name=Y
 n2 person name=Z
`},
		{"sentences in columns, IOBES", "iob2", "Ann NNP B-PER\nQuill NNP E-PER\n\nBo NNP S-PER\n", `
x:1 0001 false
 n1 person name=Ann Quill
x:4 0001 false
 n1 person name=Bo
`},
		{"a line without a tag", "", "a\tO\nb\n", "\n! read x:2: \"b\" has no tag\n"},
		{"quotes", "", `{"id":"a","text":"Café Ann said “no” and “never” again. He thinks it.","quotes":[{"start":14,"end":36,"type":"mixed","speaker":{"start":5,"end":8,"text":"Ann"},"cue":{"start":9,"end":13}},{"start":48,"end":50,"type":"indirect","cue":{"start":41,"end":47}},{"start":0,"end":4,"type":"direct","speaker":{"start":null,"end":null,"text":"Bo_Ray-1"}}]}`, `
x:a 0100 true
 s1  nominal=Ann
 s2 
 direct "Café" by "s2" cue ""
 mixed "“no”" by "s1" cue "said"
 mixed "“never”" by "s1" cue "said"
`},
		{"quotes in typed marks", "", "{\"id\":\"a\",\"text\":\"Ann said ''it isn't'' and ``over.''\",\"quotes\":[{\"start\":9,\"end\":35,\"type\":\"mixed\",\"cue\":{\"start\":4,\"end\":8}}]}", `
x:a 0100 true
 mixed "''it isn't''" by "" cue "said"
 mixed "` + "``over.''" + `" by "" cue "said"
`},
		{"clusters", "", `{"id":"b","text":"Zoë Quill, mayor Quill","entities":[{"type":"PER","mentions":[{"start":11,"end":22,"named":true,"name_start":17,"name_end":22},{"start":0,"end":9,"named":true},{"start":11,"end":16,"named":false}]},{"type":"LOC","mentions":[{"start":0,"end":3,"named":true}]}]}`, `
x:b 0010 false
 e1 person name=Zoë Quill name=Quill
`},
		{"clusters without a text", "coref", `{"id":"c","entities":[{"types":["slot::x","type::person"],"mentions":[{"start":9,"end":14,"text":"Quill"},{"start":0,"end":3,"text":"Zoë"}]}]}`, `
x:c 10010 false
 e1 person name=Zoë name=Quill
`},
		{"byline's JSON", "", `{"id":"d","text":"No, said Bo","entities":[{"id":"e1","type":"person","name":"Bo","origin":"human","score":1,"mentions":[{"start":9,"end":11,"text":"Bo","form":"name","origin":"human","score":1}]}],"quotes":[{"start":0,"end":3,"text":"No,","type":"direct","speaker":"e1","speaker_mention":null,"cue":null,"origin":"machine","score":0.5}]}`, `
x:d 0111 false
 e1 person name=Bo
 direct "No," by "e1" cue ""
`},
		{"newsroom", "", `{"id":"e","text":"Zoë Quill, “Quill”, read “It.” “No,” said Zoë. “Why?”","entities":[{"id":"e1","type":"PER","name":"Zoë Quill","mentions":[{"start":0,"end":9,"text":"Zoë Quill"},{"start":42,"end":45,"text":"Zoë"}]},{"id":"e2","type":"MISC","name":"It","mentions":[{"start":26,"end":28,"text":"It"}]}],"quotes":[{"start":11,"end":18,"text":"“Quill”","kind":"scare"},{"start":25,"end":30,"kind":"title"},{"start":31,"end":36,"kind":"speech","speaker":"e1"},{"start":47,"end":53,"kind":"speech","speaker":null}]}`, `
x:e 1011 false
 e1 person name=Zoë Quill name=Zoë
 e2 other name=It
 direct "“No,”" by "e1" cue ""
 direct "“Why?”" by "" cue ""
 no quote “Quill” scare
 no quote “It.” title
`},
		{"newsroom in tokens", "", `{"id":"f","text":"In Bo , Ann 's .\nOrrin , too .","entities":[{"id":"e1","type":"LOC","name":"Bo","mentions":[{"start":3,"end":5,"text":"Bo"}]}],"quotes":[]}`, `
x:f 0001 false
 e1 place name=Bo
`},
		{"newsroom with slips", "newsroom", `{"text":"Bo","entities":[],"quotes":[]}
{"text":"Bo","entities":[{"id":"e1","type":"FOO","mentions":[]}],"quotes":[]}
{"text":"Bo","entities":[{"id":"e1","type":"PER","mentions":[{"start":0,"end":3}]}],"quotes":[]}
{"text":"Bo","entities":[],"quotes":[{"start":0,"end":2,"kind":"song"}]}
{"text":"Bo","entities":[],"quotes":[{"start":0,"end":2,"kind":"speech","speaker":"e1"}]}
`, `
x:1 1011 false
! read x:2: entities[0]: there is no type "FOO"
! read x:3: entities[0]: mentions[0]: from 0 to 3 is not a span of a text of 2 code points
! read x:4: quotes[0]: there is no kind "song"
! read x:5: quotes[0]: there is no entity "e1"
`},
		{"a list of it", "", `[{"id":"d","text":"No","entities":[]}, {"id":"","text":"No","quotes":[]}]`, "\nx:d 0011 false\nx:2 0100 false\n"},
		{"one that is broken between two", "", "{\"text\":\"a\",\"quotes\":[]}\n{\n{\"text\":\"a\",\"quotes\":[]}\n", "\nx:1 0100 true\n! read x:2: unexpected end of JSON input\nx:3 0100 true\n"},
		{"lines of something else", "", "{\"text\":\"a\"}\n{\"text\":\"a\"}\n", "\n! read x:1: " + errUnknown.Error() + "\n"},
		{"inline", "", "-- about --\nmanner: wire\nmarks: british\ntitle: A\n-- entities --\nq person Quill\n-- text --\n[q|Quill]: {q|‘No.’} {!|‘X’}\n", `
x 1111 false
 q person name=Quill
 direct "‘No.’" by "q" cue ""
 no quote ‘X’ 
`},
		{"inline with a slip", "", "-- about --\n-- text --\n{q|x\n", "\n! read x:1: no section \"entities\" (and 4 more; annotate/eval/gold/check lists them)\n"},
		{"no format", "xml", "<x/>", "\n! read x: there is no format \"xml\"; take iob2, json, gold, brat, coref, quotes, newsroom\n"},
	} {
		if got := "\n" + shown(Read("x", strings.NewReader(c.in), c.format)); got != c.want {
			t.Errorf("%s: got%swant%s", c.name, got, c.want)
		}
	}
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestBrat(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"a.txt": "Zoë Quill: “No,” she said.\nZoë\nQuill left.",
		"a.ann": "R1\tSpeaker Arg1:T3 Arg2:T2\nT1\tPerson 0 9\tZoë Quill\nT2\tPER 17 20\tshe\nA1\tForm T2 pronoun\nT3\tQuote 11 16\t“No,”\nT4\tCue 21 25\tsaid\nR2\tCue Arg1:T3 Arg2:T4\nT5\tPerson 27 30;31 36\tZoë Quill\n*\tCoref T1 T2 T5\n#1\tAnnotatorNotes T1\tx\nE1\tSay:T4\nR3\tX Arg1:E1 Arg2:T1\n",
		"b.txt": "Quill", "b.ann": "T1\tPerson 0 4\tQuill\n",
		"c.txt": "Quill", "c.ann": "T1\tPerson 0 5\tQuill\n*\tCoref T1 T9\n",
		"d.txt": "Quill", "d.ann": "T1\tORG 0 5\tQuill\n",
	})
	for name, want := range map[string]string{
		"a.ann": "a.ann 0111 false\n T1 person name=Zoë Quill pronoun=she name=Zoë\nQuill\n direct \"“No,”\" by \"T1\" cue \"said\"\n",
		"b.ann": "! read " + dir + "/b.ann:1: T1: the text has \"Quil\" there, not \"Quill\"\n",
		"c.txt": "! read " + dir + "/c.ann:2: there is no T9\n",
		"d.txt": "d.ann 0001 false\n T1 organization name=Quill\n",
	} {
		if got := shown(File(filepath.Join(dir, name), "")); got != want {
			t.Errorf("%s: got\n%swant\n%s", name, got, want)
		}
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, map[string]string{"b.iob2": "a\tO\n", "notes.txt": "x", "a.txtar": "", "d.ann": ""})
	f, err := os.Create(filepath.Join(dir, "c.iob2.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	fmt.Fprint(z, "Ann\tB-PER\n")
	z.Close()
	f.Close()
	files, err := Files(dir)
	var names []string
	for _, f := range files {
		names = append(names, filepath.Base(f))
	}
	if got := strings.Join(names, " "); got != "a.txtar b.iob2 c.iob2.gz d.ann" || err != nil {
		t.Error(got, err)
	}
	if got := shown(File(filepath.Join(dir, "c.iob2.gz"), "")); got != "c.iob2.gz:1 0001 false\n n1 person name=Ann\n" {
		t.Error(got)
	}
	if got := shown(File(filepath.Join(dir, "none.iob2"), "")); got != "! read "+dir+"/none.iob2: no such file or directory\n" {
		t.Error(got)
	}
	if _, err := Files(filepath.Join(dir, "none")); err == nil {
		t.Error("no error of a name that leads nowhere")
	}
}

// Sentences on lines of their own become a paragraph; offsets are unchanged.
func TestUnwrapped(t *testing.T) {
	t.Parallel()
	if got := unwrapText("A b .\nC d ?\nE f .\nG\nh .\n"); strings.Contains(got, "\n") {
		t.Errorf("%q", got)
	}
	if s := "A b.\n\nC d.\n\nE.\n"; unwrapText(s) != s {
		t.Error("a text of paragraphs is changed")
	}
}

// Reading ends for any bytes, and yields valid layers.
func FuzzRead(f *testing.F) {
	f.Add(`{"text":"ab","quotes":[{"start":0,"end":1,"type":"mixed"}]}`, "lines")
	f.Add(`{"entities":[{"type":"PER","mentions":[{"start":3,"end":4,"text":"a"}]}]}`, "coref")
	f.Add("a\tB-PER\n\nb\tI-PER\n", "iob2")
	f.Fuzz(func(t *testing.T, in, format string) {
		for d, err := range Read("x", strings.NewReader(in), format) {
			if err != nil {
				continue
			}
			if err := d.Gold.Check(d.Text); err != nil {
				t.Error(err)
			}
			return
		}
	})
}

// Documents are chosen by their place, that of a broken one included.
func TestPart(t *testing.T) {
	t.Parallel()
	const in = "{\"text\":\"a\",\"quotes\":[]}\n{\n{\"text\":\"a\",\"quotes\":[]}\n{\"text\":\"a\",\"quotes\":[]}\n{\"text\":\"a\",\"quotes\":[]}\n"
	for part, want := range map[string]string{
		"2/2":   "! read x:2: unexpected end of JSON input\nx:4 0100 true\n",
		"1/3":   "x:1 0100 true\nx:4 0100 true\n",
		"2-3/3": "! read x:2: unexpected end of JSON input\nx:3 0100 true\nx:5 0100 true\n",
		"9/9":   "",
	} {
		p, err := ParsePart(part)
		if got := shown(p.Choose(Read("x", strings.NewReader(in), ""))); got != want || err != nil {
			t.Errorf("%s: got\n%swant\n%s%v", part, got, want, err)
		}
	}
	for _, part := range []string{"", "3", "0/2", "3/2", "3-2/5", "1-6/5", "x/y"} {
		if p, err := ParsePart(part); err == nil {
			t.Errorf("%q is %v", part, p)
		}
	}
}
