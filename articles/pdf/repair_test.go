package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// packedPDF writes a document whose catalog and pages stand in a stream of objects.
func packedPDF(t testing.TB, text string) []byte {
	t.Helper()
	list := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 400 600] /Resources << /Font << /F 4 0 R >> >> >>",
		"<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>", "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"}
	pairs, all := "", ""
	for i, o := range list {
		pairs += fmt.Sprintf("%d %d ", i+1, len(all))
		all += o + " "
	}
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	if _, err := w.Write([]byte(pairs + all)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	content := "BT /F 10 Tf 40 500 Td (" + text + ") Tj ET"
	return fmt.Appendf(nil, "%%PDF-1.5\n5 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n6 0 obj\n<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"+
		"7 0 obj\n<< /Type /XRef /Size 8 /Root 1 0 R /W [1 2 2] /Length 3 >>\nstream\nbad\nendstream\nendobj\nstartxref\n9\n%%%%EOF\n", len(content), content, len(list), len(pairs), z.Len(), z.String())
}

func TestBroken(t *testing.T) {
	t.Parallel()
	whole := string(makePDF("", []shown{{40, 500, 10, "The quay of Halden is shut."}}))
	at := strings.Index(whole, "xref\n")
	said := regexp.MustCompile(`/Length \d+ `).FindString(whole)
	length := func(is string) string { return strings.Replace(whole, said, is, 1) }
	for name, data := range map[string]string{
		"bytes before":             "HTTP/1.0 200 OK\r\n\r\n" + whole,
		"a newer version":          strings.Replace(whole, "%PDF-1.4\n", "%PDF-2.0\n", 1),
		"a blank after it":         strings.Replace(whole, "%PDF-1.4\n", "%PDF-1.4 ", 1),
		"no table":                 whole[:at],
		"a torn table":             whole[:at+30],
		"no end":                   strings.TrimSuffix(whole, "%%EOF\n"),
		"bytes after the end":      whole + strings.Repeat("\x00", 300),
		"a table elsewhere":        strings.Replace(whole, "startxref\n", "startxref\n1", 1),
		"a table of wrong places":  whole[:at] + strings.ReplaceAll(whole[at:], "00000 n", "00001 n"),
		"objects moved":            strings.Replace(whole, "1 0 obj", "% moved by an editor\n1 0 obj", 1),
		"a size beyond all bounds": whole[:at] + strings.Replace(whole[at:], "/Size ", "/Size 99999999", 1),
		"pages without a count":    strings.Replace(whole, "/Count 1", "/Count 0", 1),
		"no length":                length(""),
		"a length of zero":         length("/Length 0 "),
		"a length beyond the end":  length("/Length 5200 "),
		"a length elsewhere":       length("/Length 4 0 R "),
		"objects in a stream":      string(packedPDF(t, "The quay of Halden is shut.")),
	} {
		s, err := internal(t.Context(), []byte(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if a, err := s.article(); err != nil || a.Text != "The quay of Halden is shut." {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
		if !Is([]byte(data)) {
			t.Errorf("%s: no document", name)
		}
	}
}

// What somebody filled into a form, or wrote on a page, is text of that page, where it stands.
func TestAnnotations(t *testing.T) {
	t.Parallel()
	data := string(makePDF("", []shown{{40, 500, 10, "Name of the ship"}, {40, 300, 10, "End of the form"}}))
	look := func(text, more string) string {
		content := "BT /F 10 Tf 2 2 Td (" + text + ") Tj ET"
		return fmt.Sprintf("<< /Type /XObject %s /BBox [0 0 100 20] /Resources << /Font << /F 3 0 R >> >> /Length %d >>\nstream\n%s\nendstream", more, len(content), content)
	}
	annots := "/Annots [" +
		"<< /Subtype /Widget /Rect [40 400 240 440] /AP << /N 20 0 R >> >> " +
		"<< /Subtype /Widget /Rect [40 350 140 370] /AS /On /AP << /N << /On 21 0 R /Off 22 0 R >> >> >> " +
		"<< /Subtype /FreeText /F 2 /Rect [40 330 140 350] /AP << /N 22 0 R >> >> " +
		"<< /Subtype /Popup /Rect [40 330 140 350] /AP << /N 22 0 R >> >> " +
		"<< /Subtype /FreeText /Rect [40 310 140 330] >> 7 ]"
	data = strings.Replace(data, "/Type /Page /Parent", annots+" /Type /Page /Parent", 1)
	data = strings.Replace(data, "xref\n", "20 0 obj\n"+look("Baleia of Porto", "/Subtype /Form")+"\nendobj\n21 0 obj\n"+look("Bound for Halden", "/Matrix [0 1 -1 0 0 0]")+
		"\nendobj\n22 0 obj\n"+look("Nobody sees this", "")+"\nendobj\nxref\n", 1)
	s, err := internal(t.Context(), rebuild([]byte(data)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range s.pages[0].lines {
		got = append(got, l.text)
	}
	if want := []string{"Name of the ship", "End of the form", "Baleia of Porto", "Bound for Halden"}; !slices.Equal(got, want) {
		t.Errorf("lines %q, want %q", got, want)
	}
	if l := s.pages[0].lines[2]; l.left != 44 || l.size() != 20 {
		t.Errorf("the first field begins at %v in letters of %v points, want 44 and 20", l.left, l.size())
	}
}

// A tree of pages that leads back to itself ends.
func TestEndlessPages(t *testing.T) {
	t.Parallel()
	data := makePDF("", []shown{{40, 500, 10, "The quay."}})
	data = bytes.Replace(data, []byte("/Kids [5 0 R ]"), []byte("/Kids [2 0 R 2 0 R 5 0 R ]"), 1)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if _, err := internal(ctx, data); err == errSlow {
		t.Error(err)
	}
}

func TestAuthors(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"ARRAY(0x2c7cf020)": "", "anonymous": "", "(anonymous)": "", "Unknown": "", "Microsoft Office User": "", "admin": "", " - ": "", "[object Object]": "", "Ann Lee": "Ann Lee", "Anonymous Was a Woman": "Anonymous Was a Woman", "Owner, Jan": "Owner, Jan"} {
		if got := authorOf(s); got != want {
			t.Errorf("%q is %q", s, got)
		}
	}
}

func FuzzRebuild(f *testing.F) {
	f.Add(makePDF("", []shown{{40, 500, 10, "The quay."}}))
	f.Add(packedPDF(f, "The quay."))
	f.Fuzz(func(t *testing.T, data []byte) {
		if again := rebuild(header(data)); again != nil && !bytes.HasSuffix(again, []byte("%%EOF\n")) {
			t.Error("it has no end")
		}
	})
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"D:20260309120000+01'00'": "2026-03-09T12:00:00+01:00", "D:20260309120000-05'30": "2026-03-09T12:00:00-05:30", "D:20260309120000Z": "2026-03-09T12:00:00Z", "D:20260309120000Z00'00'": "2026-03-09T12:00:00Z",
		"D:202603091200": "2026-03-09T12:00", "D:20260309": "2026-03-09", "D:202603": "2026-03", "D:2026": "2026", "20260309120000+01": "2026-03-09T12:00:00+01:00", "D:20260309120000'": "2026-03-09T12:00:00", "D:": "", "soon": "",
	} {
		if got := parseDate(in).String(); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}
