package uima

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/escape"
	"byline/annotate/format/records"
)

// writeXMI writes a CAS as XMI (UIMA 2 and 3). Offsets are UTF-16 code units. Readers
// need the types, which are in TypeSystem.xml next to it.
func writeXMI(w io.Writer, d *format.Document, _ format.Options) error {
	b := bufio.NewWriter(w)
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\"")
	prefixes := map[string]string{"uima.cas": "cas"}
	for _, t := range types {
		pkg := t.name[:strings.LastIndexByte(t.name, '.')]
		if prefixes[pkg] == "" {
			prefixes[pkg] = "t" + strconv.Itoa(len(prefixes))
			fmt.Fprintf(b, " xmlns:%s=\"http:///%s.ecore\"", prefixes[pkg], strings.ReplaceAll(pkg, ".", "/"))
		}
	}
	b.WriteString(" xmi:version=\"2.0\">\n<cas:NULL xmi:id=\"0\"/>\n")
	var sofa *structure
	n := eachStructure(d, func(s *structure) {
		if sofa == nil {
			sofa = s // which comes last
			return
		}
		writeStructure(b, prefixes, s)
	})
	writeStructure(b, prefixes, sofa)
	b.WriteString("<cas:View sofa=\"1\" members=\"")
	for id := 2; id <= n; id++ {
		fmt.Fprintf(b, "%s%d", strings.Repeat(" ", min(id-2, 1)), id)
	}
	b.WriteString("\"/>\n</xmi:XMI>\n")
	return b.Flush()
}

func writeStructure(b *bufio.Writer, prefixes map[string]string, s *structure) {
	dot := strings.LastIndexByte(s.typ, '.')
	fmt.Fprintf(b, "<%s:%s xmi:id=\"%d\"", prefixes[s.typ[:dot]], s.typ[dot+1:], s.id)
	if s.typ != typeSofa && s.typ != typeEntity && s.typ != typeCredit {
		b.WriteString(" sofa=\"1\"")
	}
	for i := range s.features {
		fmt.Fprintf(b, " %s=\"%s\"", s.features[i].name, escape.Attribute(s.features[i].words()))
	}
	b.WriteString("/>\n")
}

// newTypeSystem returns a writer of the description of the types, which is the same for all documents.
func newTypeSystem(w io.Writer, _ []byte) format.Writer { return typeSystem{w} }

type typeSystem struct{ to io.Writer }

func (w typeSystem) Write(*format.Document) error { return nil }

func (w typeSystem) Close() error {
	b := bufio.NewWriter(w.to)
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<types>\n")
	for _, t := range types {
		fmt.Fprintf(b, "<typeDescription>\n <name>%s</name>\n <description/>\n <supertypeName>%s</supertypeName>\n", t.name, t.super)
		if len(t.features) > 0 {
			b.WriteString(" <features>\n")
			for _, f := range t.features {
				fmt.Fprintf(b, "  <featureDescription><name>%s</name><description/><rangeTypeName>%s</rangeTypeName></featureDescription>\n", f[0], f[1])
			}
			b.WriteString(" </features>\n")
		}
		b.WriteString("</typeDescription>\n")
	}
	b.WriteString("</types>\n</typeSystemDescription>\n")
	return b.Flush()
}

// The limits of a file.
const (
	mostStructures = 5_000_000
	deepest        = 64 // levels of elements
)

// readXMI reads a CAS from XMI: names, coreference, and our own types. Other types are
// counted as lost.
func readXMI(in format.Input) ([]*format.Document, error) {
	all, err := xmiStructures(asXML10(io.LimitReader(in, records.Limit)))
	if err != nil {
		return nil, err
	}
	return documents(in.Name, all, in.Loss)
}

// asXML10 returns r with a declaration of version 1.0 if it is of 1.1, which package xml does not read. Files
// of INCEpTION differ from 1.0 in nothing but that.
func asXML10(r io.Reader) io.Reader {
	in := bufio.NewReader(r)
	head, _ := in.Peek(len(xml11)) // a shorter file is fine
	if string(head) != xml11 {
		return in
	}
	_, _ = in.Discard(len(xml11)) // it was there to peek at
	return io.MultiReader(strings.NewReader(xml10), in)
}

const (
	xml11 = `<?xml version="1.1"`
	xml10 = `<?xml version="1.0"`
)

// xmiStructures returns the elements below the root, and no more of each than its name
// and attributes.
func xmiStructures(r io.Reader) ([]readStructure, error) {
	dec := xml.NewDecoder(r)
	var all []readStructure
	depth := 0
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			depth++
			switch {
			case depth > deepest:
				return nil, errors.New("elements are nested too deep")
			case depth == 2 && len(all) == mostStructures:
				return nil, fmt.Errorf("more than %d feature structures", mostStructures)
			case depth == 2:
				all = append(all, xmiStructure(&t))
			}
		}
	}
	if len(all) == 0 {
		return nil, errors.New("it holds no feature structures")
	}
	return all, nil
}

// xmiStructure returns the feature structure that an element is.
func xmiStructure(e *xml.StartElement) readStructure {
	s := readStructure{typ: packageOf(e.Name.Space) + e.Name.Local, values: map[string]string{}}
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			s.id = a.Value
			continue
		}
		s.values[a.Name.Local] = a.Value
	}
	return s
}

// packageOf returns the package that a namespace of XMI stands for, with a dot at the
// end.
func packageOf(space string) string {
	p := strings.TrimSuffix(strings.TrimPrefix(space, "http:///"), ".ecore")
	return strings.ReplaceAll(p, "/", ".") + "."
}

func sniffXMI(head []byte) bool { return xmiHead.Match(head) }

var xmiHead = regexp.MustCompile(`<(?:\w+:)?XMI\s[^>]*http://www\.omg\.org/XMI`)
