package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"byline/articles"
)

// TestMain also serves as the process of a reader, if it is started as one.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "serve" {
		if err := serve(context.Background(), os.Stdin, os.Stdout, 512<<20); err != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// A shown is text at a position on a page, from the left and the bottom.
type shown struct {
	x, y, size int
	text       string
}

// makePDF writes a PDF document with a font of Latin letters.
func makePDF(info string, pages ...[]shown) []byte {
	var b bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), fmt.Sprintf(format, args...))
	}
	b.WriteString("%PDF-1.4\n")
	kids := ""
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", 5+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 400 600] /Resources << /Font << /F 3 0 R >> >> >>", kids, len(pages))
	widths := strings.Repeat("500 ", 224)
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 /Widths [%s] >>", widths)
	object("<< %s >>", info)
	for i, p := range pages {
		content := ""
		for _, s := range p {
			content += fmt.Sprintf("BT /F %d Tf %d %d Td (%s) Tj ET\n", s.size, s.x, s.y, s.text)
		}
		object("<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>", 6+2*i)
		object("<< /Length %d >>\nstream\n%s\nendstream", len(content), content)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, off := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// paper is a story on three pages with running heads, feet, and a word hyphenated across two.
func paper() []byte {
	head := func(n int) []shown { return []shown{{40, 570, 8, "The Wire, March 2026"}, {190, 20, 8, fmt.Sprint(n)}} }
	return makePDF("/Title (A strike in Halden) /Author (Ann Lee) /CreationDate (D:20260309120000+01'00')",
		append(head(1),
			shown{40, 520, 20, "A strike in Halden"},
			shown{40, 480, 10, "The harbour of Halden stood still on Monday, and the mana-"},
			shown{40, 468, 10, "gers of the well-known yard said nothing. The workers say"},
			shown{40, 456, 10, "that they will go on for a second week."},
			shown{52, 444, 10, "\\223We have no choice,\\224 said Bo Green, who has been at the"},
			shown{40, 432, 10, "yard for twenty years and more than any other"}),
		append(head(2),
			shown{40, 540, 10, "man there can say, and who leads the union of the well-"},
			shown{40, 528, 10, "known yard since 2019."},
			shown{40, 480, 14, "What comes next"},
			shown{40, 460, 10, "Nobody knows."}),
		append(head(3), shown{40, 540, 10, "The end of the story is on this page."}))
}

func TestPaper(t *testing.T) {
	t.Parallel()
	const want = `1# A strike in Halden|The harbour of Halden stood still on Monday, and the managers of the well-known yard said nothing. ` +
		`The workers say that they will go on for a second week.|“We have no choice,” said Bo Green, who has been at the yard for twenty years and ` +
		`more than any other man there can say, and who leads the union of the well-known yard since 2019.|2# What comes next|Nobody knows.|The end of the story is on this page.`
	readers := map[string]func(context.Context, []byte) (*document, error){"internal": internal}
	if _, err := exec.LookPath("pdftotext"); err == nil {
		readers["external"] = readExternal
	}
	for name, read := range readers {
		s, err := read(t.Context(), paper())
		if err != nil || s == nil {
			t.Fatal(name, err)
		}
		a, err := s.article()
		if err != nil {
			t.Fatal(name, err)
		}
		var got []string
		for _, b := range a.Blocks {
			mark := ""
			if b.Kind == articles.Heading {
				mark = fmt.Sprint(b.Level, "# ")
			}
			got = append(got, mark+b.In(a.Text))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s reads\n%s, want\n%s", name, strings.Join(got, "|"), want)
		}
		if a.Title != "A strike in Halden" || name == "internal" && (a.Author != "Ann Lee" || a.Date.String() != "2026-03-09T12:00:00+01:00") {
			t.Errorf("%s: %q by %q, %v", name, a.Title, a.Author, a.Date)
		}
		if err := a.Check(); err != nil {
			t.Error(name, err)
		}
	}
}

func TestTitles(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{"Microsoft Word - strike.docx": "", " A \n strike ": "A   strike", "untitled": ""} {
		if got := titleOf(title); got != want {
			t.Errorf("%q is %q", title, got)
		}
	}
}

// TestNothingThere reads documents without anything to read.
// textOf returns the text of the article in a document, or its error.
func textOf(s *document) string {
	a, err := s.article()
	if err != nil {
		return err.Error()
	}
	return a.Text
}

// Text that is turned reads as its reader holds the page, whether letters are shown one by one or in lines.
func TestTurned(t *testing.T) {
	t.Parallel()
	for name, matrix := range map[string]string{"up": "0 1 -1 0 100 40", "down": "0 -1 1 0 300 560", "over": "-1 0 0 -1 380 560"} {
		src := string(makePDF("/Title (Turned)", []shown{{0, 0, 12, "MARK"}}))
		lines := "BT /F 12 Tf " + matrix + " Tm [(The quay is sh) 20 (ut, says) -500 (Marta)] TJ 0 -14 Td (Quill, and stays shut.) Tj ET"
		i := strings.Index(src, "BT /F 12")
		j := i + strings.Index(src[i:], "ET\n")
		data := []byte(src[:i] + lines + src[j+2:])
		for reader, read := range map[string]func(context.Context, []byte) (*document, error){"in Go": internal, "pdftotext": readExternal} {
			s, err := read(t.Context(), data)
			if s == nil && err == nil {
				continue // there is no such program
			}
			if err != nil {
				t.Errorf("%s, %s: %v", name, reader, err)
				continue
			}
			got := textOf(s)
			if name == "over" && reader == "pdftotext" { // which tells where words are, not that they are upside down
				got = strings.ReplaceAll(got, "\n\n", " ")
			}
			if got != "The quay is shut, says Marta Quill, and stays shut." {
				t.Errorf("%s, %s: %q", name, reader, got)
			}
		}
	}
}

// A booklet whose pages all say the same has text; a page of nothing but heads adds none.
func TestBooklet(t *testing.T) {
	t.Parallel()
	card := []shown{{40, 500, 12, "The quay is shut."}, {40, 300, 12, "Ask Marta Quill."}, {190, 20, 8, "1"}}
	s, err := internal(t.Context(), makePDF("", card, card, card))
	if err != nil {
		t.Fatal(err)
	}
	if got := textOf(s); got != "The quay is shut.\n\nAsk Marta Quill." {
		t.Errorf("%q", got)
	}
	head := []shown{{40, 570, 8, "The Wire, March 2026"}}
	text := append([]shown{{40, 300, 12, "It rained all day."}}, head...)
	s, err = internal(t.Context(), makePDF("", text, head))
	if err != nil {
		t.Fatal(err)
	}
	if got := textOf(s); got != "It rained all day." {
		t.Errorf("%q", got)
	}
}

func TestNothingThere(t *testing.T) {
	t.Parallel()
	whole := paper()
	for name, data := range map[string][]byte{
		"no text":  makePDF("", []shown{}),
		"cut":      whole[:len(whole)/3],
		"no pages": makePDF(""),
		"noise":    append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("\x00<<>>[(/"), 3000)...),
	} {
		if a, err := Import(t.Context(), data); err == nil {
			t.Errorf("%s: %+v", name, a)
		}
	}
	if _, err := Import(t.Context(), makePDF("", []shown{})); !errors.Is(err, errNoText) {
		t.Error(err)
	}
}

// TestTooMuch has a small document paint more than memory can hold: a form that paints a form many
// times, and so on.
func TestTooMuch(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	w := &painter{ctx: ctx, faces: map[string]*fontInfo{}, state: state{ctm: unit, tm: unit, size: 1, scaled: 1}}
	err := func() (err error) {
		defer recoverTo(&err)
		for {
			w.glyphs(strings.Repeat("x", 1<<20))
		}
	}()
	if !errors.Is(err, errTooBig) || len(w.runs) > 1000 {
		t.Errorf("%d runs, %v", len(w.runs), err)
	}
}

// A page on which the library hangs ends with its context, and its resources are freed.
func TestSpinning(t *testing.T) {
	open := makePDF("", []shown{{0, 0, 1, "x"}})
	open = bytes.Replace(open, []byte("(x) Tj ET\n"), []byte("(x) Tj <41"), 1) // of the same length: an unterminated string
	ctx, cancel := context.WithTimeout(WithProcess(t.Context(), os.Args[0], "serve"), time.Second/2)
	defer cancel()
	if s, err := internal(ctx, open); !errors.Is(err, errSlow) {
		t.Errorf("%+v, %v", s, err)
	}
	var stacks bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&stacks, 2); err != nil || strings.Contains(stacks.String(), "ledongthuc") {
		t.Errorf("%v, still reading:\n%s", err, stacks.String())
	}
	cancelled, stop := context.WithCancel(WithProcess(t.Context(), os.Args[0], "serve"))
	stop()
	if _, err := Import(cancelled, open); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// A table that claims 10^12 rows takes no more memory than a process may use.
func TestEndlessTable(t *testing.T) {
	t.Parallel()
	data := makePDF("", []shown{{0, 0, 1, "1000000000000 beginbfchar endbfchar"}})
	data = bytes.Replace(data, []byte("/Encoding /WinAnsiEncoding"), []byte("/ToUnicode 6 0 R          "), 1)
	data = bytes.Replace(data, []byte("Td (1000000000000 beginbfchar endbfchar) Tj ET"), []byte("Td () Tj 1000000000000 beginbfchar endbfchar  "), 1)
	if s, err := internal(WithProcess(t.Context(), os.Args[0], "serve"), data); !errors.Is(err, errTooBig) {
		t.Errorf("%+v, %v", s, err)
	}
}

// A document read in a separate process and in this one gives the same result.
func TestApart(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{"paper": paper(), "no pages": makePDF(""), "noise": []byte("%PDF-1.7\n")} {
		here, err := internal(t.Context(), data)
		there, apart := internal(WithProcess(t.Context(), os.Args[0], "serve"), data)
		if fmt.Sprintf("%+v %v", here, err) != fmt.Sprintf("%+v %v", there, apart) {
			t.Errorf("%s: %+v, %v here; %+v, %v there", name, here, err, there, apart)
		}
		again, gone := internal(WithProcess(t.Context(), filepath.Join(t.TempDir(), "gone"), "serve"), data)
		if fmt.Sprintf("%+v %v", here, err) != fmt.Sprintf("%+v %v", again, gone) {
			t.Errorf("%s: %+v, %v here; %+v, %v where no process can be started", name, here, err, again, gone)
		}
	}
}

func FuzzInternal(f *testing.F) {
	f.Add(paper())
	f.Add(makePDF("", []shown{{0, 0, 1, "x) Tj [(a) -500 (b)] TJ T* (c"}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 8<<10 {
			return
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		s, err := readDocument(ctx, data)
		if err != nil {
			if errors.Is(err, errSlow) {
				t.Error("slow")
			}
			return
		}
		if a, err := s.article(); err == nil {
			if err := a.Check(); err != nil {
				t.Error(err)
			}
		}
	})
}

func FuzzExternal(f *testing.F) {
	f.Add([]byte(`<doc><page height="600"><flow><block><line xMin="1" yMin="2" xMax="9" yMax="12"><word>well-</word></line></block><block><line yMin="30" yMax="1e300"><word>known &amp; • x</word></line></block></flow></page></doc>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, _ := parse(bytes.NewReader(data))
		if a, err := s.article(); err == nil {
			if err := a.Check(); err != nil {
				t.Error(err)
			}
		}
	})
}

// A small document whose pages become very large is refused before it is read, and says why; pictures may be large.
func TestStreamsThatGrow(t *testing.T) {
	t.Parallel()
	pack := func(data []byte) []byte {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		z.Write(data)
		z.Close()
		return b.Bytes()
	}
	large := pack(make([]byte, mostStream+1))
	small := pack(make([]byte, mostStream-1))
	object := func(dict string, data []byte) []byte {
		return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj\n<< /Length %d %s >>\nstream\n%s\nendstream\nendobj\n", len(data), dict, data)
	}
	for _, c := range []struct {
		name string
		data []byte
		says string
	}{
		{"large", object("/Filter /FlateDecode", large), "a page of it becomes more than 64 MB"},
		{"packed twice", object("/Filter [/FlateDecode /FlateDecode]", pack(large)), "a page of it becomes more than 64 MB"},
		{"a picture", object("/Subtype /Image /Filter /FlateDecode", large), ""},
		{"not packed", object("", large), ""},
		{"less", object("/Filter /FlateDecode", small), ""},
		{"cut", object("/Filter /FlateDecode", large)[:200], ""},
	} {
		err := checkStreams(t.Context(), c.data)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, not %q", c.name, err, c.says)
		}
	}
}
