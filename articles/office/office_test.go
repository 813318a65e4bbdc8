package office

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"byline/articles"
	"byline/articles/archive"
)

func packed(t testing.TB, files ...string) *archive.Zip {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: files[i]}) // stored: a fuzz target makes thousands a second
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	z, err := archive.Open(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return z
}

const (
	wNS      = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	document = `<w:document ` + wNS + `><w:body>
<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>The press</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Marta </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Quill</w:t></w:r><w:del><w:r><w:delText>never</w:delText><w:t>never</w:t></w:r></w:del><w:ins><w:r><w:t xml:space="preserve"> sold</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:hyperlink r:id="r1"><w:r><w:t xml:space="preserve"> it</w:t></w:r></w:hyperlink><w:r><w:footnoteReference w:id="2"/></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>one</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>two</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Desk</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:pPr><w:pStyle w:val="Zitat"/></w:pPr><w:r><w:t>Not the paper.</w:t></w:r></w:p></w:body></w:document>`
	styles  = `<w:styles ` + wNS + `><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Zitat"><w:name w:val="Quote"/><w:basedOn w:val="Zitat"/></w:style></w:styles>`
	numbers = `<w:numbering ` + wNS + `><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="lowerRoman"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>`
	rels    = `<Relationships><Relationship Id="r1" Type="x/hyperlink" Target="https://x.example/a"/></Relationships>`
	foot    = `<w:footnotes ` + wNS + `><w:footnote w:id="2"><w:p><w:r><w:t>For a pound.</w:t></w:r></w:p></w:footnote></w:footnotes>`
	core    = `<c><title>The sale</title><creator>Ann Lee</creator></c>`
)

func shown(a *articles.Article) string {
	var b strings.Builder
	for _, k := range a.Blocks {
		fmt.Fprintf(&b, "%d %d %d %s|%s\n", k.Kind, k.Level, k.Quote, k.Marker, k.In(a.Text))
	}
	for _, i := range a.Inline {
		fmt.Fprintf(&b, "%d %s %s\n", i.Kind, i.In(a.Text), i.Target)
	}
	return b.String()
}

func TestDOCX(t *testing.T) {
	t.Parallel()
	a, err := DOCX(t.Context(), packed(t, "word/document.xml", document, "word/styles.xml", styles, "word/numbering.xml", numbers, "word/_rels/document.xml.rels", rels, "word/footnotes.xml", foot, "docProps/core.xml", core))
	if err != nil {
		t.Fatal(err)
	}
	want := "1 1 0 |The press\n0 0 0 |Marta Quill sold it[1]\n2 1 0 i.|one\n2 1 0 ii.|two\n4 0 0 |Desk  12\n0 0 1 |Not the paper.\n0 0 0 |[1] For a pound.\n1 Quill \n4  it https://x.example/a\n"
	if got := shown(a); got != want || a.Title != "The sale" || a.Author != "Ann Lee" || a.Format != articles.DOCX || a.Check() != nil {
		t.Errorf("%q by %q: %v\n%s", a.Title, a.Author, a.Check(), got)
	}
}

// The main part is where the relations of a document say, and so are the parts that it needs.
func TestOtherNames(t *testing.T) {
	t.Parallel()
	const kinds, top = `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`, `<Relationships><Relationship Id="r1" Type="http://x/relationships/officeDocument" Target="%s"/></Relationships>`
	const of = `<Relationships><Relationship Id="r1" Type="x/hyperlink" Target="https://x.example/a"/><Relationship Id="r2" Type="x/styles" Target="%s"/><Relationship Id="r3" Type="x/numbering" Target="numbers2.xml"/><Relationship Id="r4" Type="x/footnotes" Target="notes.xml"/></Relationships>`
	usual, err := DOCX(t.Context(), packed(t, "word/document.xml", document, "word/styles.xml", styles, "word/numbering.xml", numbers, "word/_rels/document.xml.rels", rels, "word/footnotes.xml", foot))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ main, target, styles, at string }{
		{"word/document2.xml", "word/document2.xml", "styles2.xml", "word/styles2.xml"}, {"word/document2.xml", "/word/document2.xml", "/word/styles2.xml", "word/styles2.xml"}, {"doc/text.xml", "doc/text.xml", "../s/s.xml", "s/s.xml"},
	} {
		dir, name, _ := strings.Cut(x.main, "/")
		z := packed(t, "[Content_Types].xml", kinds, "_rels/.rels", fmt.Sprintf(top, x.target), x.main, document, dir+"/_rels/"+name+".rels", fmt.Sprintf(of, x.styles), x.at, styles, dir+"/numbers2.xml", numbers, dir+"/notes.xml", foot)
		if !IsDOCX(z) {
			t.Errorf("%s: no document", x.main)
		}
		if a, err := DOCX(t.Context(), z); err != nil || shown(a) != shown(usual) {
			t.Errorf("%s: %v, %v", x.main, a, err)
		}
	}
	if IsDOCX(packed(t, "[Content_Types].xml", `<Types ContentType="spreadsheetml"/>`, "_rels/.rels", fmt.Sprintf(top, "xl/workbook.xml"), "xl/workbook.xml", "<x/>")) {
		t.Error("a sheet is a document")
	}
}

// What is not read is said: comments, deletions, text boxes. The text box of an older Word is read.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	word := `<document><body><p><r><t>The press</t></r><r><commentReference id="1"/></r><del><r><delText>and the yard</delText></r></del><r><commentReference id="2"/></r></p><p><r><t>It rained.</t></r><r><pict><shape><textbox><txbxContent><p><r><t>Sold on Monday.</t></r></p></txbxContent></textbox></shape></pict></r><r><t> All day.</t></r></p><tbl><tr><tc><p><r><t>Desk</t></r><r><pict><txbxContent><p><r><t>12</t></r></p></txbxContent></pict></r></p></tc></tr></tbl></body></document>`
	a, err := DOCX(t.Context(), packed(t, "word/document.xml", word))
	if err != nil {
		t.Fatal(err)
	}
	if want := "not read: 2 comments, 1 tracked deletion"; len(a.Warnings) != 1 || a.Warnings[0] != want || a.Text != "The press\n\nSold on Monday.\n\nIt rained. All day.\n\n12\n\nDesk" {
		t.Errorf("%q %q", a.Warnings, a.Text)
	}
	text := `<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><o:body><o:text><tracked-changes><changed-region><deletion><p>Gone.</p></deletion></changed-region></tracked-changes><p>The press<o:annotation><p>Really?</p></o:annotation></p><p><frame><text-box><p>Sold.</p></text-box></frame></p></o:text></o:body></o:document-content>`
	a, err = ODT(t.Context(), packed(t, "content.xml", text))
	if err != nil {
		t.Fatal(err)
	}
	if want := "not read: 1 comment, 1 tracked deletion, 1 text box"; len(a.Warnings) != 1 || a.Warnings[0] != want || a.Text != "The press" {
		t.Errorf("%q %q", a.Warnings, a.Text)
	}
}

func TestDropCaps(t *testing.T) {
	t.Parallel()
	p := func(frame, words string) string {
		return `<w:p><w:pPr>` + frame + `</w:pPr><w:r><w:t>` + words + `</w:t></w:r></w:p>`
	}
	for body, want := range map[string]string{
		p(`<w:framePr w:dropCap="drop" w:lines="3"/>`, "D") + p("", "rop caps are old."):      "0 0 0 |Drop caps are old.\n",
		p("", "One.") + p(`<w:framePr w:dropCap="margin"/>`, "“S") + p("", "old,” she said."): "0 0 0 |One.\n0 0 0 |“Sold,” she said.\n",
		p(`<w:framePr w:dropCap="none" w:w="10"/>`, "A box.") + p("", "Text."):                "0 0 0 |A box.\n0 0 0 |Text.\n",
		p(`<w:framePr w:dropCap="drop"/>`, "Q"):                                               "0 0 0 |Q\n",
	} {
		a, err := DOCX(t.Context(), packed(t, "word/document.xml", `<w:document `+wNS+`><w:body>`+body+`</w:body></w:document>`))
		if err != nil || shown(a) != want || a.Check() != nil {
			t.Errorf("%s: %v, %v", body, a, err)
		}
	}
}

const odtNS = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="t" xmlns:style="s" xmlns:fo="f" xmlns:table="b" xmlns:xlink="l"`

const odtContent = `<office:document-content ` + odtNS + `><office:automatic-styles><style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="H"><style:text-properties text:display="none"/></style:style>
<style:style style:name="P1" style:parent-style-name="Quotations"/><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style></office:automatic-styles>
<office:body><office:text><text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h text:outline-level="2">The  press</text:h>
<text:p>Marta<text:s text:c="2"/><text:span text:style-name="T1">Quill</text:span><text:span text:style-name="H">secret</text:span> <text:a xlink:href="https://x.example/a">sold</text:a> it<text:note><text:note-citation>9</text:note-citation><text:note-body><text:p>For a pound.</text:p></text:note-body></text:note>.</text:p>
<text:list text:style-name="L1"><text:list-item><text:p>one</text:p><text:p>more</text:p></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Desk</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>
<text:p text:style-name="P1">Not the paper.</text:p></office:text></office:body></office:document-content>`

func TestODT(t *testing.T) {
	t.Parallel()
	a, err := ODT(t.Context(), packed(t, "content.xml", odtContent))
	if err != nil {
		t.Fatal(err)
	}
	want := "1 2 0 |The press\n0 0 0 |Marta  Quill sold it[1].\n2 1 0 1.|one\n2 1 0 |more\n2 1 0 2.|two\n4 0 0 |Desk  12\n0 0 1 |Not the paper.\n0 0 0 |[1] For a pound.\n1 Quill \n4 sold https://x.example/a\n"
	if got := shown(a); got != want || a.Title != "The press" || a.Check() != nil {
		t.Errorf("%q: %v\n%s", a.Title, a.Check(), got)
	}
}

func TestPictures(t *testing.T) {
	t.Parallel()
	docx := `<w:document ` + wNS + ` xmlns:a="a" xmlns:wp="p" xmlns:r="r"><w:body><w:p><w:r><w:t>The quay.</w:t></w:r></w:p>
<w:p><w:r><w:drawing><wp:docPr descr="Six lamps"/><a:blip r:embed="r1"/></w:drawing></w:r></w:p>
<w:p><w:r><w:t>The yard.</w:t><w:drawing><wp:docPr/><a:blip r:link="r2"/></w:drawing></w:r></w:p></w:body></w:document>`
	rels := `<Relationships><Relationship Id="r1" Type="x/image" Target="media/image 1.png"/><Relationship Id="r2" Type="x/image" TargetMode="External" Target="https://x.example/b.png"/></Relationships>`
	odt := strings.Replace(odtContent, "Not the paper.", `Not<draw:frame xmlns:draw="d"><draw:image xlink:href="Pictures/1.png"/><text:p>caption</text:p></draw:frame> the paper.`, 1)
	a, err := DOCX(t.Context(), packed(t, "word/document.xml", docx, "word/_rels/document.xml.rels", rels))
	b, err2 := ODT(t.Context(), packed(t, "content.xml", odt))
	if err != nil || err2 != nil || a.Check() != nil || b.Check() != nil {
		t.Fatal(err, err2)
	}
	var got []string
	for _, a := range []*articles.Article{a, b} {
		for _, p := range a.Pictures {
			before := strings.Split(a.Text[:p.Start], "\n")
			got = append(got, before[len(before)-1], p.Address, p.Alt)
		}
	}
	if want := "The quay.|word/media/image%201.png|Six lamps|The yard.|https://x.example/b.png||Not the paper.|Pictures/1.png|"; strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", strings.Join(got, "|"), want)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	if _, err := ODT(t.Context(), packed(t, "content.xml", odtContent, "META-INF/manifest.xml", `<manifest:encryption-data/>`)); err == nil || !strings.Contains(err.Error(), "password") {
		t.Errorf("a locked document: %v", err)
	}
	if _, err := DOCX(t.Context(), packed(t, "word/document.xml", `<w:document `+wNS+`/>`)); !errors.Is(err, errNoText) {
		t.Errorf("an empty document: %v", err)
	}
	deep := strings.Repeat("<a>", 10_000)
	for _, z := range []*archive.Zip{packed(t, "x", "y"), packed(t, "word/document.xml", deep, "content.xml", deep)} {
		if _, err := DOCX(t.Context(), z); err == nil {
			t.Error("DOCX: no error")
		}
		if _, err := ODT(t.Context(), z); err == nil {
			t.Error("ODT: no error")
		}
	}
}

func FuzzDocuments(f *testing.F) {
	f.Add(document, styles, numbers)
	f.Add(odtContent, odtContent, "")
	f.Fuzz(func(t *testing.T, body, more, third string) {
		if len(body)+len(more)+len(third) > 8<<10 {
			return
		}
		z := packed(t, "word/document.xml", body, "content.xml", body, "styles.xml", more, "word/styles.xml", more, "word/numbering.xml", third, "word/footnotes.xml", third, "docProps/core.xml", third)
		for _, read := range []func(context.Context, *archive.Zip) (*articles.Article, error){DOCX, ODT} {
			if a, err := read(t.Context(), z); err == nil {
				if err := a.Check(); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
