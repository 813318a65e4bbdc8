package pdf

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strings"
	"time"

	"github.com/ledongthuc/pdf"

	"byline/articles/stream"

	"byline/articles"
)

// internal reads a document in Go, in a process of its own if ctx has one.
func internal(ctx context.Context, data []byte) (*document, error) {
	if command, ok := ctx.Value(apartKey{}).([]string); ok && len(command) > 0 {
		return readApart(ctx, command, data)
	}
	s, err := stream.Do(ctx, func() (*document, error) { return readDocument(ctx, data) })
	if ctx.Err() != nil {
		return nil, errSlow
	}
	return s, err
}

// readDocument reads a document. If its table of objects is broken, or leads to no text, it makes another.
func readDocument(ctx context.Context, data []byte) (*document, error) {
	data = header(data)
	var s *document
	err := errors.New("its table of objects is too large")
	if !endless.Match(data) {
		s, err = readWhole(ctx, data)
	}
	if ctx.Err() != nil || errors.Is(err, errLocked) || errors.Is(err, errTooBig) || err == nil && s.hasText() {
		return s, err
	}
	if again := rebuild(data); again != nil {
		if other, wrong := readWhole(ctx, again); wrong == nil && (err != nil || other.hasText()) {
			return other, nil
		}
	}
	return s, err
}

func (s *document) hasText() bool {
	for i := range s.pages {
		if len(s.pages[i].lines) > 0 {
			return true
		}
	}
	return false
}

func readWhole(ctx context.Context, data []byte) (s *document, err error) {
	defer recoverTo(&err)
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		if err == pdf.ErrInvalidPassword {
			err = errLocked
		}
		return nil, err
	}
	s = &document{}
	info := r.Trailer().Key("Info")
	s.title, s.author, s.date = info.Key("Title").Text(), info.Key("Author").Text(), parseDate(info.Key("CreationDate").Text())
	lines := 0
	w := walk{left: len(data)/20 + 100}
	w.pages(r.Trailer().Key("Root").Key("Pages"), 0, func(one pdf.Page) bool {
		if ctx.Err() != nil {
			err = errSlow
			return false
		}
		p, wrong := readPage(ctx, one)
		if lines += len(p.lines); wrong == errTooBig || wrong == errSlow {
			err = wrong
		} else if lines > mostLines {
			err = errTooBig
		}
		s.pages = append(s.pages, p) // a page that cannot be read does not stop the others
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// A walk visits the pages of a document.
type walk struct{ left int } // how many more nodes it may visit: a tree may lead back to itself

// deepestPage is how deep the tree of pages may nest.
const deepestPage = 60

// pages calls each with the pages below node, and reports whether to go on. It is content with trees that tell
// wrong numbers and kinds.
func (w *walk) pages(node pdf.Value, depth int, each func(pdf.Page) bool) bool {
	if w.left--; w.left < 0 || node.Kind() != pdf.Dict {
		return w.left >= 0
	}
	kids := node.Key("Kids")
	if kids.Kind() != pdf.Array {
		return node.Key("Type").Name() == "Pages" || each(pdf.Page{V: node})
	}
	for i := 0; i < kids.Len() && depth < deepestPage; i++ {
		if !w.pages(w.kid(kids, i), depth+1, each) {
			return false
		}
	}
	return true
}

// kid returns a node of the tree, nothing if it cannot be read.
func (w *walk) kid(kids pdf.Value, i int) (v pdf.Value) {
	defer func() {
		if recover() != nil {
			v = pdf.Value{}
		}
	}()
	return kids.Index(i)
}

// parseDate parses a date in PDF's format, D:20260309120000+01'00'.
func parseDate(s string) articles.Date {
	s = strings.TrimPrefix(s, "D:")
	for _, form := range dateForms {
		if len(s) >= len(form.of) {
			if t, err := time.Parse(form.of, s[:len(form.of)]); err == nil {
				return articles.DateAt(t, form.to, zoneOf(s[len(form.of):]))
			}
		}
	}
	return 0
}

// zoneOf returns the zone of a date in PDF's format, +01'00', Z or Z00'00', as others write it. Some programs leave the minutes out.
func zoneOf(s string) string {
	if strings.HasPrefix(s, "Z") {
		return "Z"
	}
	return strings.ReplaceAll(s, "'", "")
}

// dateForms are how much of a date a document may tell.
var dateForms = []struct {
	of string
	to articles.Precision
}{{"20060102150405", articles.ToSecond}, {"200601021504", articles.ToMinute}, {"20060102", articles.ToDay}, {"200601", articles.ToMonth}, {"2006", articles.ToYear}}

// A matrix maps x, y to x·a+y·c+e, x·b+y·d+f.
type matrix struct{ a, b, c, d, e, f float64 }

var unit = matrix{a: 1, d: 1}

// multiply returns the matrix that applies n, then m.
func (m matrix) multiply(n matrix) matrix {
	return matrix{
		n.a*m.a + n.b*m.c, n.a*m.b + n.b*m.d, n.c*m.a + n.d*m.c, n.c*m.b + n.d*m.d,
		n.e*m.a + n.f*m.c + m.e, n.e*m.b + n.f*m.d + m.f,
	}
}

// A textRun is text shown by one operator, with the start and end of its baseline.
type textRun struct {
	x, end, y, size float64
	turned          int // by how many quarters of a circle, see [painter.upright]
	text            string
}

// A painter interprets the operators of a page that show text.
type painter struct {
	ctx   context.Context
	wide  float64 // the right end of the page
	high  float64 // its upper end
	runs  []textRun
	bytes int
	state
	stack []state
	depth int                  // nesting of forms
	faces map[string]*fontInfo // of the page, or of the form being painted
}

// A fontInfo is a font with the widths of its letters.
type fontInfo struct {
	decode pdf.TextEncoding
	widths map[int]float64 // by code, in thousandths of the size
	other  float64         // of the codes without a width
	double bool            // codes have two bytes
}

// font returns the font of p with that name.
func (w *painter) font(p pdf.Page, name string) *fontInfo {
	if f, ok := w.faces[name]; ok {
		return f
	}
	font := p.Font(name)
	f := &fontInfo{decode: font.Encoder(), widths: map[int]float64{}, other: 500}
	if font.V.Key("Subtype").Name() == "Type0" {
		f.readCompositeWidths(font.V.Key("DescendantFonts").Index(0))
	} else {
		first := font.FirstChar()
		for i, wide := range font.Widths() {
			f.widths[first+i] = wide
		}
	}
	w.faces[name] = f
	return f
}

// readCompositeWidths reads the widths of a font with two-byte codes: lists, "3 [500 600]", and
// ranges, "3 9 500" (ISO 32000, 9.7.4.3).
func (f *fontInfo) readCompositeWidths(v pdf.Value) {
	f.double, f.other = true, 1000
	if dw := v.Key("DW"); !dw.IsNull() {
		f.other = dw.Float64()
	}
	list := v.Key("W")
	for i := 0; i+1 < list.Len(); {
		first := int(list.Index(i).Int64())
		if run := list.Index(i + 1); run.Kind() == pdf.Array {
			for j := range run.Len() {
				f.widths[first+j] = run.Index(j).Float64()
			}
			i += 2
			continue
		}
		for code := first; code <= min(int(list.Index(i+1).Int64()), 0xffff); code++ {
			f.widths[code] = list.Index(i + 2).Float64()
		}
		i += 3
	}
}

// width returns the width of a code.
func (f *fontInfo) width(code int) float64 {
	if wide := f.widths[code]; wide > 0 {
		return wide
	}
	return f.other
}

// A state is the part of the graphics state that concerns text.
type state struct {
	ctm, tm, tlm         matrix
	face                 *fontInfo
	size, lead           float64
	chars, words, scaled float64
}

// readPage reads the lines of a page.
func readPage(ctx context.Context, p pdf.Page) (out page, err error) {
	defer recoverTo(&err)
	box := p.V.Key("MediaBox")
	for v := p.V; box.IsNull() && !v.IsNull(); v = v.Key("Parent") {
		box = v.Key("MediaBox")
	}
	out.height = box.Index(3).Float64() - box.Index(1).Float64()
	w := &painter{ctx: ctx, wide: box.Index(2).Float64(), high: box.Index(3).Float64(), faces: map[string]*fontInfo{}, state: state{ctm: unit, tm: unit, tlm: unit, scaled: 1}}
	defer func() { out.lines = linesOf(w.runs, box.Index(3).Float64()) }() // of a broken page, keep what was read
	w.paint(p, p.V.Key("Contents"))
	w.annotations(p)
	return out, nil
}

// paint interprets a stream with the resources of p.
func (w *painter) paint(p pdf.Page, stream pdf.Value) {
	if stream.IsNull() {
		return
	}
	n := 0
	pdf.Interpret(stream, func(stk *pdf.Stack, op string) {
		if n++; n&1023 == 0 && w.ctx.Err() != nil {
			panic(errSlow)
		}
		args := make([]pdf.Value, min(stk.Len(), 64))
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stk.Pop()
		}
		for stk.Len() > 0 {
			stk.Pop()
		}
		if !w.graphics(p, op, args) {
			w.text(p, op, args)
		}
	})
}

// number returns an argument, counted from the last.
func number(args []pdf.Value, back int) float64 {
	if i := len(args) - 1 - back; i >= 0 {
		return args[i].Float64()
	}
	return 0
}

func matrixOf(args []pdf.Value) matrix {
	return matrix{number(args, 5), number(args, 4), number(args, 3), number(args, 2), number(args, 1), number(args, 0)}
}

// graphics handles the operators outside text objects, and reports whether op is one.
func (w *painter) graphics(p pdf.Page, op string, args []pdf.Value) bool {
	switch op {
	case "q":
		if len(w.stack) < 256 {
			w.stack = append(w.stack, w.state)
		}
	case "Q":
		if n := len(w.stack); n > 0 {
			w.state, w.stack = w.stack[n-1], w.stack[:n-1]
		}
	case "cm":
		w.ctm = w.ctm.multiply(matrixOf(args))
	case "Do":
		if len(args) > 0 {
			if f := p.Resources().Key("XObject").Key(args[0].Name()); f.Key("Subtype").Name() == "Form" {
				w.form(p, f)
			}
		}
	default:
		return false
	}
	return true
}

// form paints a form, which is a page within the page.
func (w *painter) form(p pdf.Page, f pdf.Value) {
	if w.depth >= 4 {
		return
	}
	was, stack, faces := w.state, w.stack, w.faces
	w.ctm = w.ctm.multiply(matrixAt(f.Key("Matrix")))
	inner := pdf.Page{V: f}
	if f.Key("Resources").IsNull() {
		inner = p
	} else {
		w.faces = map[string]*fontInfo{}
	}
	w.depth++
	w.paint(inner, f)
	w.depth--
	w.state, w.stack, w.faces = was, stack, faces
}

// text handles the operators of text objects.
func (w *painter) text(p pdf.Page, op string, args []pdf.Value) {
	switch op {
	case "BT":
		w.tm, w.tlm = unit, unit
	case "Tf":
		if len(args) == 2 {
			w.state.face, w.size = w.font(p, args[0].Name()), args[1].Float64()
		}
	case "TL", "Tc", "Tw", "Tz":
		w.setSpacing(op, number(args, 0))
	case "Tm":
		w.tm = matrixOf(args)
		w.tlm = w.tm
	case "TD":
		w.lead = -number(args, 0)
		w.translate(number(args, 1), number(args, 0))
	case "Td":
		w.translate(number(args, 1), number(args, 0))
	case "T*":
		w.translate(0, -w.lead)
	case "'", "\"":
		w.translate(0, -w.lead)
		w.show(args)
	case "Tj":
		w.show(args)
	case "TJ":
		if len(args) > 0 {
			w.pieces(args[len(args)-1])
		}
	}
}

// setSpacing handles the operators that set the spacing of lines, letters and words.
func (w *painter) setSpacing(op string, n float64) {
	switch op {
	case "TL":
		w.lead = n
	case "Tc":
		w.chars = n
	case "Tw":
		w.words = n
	default:
		w.scaled = n / 100
	}
}

func (w *painter) translate(x, y float64) {
	w.tlm = w.tlm.multiply(matrix{a: 1, d: 1, e: x, f: y})
	w.tm = w.tlm
}

func (w *painter) show(args []pdf.Value) {
	if len(args) > 0 {
		w.glyphs(args[len(args)-1].RawString())
	}
}

// pieces shows strings with the distances between them.
func (w *painter) pieces(v pdf.Value) {
	for i := range v.Len() {
		if x := v.Index(i); x.Kind() == pdf.String {
			w.glyphs(x.RawString())
		} else {
			w.advance(-x.Float64() / 1000 * w.size * w.scaled)
		}
	}
}

func (w *painter) advance(tx float64) { w.tm = w.tm.multiply(matrix{a: 1, d: 1, e: tx}) }

// glyphs shows a string of codes.
func (w *painter) glyphs(codes string) {
	text := codes
	if f := w.state.face; f != nil && f.decode != nil {
		text = f.decode.Decode(codes)
	}
	if w.bytes += len(codes) + len(text); w.bytes > mostText || len(w.runs) > mostLines {
		panic(errTooBig)
	}
	at := w.ctm.multiply(w.tm)
	r := textRun{size: math.Abs(w.size) * math.Hypot(at.c, at.d), turned: quarters(at), text: text}
	r.x, r.y = w.upright(r.turned, at)
	w.advance(w.width(codes))
	r.end, _ = w.upright(r.turned, w.ctm.multiply(w.tm))
	if text != "" {
		w.runs = append(w.runs, r)
	}
}

// width returns the width of a string of codes, in text units.
func (w *painter) width(codes string) float64 {
	sum, n := 0.0, 0
	f := w.state.face
	for i := 0; i < len(codes); n++ {
		code := int(codes[i])
		if i++; f != nil && f.double && i < len(codes) {
			code = code<<8 | int(codes[i])
			i++
		}
		if f == nil {
			sum += w.size / 2
			continue
		}
		sum += f.width(code) / 1000 * w.size
		if code == ' ' && !f.double {
			sum += w.words
		}
	}
	return (sum + float64(n)*w.chars) * w.scaled
}

// linesOf joins runs into lines, starting from the top of the page at high.
func linesOf(runs []textRun, high float64) []line {
	var out []line
	var text strings.Builder
	end, turned := 0.0, 0
	flush := func() {
		if n := len(out); n > 0 {
			out[n-1].text = strings.Join(strings.Fields(text.String()), " ")
			if out[n-1].text == "" {
				out = out[:n-1]
			}
		}
		text.Reset()
	}
	for _, r := range runs {
		if r.size <= 0 || math.IsNaN(r.x) || math.IsInf(r.x, 0) || math.IsNaN(r.y) || math.IsInf(r.y, 0) {
			continue
		}
		top := high - r.y - .8*r.size
		n := len(out)
		if n == 0 || r.turned != turned || math.Abs(high-r.y-.2*r.size-(out[n-1].bottom-.4*out[n-1].size())) > .5*r.size || r.x < end-2*r.size {
			flush()
			out = append(out, line{left: r.x, right: r.end, top: top, bottom: top + r.size})
		} else if gap := r.x - end; gap > .15*r.size {
			text.WriteByte(' ')
		}
		turned = r.turned
		last := &out[len(out)-1]
		last.right = max(last.right, r.end)
		text.WriteString(r.text)
		end = r.end
	}
	flush()
	return out
}
