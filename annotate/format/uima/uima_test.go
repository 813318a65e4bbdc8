package uima

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/articles"
)

// xmi returns a file with the text "Ann saw Bo. She left." and structures of DKPro's types,
// without any of ours.
func xmi(structures string) formattest.Folder {
	return formattest.Folder{"a.xmi": []byte(`<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" ` +
		`xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmlns:coref="http:///de/tudarmstadt/ukp/dkpro/core/api/coref/type.ecore">` +
		structures + `<cas:Sofa xmi:id="1" sofaString="Ann saw Bo. She left."/></xmi:XMI>`)}
}

// Chains written by other programs join names, and add mentions that have no annotation.
func TestChains(t *testing.T) {
	t.Parallel()
	files := xmi(`<ner:NamedEntity xmi:id="2" begin="0" end="3" value="PER"/><ner:NamedEntity xmi:id="3" begin="8" end="10" value="PER"/>` +
		`<coref:CoreferenceChain xmi:id="4" first="5"/><coref:CoreferenceLink xmi:id="5" begin="0" end="3" referenceType="NAM" next="6"/>` +
		`<coref:CoreferenceLink xmi:id="6" begin="12" end="15" referenceType="pronoun"/>`)
	d := files.Read(t, &XMI, &format.Loss{}, []string{"a.xmi"})[0]
	var got []string
	for _, e := range d.Layer.Entities {
		s := string(e.Type)
		for _, m := range e.Mentions {
			s += fmt.Sprintf(" %s (%s)", m.In(d.Text), m.Form)
		}
		got = append(got, s)
	}
	if want := []string{"person Ann (name) She (pronoun)", "person Bo (name)"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Reading a circular chain terminates.
func TestChainCircle(t *testing.T) {
	t.Parallel()
	files := xmi(`<coref:CoreferenceChain xmi:id="4" first="5"/><coref:CoreferenceLink xmi:id="5" begin="0" end="3" next="6"/>` +
		`<coref:CoreferenceLink xmi:id="6" begin="12" end="15" next="5"/>`)
	d := files.Read(t, &XMI, &format.Loss{}, []string{"a.xmi"})[0]
	if l := d.Layer; len(l.Entities) != 1 || len(l.Entities[0].Mentions) != 2 {
		t.Errorf("%+v", l.Entities)
	}
}

func TestXMILimits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, want string }{
		"deep":    {strings.Repeat("<a>", 100), "nested too deep"},
		"empty":   {`<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>`, "no feature structures"},
		"cut off": {"<a><b/>", "unexpected EOF"},
	} {
		for d, err := range XMI.Read(format.Input{Reader: strings.NewReader(c.file), Name: "a.xmi"}) {
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "read the CAS a.xmi: ") {
				t.Errorf("%s: %v, %v, want %s", name, d, err, c.want)
			}
		}
	}
}

// A view is a document of its own: what is marked in one does not lie over the text of the other.
func TestViews(t *testing.T) {
	t.Parallel()
	files := xmi(`<cas:Sofa xmi:id="9" sofaID="German" sofaString="Die EU war da."/><ner:NamedEntity xmi:id="2" sofa="1" begin="0" end="3" value="PER"/>` +
		`<ner:NamedEntity xmi:id="3" sofa="9" begin="4" end="6" value="ORG" identifier="Q458"/><ner:NamedEntity xmi:id="4" sofa="9" begin="4" end="4" value="ORG"/>` +
		`<cas:Sofa xmi:id="10" sofaString=""/><coref:Mood xmi:id="5" sofa="9" begin="7" end="10"/>`)
	loss := &format.Loss{}
	ds := files.Read(t, &XMI, loss, []string{"a.xmi"})
	if len(ds) != 2 || ds[0].ID == ds[1].ID {
		t.Fatalf("%d documents", len(ds))
	}
	german, english := ds[0], ds[1]
	if got := formattest.Claims(german); german.Text != "Die EU war da." || !slices.Equal(got, []string{"mention 4-6 organization"}) {
		t.Errorf("%q %q", german.Text, got)
	}
	if r := german.Layer.Remarks; len(r) != 1 || r[0].Text != "Q458" || !r[0].Tag {
		t.Errorf("remarks %+v", r)
	}
	if got := formattest.Claims(english); !slices.Equal(got, []string{"mention 0-3 person"}) {
		t.Errorf("%q", got)
	}
	want := []string{"1 names without words", "1 annotations of the type Mood: only names, coreference and quotes are read"}
	if got := loss.Lines(); !slices.Equal(got, want) {
		t.Errorf("lost %q", got)
	}
}

// Version 1.1 of XML, as INCEpTION writes it.
func TestXML11(t *testing.T) {
	t.Parallel()
	files := xmi(`<ner:NamedEntity xmi:id="2" begin="0" end="3" value="PER"/>`)
	files["a.xmi"] = append([]byte(`<?xml version="1.1" encoding="UTF-8"?>`), files["a.xmi"]...)
	if got := formattest.Claims(files.Read(t, &XMI, nil, []string{"a.xmi"})[0]); !slices.Equal(got, []string{"mention 0-3 person"}) {
		t.Errorf("%q", got)
	}
}

// In the text of WebAnno TSV only the backslash and control characters are escaped, as INCEpTION takes everything
// else as it stands; the layer of quotes is declared only where there are quotes.
func TestWebAnnoText(t *testing.T) {
	t.Parallel()
	const text = "Ann [sic] said; a_b * | -> c\\d.\tShe left."
	a := &articles.Article{ID: "a", Text: text}
	d := &format.Document{Article: a, Layer: &annotate.Layer{}}
	files, names := formattest.Write(t, &WebAnno, format.Options{}, d)
	file := string(files[names[0]])
	if !strings.Contains(file, "#Text=Ann [sic] said; a_b * | -> c\\\\d.\\t\n") || strings.Contains(file, webannoQuote) {
		t.Errorf("%s", file)
	}
	if back := files.Read(t, &WebAnno, nil, names)[0]; back.Text != text {
		t.Errorf("%q", back.Text)
	}
}

// Files of other programs: relations of coreference, layers that are not read, gaps between sentences, escapes by code.
func TestForeignWebAnno(t *testing.T) {
	t.Parallel()
	const file = "#FORMAT=WebAnno TSV 3.1\n#T_SP=webanno.custom.Referent|entity\n#T_RL=webanno.custom.Coref|type|BT_webanno.custom.Referent\n#T_RL=webanno.custom.Likes|BT_webanno.custom.Referent\n\n" +
		"#Text=Zo\\u00e9 left .\n1-1\t0-3\tZo\\u00e9\tperson[1]\tana\t2-1[2_1]\t2-1[2_1]\t\n1-2\t4-8\tleft\t_\t_\t_\t_\t\n1-3\t9-10\t.\t_\t_\t_\t_\t\n\n" +
		"#Text=Big She wept\n2-1\t11-14\tBig\tperson[2]\t_\t_\t_\t\n2-2\t15-18\tShe\tperson[2]\t_\t_\t_\t\n2-3\t19-23\twept\tplace\t_\t_\t_\t\n"
	loss := &format.Loss{}
	d := (formattest.Folder{"a.tsv": []byte(file)}).Read(t, &WebAnno, loss, []string{"a.tsv"})[0]
	if d.Text != "Zo\u00e9 left .\nBig She wept" || len(d.Layer.Entities) != 2 || len(d.Layer.Entities[0].Mentions) != 2 {
		t.Errorf("%q: %+v", d.Text, d.Layer.Entities)
	}
	if got := loss.Lines(); !slices.Equal(got, []string{"1 relations of the layer webanno.custom.Likes: only those of coreference are read"}) {
		t.Errorf("lost %q", got)
	}
}
