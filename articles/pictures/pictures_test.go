package pictures_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byline/articles"
	"byline/articles/load"
	"byline/articles/pictures"
)

// packed returns an archive of files, by name and content.
func packed(t *testing.T, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
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
	return b.String()
}

const (
	lamps = "\x89PNG lamps"
	words = "<p>The harbour office of Orrin Bay put new lamps on the quay this week, and nobody in the old town is glad of it.</p>"
)

func dataURL() string {
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString([]byte(strings.Repeat(lamps, 40)))
}

// sources are files that hold an article with one picture, and files beside them.
func sources(t *testing.T) map[string]string {
	page := func(src string) string {
		return "<html><head><title>Lamps</title></head><body><h1>Lamps</h1>" + words + `<p><img alt="Lamps" src="` + src + `"></p>` + words + "</body></html>"
	}
	rels := `<Relationships><Relationship Id="r1" Type="x/image" Target="media/1.png"/></Relationships>`
	docx := `<w:document xmlns:w="w" xmlns:a="a" xmlns:r="r"><w:body><w:p><w:r><w:t>The quay.</w:t></w:r></w:p><w:p><w:r><w:drawing><a:blip r:embed="r1"/></w:drawing></w:r></w:p></w:body></w:document>`
	opf := `<package><metadata><title>Lamps</title></metadata><manifest><item id="c" href="text/one.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>`
	container := `<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`
	parts := func(head, address, where string) string {
		return head + "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n" + page(address) +
			"\r\n--b\r\nContent-Type: image/png\r\n" + where + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(lamps)) + "\r\n--b--\r\n"
	}
	return map[string]string{
		"img/lamps at night.png": lamps, "saved_files/1.png": lamps,
		"beside.md":    "# Lamps\n\n![](img/lamps%20at%20night.png)\n\nThe quay.\n",
		"written.md":   "# Lamps\n\n![](" + dataURL() + ")\n\nThe quay.\n",
		"saved.html":   strings.Replace(page("saved_files/1.png"), "<title>", `<link rel="canonical" href="https://example.org/lamps"><title>`, 1),
		"written.html": page(dataURL()),
		"a.docx":       packed(t, "word/document.xml", docx, "word/_rels/document.xml.rels", rels, "word/media/1.png", lamps),
		"a.epub": packed(t, "META-INF/container.xml", container, "OEBPS/book.opf", opf, "OEBPS/img/1.png", lamps,
			"OEBPS/text/one.xhtml", page("../img/1.png")),
		"written.epub": packed(t, "META-INF/container.xml", container, "OEBPS/book.opf", opf, "OEBPS/text/one.xhtml", page(dataURL())),
		"a.mhtml":      parts("Snapshot-Content-Location: https://example.org/lamps\r\n", "https://example.org/1.png", "Content-Location: https://example.org/1.png"),
		"a.eml":        parts("From: Ann <ann@example.org>\r\nSubject: Lamps\r\n", "cid:p1@example.org", "Content-ID: <p1@example.org>"),
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := sources(t)
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name := range files {
		if filepath.Ext(name) == ".png" {
			continue
		}
		for a, err := range load.Each(t.Context(), filepath.Join(dir, name)) {
			if err != nil || len(a.Pictures) != 1 || a.Check() != nil {
				t.Fatalf("%s: %v, %v", name, err, a)
			}
			want := lamps
			if strings.HasPrefix(name, "written") {
				want = strings.Repeat(lamps, 40)
			}
			got, err := pictures.Read(t.Context(), a.Source, a.Pictures[0])
			if err != nil || string(got) != want {
				t.Errorf("%s: %+v of %s: %q, %v", name, a.Pictures[0], a.Source, got, err)
			}
		}
	}
}

func TestNothingElseIsRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	source := filepath.Join(dir, "a.md")
	if err := os.WriteFile(source, []byte("The quay."), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, p := range []articles.Picture{
		{Address: source}, {Address: "/etc/passwd"}, {Address: "."}, {Address: ".."}, {Address: "none.png"}, {Address: ""}, {Address: "data:0011223344556677"},
		{Address: "cid:x"}, {Address: "/dev/zero"}, {Address: "file:///etc/passwd"},
	} {
		for _, s := range []string{source, source + "#part", "-", "https://example.org/a", filepath.Join(dir, "gone.md")} {
			if data, err := pictures.Read(t.Context(), s, p); err == nil || errors.Is(err, pictures.ErrRemote) {
				t.Errorf("%+v of %s: %q, %v", p, s, data, err)
			}
		}
	}
	_, err := pictures.Read(t.Context(), source, articles.Picture{Address: "https://example.org/a.png", Beside: "a_files/a.png"})
	if !errors.Is(err, pictures.ErrRemote) || err.Error() != "a.png: it is on the web, not on this disk" {
		t.Error(err)
	}
}
