package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
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
