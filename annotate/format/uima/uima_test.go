package uima

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formattest"
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
