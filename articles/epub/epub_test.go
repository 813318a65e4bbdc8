package epub

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"byline/articles/archive"
)

func bound(t testing.TB, files ...string) *archive.Zip {
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
	box  = `<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`
	pack = `<package><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Mill</dc:title><dc:creator>Ann Lee</dc:creator><dc:creator>Bo Gray</dc:creator><dc:date>2024-05</dc:date></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="c2" href="two%20b.xhtml" media-type="application/xhtml+xml"/><item id="c1" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="cover"/><itemref idref="c1"/><itemref idref="c2"/><itemref idref="nobody"/></spine></package>`
	nav   = `<html><body><nav><ol><li><a href="one.xhtml#top">The <i>first</i></a></li></ol></nav></body></html>`
	cover = `<html><body><img src="c.jpg"/></body></html>`
)

func TestImport(t *testing.T) {
	t.Parallel()
	list, err := Import(t.Context(), bound(t, "META-INF/container.xml", box, "OEBPS/book.opf", pack, "OEBPS/nav.xhtml", nav, "OEBPS/cover.xhtml", cover,
		"OEBPS/one.xhtml", `<html><body><p>Marta Quill&nbsp;left.</p></body></html>`, "OEBPS/two b.xhtml", `<html><body><h2>After the sale</h2><p>Halden paid.</p></body></html>`))
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 {
		t.Fatalf("%d chapters", len(list))
	}
	a, b := list[0], list[1]
	if a.Title != "The first" || a.Author != "Ann Lee and Bo Gray" || a.Site != "The Mill" || a.Source != "#OEBPS/one.xhtml" || a.Date.String() != "2024-05" || a.Text != "Marta Quill\u00a0left." {
		t.Errorf("%+v", a)
	}
	if b.Title != "After the sale" || b.Source != "#OEBPS/two b.xhtml" {
		t.Errorf("%+v", b)
	}
	for _, x := range list {
		if err := x.Check(); err != nil {
			t.Error(err)
		}
	}
}

// What stands in formulas, controls, objects and drawings of a book is text.
func TestPages(t *testing.T) {
	t.Parallel()
	for page, want := range map[string]string{
		`<p>The share is <math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mi>a</mi><mi>b</mi></mfrac></math> of it.</p>`:                                                           "The share is a/b of it.",
		`<form><p>Who sold it?</p><button>Marta Quill</button><button>Jan Roth</button></form>`:                                                                                            "Who sold it?\n\nMarta Quill Jan Roth",
		`<p>Who?</p><select><option>Marta Quill</option><option>Jan Roth</option></select>`:                                                                                                "Who?\n\nMarta Quill Jan Roth",
		`<figure><object data="a.svg" type="image/svg+xml"><p>Marta Quill at her press.</p></object></figure>`:                                                                             "Marta Quill at her press.",
		`<p>One.</p><object data="b.svg"/><p>Two.</p>`:                                                                                                                                     "One.\n\nTwo.",
		`<svg xmlns="http://www.w3.org/2000/svg"><style>p{}</style><text x="1">Marta Quill</text><text>sold <tspan>the</tspan><tspan>press.</tspan></text><text>Halden paid.</text></svg>`: "Marta Quill\nsold the press.\n\nHalden paid.",
		`<p>One.</p><svg><text>Fig. 1</text></svg>`:                                                                                                                                        "One.",
	} {
		a, err := document(t.Context(), []byte("<html><body>"+page+"</body></html>"))
		if err != nil || a.Text != want || a.Check() != nil {
			t.Errorf("%s is %v, %v", page, a, err)
		}
	}
	drawing := strings.Replace(pack, `href="one.xhtml" media-type="application/xhtml+xml"`, `href="one.svg" media-type="image/svg+xml"`, 1)
	list, err := Import(t.Context(), bound(t, "META-INF/container.xml", box, "OEBPS/book.opf", drawing, "OEBPS/one.svg", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><text>Marta Quill left.</text></svg>`))
	if err != nil || len(list) != 1 || list[0].Text != "Marta Quill left." {
		t.Errorf("%v, %v", list, err)
	}
}

// A chapter that cannot be read does not take the others with it.
func TestTornChapter(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range [][2]string{{"META-INF/container.xml", box}, {"OEBPS/book.opf", pack}, {"OEBPS/one.xhtml", "<p>Marta Quill left, and nobody knows why she did.</p>"}, {"OEBPS/two b.xhtml", "<p>Halden paid.</p>"}} {
		to, err := w.CreateHeader(&zip.FileHeader{Name: f[0], Method: zip.Store})
		if err == nil {
			_, err = to.Write([]byte(f[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	z, err := archive.Open(bytes.Replace(b.Bytes(), []byte("Marta Quill left"), []byte("Marta Quill LEFT"), 1)) // its checksum is wrong
	if err != nil {
		t.Fatal(err)
	}
	list, err := Import(t.Context(), z)
	if err != nil || len(list) != 1 || list[0].Text != "Halden paid." || len(list[0].Warnings) != 1 {
		t.Errorf("%+v, %v", list, err)
	}
}

// A chapter is read once, however often the spine names it.
func TestChapterOnce(t *testing.T) {
	t.Parallel()
	many := strings.Replace(pack, `<itemref idref="c1"/>`, strings.Repeat(`<itemref idref="c1"/>`, 3000), 1)
	list, err := Import(t.Context(), bound(t, "META-INF/container.xml", box, "OEBPS/book.opf", many, "OEBPS/one.xhtml", "<p>Ann left.</p>", "OEBPS/two b.xhtml", "<p>Halden paid.</p>"))
	if err != nil || len(list) != 2 {
		t.Errorf("%d chapters, %v", len(list), err)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	if _, err := Import(t.Context(), bound(t, "META-INF/container.xml", box, "META-INF/rights.xml", "<r/>")); !errors.Is(err, errLocked) {
		t.Errorf("a locked book: %v", err)
	}
	if _, err := Import(t.Context(), bound(t, "META-INF/container.xml", box, "OEBPS/book.opf", pack, "OEBPS/cover.xhtml", cover)); !errors.Is(err, errNoText) {
		t.Errorf("a book of pictures: %v", err)
	}
	for _, files := range [][]string{{"x", "y"}, {"META-INF/container.xml", "<container/>"}, {"META-INF/container.xml", box}, {"META-INF/container.xml", "<"}} {
		if _, err := Import(t.Context(), bound(t, files...)); err == nil {
			t.Errorf("%q is a book", files)
		}
	}
}

func FuzzImport(f *testing.F) {
	f.Add(pack, nav, "<p>Ann left.</p>")
	f.Add(pack, nav, "<svg><text>a<tspan>b</text><object><button>c")
	f.Fuzz(func(t *testing.T, opf, toc, page string) {
		if len(opf)+len(toc)+len(page) > 8<<10 {
			return
		}
		list, err := Import(t.Context(), bound(t, "META-INF/container.xml", box, "OEBPS/book.opf", opf, "OEBPS/nav.xhtml", toc, "OEBPS/one.xhtml", page))
		if err != nil {
			return
		}
		for _, a := range list {
			if err := a.Check(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A book is dated as its package says: not by Calibre's mark for no date, and not by when its file was made.
func TestDate(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"<dc:date>2024</dc:date>": "2024", "<dc:date>2024-05-12</dc:date>": "2024-05-12", "<dc:date>2012-05-01T10:00:00+02:00</dc:date>": "2012-05-01T10:00:00+02:00", "<dc:date>2012-05-01T00:00:00+00:00</dc:date>": "2012-05-01",
		"<dc:date>0101-01-01T00:00:00+00:00</dc:date>": "", `<meta property="dcterms:issued">2024-05</meta>`: "2024-05", `<meta property="dcterms:modified">2024-05-12T10:00:00Z</meta>`: "", "": "",
	} {
		opf := strings.Replace(pack, "<dc:date>2024-05</dc:date>", said, 1)
		list, err := Import(t.Context(), bound(t, "META-INF/container.xml", box, "OEBPS/book.opf", opf, "OEBPS/one.xhtml", "<p>Ann left.</p>"))
		if err != nil || list[0].Date.String() != want {
			t.Errorf("%s: %v, %v", said, list, err)
		}
	}
}
