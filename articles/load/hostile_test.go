package load

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"byline/articles"
	"byline/articles/clean/cleantest"
	"byline/articles/corpus"
)

// rich returns a file of each row that says all that its kind can say.
func rich(t *testing.T) map[string]string {
	const letter = "From: Ann Lee <ann@example.org>\nTo: b@example.org\nSubject: The sale\nMessage-Id: <one@example.org>\nList-Id: News <news.example.org>\nReply-To: Bo <bo@example.org>\nX-Mailer: m\nDate: Mon, 09 Mar 2026 10:30:00 +0000\n" +
		"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\nContent-Location: http://example.org/a\n\n<p>Marta Quill <a href=\"http://example.org/x\">left</a>.</p>" +
		"<img src=\"cid:p\" alt=\"A press\">\n--b\nContent-Type: image/png; name=p.png\nContent-Id: <p>\nContent-Disposition: attachment; filename=p.png\n\nx\n--b--\n"
	const page = `<!doctype html><html lang="en"><head><title>The sale – Courier</title><meta name="author" content="Ann Lee"><meta property="og:site_name" content="Courier"><meta property="article:section" content="Town">
<meta property="og:title" content="The sale"><link rel="canonical" href="http://example.org/sale"><link rel="alternate" type="application/rss+xml" title="News" href="http://example.org/feed">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"The sale","author":[{"@type":"Person","name":"Ann Lee"}],"publisher":{"name":"Courier"},"articleSection":"Town","inLanguage":"en","datePublished":"2026-03-09"}</script></head>
<body><article><h1>The sale</h1><p class="byline">By Ann Lee</p><p>Marta Quill <b>sold</b> the <a href="http://example.org/press" title="press">press</a> to Halden, and nobody knows why she did that in March.</p>
<figure><img src="http://example.org/p.png" alt="A press"><figcaption>The press</figcaption></figure><blockquote cite="http://example.org/q">It was time.<footer>Tom</footer></blockquote><table><tr><th>Year</th></tr><tr><td>1990</td></tr></table>
<ul><li>One</li></ul><pre><code class="language-go">code</code></pre><p>Marta Quill left the town by the evening ferry, as the harbour office said, and was not seen there again.</p></article></body></html>`
	const pdf = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n" +
		"4 0 obj\n<< /Length 55 >>\nstream\nBT /F1 12 Tf 72 700 Td (Marta Quill left Halden.) Tj ET\nendstream\nendobj\n5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n6 0 obj\n<< /Title (The sale) /Author (Ann Lee) /CreationDate (D:20260309) >>\nendobj\n" +
		"trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\n%%EOF\n"
	core := `<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The sale</dc:title><dc:creator>Ann Lee</dc:creator></cp:coreProperties>`
	return map[string]string{
		"plain":    "The sale\n\nMarta Quill left Halden.\n",
		"markdown": "---\ntitle: The sale\nauthor: Ann Lee\nsource: http://example.org/a\nsite: Courier\ndate: 2026-03-09\nlang: en\n---\n\n# The sale\n\n**Marta Quill** left [Halden](http://example.org/h \"town\"). ![A press](p.png \"t\") `code` [a][b]\n\n> It was time.\n\n- One\n\n| a | b |\n|---|---|\n| c | d |\n\n```go\ncode\n```\n\n<b>raw</b> &amp;\n\n[b]: http://example.org/b \"x\"\n",
		"html":     page,
		"epub": zipOf(t, "mimetype", "application/epub+zip", "META-INF/container.xml", `<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>`,
			"b.opf", `<package><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Mill</dc:title><dc:creator>Ann Lee</dc:creator><dc:publisher>Press</dc:publisher><dc:language>en</dc:language><dc:date>2024</dc:date></metadata><manifest><item id="n" href="nav.html" media-type="text/html" properties="nav"/><item id="a" href="a.html" media-type="text/html"/></manifest><spine><itemref idref="a"/></spine></package>`,
			"nav.html", `<nav><a href="a.html">The first</a></nav>`, "a.html", `<html><head><title>One</title></head><body><p>Marta Quill left.</p><img src="p.png" alt="A press"/></body></html>`),
		"docx": zipOf(t, "word/document.xml", `<w:document xmlns:w="w" xmlns:r="r"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>The sale</w:t></w:r></w:p><w:p><w:hyperlink r:id="rId1"><w:r><w:t>Marta Quill left.</w:t></w:r></w:hyperlink></w:p><w:p><w:drawing><wp:docPr xmlns:wp="p" descr="A press" name="p"/></w:drawing></w:p></w:body></w:document>`,
			"word/_rels/document.xml.rels", `<Relationships><Relationship Id="rId1" Target="http://example.org/x" TargetMode="External" Type="hyperlink"/></Relationships>`, "docProps/core.xml", core, "[Content_Types].xml", `<Types/>`),
		"odt": zipOf(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text><text:h text:outline-level="1">The sale</text:h><text:p>Marta <text:a xlink:href="http://example.org/x">Quill</text:a> left.</text:p></office:text></office:body></office:document-content>`,
			"meta.xml", `<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>The sale</dc:title><dc:creator>Ann Lee</dc:creator><dc:language>en</dc:language></office:meta></office:document-meta>`),
		"pdf":     pdf,
		"mailbox": "From a@example.org Mon Mar  9 10:30:00 2026\n" + letter,
		"email":   letter,
		"wiki":    `<mediawiki xml:lang="en"><siteinfo><sitename>Encyclopedia</sitename><base>http://example.org/wiki/Main</base></siteinfo><page><title>The sale</title><ns>0</ns><id>1</id><revision><timestamp>2026-03-09T00:00:00Z</timestamp><contributor><username>Ann</username></contributor><text>'''Marta Quill''' left [[Halden|the town]] [http://example.org/x for]. {{quote|It was time.|Tom}} [[File:P.png|thumb|A press]]</text></revision></page></mediawiki>`,
		"jsonl":   `{"id": "7", "title": "The sale", "text": "Marta Quill left Halden.", "author": "Ann Lee", "date": "2026-03-09", "source": "http://example.org/a", "site": "Courier"}` + "\n",
		"csv":     "id,title,text,author,date,source,site\n7,The sale,Marta Quill left Halden.,Ann Lee,2026-03-09,http://example.org/a,Courier\n",
		"tsv":     "id\ttitle\ttext\tauthor\tdate\tsource\tsite\n7\tThe sale\tMarta Quill left Halden.\tAnn Lee\t2026-03-09\thttp://example.org/a\tCourier\n",
	}
}

// Whatever stands before any word of a file, in whatever spelling, every string of the articles is fit for a terminal, and so is
// what is said where there are none. Only the source keeps the name of the file as it is.
func TestHostileSources(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("tries thousands of files")
	}
	files := rich(t)
	for i := range importers {
		row := &importers[i]
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			sample, ok := files[row.name]
			if !ok {
				t.Fatal("the test has no file of this kind: write one that says all that it can")
			}
			tried, read := 0, 0
			for data := range cleantest.Variants([]byte(sample)) {
				for a, err := range hostileArticles(t, row, data) {
					if tried++; err != nil {
						continue
					}
					read++
					for _, bad := range cleantest.Unclean(a) {
						t.Errorf("%s of %q", bad, around(data))
					}
				}
				if t.Failed() {
					break
				}
			}
			if read < 3 || read < tried/20 {
				t.Errorf("%d of %d variants were read: the test looks at nothing", read, tried)
			}
			t.Logf("%d of %d read", read, tried)
		})
	}
}

// hostileArticles reads data as a file of a row.
func hostileArticles(t *testing.T, row *importer, data []byte) func(func(*articles.Article, error) bool) {
	name := "a"
	if len(row.extensions) > 0 {
		name += row.extensions[0]
	}
	if row.format != articles.Record {
		return EachIn(t.Context(), bytes.NewReader(data), name)
	}
	return loadEach(Records(t.Context(), bytes.NewReader(data), name, row.name, corpus.Columns{}))
}

// around returns what is around the hostile words in data, for a message.
func around(data []byte) string {
	i := bytes.Index(data, []byte(cleantest.Mark))
	return strings.ToValidUTF8(fmt.Sprintf("%.60s", data[max(0, i-60):]), "?")
}
