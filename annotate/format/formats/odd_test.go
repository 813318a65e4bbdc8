package formats

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"byline/annotate/format"
	"byline/articles"
)

const oddText = "Ann Lee 😀 met Bo Ek.\nDie EU war da."

// oddFiles are files as other programs have them when something went wrong, or that have several of what is one as a rule:
// each with the names and quotes that are read of each document, and all that is counted.
var oddFiles = []struct {
	name, format, file string
	want, counted      []string
}{
	{"events in a circle, IDs twice, offsets anywhere", "brat",
		"T1\tPerson 0 7\tAnn Lee\nT2\tMeet 10 13\tmet\nE1\tMeet:T2 Arg1:E2\nE2\tMeet:T2 Arg1:E1\n*\tEquiv T1 T99\nT1\tPerson 14 19\tBo Ek\nT3\tPerson 14 999\tBo Ek\n" +
			"T4\tPerson 8 9\t😀\nT5\tPerson 5 2\txx\nT6\tPerson 0 9999999999999999999999\tAnn\nbad line\n",
		[]string{"Ann Lee person, 😀 person, met meet, Bo Ek person"},
		[]string{"2 events: only mentions, entities and quotes are read", `3 lines that cannot be read, such as line 6: the id T1 is used twice`,
			"1 members of a group that are not in the file", "1 spans: moved to their words", "1 annotations: their words are not in the text"}},
	{"two views with a text, one without, chains in a circle", "xmi",
		`<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:t="http:///n.ecore" xmi:version="2.0">` +
			`<t:NamedEntity xmi:id="10" sofa="1" begin="0" end="7" value="PER"/><t:NamedEntity xmi:id="10" sofa="1" begin="15" end="20" value="PER"/><t:NamedEntity xmi:id="11" sofa="2" begin="4" end="6" value="ORG"/>` +
			`<t:NamedEntity xmi:id="12" sofa="1" begin="8" end="9" value="HALF"/><t:NamedEntity xmi:id="13" sofa="2" begin="4" end="9223372036854775807" value="ORG"/><t:NamedEntity xmi:id="14" sofa="9" begin="0" end="3" value="ORG"/>` +
			`<t:CoreferenceLink xmi:id="20" sofa="1" begin="0" end="7" next="21"/><t:CoreferenceLink xmi:id="21" sofa="1" begin="15" end="20" next="20"/><t:CoreferenceChain xmi:id="30" first="20"/><t:CoreferenceChain xmi:id="31" first="77"/>` +
			`<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="Ann Lee &#128512; met Bo Ek."/><cas:Sofa xmi:id="2" sofaID="v2" sofaString="Die EU war da."/><cas:Sofa xmi:id="9" sofaID="picture"/></xmi:XMI>`,
		[]string{"Ann Lee person, Bo Ek person", "EU organization"},
		[]string{"1 annotations of a view without a text", "1 chains of coreference without links", "1 annotations with the ID of another: what refers to it is about the first, such as 10", "2 annotations: their words are not in the text"}},
	{"what is no structure, a view that is not there, half an emoji", "casjson",
		`{"%TYPES":{},"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaString":"Ann Lee 😀 met"},{"%ID":2,"%TYPE":"x.NamedEntity","@sofa":1,"begin":0,"end":7,"value":"PER"},` +
			`{"%ID":3,"%TYPE":"x.NamedEntity","@sofa":1,"begin":8,"end":9},{"%ID":4,"%TYPE":"x.NamedEntity","@sofa":7,"begin":0,"end":3},9,null]}`,
		[]string{"Ann Lee person"},
		[]string{`2 feature structures that cannot be read, such as "9"`, "1 annotations of a view without a text", "1 annotations: their words are not in the text"}},
	{"pairs of surrogates, offsets far away", "webanno",
		"#FORMAT=WebAnno TSV 3.1\n#T_SP=x.NamedEntity|value\n\n\n#Text=\\ud83d\\ude00 met Bo\n1-1\t0-2\t\\ud83d\\ude00\tPER\t\n1-2\t3-6\tmet\t_\t\n1-3\t7-9\n\n#Text=\\ud83d\n2-1\t9223372036854775800-9223372036854775801\t\\ud83d\tX\t\n",
		[]string{"😀 person, � x"},
		[]string{`1 lines that cannot be read, such as line 8: "1-3 7-9" is not a token`, "1 sentences whose offsets do not follow on those before"}},
	{"pages after the first, three people, IDs twice", "w3c",
		`{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationCollection","first":{"type":"AnnotationPage","items":[` +
			`{"id":"a","type":"Annotation","creator":{"name":"u"},"body":{"value":"PER"},"target":{"source":"http://x/1","selector":{"type":"TextQuoteSelector","exact":"Ann Lee"}}},` +
			`{"id":"a","type":"Annotation","creator":{"name":"v"},"body":{"value":"PER"},"target":{"source":"http://x/1","selector":{"type":"TextPositionSelector","start":14,"end":19}}},7],` +
			`"next":{"type":"AnnotationPage","items":[{"type":"Annotation","creator":{"name":"w"},"body":{"value":"ORG"},"target":{"source":"http://x/1","selector":{"type":"TextQuoteSelector","exact":"EU"}}},` +
			`{"type":"Annotation","motivation":"linking","target":["a","zz"]},{"type":"Annotation","target":{"source":"http://x/1","selector":{"type":"TextPositionSelector","start":-4,"end":1e30}}}],"next":"http://x/page3"}}}`,
		[]string{"Ann Lee person", "Bo Ek person", "EU organization"},
		[]string{"1 elements that are no annotations", "1 pages of annotations that are not in the file", "1 annotations with the ID of another: what refers to it is about the first, such as a",
			"1 annotations: their words are not in the text", "1 links: an annotation is missing"}},
	{"a graph", "w3c",
		`{"@context":"http://www.w3.org/ns/anno.jsonld","@graph":[{"type":"Annotation","body":{"value":"PER"},"target":{"source":"http://x","selector":{"type":"TextQuoteSelector","exact":"Bo Ek"}}}]}`,
		[]string{"Bo Ek person"}, nil},
	{"tasks of two people, labels of none, what is no task", "labelstudio",
		`[{"id":1,"data":{"text":"Ann 😀 met Bo"},"meta":5,"annotations":[{"completed_by":{"email":"a@b.c"},"result":[{"id":"r","type":"labels","value":{"start":0,"end":3,"text":"Ann","labels":["PER"]}},` +
			`{"id":"s","type":"labels","value":{"start":5,"end":4,"labels":["X"]}},{"id":"e","type":"labels","value":{"start":0,"end":3,"labels":[]}}]},{"completed_by":3,"result":[{"id":"r","type":"labels","value":{"start":0,"end":3,"text":"Ann","labels":["ORG"]}}]}]},` +
			`{"id":2,"data":{"text":"Zwei"},"annotations":null},5]`,
		[]string{"Ann person", "Ann organization", "", "task 3: it is a number, not an object"}, nil},
	{"numbers for texts", "doccano", "{\"text\":5}\n{bad\n{\"text\":\"Two\",\"label\":[[0,3,\"PER\"],[0,9223372036854775807,\"X\"],[1]]}\n",
		[]string{"line 1: text is a number, not a string", "line 2: invalid character", "Two person"}, nil},
	{"sources without a text, codes twice", "refi",
		`<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Users><User guid="u1" name="u"/><User guid="u2" name="v"/></Users><CodeBook><Codes><Code guid="c1" name="person"/><Code guid="c1" name="org"/></Codes></CodeBook><Sources>` +
			`<TextSource guid="s1" name="one"><PlainTextContent>Ann Lee met</PlainTextContent><PlainTextSelection guid="x" startPosition="0" endPosition="7" creatingUser="u1"><Coding><CodeRef targetGUID="c1"/></Coding></PlainTextSelection>` +
			`<PlainTextSelection guid="x" startPosition="0" endPosition="3" creatingUser="u2"><Coding><CodeRef targetGUID="c1"/></Coding></PlainTextSelection><PlainTextSelection guid="y" startPosition="8" endPosition="999" creatingUser="u1"><Coding><CodeRef targetGUID="c1"/></Coding></PlainTextSelection></TextSource>` +
			`<TextSource guid="s2" name="two" plainTextPath="internal://none.txt"/><TextSource guid="s3" name="three"><PlainTextContent>Zwei EU</PlainTextContent><PlainTextSelection guid="q" startPosition="5" endPosition="7" creatingUser="u2"><Coding><CodeRef targetGUID="nope"/></Coding></PlainTextSelection></TextSource></Sources></Project>`,
		[]string{"Ann Lee person", `source "two": there is no sources/none.txt in it`, "EU other"},
		[]string{"1 codes with the GUID of another", "1 selections with the GUID of another", "1 annotations: their words are not in the text"}},
	{"several articles, tags in the middle, a line of one word", "conll",
		"-DOCSTART- -X- O O\n\nAnn NNP B-NP B-PER\nLee NNP I-NP I-PER\n\n-DOCSTART- -X- O O\n\nBo NNP O I-PER\nEk NNP O E-ORG\nxx\n",
		[]string{"Ann Lee person", "Bo person, Ek organization"},
		[]string{`1 lines that cannot be read: their token is read without a tag, such as line 10: "xx" is not a token with a tag`}},
	{"mentions that do not begin or end, in pieces, on nothing", "conllu",
		"# newdoc id = d\n# global.Entity = eid-etype-head-other\n# sent_id = 1\n# text = Ann and Bo met\n1\tAnn\t_\tX\t_\t_\t0\troot\t_\tEntity=(e1[1/2]-person-1-)(e7-org\n2\tand\t_\tX\t_\t_\t1\tdep\t_\tEntity=e9)\n" +
			"3\tBo\t_\tX\t_\t_\t1\tdep\t_\tEntity=(e1[2/2])\n3.1\t_\t_\tX\t_\t_\t_\t_\t_\tEntity=(e3-person-1-)\n4\tmet\t_\tX\t_\t_\t1\tdep\t_\tEntity=(e4--1-)|Bridge=e1<e4\n\n",
		[]string{"Ann person, met other"},
		[]string{"1 mentions without a start", "1 mentions without an end", "1 further parts of discontinuous mentions: a mention is one span", "1 mentions of words inside a token, or of none", "1 relations Bridge: only coreference is read"}},
	{"three articles, one of nothing", "tei",
		`<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><TEI><text><body><p><persName xml:id="a">Ann</persName> left <persName xml:id="a">Bo</persName></p></body></text></TEI><TEI><text><body><p><orgName>EU</orgName></p></body></text></TEI><TEI><text/></TEI></teiCorpus>`,
		[]string{"Ann person, Bo person", "EU organization", ""}, nil},
}

// A bad part of a file costs itself, and is counted; several documents, views and people are several.
func TestOddFiles(t *testing.T) {
	t.Parallel()
	for _, c := range oddFiles {
		t.Run(c.format+", "+c.name, func(t *testing.T) {
			t.Parallel()
			data := []byte(c.file)
			if c.format == "refi" {
				data = zipped(t, "project.qde", data)
			}
			if f := Sniff("odd"+Named(c.format).Extension, data[:min(len(data), format.SniffBytes)]); f == nil || f.Name != c.format {
				t.Errorf("it is taken for %+v", f)
			}
			loss := &format.Loss{}
			in := format.Input{Reader: bytes.NewReader(data), Name: "odd", Loss: loss, Open: func(name string) (io.ReadCloser, error) {
				if name != "odd.txt" {
					return nil, fs.ErrNotExist
				}
				return io.NopCloser(strings.NewReader(oddText)), nil
			}, Article: func(string, string) (*articles.Article, error) { return nil, fs.ErrNotExist }}
			var got []string
			for d, err := range Named(c.format).Read(in) {
				if err != nil {
					got = append(got, err.Error())
					continue
				}
				if err := d.Layer.Check(d.Text); err != nil {
					t.Fatal(err)
				}
				got = append(got, claimed(d))
			}
			if !slices.EqualFunc(got, c.want, func(a, b string) bool {
				return a == b || b != "" && strings.Contains(a, b) && strings.HasPrefix(a, "read ")
			}) {
				t.Errorf("%q, not %q", got, c.want)
			}
			for _, line := range c.counted {
				if !slices.Contains(loss.Lines(), line) {
					t.Errorf("%q is not counted; %q are", line, loss.Lines())
				}
			}
			if c.counted != nil && len(loss.Lines()) != len(c.counted) {
				t.Errorf("%q are counted, not %q", loss.Lines(), c.counted)
			}
		})
	}
}

// claimed lists the names in d with their types, and its quotes.
func claimed(d *format.Document) string {
	var out []string
	for c := range d.Layer.Claims() {
		what := "quote"
		if c.Entity != nil {
			what = string(c.Entity.Type)
		}
		out = append(out, fmt.Sprintf("%09d%s %s", c.Start, c.In(d.Text), what))
	}
	slices.Sort(out)
	for i := range out {
		out[i] = out[i][9:]
	}
	return strings.Join(out, ", ")
}

// zipped returns an archive of one file.
func zipped(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create(name)
	if err == nil {
		_, err = f.Write(data)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
